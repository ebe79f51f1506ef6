import Kernels
import Language

/// Spatial dropout: in training, each channel of an image is set to 0 with probability `rate`, and the others grow to make up for it.
///
///     y[r, c, k] = x[r, c, k] mask[k],   mask = 0 with probability rate, else 1 / (1 - rate)
///
/// Outside training it does nothing.
public struct SpatialDropout2D: LayerDescription {
  /// The probability of dropping a channel, in 0..<1.
  public var rate: Float

  /// A spatial dropout of that rate.
  public init(rate: Float) { self.rate = rate }

  public var kind: String { "SpatialDropout2D" }
  public var baseName: String { "spatial_dropout2d" }

  public func outputShape(of input: [Int]) throws -> [Int] { try input.image(for: "spatialdropout") }

  public func makeStep(at site: LayerSite) -> any LayerStep { SpatialDropout2DStep(self, site) }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor { input }
}

extension SpatialDropout2D {
  /// `layer spatialdropout`.
  public static let declaration = Declaration<any LayerDescription>(
    "spatialdropout", aliases: ["spatialdropout2d"], "In training, sets whole channels to 0, and lets the others grow to make up for it.",
    formula: "y[r, c, k] = x[r, c, k] mask[k] / (1 - rate)", examples: ["input 8x8x4; layer spatialdropout 0.2"],
    .decimal("rate", "the probability of dropping a channel", .from(0, below: 1))
  ) { rate in SpatialDropout2D(rate: Float(rate)) }
}

final class SpatialDropout2DStep: LayerStep {
  private let rate: Float
  private let site: LayerSite
  private let mask: FloatBuffer
  private let stream: UInt64
  private let pixels: Int
  private let channels: Int

  init(_ layer: SpatialDropout2D, _ site: LayerSite) {
    rate = layer.rate
    self.site = site
    channels = site.inputShape[2]
    pixels = site.inputCount / channels
    mask = site.intermediate("mask", shape: [channels])
    stream = site.randomStream
  }

  func forward(_ pass: Pass) {
    if pass.dropsOut && rate > 0 {
      DropoutKernel.forwardChannels(
        site.input, into: site.output, mask: mask, rate: rate, key: pass.key ^ stream, groups: pass.rows, group: pixels, columns: channels)
    } else {
      site.output.copy(site.input, count: pass.rows * site.inputCount)
    }
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient, let inputGradient = site.inputGradient else { return }
    if pass.dropsOut && rate > 0 {
      DropoutKernel.backwardChannels(
        outputGradient, mask: mask, into: inputGradient, groups: pass.rows, group: pixels, columns: channels)
    } else {
      inputGradient.copy(outputGradient, count: pass.rows * site.inputCount)
    }
  }
}
