import Foundation

/// A number as somebody wrote it: `136,449`, `136_449`, `10 000`, `0,731`, `-0.0529`, `3e-5`, `75 %`.
///
/// What it is worth may be doubtful (`1,234` is 1234 or 1.234), so it has one reading or more; each knows half a unit of its last digit.
struct PrintedNumber: Sendable, Hashable {
  /// One way to understand it.
  struct Reading: Sendable, Hashable {
    var value: Double
    /// Half a unit of the last digit that was written.
    var half: Double
    /// Digits after the decimal sign; negative with a positive power of ten.
    var decimals: Int
  }

  /// As it was written.
  var text: String
  /// The likeliest reading first.
  var readings: [Reading]
  /// Whether it has a decimal sign.
  var hasFraction: Bool

  /// The likeliest value.
  var value: Double { readings[0].value }

  /// The number in digits with their signs; nil when they are none.
  init?(_ text: String) {
    self.text = text
    readings = []
    hasFraction = false
    var body = Substring(text)
    var power = 0
    if let index = body.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      guard let value = Int(body[body.index(after: index)...].replacing("+", with: "")), abs(value) <= 300 else { return nil }
      power = value
      body = body[..<index]
    }
    let groups = body.split(omittingEmptySubsequences: false) { !$0.isASCIIDigit }
    let signs = body.filter { !$0.isASCIIDigit }
    guard groups.count == signs.count + 1, !groups.isEmpty, groups.last?.isEmpty == false, groups.map(\.count).reduce(0, +) <= 18 else {
      return nil
    }
    let whole = groups.joined()
    // All signs alike, and groups of three: thousands. A point alone is a decimal sign.
    let inner = Set(signs)
    let areThousands = groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count) && groups[0] != "0"
    let isPlain = groups.dropFirst().allSatisfy { !$0.isEmpty } && inner == ["_"]
    if signs.isEmpty || isPlain || (inner.count == 1 && areThousands && signs != ".") {
      append(whole, decimals: 0, power)
    }
    if let last = signs.last, last == "." || last == ",", signs.dropLast().allSatisfy({ $0 != last }) {
      let front = groups.dropLast()
      let isFront = front.count == 1 || (front.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(front[0].count))
      if isFront { append(whole, decimals: groups[groups.count - 1].count, power) }
    }
    guard !readings.isEmpty else { return nil }
    hasFraction = readings.contains { $0.decimals > 0 }
  }

  private mutating func append(_ digits: String, decimals: Int, _ power: Int) {
    guard let value = Double("\(digits)e\(power - decimals)") else { return }
    let places = decimals - power
    readings.append(Reading(value: value, half: 0.5 * pow(10, Double(-places)), decimals: places))
  }

  /// The same number times a factor that is exact: a sign, a power of ten, "million".
  func scaled(by factor: Double, _ text: String) -> PrintedNumber {
    var copy = self
    copy.text = text
    copy.readings = readings.map {
      Reading(
        value: $0.value * factor, half: $0.half * abs(factor),
        decimals: $0.decimals - (factor == -1 ? 0 : Int(log10(abs(factor)).rounded())))
    }
    return copy
  }

  /// A percentage is also the fraction that it stands for.
  var asPercentage: PrintedNumber {
    var copy = self
    copy.text = text + " %"
    copy.readings += readings.map { Reading(value: $0.value / 100, half: $0.half / 100, decimals: $0.decimals + 2) }
    return copy
  }

  /// How many digits count, those of the likeliest reading.
  var significantDigits: Int { text.filter(\.isASCIIDigit).drop { $0 == "0" }.count }

  /// Whether it says a value rightly: within half a unit of its last digit.
  ///
  /// - Parameter isRough: whether zeros at its end only fill the places, as in "about 60,000".
  func says(_ exact: Double, isRough: Bool = false) -> Bool {
    readings.contains { reading in
      var half = reading.half
      if isRough, reading.decimals <= 0, reading.value != 0 {
        while (reading.value / (half * 20)).truncatingRemainder(dividingBy: 1) == 0, half < abs(reading.value) { half *= 10 }
      }
      return abs(reading.value - exact) <= half * (1 + 1e-9) + 1e-12 * abs(exact)
    }
  }
}

extension Character {
  /// 0 to 9.
  var isASCIIDigit: Bool { isASCII && isNumber }
}
