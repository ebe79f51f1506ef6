import Kernels
import Language
import Testing

@testable import Datasets

@Suite struct DrawnTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let recipe: any DatasetRecipe
    let line: String
    let shape: [Int]
    let classes: Int
    var testDescription: String { line }
  }

  static let rows = [
    Row(recipe: Moons(), line: "data moons 500 noise=0.1 seed=0", shape: [500, 2], classes: 2),
    Row(recipe: Circles(DrawnOptions(count: 7)), line: "data circles 7 noise=0.1 seed=0", shape: [7, 2], classes: 2),
    Row(
      recipe: Spiral(DrawnOptions(count: 100, noise: 0.05), classes: 3), line: "data spiral 100 noise=0.05 classes=3 seed=0",
      shape: [100, 2],
      classes: 3),
    Row(
      recipe: Blobs(DrawnOptions(count: 40), classes: 4, features: 5), line: "data blobs 40 noise=0.1 classes=4 features=5 seed=0",
      shape: [40, 5], classes: 4),
    Row(recipe: Xor(DrawnOptions(count: 8)), line: "data xor 8 noise=0.1 seed=0", shape: [8, 2], classes: 2),
    Row(
      recipe: Linear(DrawnOptions(count: 9), features: 3), line: "data linear 9 noise=0.1 features=3 seed=0", shape: [9, 3], classes: 0),
    Row(recipe: Sine(DrawnOptions(count: 11)), line: "data sine 11 noise=0.1 seed=0", shape: [11, 1], classes: 0),
    Row(recipe: Moons(DrawnOptions(count: 1)), line: "data moons 1 noise=0.1 seed=0", shape: [1, 2], classes: 2),
  ]

  @Test(arguments: rows) func drawsWhatItsLineSays(_ row: Row) throws {
    let data = try row.recipe.load(world())
    #expect(data.features.shape == row.shape)
    #expect(data.featureNames.count == row.shape.last)
    #expect(data.classNames == (0..<row.classes).map(String.init))
    #expect(data.recipe.description == row.line)
    #expect(data.features.values.allSatisfy { $0.isFinite })
    #expect(data.missing == 0)
  }

  @Test(arguments: rows) func aSeedDecidesEverything(_ row: Row) throws {
    let first = try row.recipe.load(world())
    let again = try first.recipe.load(world(seed: 99))
    #expect(first.features == again.features && first.target == again.target)
    let other = try row.recipe.load(world(seed: 1))
    #expect(first.features != other.features || first.target != other.target)
  }

  @Test func classesAreEvenAndInEveryPart() throws {
    for recipe in [Moons(), Circles(), Spiral(), Blobs(classes: 2), Xor()] as [any DatasetRecipe] {
      let data = try recipe.load(world())
      let counts = data.described().classes.map(\.count)
      #expect(counts == [250, 250])
      let split = try RowSplit.lastPart(0.2, of: Array(0..<500))
      #expect(data.classShift(split) == nil, "\(recipe)")
    }
  }

  @Test func noiseHasItsDeviationAndMovesNothingElse() throws {
    for recipe in [
      (Moons(DrawnOptions(count: 4000, noise: 0)), Moons(DrawnOptions(count: 4000, noise: 0.3))),
      (Sine(DrawnOptions(count: 4000, noise: 0)), Sine(DrawnOptions(count: 4000, noise: 0.3))),
    ] as [(any DatasetRecipe, any DatasetRecipe)] {
      let (clean, noisy) = (try recipe.0.load(world()), try recipe.1.load(world()))
      let (a, b) = clean.classNames.isEmpty ? (clean.targetNumbers, noisy.targetNumbers) : (clean.features.values, noisy.features.values)
      let differences = zip(a, b).map { $1 - $0 }
      let deviation = Tensor(shape: [differences.count, 1], values: differences).columnStatistics()[0].deviation
      #expect(abs(deviation - 0.3) < 0.02)
    }
  }

  @Test func moonsAreTwoHalfCircles() throws {
    for (point, label) in try points(Moons(DrawnOptions(count: 101, noise: 0))) {
      let centre: (x: Float, y: Float) = label == 0 ? (0, 0) : (1, 0.5)
      #expect(abs(distance(point, centre) - 1) < 1e-5)
      #expect(label == 0 ? point.y >= -1e-6 : point.y <= 0.5 + 1e-6)
    }
  }

  @Test func circlesHaveTheRadiiOneAndAHalf() throws {
    for (point, label) in try points(Circles(DrawnOptions(count: 100, noise: 0))) {
      #expect(abs(distance(point, (0, 0)) - (label == 0 ? 1 : 0.5)) < 1e-5)
    }
  }

  @Test func spiralArmsAreTurnsOfOneAnother() throws {
    let drawn = try points(Spiral(DrawnOptions(count: 200, noise: 0)))
    let first = drawn.filter { $0.label == 0 }.map(\.point)
    for (point, _) in drawn where distance(point, (0, 0)) > 3.001 { Issue.record("a point lies outside the radius") }
    for (point, _) in drawn.filter({ $0.label == 1 }) {
      #expect(first.contains { distance($0, (-point.x, -point.y)) < 1e-5 })
    }
  }

  @Test func withoutNoiseXorIsItsTruthTable() throws {
    let data = try Xor(DrawnOptions(count: 4, noise: 0)).load(world())
    #expect(data.features.values == [0, 0, 0, 1, 1, 0, 1, 1])
    #expect(data.target == .classes(names: ["0", "1"], indices: [0, 1, 1, 0]))
  }

  @Test func blobsWithoutNoiseAreTheirCentres() throws {
    let data = try Blobs(DrawnOptions(count: 60, noise: 0), classes: 5, features: 3).load(world())
    #expect(Set((0..<60).map { data.features.rows([$0]).values }).count == 5)
    #expect(data.features.values.allSatisfy { (-1...1).contains($0) })
  }

  @Test func theLawOfALineGivesItsTargets() throws {
    let data = try Linear(DrawnOptions(count: 20, noise: 0), features: 2).load(world(seed: 3))
    let law = try #require(data.law)
    let numbers = law.replacing(" - ", with: " + -").replacing("y = ", with: "").split(separator: " + ")
      .compactMap { Float($0.split(separator: " ")[0]) }
    try #require(numbers.count == 3, "\(law)")
    for (row, y) in data.targetNumbers.enumerated() {
      let x = data.features.rows([row]).values
      #expect(abs(numbers[0] * x[0] + numbers[1] * x[1] + numbers[2] - y) < 1e-5)
    }
  }

  @Test func aSineCoversItsPeriod() throws {
    let data = try Sine(DrawnOptions(count: 101, noise: 0)).load(world())
    let x = data.features.values
    #expect(abs((x.min() ?? 0) + .pi) < 1e-5 && abs((x.max() ?? 0) - .pi) < 1e-5)
    #expect(x != x.sorted())
    #expect(data.law == "y = sin(x)")
  }

  static let refused: [(any DatasetRecipe, String)] = [
    (Moons(DrawnOptions(count: 0)), "0 points cannot be drawn | from 1 to 10,000,000, such as `data moons 500`"),
    (Sine(DrawnOptions(count: 10_000_001)), "10,000,001 points cannot be drawn | from 1 to 10,000,000, such as `data moons 500`"),
    (Xor(DrawnOptions(noise: -1)), "noise is a standard deviation, not -1 | from 0 to 1,000,000, such as noise=0.1"),
    (Circles(DrawnOptions(noise: .infinity)), "noise is a standard deviation, not inf | from 0 to 1,000,000, such as noise=0.1"),
    (Spiral(classes: 0), "0 classes cannot be drawn | from 1 to 100"),
    (Blobs(features: 100_001), "100,001 features cannot be drawn | from 1 to 100,000"),
    (
      Linear(DrawnOptions(count: 10_000_000), features: 1_000),
      "10,000,000 points of 1,000 features are too many | at most 100,000,000 values in all"
    ),
  ]

  @Test func whatCannotBeDrawnIsComplainedOf() {
    for (recipe, expected) in DrawnTests.refused { #expect(complaint { _ = try recipe.load(world()) } == expected) }
  }

  private func points(_ recipe: any DatasetRecipe) throws -> [(point: (x: Float, y: Float), label: Int)] {
    let data = try recipe.load(world())
    guard case .classes(_, let labels) = data.target else { return [] }
    return labels.enumerated().map { row, label in ((data.features.values[2 * row], data.features.values[2 * row + 1]), label) }
  }

  private func distance(_ a: (x: Float, y: Float), _ b: (x: Float, y: Float)) -> Float {
    ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
  }
}
