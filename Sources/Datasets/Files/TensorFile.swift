import Foundation
import Kernels
import Language

/// Named tensors in a file: an NPZ archive of NumPy, or a safetensors file.
///
///     safetensors: length of the header, 64 bits, lowest byte first · header, JSON: {"name": {"dtype": "F32", "shape": [2, 8],
///     "data_offsets": [0, 64]}, ...} · the numbers, little-endian, in row-major order
///
/// Source: the description of the format in huggingface/safetensors; NumPy Enhancement Proposal 1.
public enum TensorFile {
  /// The most bytes of a header.
  private static let mostHeader = 100_000_000

  /// The tensors of a file's bytes, in the order of the file; which form it is its first bytes tell.
  ///
  /// - Throws: A `Complaint` when it is neither, damaged, or holds numbers of another kind.
  public static func read(_ content: Data, _ file: String) throws -> [(name: String, tensor: Tensor)] {
    if content.starts(with: [0x50, 0x4b]) { return try archive(content, file) }
    return try safetensors(content, file)
  }

  /// The names of the tensors of a file's bytes, without their numbers; nil where it holds none.
  public static func names(in content: Data) -> [String]? {
    guard content.starts(with: [0x50, 0x4b]) else { return (try? header(of: content)).map { $0.members.keys.sorted() } }
    return (try? ZipArchive(content))?.names.map { $0.hasSuffix(".npy") ? String($0.dropLast(4)) : $0 }
  }

  private static func archive(_ content: Data, _ file: String) throws -> [(name: String, tensor: Tensor)] {
    do {
      let archive = try ZipArchive(content)
      return try archive.names.map { member in
        let name = member.hasSuffix(".npy") ? String(member.dropLast(4)) : member
        let array = try archive.read(member) { try NPYArray(name: "`\(name)` of \(file)", mostValues: 1 << 31, from: $0) }
        return (name, array.tensor)
      }
    } catch let flaw as ZipArchive.Flaw {
      switch flaw {
      case .notZip, .noMember: throw Complaint.notTensors(file)
      case .damaged(let member, let reason): throw Complaint.npzDamaged(file, member, reason)
      }
    }
  }

  private struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  /// There is no header of a safetensors file.
  private struct NoHeader: Error {}

  /// What a safetensors file says of its tensors, and where their numbers begin.
  private static func header(of content: Data) throws(NoHeader) -> (members: [String: Any], start: Int) {
    guard content.count >= 8 else { throw NoHeader() }
    let length = content.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(min(mostHeader, content.count - 8)), length >= 2 else { throw NoHeader() }
    let start = content.startIndex + 8 + Int(length)
    guard var members = (try? JSONSerialization.jsonObject(with: content[(content.startIndex + 8)..<start])) as? [String: Any] else {
      throw NoHeader()
    }
    members["__metadata__"] = nil
    return (members, start)
  }

  private static func safetensors(_ content: Data, _ file: String) throws -> [(name: String, tensor: Tensor)] {
    guard let (members, start) = try? header(of: content) else { throw Complaint.notTensors(file) }
    let entries = try members.map { name, value -> (name: String, entry: Entry) in
      // A number or a text alone ends the program when it is written as JSON.
      guard JSONSerialization.isValidJSONObject(value), let bytes = try? JSONSerialization.data(withJSONObject: value),
        let entry = try? JSONDecoder().decode(Entry.self, from: bytes)
      else { throw Complaint.badTensor(name, file, "its description cannot be read") }
      return (name, entry)
    }.sorted { ($0.entry.data_offsets.first ?? 0, $0.name) < ($1.entry.data_offsets.first ?? 0, $1.name) }
    let numbers = content[start...]
    return try entries.map { name, entry in
      guard let width = ["F32": 4, "F64": 8, "F16": 2, "BF16": 2][entry.dtype] else {
        throw Complaint.badTensor(name, file, "its numbers are \(entry.dtype), not F32, F64, F16 or BF16")
      }
      guard entry.shape.allSatisfy({ $0 >= 0 }), let count = checkedCount(of: entry.shape, atMost: 1 << 31), entry.data_offsets.count == 2
      else {
        throw Complaint.badTensor(name, file, "its shape cannot be")
      }
      let (from, to) = (entry.data_offsets[0], entry.data_offsets[1])
      guard from >= 0, to >= from, to <= numbers.count, to - from == count * width else {
        throw Complaint.badTensor(name, file, "its numbers do not lie in the file")
      }
      let bytes = numbers[(start + from)..<(start + to)]
      return (name, Tensor(shape: entry.shape, values: floats(bytes, count, entry.dtype)))
    }
  }

  private static func floats(_ bytes: Data, _ count: Int, _ type: String) -> [Float] {
    bytes.withUnsafeBytes { raw in
      [Float](unsafeUninitializedCapacity: count) { buffer, filled in
        for i in 0..<count {
          let value: Float
          switch type {
          case "F64": value = Float(Double(bitPattern: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * i, as: UInt64.self))))
          case "F16": value = half(UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self)))
          case "BF16":
            value = Float(bitPattern: UInt32(UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self))) << 16)
          default: value = Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)))
          }
          buffer.initializeElement(at: i, to: value)
        }
        filled = count
      }
    }
  }

  /// A number of IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction.
  static func half(_ bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1f), fraction = Float(bits & 0x3ff)
    if exponent == 0x1f { return fraction == 0 ? sign * .infinity : .nan }
    if exponent == 0 { return sign * fraction * Float(sign: .plus, exponent: -24, significand: 1) }
    return sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
  }

  /// The bytes of a safetensors file.
  public static func safetensors(of tensors: [(name: String, tensor: Tensor)]) throws -> Data {
    var place = 0
    var entries: [String: Any] = ["__metadata__": ["format": "pt"]]
    for (name, tensor) in tensors {
      entries[name] = ["dtype": "F32", "shape": tensor.shape, "data_offsets": [place, place + 4 * tensor.count]] as [String: Any]
      place += 4 * tensor.count
    }
    var header = try JSONSerialization.data(withJSONObject: entries, options: [.sortedKeys])
    // The numbers begin at a multiple of eight.
    while (header.count + 8) % 8 != 0 { header.append(0x20) }
    var bytes = Data()
    bytes.reserveCapacity(8 + header.count + place)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(header)
    for (_, tensor) in tensors { tensor.values.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    return bytes
  }

  /// The members of an NPZ archive.
  public static func members(of tensors: [(name: String, tensor: Tensor)]) -> [(name: String, content: Data)] {
    tensors.map { name, tensor in
      let shape = tensor.shape.map { "\($0)" }.joined(separator: ", ") + (tensor.shape.count == 1 ? "," : "")
      var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(shape)), }"
      while (10 + header.utf8.count + 1) % 64 != 0 { header += " " }
      header += "\n"
      var bytes = Data([0x93] + Array("NUMPY".utf8) + [1, 0])
      withUnsafeBytes(of: UInt16(header.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: header.utf8)
      tensor.values.withUnsafeBytes { bytes.append(contentsOf: $0) }
      return (name + ".npy", bytes)
    }
  }
}

extension Complaint {
  static func notTensors(_ file: String) -> Complaint {
    Complaint("`\(file)` holds no tensors", hint: "an NPZ archive of NumPy, or a .safetensors file; `weights save` writes both")
  }
  static func badTensor(_ name: String, _ file: String, _ reason: String) -> Complaint {
    Complaint("`\(name)` of \(file) cannot be read: \(reason)", hint: "nothing was changed")
  }
}
