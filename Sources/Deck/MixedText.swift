/// Text that holds bytes which are not UTF-8: they are read as Windows-1252, what is UTF-8 stays as it is.
struct MixedText {
  /// The text as UTF-8.
  private(set) var bytes: [UInt8] = []
  /// The first line, from 1, that is not UTF-8.
  private(set) var firstLine = 0
  /// How many lines are not UTF-8.
  private(set) var lines = 0

  /// What Windows-1252 has at 0x80 to 0x9F; Latin-1 has control characters there, which no text holds.
  private static let high: [Unicode.Scalar] = Array("€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

  init(_ mixed: [UInt8]) {
    bytes.reserveCapacity(mixed.count + mixed.count / 16)
    var number = 1
    var lastLine = 0
    var index = 0
    while index < mixed.count {
      let byte = mixed[index]
      let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      let end = min(index + length, mixed.count)
      if byte < 0x80 || (end - index == length && String(validating: mixed[index..<end], as: UTF8.self) != nil) {
        bytes += mixed[index..<end]
        index = end
      } else {
        let scalar = (0x80..<0xA0).contains(byte) ? MixedText.high[Int(byte) - 0x80] : Unicode.Scalar(byte)
        bytes += Array(String(Character(scalar)).utf8)
        index += 1
        if lastLine != number { lines += 1 }
        if firstLine == 0 { firstLine = number }
        lastLine = number
      }
      if byte == 0x0A || (byte == 0x0D && !(index < mixed.count && mixed[index] == 0x0A)) { number += 1 }
    }
  }
}
