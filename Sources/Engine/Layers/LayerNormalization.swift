import Kernels
import Language

/// Layer normalisation: each row of features is brought to mean 0 and deviation 1, then scaled and shifted as training likes.
///
///     h = (x - mean) / sqrt(variance + epsilon),   y = gamma h + beta, with mean and variance over the last axis
///     g = dy gamma,   dx = (g - mean(g) - h mean(g h)) / sqrt(variance + epsilon)
public struct LayerNormalization: LayerDescription {
  /// What keeps the root from 0.
  public var epsilon: Float

  /// A layer normalisation with Keras' default.
  public init(epsilon: Float = 0.001) { self.epsilon = epsilon }

  public var kind: String { "LayerNormalization" }
  public var baseName: String { "layer_normalization" }

  public func outputShape(of input: [Int]) throws -> [Int] { input }

  public func parameterSpecs(for input: [Int]) -> [ParameterSpec] {
    [ParameterSpec("gamma", [input.last ?? 1], .ones), ParameterSpec("beta", [input.last ?? 1], .zeros)]
  }

  public func makeStep(at site: LayerSite) -> any LayerStep { LayerNormalizationStep(self, site) }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor {
    let width = input.shape.last ?? 1
    let (gamma, beta) = (parameter("gamma").values, parameter("beta").values)
    var output = input
    for start in stride(from: 0, to: input.values.count, by: width) {
      let row = input.values[start..<start + width]
      let mean = row.reduce(0, +) / Double(width)
      let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
      let factor = 1 / (variance + Double(epsilon)).squareRoot()
      for place in 0..<width { output.values[start + place] = (input.values[start + place] - mean) * factor * gamma[place] + beta[place] }
    }
    return output
  }
}

extension LayerNormalization {
  /// `layer layernorm`.
  public static let declaration = Declaration<any LayerDescription>(
    "layernorm", "Layer normalisation: each sample's features are brought to mean 0 and deviation 1, then scaled and shifted.",
    formula: "y = gamma (x - mean) / sqrt(variance + epsilon) + beta", examples: ["layer layernorm"],
    .decimal("epsilon", "what keeps the root from 0", .positive, default: 0.001).named
  ) { epsilon in LayerNormalization(epsilon: Float(epsilon)) }
}

final class LayerNormalizationStep: LayerStep {
  private let epsilon: Float
  private let site: LayerSite
  private let width: Int
  private let rowsPerSample: Int
  private let gamma: FloatBuffer
  private let beta: FloatBuffer
  private let gammaGradient: FloatBuffer
  private let betaGradient: FloatBuffer
  private let mean: FloatBuffer
  private let inverse: FloatBuffer

  init(_ layer: LayerNormalization, _ site: LayerSite) {
    epsilon = layer.epsilon
    self.site = site
    width = site.inputShape.last ?? 1
    rowsPerSample = site.inputCount / width
    gamma = site.parameter("gamma")
    beta = site.parameter("beta")
    // The kernel writes these gradients also where the layer is frozen.
    gammaGradient = site.gradient("gamma") ?? FloatBuffer(count: width)
    betaGradient = site.gradient("beta") ?? FloatBuffer(count: width)
    mean = site.intermediate("mean", shape: [rowsPerSample])
    inverse = FloatBuffer(count: site.batch * rowsPerSample)
  }

  func forward(_ pass: Pass) {
    LayerNormalizationKernel.forward(
      site.input, into: site.output, gamma: gamma, beta: beta, epsilon: epsilon, mean: mean, inverse: inverse,
      rows: pass.rows * rowsPerSample, columns: width)
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient else { return }
    LayerNormalizationKernel.backward(
      site.input, outputGradient, into: site.inputGradient, gamma: gamma, mean: mean, inverse: inverse, dgamma: gammaGradient,
      dbeta: betaGradient, rows: pass.rows * rowsPerSample, columns: width)
  }
}
