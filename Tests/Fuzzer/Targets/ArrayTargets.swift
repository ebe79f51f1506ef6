import Datasets
import Foundation
import Kernels
import Language

/// Images and labels in IDX files, plain and gzipped.
final class IDXTarget: FuzzTarget {
  static let name = "idx"
  static let share = 2000
  private let seeds: [[UInt8]]
  private let mutation = Mutation.binary(words: [[0, 0, 8, 3], [0, 0, 13, 1], [0, 0, 14, 8], [0x1f, 0x8b, 8, 0]])
  private let labels: [UInt8]
  private let packed: [UInt8]

  init(_ place: FuzzPlace) throws {
    labels = try place.bytes("Lessons/data/small/digits-labels.idx1")
    packed = try place.bytes("Lessons/data/small/digits-images.idx3.gz")
    func array(_ kind: UInt8, _ shape: [UInt32], _ bytes: Int) -> [UInt8] {
      let count = shape.reduce(1) { $0 * Int($1) } * bytes
      return [0, 0, kind, UInt8(shape.count)] + shape.flatMap { Packing.big($0) } + (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    }
    seeds = [
      array(8, [3, 4, 4], 1), array(9, [3, 2, 2, 3], 1), array(11, [3, 5], 2), array(12, [3], 4), array(13, [3, 2], 4),
      array(14, [3, 1], 8), labels,
    ]
  }

  func input(_ random: inout Randomness) -> [UInt8] {
    switch random.below(5) {
    case 0: return mutation.changed(packed, seeds, &random)
    case 1: return Packing.gzip(mutation.changed(random.member(of: seeds), seeds, &random))
    case 2: return mutation.changed(Packing.gzip(random.member(of: seeds)), seeds, &random)
    default: return mutation.changed(random.member(of: seeds), seeds, &random)
    }
  }

  func read(_ input: [UInt8]) -> Bool {
    var random = Randomness(of: input)
    // As many labels as there are images, where the head says how many there are.
    let count = input.count >= 8 ? Int(input[7]) : 0
    let fitting = [0, 0, 8, 1] + Packing.big(UInt32(count)) + (0..<count).map { UInt8($0 % 3) }
    switch random.below(4) {
    case 0: return Reading.data(IDXFiles(images: "i", labels: "l"), ["i": packed, "l": input])
    case 1: return Reading.data(IDXFiles(images: "i", labels: "i"), ["i": input])
    default: return Reading.data(IDXFiles(images: "i", labels: "l"), ["i": input, "l": fitting])
    }
  }
}

/// NumPy's archives, as data and as weights.
final class NPZTarget: FuzzTarget {
  static let name = "npz"
  static let share = 500
  private let archives: [[UInt8]]
  private let members: [[UInt8]]
  private let mutation = Mutation.binary(words: [
    Array("'descr': '<f8'".utf8), Array("'fortran_order': True".utf8), Array("(3, 4)".utf8), Array("(0,)".utf8), Array("|O".utf8),
    Array(">i2".utf8),
    Array("(9223372036854775807,)".utf8), Array("(4294967296, 4294967296)".utf8), Array("x.npy".utf8), [0x50, 0x4b, 3, 4],
    [0x50, 0x4b, 1, 2],
  ])

  init(_ place: FuzzPlace) throws {
    archives = try ["Lessons/data/small/digits.npz", "Tests/DatasetsTests/Golden/deflated.npz", "Tests/DatasetsTests/Golden/stored.npz"].map
    {
      try place.bytes($0)
    }
    let drawn = TensorFile.members(of: [
      ("x", Tensor(shape: [3, 2], values: [1, 2, 3, 4, 5, 6])), ("y", Tensor(shape: [3], values: [0, 1, 2])),
      ("dense.kernel", Tensor(shape: [1], values: [7])),
    ])
    let inside = try archives.flatMap { try Packing.members(ofZip: Data($0)).map(\.content) }
    members = drawn.map { Array($0.content) } + inside.filter { $0.count < 6_000 }
  }

  func input(_ random: inout Randomness) -> [UInt8] {
    guard !random.one(in: 3) else { return mutation.changed(random.member(of: archives), members, &random) }
    let names = random.one(in: 4) ? ["x.npy", "y.npy", "w.npy", "x", "../x.npy", "", "x.npy"] : ["x.npy", "y.npy"]
    return Packing.zip(
      names.map { name in
        let content = random.member(of: members)
        return (Array(name.utf8), random.one(in: 3) ? content : mutation.changed(content, members, &random))
      })
  }

  func read(_ input: [UInt8]) -> Bool {
    var random = Randomness(of: input)
    let weights: String? = random.one(in: 4) ? "w" : nil
    let isData = Reading.data(NPZFile(path: "f.npz", weights: weights), ["f.npz": input])
    return Reading.tensors(input) || isData
  }
}

/// Weights in safetensors files.
final class SafetensorsTarget: FuzzTarget {
  static let name = "safetensors"
  static let share = 1500
  private let header: [UInt8]
  private let numbers: [UInt8]
  private let text = Mutation(
    words: [
      "\"F16\"", "\"BF16\"", "\"F64\"", "\"I64\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "[0,0]", "[]", "{", "}", ":", ",", "null",
      "true",
    ],
    brackets: [("[", "]"), ("{\"a\":", "}")], most: 4_096)
  private let binary = Mutation.binary(most: 4_096)

  init(_ place: FuzzPlace) throws {
    let file = Array(
      try TensorFile.safetensors(of: [
        ("dense.kernel", Tensor(shape: [2, 3], values: [1, 2, 3, 4, 5, 6])), ("dense.bias", Tensor(shape: [3], values: [0, 1, 2])),
        ("empty", Tensor(shape: [0], values: [])),
      ]))
    let length = Int(file[0]) | Int(file[1]) << 8
    header = Array(file[8..<8 + length])
    numbers = Array(file[(8 + length)...])
  }

  func input(_ random: inout Randomness) -> [UInt8] {
    if random.one(in: 4) { return binary.changed(Packing.safetensors(header: header, numbers: numbers), [numbers, header], &random) }
    return Packing.safetensors(header: text.changed(header, [header], &random), numbers: numbers)
  }

  func read(_ input: [UInt8]) -> Bool { Reading.tensors(input) }
}

extension Reading {
  /// Whether bytes are taken as a file of tensors.
  static func tensors(_ input: [UInt8]) -> Bool {
    do {
      let tensors = try TensorFile.read(Data(input), "f")
      precondition(tensors.allSatisfy { $0.tensor.values.count == $0.tensor.shape.reduce(1, *) }, "the shape is not that of the values")
      return true
    } catch {
      precondition(error is Complaint, "what is thrown is no complaint: \(error)")
      return false
    }
  }
}
