/// Hands out the lines of a file without their ends, which are LF, CR LF or CR.
struct LineReader {
  private var rest: Bytes
  private var number = 0
  private var isAtEnd: Bool

  init(_ bytes: Bytes) {
    rest = bytes
    isAtEnd = bytes.isEmpty
  }

  /// The next line with its number from 1, or nil at the end. A line end at the end of the file starts no further line.
  mutating func next() -> (line: Bytes, number: Int)? {
    if isAtEnd { return nil }
    number += 1
    let start = rest.startIndex
    guard let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
      isAtEnd = true
      return (rest, number)
    }
    let line = rest[start..<end]
    let isPair = rest[end] == 0x0D && end + 1 < rest.endIndex && rest[end + 1] == 0x0A
    rest = rest[(end + (isPair ? 2 : 1))...]
    isAtEnd = rest.isEmpty
    return (line, number)
  }
}
