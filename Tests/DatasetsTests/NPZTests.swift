import Foundation
import Kernels
import Language
import Testing

@testable import Datasets

@Suite struct NPZTests {
  static func golden(_ name: String) throws -> Data {
    try Data(contentsOf: #require(Bundle.module.url(forResource: "Golden/\(name)", withExtension: nil)))
  }

  private func load(_ file: String, x: String, y: String = "y") throws -> Dataset {
    try NPZFile(path: file, samples: x, targets: y).load(world([file: NPZTests.golden(file)]))
  }

  static let kinds = ["f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "big_f4", "big_f8", "big_i2", "big_u4", "big_i8"]

  @Test(arguments: ["stored.npz", "deflated.npz"]) func everyTypeGivesTheSameNumbers(_ file: String) throws {
    for kind in NPZTests.kinds {
      let data = try load(file, x: kind)
      #expect(data.features == Tensor(shape: [3, 2], values: [0, 1, 2, 3, 100, 127]), "\(kind)")
      #expect(data.target == .classes(names: ["0", "1", "2"], indices: [2, 0, 1]))
      #expect(data.featureNames == ["x1", "x2"])
    }
    #expect(try load(file, x: "b1").features.values == [0, 0, 1, 1, 1, 1])
    #expect(try load(file, x: "u1", y: "onehot").target == .classes(names: ["0", "1", "2"], indices: [2, 0, 1]))
    #expect(try load(file, x: "u1", y: "negative").target == .numbers([-1.5, -128, 3e10]))
  }

  @Test func columnMajorNumbersAreTurned() {
    #expect(NPYArray.rowMajor([0, 3, 1, 4, 2, 5], [2, 3]) == [0, 1, 2, 3, 4, 5])
    let shape = [2, 3, 4]
    var columns: [Float] = []
    for c in 0..<4 { for b in 0..<3 { for a in 0..<2 { columns.append(Float(a * 12 + b * 4 + c)) } } }
    #expect(NPYArray.rowMajor(columns, shape) == (0..<24).map(Float.init))
  }

  @Test func anArrayInColumnOrderIsRead() throws {
    let array = try ZipArchive(NPZTests.golden("stored.npz")).read("fortran.npy") { try NPYArray(name: "a", mostValues: 100, from: $0) }
    #expect(array.tensor == Tensor(shape: [2, 3, 4], values: (0..<24).map(Float.init)))
  }

  @Test(
    arguments: [
      ("half", "y", "`half` of stored.npz holds values `<f2`, which cannot be read"),
      ("text", "y", "`text` of stored.npz holds values `<U1`, which cannot be read"),
      ("fields", "y", "`fields` of stored.npz holds values of several fields, which cannot be read"),
      ("nan", "y", "`nan` of stored.npz holds NaN at [1, 1]"),
      ("f4", "nan", "`nan` of stored.npz holds NaN at [1, 1]"),
      ("f4", "f4", "`f4` of stored.npz has the shape 3x2 | targets are (n), (n, 1), or one-hot rows (n, classes)"),
      ("fortran", "y", "`fortran` of stored.npz holds 2 samples, and `y` 3 targets"),
      ("images", "y", "stored.npz has no array `images` | it has f4, f8,"),
    ])
  func anArrayThatCannotBeUsedIsComplainedOf(_ x: String, _ y: String, _ says: String) {
    let answer = complaint { _ = try load("stored.npz", x: x, y: y) }
    #expect(answer.hasPrefix(says), "\(answer)")
  }

  @Test(
    arguments: [
      ("", "f.npz is empty"), ("PK", "f.npz is no NPZ file, or is cut off"), ("x,y\n1,2\n", "f.npz is no NPZ file, or is cut off"),
    ])
  func whatIsNoArchiveIsComplainedOf(_ text: String, _ says: String) {
    let answer = complaint { _ = try NPZFile(path: "f.npz").load(world(["f.npz": text])) }
    #expect(answer.hasPrefix(says), "\(answer)")
  }

  @Test(
    arguments: [
      ("{'descr': '<f4', 'fortran_order': True, 'shape': (3,), }", [3], true),
      ("{\"descr\": \"|u1\", \"fortran_order\": False, \"shape\": (2, 5)}", [2, 5], false),
    ])
  func headersAreRead(_ text: String, _ shape: [Int], _ isFortranOrder: Bool) throws {
    let header = try NPYHeader(text, name: "a")
    #expect(header.shape == shape && header.isFortranOrder == isFortranOrder)
  }

  @Test(arguments: [
    "", "{}", "{'descr': '<f4', 'fortran_order': False, 'shape': (3, x)}", "{'descr': '<f4', 'shape': (-1,), 'fortran_order': 1}",
  ])
  func headersThatAreNoneAreComplainedOf(_ text: String) {
    #expect(complaint { _ = try NPYHeader(text, name: "a") } == "a is no NumPy array, or is damaged | write the file again")
  }

  @Test func tooManyNumbersAreRefused() throws {
    var world = world(["f.npz": try NPZTests.golden("stored.npz")])
    world.mostValues = 5
    #expect(
      complaint { _ = try NPZFile(path: "f.npz", samples: "f4").load(world) } == "`f4` of f.npz holds 3x2 numbers | at most 5 are read")
  }

  /// No damage crashes, and a flipped bit in the numbers is found by the checksum.
  @Test func everyDamageIsSurvived() throws {
    let whole = try NPZTests.small()
    for length in stride(from: 0, to: whole.count, by: 7) {
      #expect(complaint { _ = try NPZFile(path: "f.npz").load(world(["f.npz": whole.prefix(length)])) } != "no complaint", "\(length)")
    }
    for place in whole.indices {
      var damaged = whole
      damaged[place] ^= 0x55
      _ = complaint { _ = try NPZFile(path: "f.npz").load(world(["f.npz": damaged])) }
    }
    var damaged = whole
    damaged[damaged.startIndex + 400] ^= 1
    #expect(complaint { _ = try NPZFile(path: "f.npz").load(world(["f.npz": damaged])) }.contains("damaged"))
  }

  private static func small() throws -> Data { try Data(contentsOf: embeddedFolder.appendingPathComponent("small/digits.npz")) }
}
