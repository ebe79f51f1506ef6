/// A JSON value whose objects keep the order of their members.
public enum JSONValue: Sendable, Equatable {
  /// Nothing; also what a number that is not finite becomes.
  case null
  /// true or false.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A decimal number, written with all its digits.
  case number(Double)
  /// A text.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// An object; names are unique.
  case object([(String, JSONValue)])

  /// Whether two values are the same, the order of members included.
  public static func == (a: JSONValue, b: JSONValue) -> Bool { a.text == b.text }

  /// The value on one line.
  public var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): JSONValue.write(value, to: &text)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += ", " }
        value.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += ", " }
        JSONValue.write(member.0, to: &text)
        text += ": "
        member.1.write(to: &text)
      }
      text += "}"
    }
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default:
        // Some programs end a line at U+0085, U+2028 and U+2029 too.
        if scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || (0x2028...0x2029).contains(scalar.value) {
          let digits = String(scalar.value, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    text += "\""
  }
}

extension JSONValue {
  /// A list of texts.
  public static func strings(_ values: some Sequence<String>) -> JSONValue { .array(values.map { .string($0) }) }
  /// A list of numbers.
  public static func numbers(_ values: some Sequence<Double>) -> JSONValue { .array(values.map { .number($0) }) }
  /// A list of 32-bit numbers, exactly.
  public static func floats(_ values: some Sequence<Float>) -> JSONValue { .array(values.map { .number(Double($0)) }) }
  /// A list of whole numbers.
  public static func integers(_ values: some Sequence<Int>) -> JSONValue { .array(values.map { .integer($0) }) }
  /// A text, or null.
  public static func optional(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
  /// A number, or nothing.
  public static func optional(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }

  /// The most numbers of a tensor that are told: about 20 megabytes of text.
  public static let mostNumbers = 1_000_000

  /// The values of a tensor as nested lists, a scalar as a number; null for more of them than are told.
  public static func nested(_ values: ArraySlice<Float>, shape: [Int]) -> JSONValue {
    guard values.count <= mostNumbers else { return .null }
    guard let length = shape.first else { return .number(Double(values.first ?? 0)) }
    if shape.count == 1 { return floats(values) }
    let inner = Array(shape.dropFirst())
    let size = inner.reduce(1, *)
    return .array(
      (0..<length).map { index in
        let start = values.startIndex + index * size
        return nested(values[start..<(start + size)], shape: inner)
      })
  }
}

/// The decimal number with the fewest digits that reads back as this 32-bit number: what was typed, 0.1 rather than 0.10000000149.
func shortest(_ value: Float) -> Double { Double("\(value)") ?? Double(value) }
