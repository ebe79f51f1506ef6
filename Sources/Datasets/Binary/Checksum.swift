import CZlib
import Foundation

/// CRC-32, as in gzip and PNG: it tells damage, not malice.
public enum Checksum {
  /// The checksum of some bytes, going on from that of the bytes before them.
  public static func crc32(of bytes: UnsafeRawBufferPointer, after before: UInt32 = 0) -> UInt32 {
    var sum = UInt(before)
    var place = 0
    // zlib counts in 32 bits.
    while place < bytes.count {
      let count = min(bytes.count - place, 1 << 30)
      let part = UnsafeRawBufferPointer(rebasing: bytes[place..<place + count])
      sum = CZlib.crc32(sum, part.bindMemory(to: UInt8.self).baseAddress, UInt32(count))
      place += count
    }
    return UInt32(truncatingIfNeeded: sum)
  }
}

extension Dataset {
  /// The checksum of what is trained on: features, targets and weights, each bit of them.
  public var checksum: UInt32 {
    var sum = features.values.withUnsafeBytes { Checksum.crc32(of: $0) }
    let values: [Float]
    switch target {
    case .numbers(let numbers): values = numbers
    case .classes(_, let indices): values = indices.map { Float($0) }
    }
    sum = values.withUnsafeBytes { Checksum.crc32(of: $0, after: sum) }
    return weights.map { weights in weights.values.withUnsafeBytes { Checksum.crc32(of: $0, after: sum) } } ?? sum
  }
}
