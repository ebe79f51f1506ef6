import Foundation
import Language

/// The bytes of a text file, checked to be UTF-8 and freed from the byte order mark.
struct UTF8Text {
  let bytes: [UInt8]
  let file: String

  /// Throws a `Complaint` when the file is empty, binary, too large or in another encoding.
  init(_ data: Data, file: String) throws {
    self.file = file
    guard data.count <= UTF8Text.largest else { throw Complaint.fileTooLarge(file, bytes: data.count, most: UTF8Text.largest) }
    if data.starts(with: [0xff, 0xfe]) || data.starts(with: [0xfe, 0xff]) { throw Complaint.isUTF16(file) }
    bytes = data.starts(with: [0xef, 0xbb, 0xbf]) ? [UInt8](data.dropFirst(3)) : [UInt8](data)
    if let place = UTF8Text.firstFlaw(bytes) {
      guard bytes[place] != 0 else { throw Complaint.isBinary(file) }
      throw Complaint.notUTF8(file, line: line(at: place))
    }
    guard bytes.contains(where: { $0 > UInt8(ascii: " ") }) else { throw Complaint.emptyFile(file) }
  }

  /// Positions are kept in 32 bits, one of which is a mark.
  private static let largest = Int(Int32.max)

  /// The number of the line, from 1, that holds the byte: lines end with LF, CR LF or CR.
  func line(at place: Int) -> Int {
    var line = 1
    for i in 0..<min(place, bytes.count) {
      if bytes[i] == 0x0a || (bytes[i] == 0x0d && !(i + 1 < bytes.count && bytes[i + 1] == 0x0a)) { line += 1 }
    }
    return line
  }

  /// The place of the first byte that is NUL or belongs to no well-formed UTF-8 sequence.
  private static func firstFlaw(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      var i = 0
      while i < bytes.count {
        let first = bytes[i]
        if first < 0x80 {
          if first == 0 { return i }
          i += 1
          continue
        }
        let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
        guard first >= 0xc2, first <= 0xf4, i + length <= bytes.count else { return i }
        // The second byte's range shuts out overlong forms, surrogates and what lies beyond U+10FFFF.
        let second: ClosedRange<UInt8> =
          switch first {
          case 0xe0: 0xa0...0xbf
          case 0xed: 0x80...0x9f
          case 0xf0: 0x90...0xbf
          case 0xf4: 0x80...0x8f
          default: 0x80...0xbf
          }
        guard second.contains(bytes[i + 1]) else { return i }
        for k in 2..<max(length, 2) where bytes[i + k] & 0xc0 != 0x80 { return i }
        i += length
      }
      return nil
    }
  }
}
