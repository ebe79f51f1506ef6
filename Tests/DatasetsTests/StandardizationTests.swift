import Kernels
import Language
import Testing

@testable import Datasets

@Suite struct StandardizationTests {
  static let table = Tensor(shape: [4, 2], values: [1, 0.1, 3, 0.1, 5, 0.1, 100, 7])

  @Test func takesMeanAndPopulationDeviationOfTheTrainingRows() {
    let units = Standardization(fitting: StandardizationTests.table, rows: [0, 1, 2])
    #expect(units.means == [3, 0.1])
    #expect(abs(units.deviations[0] - Float(8.0 / 3).squareRoot()) < 1e-6)
    #expect(units.deviations[1] == 0)
    let z = units.forward(StandardizationTests.table).values
    #expect(abs(z[0] + 1.2247449) < 1e-6 && z[2] == 0 && abs(z[4] - 1.2247449) < 1e-6)
    #expect(z[1] == 0 && z[3] == 0 && z[5] == 0)
    #expect(abs(z[6] - 97 / Float(8.0 / 3).squareRoot()) < 1e-4 && abs(z[7] - 6.9) < 1e-6)
  }

  @Test func theInverseGivesTheOwnUnitsBack() {
    let units = Standardization(fitting: StandardizationTests.table)
    let back = units.inverse(units.forward(StandardizationTests.table)).values
    for (a, b) in zip(back, StandardizationTests.table.values) { #expect(abs(a - b) < 1e-5) }
  }

  @Test func everyFeatureGetsMeanZeroAndDeviationOne() throws {
    let data = try Blobs(DrawnOptions(count: 1000), classes: 3, features: 4).load(world())
    let after = Standardization(fitting: data.features).forward(data.features).columnStatistics()
    for column in after { #expect(abs(column.mean) < 1e-5 && abs(column.deviation - 1) < 1e-5) }
  }

  @Test func anImageHasOneMeanForEachChannel() {
    let images = Tensor(shape: [2, 1, 2, 2], values: [1, 10, 2, 20, 3, 30, 4, 40])
    #expect(Standardization(fitting: images).means == [2.5, 25])
    #expect(Standardization(fitting: images, rows: [1]).means == [3.5, 35])
  }

  @Test func largeOffsetsLoseNoPrecision() {
    let column = Tensor(shape: [3, 1], values: [1_000_000, 1_000_001, 1_000_002])
    #expect(abs(Standardization(fitting: column).deviations[0] - Float(2.0 / 3).squareRoot()) < 1e-6)
  }
}

@Suite struct DescriptionTests {
  @Test func columnsAndClassesAreDescribed() throws {
    let data = try read("a,b,y\n1,5,u\n2,,v\n6,7,u\n", target: "y")
    let described = data.described()
    #expect(described.features.map(\.name) == ["a", "b"])
    #expect(described.features.map(\.minimum) == [1, 5] && described.features.map(\.maximum) == [6, 7])
    #expect(described.features.map(\.mean) == [3, 6] && described.features.map(\.missing) == [0, 1])
    #expect(abs(described.features[0].deviation - Float(14.0 / 3).squareRoot()) < 1e-6)
    #expect(described.classes.map { "\($0.name) \($0.count)" } == ["u 2", "v 1"] && described.target == nil)
    #expect(data.described(rows: [1]).classes.map(\.count) == [0, 1])
  }

  @Test func aNumericTargetIsDescribedAsAColumn() throws {
    let target = try #require(try read("a,y\n1,5\n2,8\n", target: "y").described().target)
    #expect(target.name == "y" && target.minimum == 5 && target.maximum == 8 && target.mean == 6.5 && target.deviation == 1.5)
  }

  @Test func theFirstRowsAreShown() throws {
    let data = try read("a,b,y\n1,5,u\n2,6,v\n", target: "y")
    #expect(
      data.firstRows(5) == [
        SampleRow(row: 0, features: [1, 5], target: "u"), SampleRow(row: 1, features: [2, 6], target: "v"),
      ])
    #expect(data.firstRows(1).count == 1 && data.firstRows(0).isEmpty && data.firstRows(-1).isEmpty)
    #expect(try read("a,y\n1,2.5\n", target: "y").firstRows(1)[0].target == "2.5")
  }

  @Test func aTypedSampleMustHaveEveryFeature() throws {
    let data = try read("a,b,y\n1,5,u\n2,6,v\n", target: "y")
    #expect(try data.sample(of: [0.5, 2]) == Tensor(shape: [1, 2], values: [0.5, 2]))
    #expect(complaint { _ = try data.sample(of: [1]) } == "1 number is given, and a sample has 2 | in this order: a, b")
  }

  @Test func rowsArePickedInTheGivenOrder() {
    #expect(Tensor(shape: [3, 2], values: [1, 2, 3, 4, 5, 6]).rows([2, 0, 2]) == Tensor(shape: [3, 2], values: [5, 6, 1, 2, 5, 6]))
    #expect(Tensor(shape: [3, 2], values: [1, 2, 3, 4, 5, 6]).rows([]) == Tensor(shape: [0, 2], values: []))
  }
}
