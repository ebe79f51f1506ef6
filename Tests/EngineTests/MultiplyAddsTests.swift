import Language
import Testing

@testable import Engine

/// The products of a forward pass, against numbers worked out by hand.
struct MultiplyAddsTests {
  static let layers: [(layer: any LayerDescription, input: [Int], count: Double)] = [
    (Dense(units: 8), [2], 16), (Dense(units: 3), [5, 4], 60),
    // 26 x 26 places, a window of 3 x 3 on 1 channel, 32 filters.
    (Conv2D(filters: 32, kernelSize: [3, 3]), [28, 28, 1], 194_688),
    (Conv2D(filters: 32, kernelSize: [3, 3], stride: [2, 2], padding: .same), [100, 100, 3], 50 * 50 * 27 * 32),
    (Conv2D(filters: 4, kernelSize: [3, 3], dilation: [2, 2]), [7, 7, 2], 3 * 3 * 18 * 4),
    (DepthwiseConv2D(kernelSize: [3, 3], multiplier: 2, padding: .same), [10, 10, 3], 100 * 9 * 6),
    (SeparableConv2D(filters: 8, kernelSize: [3, 3], padding: .same), [10, 10, 3], 100 * (9 * 3 + 3 * 8)),
    (Conv2DTranspose(filters: 4, kernelSize: [3, 3], stride: [2, 2], padding: .same), [7, 7, 8], 49 * 8 * 9 * 4),
    (BatchNormalization(), [8], 0), (MaxPooling2D(), [8, 8, 3], 0), (ActivationLayer(.relu), [8], 0), (Flatten(), [4, 4, 2], 0),
  ]

  @Test(arguments: layers.indices) func aLayerCountsItsProducts(_ index: Int) {
    let (layer, input, count) = Self.layers[index]
    #expect(layer.multiplyAdds(for: input) == count)
  }

  /// VGG-16: convolutions 15,346,630,656 and dense layers 123,633,664. LeNet: 117,600 + 240,000 + 48,000 + 10,080 + 840.
  static let networks: [(preset: String, count: Double)] = [
    ("xor", 12), ("mlp", 784 * 512 + 512 * 256 + 2560), ("lenet", 416_520), ("vgg16", 15_470_264_320), ("resnet50", 3_857_973_248),
  ]

  @Test(arguments: networks.indices) func aNetworkCountsTheProductsOfItsLayers(_ index: Int) throws {
    let (name, count) = Self.networks[index]
    let words = try #require(try Lexer.commands(in: name).first).words
    let network = try DeclarationIndex(Preset.declarations).exactly(words[0], what: "preset").parse(words).network
    #expect(network.summary.multiplyAdds == count)
    #expect(network.summary.multiplyAdds == network.summary.rows.reduce(0) { $0 + $1.multiplyAdds })
  }

  @Test func aCountBeyond64BitsIsNoError() throws {
    var network = try Network(inputShape: [30_000, 30_000, 2])
    try network.append(Conv2D(filters: 2, kernelSize: [10_000, 10_000], padding: .same))
    try network.append(Conv2D(filters: 2, kernelSize: [10_000, 10_000], padding: .same))
    #expect(network.summary.multiplyAdds == 2 * 9e8 * 1e8 * 4)
  }

  @Test func windowsAreTold() throws {
    #expect(Conv2D(filters: 1, kernelSize: [3, 2], stride: [2, 1]).slidingWindow?.size == [3, 2])
    #expect(MaxPooling2D(size: [3, 3]).slidingWindow?.stride == [3, 3])
    #expect(SeparableConv2D(filters: 1, kernelSize: [5, 5]).slidingWindow?.size == [5, 5])
    #expect(Dense(units: 1).slidingWindow == nil)
  }
}
