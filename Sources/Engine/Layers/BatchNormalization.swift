import Kernels
import Language

/// Batch normalisation: each feature is brought to mean 0 and deviation 1 over the batch, then scaled and shifted as training likes.
///
///     h = (x - mean) / sqrt(variance + epsilon),   y = gamma h + beta
///     dbeta = sum(dy),  dgamma = sum(dy h),  dx = gamma / sqrt(variance + epsilon) (dy - dbeta / N - h dgamma / N)
///
/// In training, mean and variance are the batch's, over every axis but the last, and the moving ones follow:
/// moving = momentum moving + (1 - momentum) batch, with the population variance as in Keras 3. Otherwise the moving ones are used.
public struct BatchNormalization: LayerDescription {
  /// How much of the moving statistics an update keeps.
  public var momentum: Float
  /// What keeps the root from 0.
  public var epsilon: Float
  /// Whether the moving statistics are used in training too, and stay as they are: what a frozen layer does.
  var usesMoving = false

  /// A batch normalisation with Keras' defaults.
  public init(momentum: Float = 0.99, epsilon: Float = 0.001) {
    self.momentum = momentum
    self.epsilon = epsilon
  }

  public var kind: String { "BatchNormalization" }
  public var baseName: String { "batch_normalization" }
  public var yieldsOutput: Bool { true }

  public var frozen: any LayerDescription {
    var copy = self
    copy.usesMoving = true
    return copy
  }

  public func outputShape(of input: [Int]) throws -> [Int] { input }

  public func parameterSpecs(for input: [Int]) -> [ParameterSpec] {
    let shape = [input.last ?? 1]
    return [
      ParameterSpec("gamma", shape, .ones), ParameterSpec("beta", shape, .zeros),
      ParameterSpec("moving_mean", shape, isTrainable: false, .zeros), ParameterSpec("moving_variance", shape, isTrainable: false, .ones),
    ]
  }

  public func makeStep(at site: LayerSite) -> any LayerStep { BatchNormalizationStep(self, site) }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor {
    let width = input.shape.last ?? 1
    let rows = input.values.count / width
    let (gamma, beta) = (parameter("gamma").values, parameter("beta").values)
    var output = input
    for column in 0..<width {
      let values = (0..<rows).map { input.values[$0 * width + column] }
      let mean = usesMoving ? parameter("moving_mean").values[column] : values.reduce(0, +) / Double(rows)
      let variance =
        usesMoving
        ? parameter("moving_variance").values[column] : values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      let factor = gamma[column] / (variance + Double(epsilon)).squareRoot()
      for row in 0..<rows { output.values[row * width + column] = (values[row] - mean) * factor + beta[column] }
    }
    return output
  }
}

extension BatchNormalization {
  /// `layer batchnorm`.
  public static let declaration = Declaration<any LayerDescription>(
    "batchnorm", "Batch normalisation: each feature is brought to mean 0 and deviation 1 over the batch, then scaled and shifted.",
    formula: "y = gamma (x - mean) / sqrt(variance + epsilon) + beta", examples: ["layer batchnorm", "layer batchnorm momentum=0.9"],
    notes: "Outside training the moving mean and variance are used; they are not trainable, but counted as parameters.",
    .decimal("momentum", "how much of the moving statistics an update keeps", .from(0, to: 1), default: 0.99).named,
    .decimal("epsilon", "what keeps the root from 0", .positive, default: 0.001).named
  ) { momentum, epsilon in BatchNormalization(momentum: Float(momentum), epsilon: Float(epsilon)) }
}

final class BatchNormalizationStep: LayerStep {
  private let layer: BatchNormalization
  private let site: LayerSite
  private let width: Int
  private let rowsPerSample: Int
  private let gamma: FloatBuffer
  private let beta: FloatBuffer
  private let movingMean: FloatBuffer
  private let movingVariance: FloatBuffer
  private let mean: FloatBuffer
  private let variance: FloatBuffer
  private let inverse: FloatBuffer

  init(_ layer: BatchNormalization, _ site: LayerSite) {
    self.layer = layer
    self.site = site
    width = site.inputShape.last ?? 1
    rowsPerSample = site.inputCount / width
    gamma = site.parameter("gamma")
    beta = site.parameter("beta")
    movingMean = site.parameter("moving_mean")
    movingVariance = site.parameter("moving_variance")
    mean = site.statistic("batch_mean", count: width)
    variance = site.statistic("batch_variance", count: width)
    inverse = FloatBuffer(count: width)
  }

  func forward(_ pass: Pass) {
    let rows = pass.rows * rowsPerSample
    let usesBatch = pass.isTraining && !layer.usesMoving
    if usesBatch {
      NormalizationKernel.moments(of: site.input, mean: mean, variance: variance, rows: rows, columns: width)
    }
    NormalizationKernel.forward(
      site.input, into: site.output, mean: usesBatch ? mean : movingMean, variance: usesBatch ? variance : movingVariance,
      epsilon: layer.epsilon, gamma: gamma, beta: beta, inverse: inverse, rows: rows, columns: width)
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient else { return }
    let rows = pass.rows * rowsPerSample
    if layer.usesMoving {
      // Nobody asks for the gradients of a frozen layer's parameters; the kernel writes them all the same.
      NormalizationKernel.fixedBackward(
        site.input, outputGradient, into: site.inputGradient, mean: movingMean, inverse: inverse, gamma: gamma, dgamma: mean,
        dbeta: variance, rows: rows, columns: width)
    } else if let dgamma = site.gradient("gamma"), let dbeta = site.gradient("beta") {
      NormalizationKernel.backward(
        site.input, outputGradient, into: site.inputGradient, mean: mean, inverse: inverse, gamma: gamma, dgamma: dgamma, dbeta: dbeta,
        rows: rows, columns: width)
    }
  }

  func commit() {
    if layer.usesMoving { return }
    NormalizationKernel.moveAverage(movingMean, towards: mean, momentum: layer.momentum)
    NormalizationKernel.moveAverage(movingVariance, towards: variance, momentum: layer.momentum)
  }
}
