import CZlib
import Foundation

/// The bytes of a file from its start to its end, unpacked on the way when the file is gzipped.
///
/// A small file may unpack to terabytes; only what is asked for is unpacked.
struct ByteReader: ~Copyable {
  /// What is packed is damaged or ends early.
  struct Damaged: Error {}

  private let bytes: [UInt8]
  private var place = 0
  /// zlib keeps a pointer to its stream, which therefore has a place of its own; nil for a file that is not gzipped.
  private let stream: UnsafeMutablePointer<z_stream>?
  private var isAtEnd = false

  init(_ data: Data) {
    bytes = [UInt8](data)
    guard bytes.starts(with: [0x1f, 0x8b]) else {
      stream = nil
      return
    }
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    isAtEnd = gradus_inflate_init_gzip(stream) != Z_OK
    self.stream = stream
  }

  deinit {
    if let stream {
      inflateEnd(stream)
      stream.deallocate()
    }
  }

  /// Fills the buffer and returns how many bytes it got: fewer than it has room for only at the end of the file.
  ///
  /// Throws `Damaged` when the packed bytes are.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let stream else {
      let count = min(buffer.count, bytes.count - place)
      bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[place..<place + count])) }
      place += count
      return count
    }
    return try bytes.withUnsafeBufferPointer { source in
      var filled = 0
      while filled < buffer.count && !isAtEnd {
        // zlib counts in 32 bits and does not write to its input.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress.map { $0 + place })
        stream.pointee.avail_in = UInt32(min(source.count - place, 1 << 30))
        stream.pointee.next_out = buffer.baseAddress.map { ($0 + filled).assumingMemoryBound(to: UInt8.self) }
        stream.pointee.avail_out = UInt32(min(buffer.count - filled, 1 << 30))
        let (input, room) = (Int(stream.pointee.avail_in), Int(stream.pointee.avail_out))
        let result = inflate(stream, Z_NO_FLUSH)
        place += input - Int(stream.pointee.avail_in)
        filled += room - Int(stream.pointee.avail_out)
        switch result {
        case Z_OK: continue
        case Z_STREAM_END:
          // A gzip file may hold several members, one after the other.
          if source.count - place >= 2 && source[place] == 0x1f && source[place + 1] == 0x8b {
            inflateReset(stream)
          } else {
            isAtEnd = true
          }
        default: throw Damaged()
        }
      }
      return filled
    }
  }

  /// The next `count` bytes, fewer at the end of the file.
  mutating func read(_ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let filled = try bytes.withUnsafeMutableBytes { try read(into: $0) }
    return Array(bytes.prefix(filled))
  }
}
