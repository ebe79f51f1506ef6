import Kernels
import Language

/// Multiplies every input by a number and adds another: 0.0039 brings bytes to 0..1.
///
///     y = scale x + offset;   dx = scale dy
public struct Rescaling: LayerDescription {
  /// What inputs are multiplied by.
  public var scale: Float
  /// What is added then.
  public var offset: Float

  /// A rescaling.
  public init(scale: Float, offset: Float = 0) {
    self.scale = scale
    self.offset = offset
  }

  public var kind: String { "Rescaling" }
  public var baseName: String { "rescaling" }

  public func outputShape(of input: [Int]) throws -> [Int] { input }

  public func makeStep(at site: LayerSite) -> any LayerStep { RescalingStep(self, site) }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor {
    ReferenceTensor(shape: input.shape, values: input.values.map { $0 * Double(scale) + Double(offset) })
  }
}

extension Rescaling {
  /// `layer rescale`.
  public static let declaration = Declaration<any LayerDescription>(
    "rescale", aliases: ["rescaling"], "Multiplies every input by a number, and adds another.", formula: "y = scale x + offset",
    examples: ["input 28x28x1; layer rescale 0.0039"],
    .decimal("scale", "what inputs are multiplied by"),
    .decimal("offset", "what is added then", default: 0)
  ) { scale, offset in Rescaling(scale: Float(scale), offset: Float(offset)) }
}

final class RescalingStep: LayerStep {
  private let layer: Rescaling
  private let site: LayerSite

  init(_ layer: Rescaling, _ site: LayerSite) {
    self.layer = layer
    self.site = site
  }

  func forward(_ pass: Pass) {
    Sums.scale(site.input, by: layer.scale, adding: layer.offset, into: site.output, count: pass.rows * site.inputCount)
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient, let inputGradient = site.inputGradient else { return }
    Sums.scale(outputGradient, by: layer.scale, adding: 0, into: inputGradient, count: pass.rows * site.inputCount)
  }
}
