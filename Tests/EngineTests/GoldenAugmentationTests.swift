import Kernels
import Testing

@testable import Engine

/// One image that an augmentation of Keras saw in training, with what chance gave.
struct GoldenAugmentation: Decodable, Sendable, CustomTestStringConvertible {
  let kind: String
  let draws: [Float]
  let high: Float
  let x: Nested
  let g: Nested
  let output: Nested
  let input_gradient: Nested

  var testDescription: String { "\(kind) \(draws), high \(high)" }

  static let all = golden("augmentations", as: [String: GoldenList<GoldenAugmentation>].self)["augmentations"]?.members ?? []

  /// What the layer does with these draws: a map, or a tone.
  func map(height: Float, width: Float) -> AffineMap? {
    switch kind {
    case "flip": RandomFlip.map(across: draws[0] > 0, down: draws[1] > 0, height: height, width: width)
    case "rotate": RandomRotation.map(turn: draws[0], height: height, width: width)
    case "translate": RandomTranslation.map(down: draws[0] * height, right: draws[1] * width, height: height, width: width)
    case "zoom": RandomZoom.map(part: draws[0], height: height, width: width)
    default: nil
    }
  }

  var tone: (scale: Float, shift: Float)? {
    switch kind {
    case "contrast": (draws[0], 0)
    case "brightness": (1, draws[0] * high)
    default: nil
    }
  }
}

struct GoldenAugmentationTests {
  @Test func thereAreAugmentations() { #expect(GoldenAugmentation.all.count >= 12) }

  @Test(arguments: GoldenAugmentation.all) func augmentationAgreesWithKeras(_ golden: GoldenAugmentation) throws {
    let shape = Array(golden.x.shape.dropFirst()), count = Tensor.count(of: shape)
    let x = FloatBuffer(count: count), y = FloatBuffer(count: count), dy = FloatBuffer(count: count), dx = FloatBuffer(count: count)
    x.load(golden.x.values)
    dy.load(golden.g.values)
    if let map = golden.map(height: Float(shape[0]), width: Float(shape[1])) {
      let maps = FloatBuffer(count: AffineMap.count)
      map.write(to: maps, row: 0)
      ImageKernel.warp(x, into: y, rows: 1, shape: shape, maps: maps)
      ImageKernel.warpBackward(dy, into: dx, rows: 1, shape: shape, maps: maps)
    } else {
      let tone = try #require(golden.tone)
      let tones = ToneKernel.Tones(rows: 1, high: golden.high)
      tones.set(tone.scale, tone.shift, row: 0)
      ToneKernel.forward(x, into: y, tones, rows: 1, pixels: shape[0] * shape[1], channels: shape[2])
      ToneKernel.backward(x, dy, into: dx, tones, rows: 1, pixels: shape[0] * shape[1], channels: shape[2])
    }
    // Of bytes, a part of 255; of a map's place, single precision leaves a few units of the sixth digit.
    let scale = max(1, golden.high)
    let excess = greatestExcess(
      y.values().map { $0 / scale }, golden.output.values.map { $0 / scale }, tolerance: 2e-5)
    #expect(excess <= 1, "\(y.values().prefix(6)) is not \(golden.output.values.prefix(6))")
    let slopes = greatestExcess(dx.values(), golden.input_gradient.values, tolerance: 5e-5)
    #expect(slopes <= 1, "\(dx.values().prefix(6)) is not \(golden.input_gradient.values.prefix(6))")
  }
}
