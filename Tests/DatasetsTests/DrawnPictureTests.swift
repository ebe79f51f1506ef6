import Kernels
import Language
import Testing

@testable import Datasets

@Suite struct DrawnPictureTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let make: @Sendable (PictureOptions) -> any DatasetRecipe
    let name: String
    let rotation: Float
    let classes: [String]
    var testDescription: String { name }
  }

  static let rows = [
    Row(make: { Glyphs($0) }, name: "glyphs", rotation: 10, classes: (0...9).map(String.init)),
    Row(make: { Shapes($0) }, name: "shapes", rotation: 180, classes: Shapes.names),
  ]

  private func images(_ data: Dataset) -> [[Float]] {
    let width = Tensor.count(of: data.sampleShape)
    return (0..<data.rows).map { Array(data.features.values[$0 * width..<($0 + 1) * width]) }
  }

  @Test(arguments: rows) func drawsWhatIsAskedFor(_ row: Row) throws {
    let data = try row.make(PictureOptions(count: 80, size: 20, rotation: row.rotation)).load(world())
    #expect(data.features.shape == [80, 20, 20, 1] && data.classNames == row.classes)
    #expect(data.described().classes.allSatisfy { $0.count == 80 / row.classes.count })
    #expect(data.features.values.allSatisfy { (0...1).contains($0) })
    #expect(data.recipe.description == "data \(row.name) 80 size=20 noise=0.1 rotation=\(Int(row.rotation)) seed=0")
  }

  @Test(arguments: rows) func aSeedDecidesEverythingAndALongerSetBeginsAsAShorterOne(_ row: Row) throws {
    let first = try row.make(PictureOptions(count: 50, rotation: row.rotation)).load(world(seed: 3))
    let again = try first.recipe.load(world(seed: 99))
    #expect(first.features == again.features && first.target == again.target)
    #expect(try row.make(PictureOptions(count: 50, rotation: row.rotation)).load(world(seed: 4)).features != first.features)
    let longer = try row.make(PictureOptions(count: 70, rotation: row.rotation, seed: 3)).load(world())
    #expect(longer.features.rows(Array(0..<50)) == first.features)
  }

  @Test(arguments: rows) func allImagesDifferAlsoWithoutNoise(_ row: Row) throws {
    let data = try row.make(PictureOptions(count: 2_000, noise: 0, rotation: row.rotation)).load(world())
    #expect(Set(images(data)).count == 2_000)
  }

  /// Nothing is cut off: the border of an image holds no ink but the edge of a line.
  @Test(arguments: rows) func theDrawingLiesWithinTheImage(_ row: Row) throws {
    let data = try row.make(PictureOptions(count: 400, size: 28, noise: 0, rotation: 180)).load(world())
    for image in images(data) {
      let background = image.min() ?? 0
      let ink = (image.max() ?? 0) - background
      var border: [Float] = []
      for place in 0..<28 { border += [image[place], image[27 * 28 + place], image[28 * place], image[28 * place + 27]] }
      #expect(ink > 0.4 && border.allSatisfy { $0 - background < 0.75 * ink })
      let drawn = image.filter { $0 - background > 0.5 * ink }.count
      #expect((12...650).contains(drawn), "\(drawn)")
    }
  }

  @Test(arguments: rows) func noiseHasItsDeviation(_ row: Row) throws {
    // In the middle of the range, where nothing is clipped, noise moves a pixel by its deviation.
    let clean = try row.make(PictureOptions(count: 100, noise: 0, rotation: 0)).load(world()).features.values
    let noisy = try row.make(PictureOptions(count: 100, noise: 0.05, rotation: 0)).load(world()).features.values
    let differences = zip(clean, noisy).filter { (0.3...0.7).contains($0.0) }.map { $1 - $0 }
    let statistics = Tensor(shape: [differences.count, 1], values: differences).columnStatistics()[0]
    #expect(differences.count > 1_000 && abs(statistics.deviation - 0.05) < 0.003 && abs(statistics.mean) < 0.003)
  }

  @Test func aCircleCoversItsArea() throws {
    let data = try Shapes(PictureOptions(count: 800, size: 64, noise: 0, rotation: 0)).load(world())
    guard case .classes(_, let labels) = data.target else { return }
    // A filled disc fills pi/4 of its box; the mean over the pixels counts the edges by their coverage.
    var shares: [Float] = []
    for (image, label) in zip(images(data), labels) where label == 0 {
      let (low, high) = (image.min() ?? 0, image.max() ?? 1)
      let ink = image.map { ($0 - low) / (high - low) }
      let covered = ink.indices.filter { ink[$0] > 0.5 }
      let (rows, columns) = (Set(covered.map { $0 / 64 }).count, Set(covered.map { $0 % 64 }).count)
      let share = ink.reduce(0, +) / Float(rows * columns)
      if share > 0.6 { shares.append(share) }
    }
    let mean = shares.reduce(0, +) / Float(shares.count)
    #expect(shares.count > 20 && abs(mean - .pi / 4) < 0.04, "\(mean)")
  }

  @Test(
    arguments: [
      (PictureOptions(count: 0, rotation: 0), "0 images cannot be drawn"), (PictureOptions(size: 7, rotation: 0), "images of 7 pixels"),
      (PictureOptions(size: 257, rotation: 0), "images of 257 pixels"), (PictureOptions(noise: 2, rotation: 0), "noise is the standard"),
      (PictureOptions(noise: .nan, rotation: 0), "noise is the standard"),
      (PictureOptions(rotation: 200), "rotation is a number of degrees"),
      (
        PictureOptions(count: 10_000_000, rotation: 0),
        "10,000,000 images of 28x28 are too many | at most 100,000,000 pixels in all: 127,551"
      ),
    ])
  func whatCannotBeDrawnIsComplainedOf(_ options: PictureOptions, _ says: String) {
    for row in DrawnPictureTests.rows {
      let answer = complaint { _ = try row.make(options).load(world()) }
      #expect(answer.hasPrefix(says), "\(answer)")
    }
  }

  @Test func everyDigitHasSeveralWays() {
    #expect(GlyphStrokes.digits.count == 10 && GlyphStrokes.digits.allSatisfy { $0.count >= 3 })
    #expect(Shapes.outlines.count == Shapes.names.count)
  }
}
