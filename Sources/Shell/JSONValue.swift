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
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += String(value).utf8
    // A plot is tens of thousands of numbers: `description` makes no more of one than its digits.
    case .number(let value): bytes += (value.isFinite ? value.description : "null").utf8
    case .string(let value): JSONValue.write(value, to: &bytes)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { JSONValue.writeComma(to: &bytes) }
        value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { JSONValue.writeComma(to: &bytes) }
        JSONValue.write(member.0, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(UInt8(ascii: " "))
        member.1.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func writeComma(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: ","))
    bytes.append(UInt8(ascii: " "))
  }

  private static func write(_ string: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    // A deck of 10,000 cards is megabytes of text: what needs no escape is taken over in runs.
    let isWhole: Void? = string.utf8.withContiguousStorageIfAvailable { escape($0, to: &bytes) }
    if isWhole == nil { Array(string.utf8).withUnsafeBufferPointer { escape($0, to: &bytes) } }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escape(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var start = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte >= 0x20, byte < 0x7F, byte != 0x22, byte != 0x5C {
        index += 1
        continue
      }
      guard let (escape, length) = escape(of: text, at: index) else {
        index += 1
        continue
      }
      bytes += UnsafeBufferPointer(rebasing: text[start..<index])
      bytes += escape.utf8
      index += length
      start = index
    }
    bytes += UnsafeBufferPointer(rebasing: text[start...])
  }

  /// What stands for the bytes at a place, and how many they are; nil for those that stand for themselves.
  private static func escape(of text: UnsafeBufferPointer<UInt8>, at index: Int) -> (escape: String, length: Int)? {
    let byte = text[index]
    switch byte {
    case 0x22: return ("\\\"", 1)
    case 0x5C: return ("\\\\", 1)
    case 0x0A: return ("\\n", 1)
    case 0x0D: return ("\\r", 1)
    case 0x09: return ("\\t", 1)
    case 0x00..<0x20, 0x7F: return (escape(of: UInt32(byte)), 1)
    // Some programs end a line at U+0085, U+2028 and U+2029 too; none of U+0080 to U+009F is printed.
    case 0xC2 where index + 1 < text.count && text[index + 1] < 0xA0: return (escape(of: UInt32(text[index + 1])), 2)
    case 0xE2 where index + 2 < text.count && text[index + 1] == 0x80 && (0xA8...0xA9).contains(text[index + 2]):
      return (escape(of: 0x2000 + UInt32(text[index + 2] & 0x3F)), 3)
    default: return nil
    }
  }

  private static func escape(of scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
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
