import Foundation

/// The list of pictures of a newer Anki package: a message of protocol buffers whose field 1 repeats an entry, whose field 1 is the name.
enum MediaList {
  /// The names by the numbers of the members that hold them; what cannot be read ends the list.
  static func names(in data: Data) -> [String: String] {
    var names: [String: String] = [:]
    for (number, entry) in strings(of: 1, in: [UInt8](data)[...]).enumerated() {
      names[String(number)] = strings(of: 1, in: entry).first.map { String(decoding: $0, as: UTF8.self) }
    }
    return names
  }

  /// The values of a field that holds bytes, in order.
  private static func strings(of wanted: UInt64, in message: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var rest = message
    var found: [ArraySlice<UInt8>] = []
    while let key = number(&rest) {
      switch key & 7 {
      case 0: guard number(&rest) != nil else { return found }
      case 1: rest = rest.dropFirst(8)
      case 2:
        guard let count = number(&rest), count <= UInt64(rest.count) else { return found }
        if key >> 3 == wanted { found.append(rest.prefix(Int(count))) }
        rest = rest.dropFirst(Int(count))
      case 5: rest = rest.dropFirst(4)
      default: return found
      }
    }
    return found
  }

  /// A number of seven bits a byte, the low ones first.
  private static func number(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for place in 0..<10 {
      guard let byte = bytes.popFirst() else { return nil }
      value |= UInt64(byte & 0x7f) << UInt64(7 * place)
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }
}
