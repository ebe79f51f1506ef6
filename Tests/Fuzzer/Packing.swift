import CZlib
import Datasets
import Foundation

/// Containers made around a content of any kind, with the lengths and checksums that their readers want: what is changed inside reaches the
/// reader behind the checksum.
enum Packing {
  /// CRC-32.
  static func checksum(_ bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes { Checksum.crc32(of: $0) } }

  /// The bytes of a whole number, the lowest first.
  static func little<Whole: FixedWidthInteger>(_ value: Whole) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

  /// The bytes of a whole number, the highest first.
  static func big<Whole: FixedWidthInteger>(_ value: Whole) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }

  /// A ZIP archive of members that are stored as they are.
  static func zip(_ members: [(name: [UInt8], content: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for (name, content) in members {
      let size = little(UInt32(clamping: content.count))
      // Version, flags, method, time and date, checksum, both sizes, the length of the name, no extra field.
      let head = little(UInt16(20)) + [0, 0, 0, 0, 0, 0, 0x21, 0x50] + little(checksum(content)) + size + size
      directory += [0x50, 0x4b, 1, 2, 20, 0] + head + little(UInt16(clamping: name.count)) + [UInt8](repeating: 0, count: 12)
      directory += little(UInt32(clamping: archive.count)) + name
      archive += [0x50, 0x4b, 3, 4] + head + little(UInt16(clamping: name.count)) + [0, 0] + name + content
    }
    let count = little(UInt16(clamping: members.count))
    let end = little(UInt32(clamping: directory.count)) + little(UInt32(clamping: archive.count))
    return archive + directory + [0x50, 0x4b, 5, 6, 0, 0, 0, 0] + count + count + end + [0, 0]
  }

  /// The members of a ZIP archive.
  static func members(ofZip archive: Data) throws -> [(name: [UInt8], content: [UInt8])] {
    let archive = try ZipArchive(archive)
    return try archive.names.map { (Array($0.utf8), Array(try archive.content($0, most: 1 << 24))) }
  }

  /// A gzip member whose content is stored as it is.
  static func gzip(_ content: [UInt8]) -> [UInt8] {
    [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3] + stored(content) + little(checksum(content)) + little(UInt32(truncatingIfNeeded: content.count))
  }

  /// A zlib stream whose content is stored as it is.
  static func zlib(_ content: [UInt8]) -> [UInt8] {
    let sum = content.withUnsafeBufferPointer { adler32(1, $0.baseAddress, UInt32(clamping: $0.count)) }
    return [0x78, 0x01] + stored(content) + big(UInt32(truncatingIfNeeded: sum))
  }

  /// Deflate's blocks that hold bytes as they are.
  private static func stored(_ content: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var place = 0
    repeat {
      let count = min(content.count - place, 0xffff)
      let isLast: UInt8 = place + count == content.count ? 1 : 0
      result += [isLast] + little(UInt16(count)) + little(~UInt16(count)) + content[place..<place + count]
      place += count
    } while place < content.count
    return result
  }

  /// The chunks of a PNG file; nil where it is none.
  static func chunks(ofPNG bytes: [UInt8]) -> [(kind: [UInt8], content: [UInt8])]? {
    var chunks: [(kind: [UInt8], content: [UInt8])] = []
    var rest = bytes.dropFirst(8)
    while rest.count >= 12 {
      let length = Int(rest.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
      guard rest.count >= 12 + length else { return nil }
      chunks.append((Array(rest.dropFirst(4).prefix(4)), Array(rest.dropFirst(8).prefix(length))))
      rest = rest.dropFirst(12 + length)
    }
    return chunks
  }

  /// A PNG file of chunks.
  static func png(_ chunks: [(kind: [UInt8], content: [UInt8])]) -> [UInt8] {
    chunks.reduce([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { file, chunk in
      file + big(UInt32(clamping: chunk.content.count)) + chunk.kind + chunk.content + big(checksum(chunk.kind + chunk.content))
    }
  }

  /// A saved session of a head and of values; `head` is nil where the bytes are no such file.
  static func session(head: [UInt8], values: [UInt8]) -> [UInt8] {
    let bytes = Array("gradus session 1\n".utf8) + little(UInt64(head.count)) + head + values
    return bytes + little(checksum(bytes))
  }

  /// The head and the values of a saved session that is whole.
  static func parts(ofSession bytes: [UInt8]) -> (head: [UInt8], values: [UInt8])? {
    guard let newline = bytes.firstIndex(of: 0x0a), bytes.count >= newline + 13 else { return nil }
    let start = newline + 9
    let length = Int(bytes[newline + 1..<start].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) } & 0xffff_ffff)
    guard start + length <= bytes.count - 4 else { return nil }
    return (Array(bytes[start..<start + length]), Array(bytes[(start + length)..<(bytes.count - 4)]))
  }

  /// A safetensors file of a header and of numbers.
  static func safetensors(header: [UInt8], numbers: [UInt8]) -> [UInt8] { little(UInt64(header.count)) + header + numbers }
}
