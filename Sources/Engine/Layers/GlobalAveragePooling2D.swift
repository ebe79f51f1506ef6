import Kernels
import Language

/// Global average pooling: each channel of an image becomes its mean.
///
///     y[k] = mean over r, c of x[r, c, k]
public struct GlobalAveragePooling2D: LayerDescription {
  /// A global pooling.
  public init() {}

  public var kind: String { "GlobalAveragePooling2D" }
  public var baseName: String { "global_average_pooling2d" }

  public func outputShape(of input: [Int]) throws -> [Int] { [try input.image(for: "globalavgpool")[2]] }

  public func makeStep(at site: LayerSite) -> any LayerStep {
    AveragePoolingStep(site, window: .whole(of: site.inputShape))
  }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor {
    let shape = Array(input.shape.dropFirst())
    var output = input.pooled(.whole(of: shape), from: shape, to: [1, 1, shape[2]], isMaximum: false)
    output.shape = [input.shape[0], shape[2]]
    return output
  }
}

extension GlobalAveragePooling2D {
  /// `layer globalavgpool`.
  public static let declaration = Declaration<any LayerDescription>(
    "globalavgpool", aliases: ["globalaveragepooling2d"],
    "Each channel of an image becomes its mean.",
    formula: "y[k] = mean over r, c of x[r, c, k]", examples: ["input 28x28x8; layer globalavgpool"]
  ) { GlobalAveragePooling2D() }
}
