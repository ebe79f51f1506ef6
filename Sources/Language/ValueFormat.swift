/// How one word is read as a value.
struct ValueFormat<Value: Sendable>: Sendable {
  let form: ArgumentDescription.Form
  /// Reads a word; throws a `Complaint` that says what would be right.
  let read: @Sendable (_ argument: String, _ word: Word) throws -> Value
}

/// A decimal number as every room reads it: a point in every locale, no NaN, no infinity.
public func decimal(_ text: some StringProtocol) -> Double? {
  guard let first = text.first, first.isASCII, first.isNumber || first == "-" || first == "+" || first == "." else { return nil }
  guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }), let value = Double(text), value.isFinite else {
    return nil
  }
  return value
}

extension ValueFormat where Value == Int {
  static func integer(_ range: ClosedRange<Int>) -> ValueFormat {
    let form = ArgumentDescription.Form.integer(range)
    return ValueFormat(form: form) { argument, word in
      let allowed =
        range.upperBound == .max
        ? "of \(grouped(range.lowerBound)) or more" : "from \(grouped(range.lowerBound)) to \(grouped(range.upperBound))"
      guard let value = Int(word.text), range.contains(value) else { throw Complaint.unfit(argument, "a whole number \(allowed)", word) }
      return value
    }
  }
}

extension ValueFormat where Value == Double {
  /// A number of that range; with `isChecked` one that 32 bits hold, because networks compute in them: there 1e39 would be infinite and
  /// 1e-60 would be 0.
  static func decimal(_ range: DecimalRange, isChecked: Bool = true) -> ValueFormat {
    ValueFormat(form: .decimal(range.words)) { argument, word in
      guard let value = Language.decimal(word.text) else {
        throw Complaint.unfit(argument, "a number \(range.words)".trimmed, word, hint: commaHint(word.text, isOneOfSeveral: !isChecked))
      }
      guard range.contains(value) else { throw Complaint.unfit(argument, "a number \(range.words)".trimmed, word) }
      guard !isChecked || (Float(value).isFinite && (value == 0 || Float(value) != 0)) else {
        throw Complaint.unfit(
          argument, "a 32-bit number \(range.words)".trimmed, word, hint: "but for 0, such numbers go from 1.2e-38 to 3.4e38")
      }
      return value
    }
  }
}

/// What a comma in a number was meant for: `0,5` is written with a point, `0.5,0.2` are two numbers.
private func commaHint(_ text: String, isOneOfSeveral: Bool) -> String {
  guard text.contains(",") else { return "" }
  let point = text.replacing(",", with: "."), parts = text.split(separator: ",").map(String.init)
  let ways = [
    decimal(point) != nil ? "the decimal sign is a point: \(point)" : nil,
    isOneOfSeveral && parts.count > 1 && parts.allSatisfy { decimal($0) != nil }
      ? "a blank parts numbers: \(parts.joined(separator: " "))" : nil,
  ]
  return ways.compactMap(\.self).joined(separator: "; ")
}

/// The numbers that a decimal argument may take.
public struct DecimalRange: Sendable {
  let words: String
  let contains: @Sendable (Double) -> Bool

  /// Every finite number.
  public static let any = DecimalRange(words: "") { _ in true }
  /// Numbers over 0.
  public static let positive = DecimalRange(words: "over 0") { $0 > 0 }
  /// 0 and more.
  public static let notNegative = DecimalRange(words: "of 0 or more") { $0 >= 0 }
  /// From `low` up to `high`, both allowed.
  public static func from(_ low: Double, to high: Double) -> DecimalRange {
    DecimalRange(words: "from \(plain(low)) to \(plain(high))") { $0 >= low && $0 <= high }
  }
  /// From `low` to just below `high`.
  public static func from(_ low: Double, below high: Double) -> DecimalRange {
    DecimalRange(words: "from \(plain(low)) to below \(plain(high))") { $0 >= low && $0 < high }
  }
  /// Between the two, neither allowed.
  public static func between(_ low: Double, _ high: Double) -> DecimalRange {
    DecimalRange(words: "between \(plain(low)) and \(plain(high))") { $0 > low && $0 < high }
  }
}

/// A number as one types it: 2 rather than 2.0.
public func plain(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
}

extension ValueFormat where Value == Bool {
  static var boolean: ValueFormat {
    ValueFormat(form: .boolean) { argument, word in
      switch word.text.lowercased() {
      case "yes", "on", "true": return true
      case "no", "off", "false": return false
      default: throw Complaint.unfit(argument, "yes or no", word)
      }
    }
  }
}

extension ValueFormat where Value == [Int] {
  /// A size such as 3x3; one number alone stands for a size of one axis.
  static func size(axes: ClosedRange<Int>, length: ClosedRange<Int>) -> ValueFormat {
    ValueFormat(form: .size) { argument, word in
      let parts = word.text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
      let values = parts.compactMap { $0.allSatisfy(\.isASCII) ? Int($0) : nil }
      guard values.count == parts.count, values.allSatisfy(length.contains) else {
        throw Complaint.unfit(
          argument, "a size such as 2, 3x3 or 28x28x1 (each from \(grouped(length.lowerBound)) to \(grouped(length.upperBound)))", word)
      }
      guard axes.contains(values.count) else {
        throw Complaint.unfit(argument, "a size of \(axes.lowerBound) to \(axes.upperBound) numbers", word)
      }
      return values
    }
  }
}

extension ValueFormat where Value == String {
  static func choice(_ choices: [(name: String, summary: String)], noun: String? = nil) -> ValueFormat {
    ValueFormat(form: .choice(choices)) { argument, word in
      guard choices.contains(where: { $0.name == word.text }) else {
        throw Complaint.unknown(noun ?? argument, word, among: choices.map(\.name))
      }
      return word.text
    }
  }

  static func word(_ source: CandidateSource) -> ValueFormat {
    ValueFormat(form: .word(source)) { argument, word in
      guard !word.text.isEmpty else { throw Complaint.unfit(argument, "a word", word) }
      return word.text
    }
  }
}

extension StringProtocol {
  /// The text without blanks at both ends.
  var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
