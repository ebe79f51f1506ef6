import Kernels
import Language

/// In training, adds noise from a normal distribution to each input.
///
///     y = x + deviation z,   z ~ N(0, 1);   dx = dy
///
/// Outside training it does nothing.
public struct GaussianNoise: LayerDescription {
  /// The noise's deviation.
  public var deviation: Float

  /// Noise of that deviation.
  public init(deviation: Float) { self.deviation = deviation }

  public var kind: String { "GaussianNoise" }
  public var baseName: String { "gaussian_noise" }

  public func outputShape(of input: [Int]) throws -> [Int] { input }

  public func makeStep(at site: LayerSite) -> any LayerStep { GaussianNoiseStep(self, site) }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor { input }
}

extension GaussianNoise {
  /// `layer gaussiannoise`.
  public static let declaration = Declaration<any LayerDescription>(
    "gaussiannoise", "In training, adds noise from a normal distribution to each input.", formula: "y = x + deviation z,  z ~ N(0, 1)",
    examples: ["layer gaussiannoise 0.1"],
    .decimal("deviation", "the noise's standard deviation", .notNegative)
  ) { deviation in GaussianNoise(deviation: Float(deviation)) }
}

final class GaussianNoiseStep: LayerStep {
  private let deviation: Float
  private let site: LayerSite
  private let stream: UInt64

  init(_ layer: GaussianNoise, _ site: LayerSite) {
    deviation = layer.deviation
    self.site = site
    stream = site.randomStream
  }

  func forward(_ pass: Pass) {
    let count = pass.rows * site.inputCount
    if pass.dropsOut && deviation > 0 {
      DropoutKernel.addNoise(site.input, into: site.output, deviation: deviation, key: pass.key ^ stream, count: count)
    } else {
      site.output.copy(site.input, count: count)
    }
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient, let inputGradient = site.inputGradient else { return }
    inputGradient.copy(outputGradient, count: pass.rows * site.inputCount)
  }
}
