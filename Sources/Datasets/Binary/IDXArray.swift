import Foundation
import Kernels
import Language

/// An array of numbers in the IDX format, plain or gzipped, as MNIST is distributed.
///
///     0 0 TYPE AXES   length of each axis, 32 bits, most significant byte first   the numbers, row-major
///
/// TYPE is 8 for bytes, 9 signed bytes, 11 for 16 bits, 12 for 32 bits, 13 for floats, 14 for doubles. Source: Y. LeCun, C. Cortes and
/// C. Burges, The MNIST database of handwritten digits.
struct IDXArray {
  let kind: NumberKind
  var tensor: Tensor

  /// Reads a whole file; throws a `Complaint` when it is no IDX file, is damaged, or holds more than `mostValues` numbers.
  init(_ data: Data, file: String, mostValues: Int) throws {
    guard !data.isEmpty else { throw Complaint.idxEmpty(file) }
    do {
      var reader = ByteReader(data)
      let magic = try reader.read(4)
      guard magic.count == 4, magic[0] == 0, magic[1] == 0, let kind = IDXArray.kinds[magic[2]], (1...8).contains(magic[3]) else {
        throw Complaint.notIDX(file, start: magic)
      }
      let axes = Int(magic[3])
      let header = try reader.read(axes * 4)
      guard header.count == axes * 4 else { throw Complaint.idxEnds(file, shape: [], bytes: 4 + header.count, expected: 4 + axes * 4) }
      let shape = (0..<axes).map { axis in header[axis * 4..<axis * 4 + 4].reduce(0) { $0 << 8 | Int($1) } }
      guard let count = checkedCount(of: shape, atMost: mostValues) else {
        throw Complaint.tooManyNumbers(file, shape: shape, most: mostValues)
      }
      guard count > 0 else { throw Complaint.noNumbers(file, shape: shape) }
      let start = 4 + axes * 4
      let expected = count * kind.bytes
      // A header that promises more than the file can hold is refused before memory is taken: deflate packs at most 1032 to 1.
      guard expected <= data.count.multipliedReportingOverflow(by: 1_040).partialValue else {
        throw Complaint.idxEnds(file, shape: shape, bytes: data.count, expected: start + expected)
      }
      var values = [Float](repeating: 0, count: count)
      let read = try values.withUnsafeMutableBufferPointer { try readNumbers(kind, into: $0) { try reader.read(into: $0) } }
      guard read == expected else { throw Complaint.idxEnds(file, shape: shape, bytes: start + read, expected: start + expected) }
      guard try reader.read(1).isEmpty else { throw Complaint.idxGoesOn(file, shape: shape) }
      self.kind = kind
      tensor = Tensor(shape: shape, values: values)
    } catch is ByteReader.Damaged {
      throw Complaint.gzipDamaged(file)
    }
  }

  private static let kinds: [UInt8: NumberKind] = [
    0x08: NumberKind(meaning: .unsigned, bytes: 1, isBigEndian: true), 0x09: NumberKind(meaning: .signed, bytes: 1, isBigEndian: true),
    0x0b: NumberKind(meaning: .signed, bytes: 2, isBigEndian: true), 0x0c: NumberKind(meaning: .signed, bytes: 4, isBigEndian: true),
    0x0d: NumberKind(meaning: .float, bytes: 4, isBigEndian: true), 0x0e: NumberKind(meaning: .float, bytes: 8, isBigEndian: true),
  ]
}

/// The product of the axes; nil where it is more than `most`.
func checkedCount(of shape: [Int], atMost most: Int) -> Int? {
  if shape.contains(0) { return 0 }
  var count = 1
  for axis in shape {
    let (product, overflows) = count.multipliedReportingOverflow(by: axis)
    guard !overflows, product <= most else { return nil }
    count = product
  }
  return count
}

/// Reads numbers in pieces of a megabyte until the floats are full or the source ends; returns the bytes that were read.
func readNumbers(
  _ kind: NumberKind, into floats: UnsafeMutableBufferPointer<Float>, from read: (UnsafeMutableRawBufferPointer) throws -> Int
) rethrows -> Int {
  var piece = [UInt8](repeating: 0, count: 1 << 20)
  var place = 0
  var total = 0
  while place < floats.count {
    let wanted = min(piece.count / kind.bytes, floats.count - place)
    let got = try piece.withUnsafeMutableBytes { buffer in
      let got = try read(UnsafeMutableRawBufferPointer(rebasing: buffer[..<(wanted * kind.bytes)]))
      kind.decode(UnsafeRawBufferPointer(buffer), into: UnsafeMutableBufferPointer(rebasing: floats[place..<place + got / kind.bytes]))
      return got
    }
    total += got
    place += got / kind.bytes
    if got < wanted * kind.bytes { break }
  }
  return total
}
