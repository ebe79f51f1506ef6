import Kernels
import Language

/// Dropout: in training, each input is set to 0 with probability `rate`, and the others grow so that the expected sum stays.
///
///     y = x mask,   mask = 0 with probability rate, else 1 / (1 - rate);   dx = dy mask
///
/// Outside training it does nothing.
public struct Dropout: LayerDescription {
  /// The probability of dropping an input, in 0..<1.
  public var rate: Float

  /// A dropout of that rate.
  public init(rate: Float) { self.rate = rate }

  public var kind: String { "Dropout" }
  public var baseName: String { "dropout" }
  public var releasesInput: Bool { true }
  public var yieldsOutput: Bool { true }

  public func outputShape(of input: [Int]) throws -> [Int] { input }

  public func keptCount(for input: [Int], trains: Bool) -> Int { Tensor.count(of: input) }

  public func makeStep(at site: LayerSite) -> any LayerStep { DropoutStep(self, site) }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor { input }
}

extension Dropout {
  /// `layer dropout`.
  public static let declaration = Declaration<any LayerDescription>(
    "dropout", "In training, sets each input to 0 with the given probability, and lets the others grow to make up for it.",
    formula: "y = x mask / (1 - rate)", examples: ["layer dropout 0.2"],
    .decimal("rate", "the probability of dropping an input", .from(0, below: 1))
  ) { rate in Dropout(rate: Float(rate)) }
}

final class DropoutStep: LayerStep {
  private let rate: Float
  private let site: LayerSite
  private let mask: FloatBuffer
  private let stream: UInt64
  private let width: Int

  init(_ layer: Dropout, _ site: LayerSite) {
    rate = layer.rate
    self.site = site
    width = site.inputCount
    mask = site.intermediate("mask", shape: site.inputShape)
    stream = site.randomStream
  }

  func forward(_ pass: Pass) {
    let count = pass.rows * width
    if pass.dropsOut && rate > 0 {
      DropoutKernel.forward(site.input, into: site.output, mask: mask, rate: rate, key: pass.key ^ stream, count: count)
    } else {
      site.output.copy(site.input, count: count)
    }
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient, let inputGradient = site.inputGradient else { return }
    let count = pass.rows * width
    if pass.dropsOut && rate > 0 {
      DropoutKernel.backward(outputGradient, mask: mask, into: inputGradient, count: count)
    } else {
      inputGradient.copy(outputGradient, count: count)
    }
  }
}
