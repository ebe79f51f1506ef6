import Language

/// One field of a table of text: where its bytes lie.
struct CSVCell {
  private let start: UInt32
  private let lengthAndMark: UInt32

  init(start: Int, end: Int, hasDoubledQuotes: Bool = false) {
    self.start = UInt32(start)
    lengthAndMark = UInt32(end - start) | (hasDoubledQuotes ? 0x8000_0000 : 0)
  }

  /// The bytes of the field without its quotes.
  var range: Range<Int> { Int(start)..<Int(start) + Int(lengthAndMark & 0x7fff_ffff) }
  /// True when a quote within the field is written twice.
  var hasDoubledQuotes: Bool { lengthAndMark & 0x8000_0000 != 0 }
}

/// Cuts the bytes of a CSV file into records of fields.
///
/// A field may be quoted and then holds separators, line ends and doubled quotes (RFC 4180). Blanks around a field are dropped, empty lines
/// are passed over, lines end with LF, CR LF or CR.
struct CSVScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let separator: UInt8
  private var place = 0

  /// What makes a record impossible to read, and where.
  struct Flaw: Error {
    enum Kind { case quoteNeverClosed, textAfterQuote }
    let kind: Kind
    let place: Int
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
  }

  /// Appends the fields of the next record that is not empty and returns where it starts; nil at the end.
  mutating func nextRecord(into cells: inout [CSVCell]) throws -> Int? {
    skipEmptyLines()
    guard place < bytes.count else { return nil }
    let start = place
    repeat { cells.append(try nextField()) } while takeSeparator()
    takeLineEnd()
    return start
  }

  private mutating func skipEmptyLines() {
    var next = place
    while next < bytes.count {
      let byte = bytes[next]
      if byte == separator { return }
      if byte == 0x0a || byte == 0x0d {
        place = next + 1
      } else if !isBlank(byte) {
        return
      }
      next += 1
    }
    place = next
  }

  private mutating func nextField() throws -> CSVCell {
    skipBlanks()
    if place < bytes.count, bytes[place] == UInt8(ascii: "\"") { return try quotedField() }
    let start = place
    while place < bytes.count {
      let byte = bytes[place]
      if byte == separator || byte == 0x0a || byte == 0x0d { break }
      place += 1
    }
    var end = place
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return CSVCell(start: start, end: end)
  }

  private mutating func quotedField() throws -> CSVCell {
    let quote = UInt8(ascii: "\"")
    let opening = place
    var hasDoubledQuotes = false
    place += 1
    while true {
      guard place < bytes.count else { throw Flaw(kind: .quoteNeverClosed, place: opening) }
      if bytes[place] == quote {
        guard place + 1 < bytes.count, bytes[place + 1] == quote else { break }
        hasDoubledQuotes = true
        place += 1
      }
      place += 1
    }
    let cell = CSVCell(start: opening + 1, end: place, hasDoubledQuotes: hasDoubledQuotes)
    place += 1
    skipBlanks()
    guard place == bytes.count || bytes[place] == separator || bytes[place] == 0x0a || bytes[place] == 0x0d else {
      throw Flaw(kind: .textAfterQuote, place: place)
    }
    return cell
  }

  private mutating func skipBlanks() {
    while place < bytes.count, isBlank(bytes[place]), bytes[place] != separator { place += 1 }
  }

  private mutating func takeSeparator() -> Bool {
    guard place < bytes.count, bytes[place] == separator else { return false }
    place += 1
    return true
  }

  private mutating func takeLineEnd() {
    guard place < bytes.count else { return }
    let isPair = bytes[place] == 0x0d && place + 1 < bytes.count && bytes[place + 1] == 0x0a
    place += isPair ? 2 : 1
  }
}
