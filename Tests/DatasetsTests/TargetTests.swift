import Kernels
import Language
import Testing

@testable import Datasets

/// A data set with one feature and the given target.
func dataset(_ target: Target) -> Dataset {
  Dataset(
    name: "t", recipe: Moons(), features: Tensor(shape: [target.count, 1]), featureNames: ["x"], target: target, targetName: "y")
}

@Suite struct TargetEncodingTests {
  static let two = Target.classes(names: ["no", "yes"], indices: [1, 0, 1])
  static let three = Target.classes(names: ["a", "b", "c"], indices: [2, 0, 1])

  @Test(
    arguments: [
      (two, .oneHot, [3, 2], [0, 1, 1, 0, 0, 1], ["no", "yes"]),
      (two, .index, [3, 1], [1, 0, 1], ["no", "yes"]),
      (two, .binary, [3, 1], [1, 0, 1], ["no", "yes"]),
      (two, .numbers, [3, 1], [1, 0, 1], ["no", "yes"]),
      (three, .oneHot, [3, 3], [0, 0, 1, 1, 0, 0, 0, 1, 0], ["a", "b", "c"]),
      (three, .index, [3, 1], [2, 0, 1], ["a", "b", "c"]),
      (three, .numbers, [3, 1], [2, 0, 1], ["a", "b", "c"]),
      (.numbers([7, 3, 7]), .index, [3, 1], [1, 0, 1], ["3", "7"]),
      (.numbers([10, 9, -1]), .oneHot, [3, 3], [0, 0, 1, 0, 1, 0, 1, 0, 0], ["-1", "9", "10"]),
      (.numbers([2, 1, 2]), .binary, [3, 1], [1, 0, 1], ["1", "2"]),
      (.numbers([0, 0.25, 1]), .binary, [3, 1], [0, 0.25, 1], []),
      (.numbers([0, 0.25, 8]), .numbers, [3, 1], [0, 0.25, 8], []),
    ] as [(Target, TargetEncoding, [Int], [Float], [String])])
  func isEncoded(_ target: Target, _ encoding: TargetEncoding, _ shape: [Int], _ values: [Float], _ names: [String]) throws {
    let encoded = try dataset(target).encodedTarget(encoding)
    #expect(encoded == EncodedTarget(values: Tensor(shape: shape, values: values), classNames: names, encoding: encoding))
  }

  @Test(
    arguments: [
      (
        three, .binary,
        "binary_crossentropy needs two classes, and y has 3 classes: a, b, c | "
          + "use categorical_crossentropy or sparse_categorical_crossentropy with 3 softmax units"
      ),
      (
        .numbers([1, 2, 3]), .binary,
        "binary_crossentropy needs two classes, and y has 3 classes: 1, 2, 3 | "
          + "use categorical_crossentropy or sparse_categorical_crossentropy with 3 softmax units"
      ),
      (
        .numbers([1.5, 2, 30]), .binary,
        "binary_crossentropy needs two classes, and y holds numbers such as 1.5 | use mse or mae for numbers"
      ),
      (
        .classes(names: ["a"], indices: [0]), .binary,
        "binary_crossentropy needs two classes, and y has one class: a | use data with a second class, or mse"
      ),
      (.numbers([1, 2.5]), .index, "y holds numbers such as 2.5, not classes | use mse or mae for numbers"),
      (
        .numbers((0...1_000).map { Float($0) }), .oneHot,
        "y has over 1,000 different values, too many for classes | use mse or mae for numbers"
      ),
    ] as [(Target, TargetEncoding, String)])
  func isRefused(_ target: Target, _ encoding: TargetEncoding, _ says: String) {
    #expect(complaint { _ = try dataset(target).encodedTarget(encoding) } == says)
  }
}

@Suite struct SplitTests {
  static let uneven = Target.classes(
    names: ["a", "b", "c"], indices: (0..<100).map { $0 < 70 ? 0 : $0 < 99 ? 1 : 2 })

  @Test func aSplitKeepsEveryClassInProportion() throws {
    let split = try dataset(SplitTests.uneven).split(0.2, seed: 1)
    #expect(split.heldOut.count == 20)
    #expect(split.heldOut.filter { $0 < 70 }.count == 14)
    #expect(split.heldOut.filter { (70..<99).contains($0) }.count == 6)
    #expect(split.training == split.training.sorted() && split.heldOut == split.heldOut.sorted())
    #expect((split.training + split.heldOut).sorted() == Array(0..<100))
  }

  @Test func theSeedDecidesASplit() throws {
    let data = dataset(SplitTests.uneven)
    #expect(try data.split(0.3, seed: 5) == data.split(0.3, seed: 5))
    #expect(try data.split(0.3, seed: 5) != data.split(0.3, seed: 6))
  }

  @Test func aNumericTargetOfFewValuesIsStratifiedToo() throws {
    let split = try dataset(.numbers((0..<100).map { $0 < 90 ? 0 : 1 })).split(0.2, seed: 0)
    #expect(split.heldOut.filter { $0 >= 90 }.count == 2)
  }

  @Test(arguments: [(0.2, 10, 2), (0.01, 10, 1), (0.99, 10, 9), (0.5, 3, 2), (0.5, 2, 1)])
  func theNumberOfRowsHeldOut(_ fraction: Double, _ rows: Int, _ heldOut: Int) throws {
    let measured = dataset(.numbers((0..<rows).map { Float($0) + 0.5 }))
    #expect(try measured.split(fraction, seed: 0).heldOut.count == heldOut)
    let classes = dataset(.classes(names: (0..<rows).map(String.init), indices: Array(0..<rows)))
    #expect(try classes.split(fraction, seed: 0).heldOut.count == heldOut)
  }

  @Test(arguments: [(0.2, 10, 8), (0.1, 10, 9), (0.3, 10, 7), (0.25, 7, 5), (0.2, 500, 400), (0.99, 200, 2)])
  func theLastPartIsThatOfKeras(_ fraction: Double, _ rows: Int, _ training: Int) throws {
    let split = try RowSplit.lastPart(fraction, of: Array(100..<100 + rows))
    #expect(split.training == Array(100..<100 + training))
    #expect(split.heldOut == Array(100 + training..<100 + rows))
  }

  @Test func impossibleFractionsAreRefused() {
    let data = dataset(.numbers([1, 2]))
    for fraction in [0, 1, -0.5, 2] {
      let says = "a part of \(plain(fraction)) cannot be held out | a number between 0 and 1, such as 0.2"
      #expect(complaint { _ = try data.split(fraction, seed: 0) } == says)
      #expect(complaint { _ = try RowSplit.lastPart(fraction, of: [0, 1]) } == says)
    }
    let says = "0.2 of 1 rows leaves one part without rows | more rows or another fraction"
    #expect(complaint { _ = try dataset(.numbers([1])).split(0.2, seed: 0) } == says)
    #expect(complaint { _ = try RowSplit.lastPart(0.2, of: [0]) } == says)
  }

  @Test func sortedClassesAreWarnedOf() throws {
    let data = dataset(.classes(names: ["a", "b", "c"], indices: (0..<150).map { $0 / 50 }))
    let shift = try #require(data.classShift(RowSplit.lastPart(0.2, of: Array(0..<150))))
    #expect(shift.shares.map(\.name) == ["c", "a", "b"])
    #expect(shift.neverTrained.isEmpty)
    #expect(
      shift.complaint.what == "the classes of the last part differ from the rest: c is 17% of the training part and 100% of the last part; "
        + "a is 42% of the training part and 0% of the last part; b is 42% of the training part and 0% of the last part")
    let third = try #require(data.classShift(RowSplit.lastPart(1.0 / 3, of: Array(0..<150))))
    #expect(third.neverTrained == ["c"])
    #expect(try data.classShift(data.split(0.2, seed: 0)) == nil)
  }

  @Test func measurementsAndChanceAreNotWarnedOf() throws {
    #expect(
      dataset(.numbers((0..<100).map { Float($0) * 0.1 })).classShift(RowSplit(training: Array(0..<80), heldOut: Array(80..<100))) == nil)
    // 3 of 8 against 5 of 10 is what chance does.
    let data = dataset(.numbers([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1]))
    #expect(data.classShift(RowSplit(training: Array(0..<10), heldOut: Array(10..<18))) == nil)
  }
}
