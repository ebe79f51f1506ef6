import Language
import Testing

@testable import Engine

/// The networks that have a name, by their published parameter counts.
struct PresetTests {
  static let published: [(String, total: Int, trainable: Int)] = [
    ("xor", 17, 17), ("mlp", 535_818, 535_818), ("lenet", 61_706, 61_706), ("alexnet", 62_378_344, 62_378_344),
    ("vgg16", 138_357_544, 138_357_544), ("resnet18", 11_699_112, 11_689_512), ("resnet50", 25_636_712, 25_583_592),
  ]

  @Test(arguments: published.indices) func countsAreThePublishedOnes(_ index: Int) throws {
    let (name, total, trainable) = Self.published[index]
    let summary = try preset(name).summary
    #expect(summary.total == total)
    #expect(summary.trainable == trainable)
  }

  @Test func everyPresetIsInTheTable() { #expect(Preset.declarations.map(\.name) == Self.published.map(\.0)) }

  @Test func classesDecideTheLastLayer() throws { #expect(try preset("lenet classes=7").outputShape == [7]) }

  @Test func theShapesOfResNet50() throws {
    let network = try preset("resnet50")
    #expect(network.outputShape == [1000])
    #expect(try network.shapes().contains([7, 7, 2048]))
    #expect(network.layers.filter { $0.layer is Add }.count == 16)
  }

  @Test func theConvolutionsOfTheDeck() throws {
    var network = try Network(inputShape: [100, 100, 3])
    for filters in [32, 64, 64, 128] {
      try network.append(Conv2D(filters: filters, kernelSize: [3, 3], activation: .relu, stride: [2, 2], padding: .same))
    }
    try network.append(Flatten())
    try network.append(Dense(units: 1, activation: .sigmoid))
    #expect(network.summary.rows.map(\.parameters) == [896, 18_496, 36_928, 73_856, 0, 6_273])
    #expect(network.summary.total == 136_449)
  }

  private func preset(_ line: String) throws -> Network {
    let words = try #require(try Lexer.commands(in: line).first).words
    return try DeclarationIndex(Preset.declarations).exactly(words[0], what: "preset").parse(words).network
  }
}
