import Kernels
import Language

/// An array of numbers in NumPy's NPY format.
///
///     \x93NUMPY   version, two bytes   length of the header   {'descr': '<f4', 'fortran_order': False, 'shape': (60, 8, 8)}   the numbers
///
/// Source: NumPy Enhancement Proposal 1, A Simple File Format for NumPy Arrays.
struct NPYArray {
  let kind: NumberKind
  var tensor: Tensor

  /// Reads an array through a function that fills a buffer; throws a `Complaint` under the array's name when it is damaged or too large.
  init(name: String, mostValues: Int, from read: (UnsafeMutableRawBufferPointer) throws -> Int) throws {
    let header = try NPYHeader(name: name, from: read)
    guard let count = checkedCount(of: header.shape, atMost: mostValues) else {
      throw Complaint.tooManyNumbers(name, shape: header.shape, most: mostValues)
    }
    guard count > 0, !header.shape.isEmpty else { throw Complaint.noNumbers(name, shape: header.shape) }
    // Memory grows with what is really there: a header alone takes none.
    var values: [Float] = []
    while values.count < count {
      let piece = min(count - values.count, max(1 << 20, values.count))
      var floats = [Float](repeating: 0, count: piece)
      let got = try floats.withUnsafeMutableBufferPointer { try readNumbers(header.kind, into: $0, from: read) }
      guard got == piece * header.kind.bytes else {
        throw Complaint.npyEnds(name, shape: header.shape, numbers: values.count + got / header.kind.bytes)
      }
      if values.isEmpty { values = floats } else { values += floats }
    }
    // Reading on to the end lets the archive compare its checksum.
    var more = [UInt8](repeating: 0, count: 1)
    guard try more.withUnsafeMutableBytes({ try read($0) }) == 0 else { throw Complaint.npyGoesOn(name, shape: header.shape) }
    kind = header.kind
    tensor = Tensor(shape: header.shape, values: header.isFortranOrder ? NPYArray.rowMajor(values, header.shape) : values)
  }

  /// Column-major values (the first axis varies fastest) in row-major order.
  static func rowMajor(_ values: [Float], _ shape: [Int]) -> [Float] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropFirst() { strides[axis] = strides[axis - 1] * shape[axis - 1] }
    var index = [Int](repeating: 0, count: shape.count)
    var place = 0
    return [Float](unsafeUninitializedCapacity: values.count) { buffer, count in
      for target in values.indices {
        buffer.initializeElement(at: target, to: values[place])
        var axis = shape.count - 1
        while axis >= 0 {
          index[axis] += 1
          place += strides[axis]
          if index[axis] < shape[axis] { break }
          place -= strides[axis] * shape[axis]
          index[axis] = 0
          axis -= 1
        }
      }
      count = values.count
    }
  }
}

/// What stands before the numbers of an NPY array.
struct NPYHeader: Equatable {
  let kind: NumberKind
  let isFortranOrder: Bool
  let shape: [Int]

  init(name: String, from read: (UnsafeMutableRawBufferPointer) throws -> Int) throws {
    func bytes(_ count: Int) throws -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: count)
      guard try bytes.withUnsafeMutableBytes({ try read($0) }) == count else { throw Complaint.notNPY(name) }
      return bytes
    }
    let start = try bytes(8)
    guard Array(start.prefix(6)) == [0x93] + Array("NUMPY".utf8), (1...3).contains(start[6]) else { throw Complaint.notNPY(name) }
    let length = try bytes(start[6] == 1 ? 2 : 4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= 1 << 20 else { throw Complaint.notNPY(name) }
    try self.init(String(decoding: bytes(length), as: UTF8.self), name: name)
  }

  /// Reads the header's text, a literal of a Python dictionary.
  init(_ text: String, name: String) throws {
    func value(_ key: String) -> Substring? {
      for quote in ["'", "\""] {
        guard let found = text.range(of: quote + key + quote) else { continue }
        return text[found.upperBound...].drop { $0 == ":" || $0.isWhitespace }
      }
      return nil
    }
    guard let descr = value("descr"), let order = value("fortran_order"), let shape = value("shape"), shape.first == "(" else {
      throw Complaint.notNPY(name)
    }
    guard let quote = descr.first, quote == "'" || quote == "\"" else { throw Complaint.unknownNumbers(name, "of several fields") }
    let type = String(descr.dropFirst().prefix { $0 != quote })
    guard let kind = NPYHeader.kind(type) else { throw Complaint.unknownNumbers(name, "`\(type)`") }
    let axes = shape.dropFirst().prefix { $0 != ")" }.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
    let lengths = axes.compactMap { Int($0) }
    guard lengths.count == axes.count, lengths.allSatisfy({ $0 >= 0 }), lengths.count <= 32 else { throw Complaint.notNPY(name) }
    self.kind = kind
    isFortranOrder = order.hasPrefix("True")
    self.shape = lengths
  }

  /// The kind of numbers of a type such as `<f4`, `>i2` or `|u1`; nil for texts, objects, complex and half-precision numbers.
  static func kind(_ type: String) -> NumberKind? {
    guard let order = type.first, "<>|=".contains(order), let bytes = Int(type.dropFirst(2)) else { return nil }
    let meaning: NumberKind.Meaning
    switch (type.dropFirst().first, bytes) {
    case ("b", 1): meaning = .truth
    case ("u", 1), ("u", 2), ("u", 4), ("u", 8): meaning = .unsigned
    case ("i", 1), ("i", 2), ("i", 4), ("i", 8): meaning = .signed
    case ("f", 4), ("f", 8): meaning = .float
    default: return nil
    }
    return NumberKind(meaning: meaning, bytes: bytes, isBigEndian: order == ">")
  }
}
