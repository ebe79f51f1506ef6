import Kernels
import Language

/// Relu that lets a learned part of negative inputs through, a part of its own for each place of a sample.
///
///     y = x for x > 0, else alpha x;   dalpha = sum of dy x where x < 0
///
/// alpha has the shape of a sample and starts at 0, as in Keras.
public struct PReLU: LayerDescription {
  /// A prelu layer.
  public init() {}

  public var kind: String { "PReLU" }
  public var baseName: String { "p_re_lu" }

  public func outputShape(of input: [Int]) throws -> [Int] { input }

  public func parameterSpecs(for input: [Int]) -> [ParameterSpec] { [ParameterSpec("alpha", input, .zeros)] }

  public func makeStep(at site: LayerSite) -> any LayerStep { PReLUStep(site) }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor {
    let alpha = parameter("alpha").values
    var output = input
    for place in input.values.indices where input.values[place] < 0 { output.values[place] *= alpha[place % alpha.count] }
    return output
  }
}

extension PReLU {
  /// `layer prelu`.
  public static let declaration = Declaration<any LayerDescription>(
    "prelu", "Relu that lets a learned part of negative inputs through.", formula: "y = x for x > 0, else alpha x",
    examples: ["layer prelu"]
  ) { PReLU() }
}

final class PReLUStep: LayerStep {
  private let site: LayerSite
  private let slope: FloatBuffer
  private let slopeGradient: FloatBuffer

  init(_ site: LayerSite) {
    self.site = site
    slope = site.parameter("alpha")
    // The kernel writes this gradient also where the layer is frozen.
    slopeGradient = site.gradient("alpha") ?? FloatBuffer(count: site.inputCount)
  }

  func forward(_ pass: Pass) {
    PReLUKernel.forward(site.input, slope: slope, into: site.output, rows: pass.rows, columns: site.inputCount)
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient else { return }
    PReLUKernel.backward(
      site.input, slope: slope, outputGradient, slopeGradient: slopeGradient, into: site.inputGradient, rows: pass.rows,
      columns: site.inputCount)
  }
}
