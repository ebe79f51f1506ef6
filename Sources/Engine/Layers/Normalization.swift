import Kernels
import Language

/// Brings each feature to mean 0 and deviation 1 by what the training data are like.
///
///     y = (x - mean) / max(sqrt(variance), 1e-7), with a mean and a variance for each place of the last axis
///
/// Mean and variance are taken from the training data when a training begins for the first time, and stay; they are parameters that are not
/// trainable, as is the number of values that they come from: as in Keras, where `adapt` does it.
public struct Normalization: LayerDescription {
  /// A normalisation that adapts to the data.
  public init() {}

  public var kind: String { "Normalization" }
  public var baseName: String { "normalization" }

  public func outputShape(of input: [Int]) throws -> [Int] { input }

  public func parameterSpecs(for input: [Int]) -> [ParameterSpec] {
    let shape = [input.last ?? 1]
    return [
      ParameterSpec("mean", shape, isTrainable: false, .zeros), ParameterSpec("variance", shape, isTrainable: false, .ones),
      ParameterSpec("count", [], isTrainable: false, .zeros),
    ]
  }

  public func makeStep(at site: LayerSite) -> any LayerStep { NormalizationStep(site) }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor {
    let (mean, variance) = (parameter("mean").values, parameter("variance").values)
    var output = input
    for place in input.values.indices {
      let column = place % mean.count
      output.values[place] = (input.values[place] - mean[column]) / max(variance[column].squareRoot(), 1e-7)
    }
    return output
  }
}

extension Normalization {
  /// `layer normalize`.
  public static let declaration = Declaration<any LayerDescription>(
    "normalize", aliases: ["normalization"], "Brings each feature to mean 0 and deviation 1, as the training data are.",
    formula: "y = (x - mean) / sqrt(variance)", examples: ["input 8x8x1; layer normalize"],
    notes: "Mean and variance are taken from the training data when the first training begins; they are not trainable."
  ) { Normalization() }
}

final class NormalizationStep: LayerStep {
  private let site: LayerSite
  private let width: Int
  private let rowsPerSample: Int
  private let mean: FloatBuffer
  private let variance: FloatBuffer
  private let ones: FloatBuffer
  private let zeros: FloatBuffer
  private let inverse: FloatBuffer
  private var seen: Double
  private var sums: [Double]
  private var squares: [Double]

  init(_ site: LayerSite) {
    self.site = site
    width = site.inputShape.last ?? 1
    rowsPerSample = site.inputCount / width
    mean = site.parameter("mean")
    variance = site.parameter("variance")
    ones = FloatBuffer(count: width, filledWith: 1)
    zeros = FloatBuffer(count: width)
    inverse = FloatBuffer(count: width)
    seen = 0
    sums = [Double](repeating: 0, count: width)
    squares = sums
  }

  func forward(_ pass: Pass) {
    // 1e-14 beside the variance is the 1e-7 beside the deviation, where that matters.
    NormalizationKernel.forward(
      site.input, into: site.output, mean: mean, variance: variance, epsilon: 1e-14, gamma: ones, beta: zeros, inverse: inverse,
      rows: pass.rows * rowsPerSample, columns: width)
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient, let inputGradient = site.inputGradient else { return }
    // y depends on x by the factor alone: the forward pass of the gradient around 0.
    NormalizationKernel.forward(
      outputGradient, into: inputGradient, mean: zeros, variance: variance, epsilon: 1e-14, gamma: ones, beta: zeros, inverse: inverse,
      rows: pass.rows * rowsPerSample, columns: width)
  }
}

extension NormalizationStep: AdaptiveStep {
  var wantsData: Bool { site.parameter("count")[0] == 0 }

  func take(rows: Int) {
    for row in 0..<rows * rowsPerSample {
      for column in 0..<width {
        let value = Double(site.input[row * width + column])
        sums[column] += value
        squares[column] += value * value
      }
    }
    seen += Double(rows * rowsPerSample)
  }

  func adapt() {
    guard seen > 0 else { return }
    for column in 0..<width {
      let center = sums[column] / seen
      mean[column] = Float(center)
      variance[column] = Float(max(0, squares[column] / seen - center * center))
    }
    site.parameter("count")[0] = Float(seen)
  }
}
