import Foundation

/// A number as an answer writes it, with its unit: `1,234`, `-0.0529`, `1e-3`, `12 %`, `32 KB`, `w' = 0.510575`.
struct AnswerNumber: Sendable, Hashable {
  /// How two numbers compare.
  enum Match: Sendable { case equal, rounded, different }

  /// The name before the equals sign, folded; empty where there is none.
  var name: String
  /// The number as written, without its unit.
  var value: Double
  /// Its significant digits, and the value of one unit of the last.
  var digits: Int
  var resolution: Double
  /// Whether it is written without a decimal point and without a power of ten.
  var isInteger: Bool
  /// Whether it says itself that it is not exact: `about 30`.
  var isApproximate: Bool
  /// The unit, folded; empty where there is none.
  var unit: String

  private nonisolated(unsafe) static let pattern =
    /^(?:([\p{L}][\p{L}\d_' ]{0,20}?)\s*(=|≈)\s*)?(~|≈|about|approximately|around|environ)?\s*([-+]?)((?:[1-9]\d{0,2}(?:[ ,'\u{A0}\u{202F}]\d{3})+(?:\.\d+)?)|(?:\d+(?:[.,]\d+)?)|(?:\.\d+))(?:\s*(?:e|[*x]\s*10\s*\^)\s*\{?([-+]?\d{1,3})\}?)?\s*([%\p{L}][\p{L}\d\/]*(?: [\p{L}]+)?)?\.?$/

  /// The number that a whole text is; nil when it is anything else.
  init?(_ text: String) {
    var clean = text.lowercased().replacing("−", with: "-").replacing("×", with: "*").replacing("·", with: "*").trimmingCharacters(
      in: .whitespaces)
    // A power of ten alone has the factor 1.
    clean = clean.replacing(/^10\s*\^/, with: "1*10^")
    guard let match = clean.wholeMatch(of: AnswerNumber.pattern)?.output else { return nil }
    let grouped = match.5.contains { " '\u{A0}\u{202F}".contains($0) } || match.5.wholeMatch(of: /[1-9]\d{0,2}(,\d{3})+(\.\d+)?/) != nil
    let body = grouped ? match.5.filter { $0.isNumber || $0 == "." } : match.5.replacing(",", with: ".").filter { $0.isNumber || $0 == "." }
    let exponent = match.6.flatMap { Int($0) } ?? 0
    guard let number = Double(body), abs(exponent) <= 300 else { return nil }
    let decimals = body.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
    name = AnswerWords.folded(String(match.1 ?? "")).joined() + (match.1?.filter { $0 == "'" } ?? "")
    value = (match.4 == "-" ? -1 : 1) * number * pow(10, Double(exponent))
    digits = max(1, body.filter(\.isNumber).drop { $0 == "0" }.count)
    resolution = pow(10, Double(exponent - decimals))
    isInteger = decimals == 0 && exponent == 0
    isApproximate = match.2 == "≈" || match.3 != nil
    unit = AnswerNumber.unit(String(match.7 ?? ""))
    // What follows a number may be a word that makes it something else than a number: "2 or 3".
    guard unit.split(separator: " ").count <= 2 else { return nil }
  }

  /// The numbers of a text that holds nothing else: `0.5106 and 0.0053`; nil when it holds anything else.
  static func all(in text: String) -> [AnswerNumber]? {
    if let number = AnswerNumber(text) { return [number] }
    let parts = text.split(separator: /\s*;\s*|,\s+|\s+(?:and|et)\s+|\s*&\s*|\n/).filter { !$0.isEmpty }
    guard parts.count > 1 else { return nil }
    let numbers = parts.compactMap { AnswerNumber(String($0)) }
    return numbers.count == parts.count ? numbers : nil
  }

  /// Compares a given number with this one, which is right.
  ///
  /// Integers compare exactly. Decimals agree within one in a thousand, or when the given one is this one rounded to three significant digits
  /// or more; with fewer digits it is only rounded. `about 30` agrees within 5 %. A missing unit is forgiven, another one is not.
  func match(_ given: AnswerNumber) -> Match {
    if !given.name.isEmpty && !name.isEmpty && given.name != name { return .different }
    guard let (wanted, told, scale) = aligned(with: given) else { return .different }
    if wanted == told { return .equal }
    let difference = abs(wanted - told)
    if isApproximate { return difference <= 0.05 * abs(wanted) * (1 + 1e-9) ? .equal : .different }
    // A count is itself or another one; in other units it may be rounded.
    if isInteger && scale == 1 { return .different }
    if wanted != 0 && (wanted < 0) != (told < 0) && told != 0 { return .different }
    let isRounded = difference <= given.resolution * scale * 0.5 * (1 + 1e-9)
    if difference <= 1e-3 * abs(wanted) * (1 + 1e-9) || isRounded && given.digits >= min(3, digits) { return .equal }
    return isRounded && given.digits >= 2 ? .rounded : .different
  }

  /// Both values in one unit, and what one of the given unit is in it; nil when the units measure different things.
  private func aligned(with given: AnswerNumber) -> (Double, Double, Double)? {
    if unit == given.unit || given.unit.isEmpty && unit != "%" { return (value, given.value, 1) }
    // 0.95, 95 % and a bare 95 for 95 %.
    if unit == "%" && given.unit.isEmpty {
      return abs(given.value) <= 1 && abs(value) > 1 ? (value, given.value * 100, 100) : (value, given.value, 1)
    }
    if unit.isEmpty && given.unit == "%" { return (value, given.value / 100, 0.01) }
    if let mine = AnswerNumber.sizes[unit], let other = AnswerNumber.sizes[given.unit], mine.kind == other.kind {
      return (value * mine.size, given.value * other.size, other.size)
    }
    // A count whose noun was not written.
    return unit.isEmpty && AnswerNumber.sizes[given.unit] == nil && isInteger ? (value, given.value, 1) : nil
  }

  private static func unit(_ text: String) -> String {
    let words = text.contains("%") ? "%" : AnswerWords.folded(text).joined(separator: " ")
    switch words {
    case "percent", "per cent", "pour cent", "pourcent": return "%"
    case "octet", "byte", "b": return "byte"
    case "ko", "kib", "kilobyte", "kilooctet": return "kb"
    case "mo", "mib", "megabyte", "megaoctet": return "mb"
    case "go", "gib", "gigabyte": return "gb"
    case "sec", "second", "seconde": return "s"
    case "minute": return "min"
    case "hour", "heure": return "h"
    case "epoque", "epoch": return "epoch"
    case "parameter", "parametre", "param", "parametres": return "parameter"
    default: return words
    }
  }

  private static let sizes: [String: (kind: String, size: Double)] = [
    "byte": ("size", 1), "kb": ("size", 1024), "mb": ("size", 1_048_576), "gb": ("size", 1_073_741_824), "ms": ("time", 0.001),
    "s": ("time", 1), "min": ("time", 60), "h": ("time", 3600),
  ]
}
