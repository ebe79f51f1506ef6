import Kernels
import Language

/// Global max pooling: each channel of an image becomes its greatest value.
///
///     y[k] = max over r, c of x[r, c, k]
public struct GlobalMaxPooling2D: LayerDescription {
  /// A global pooling.
  public init() {}

  public var kind: String { "GlobalMaxPooling2D" }
  public var baseName: String { "global_max_pooling2d" }

  public func outputShape(of input: [Int]) throws -> [Int] { [try input.image(for: "globalmaxpool")[2]] }

  public func makeStep(at site: LayerSite) -> any LayerStep {
    MaxPoolingStep(site, window: .whole(of: site.inputShape))
  }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor {
    let shape = Array(input.shape.dropFirst())
    var output = input.pooled(.whole(of: shape), from: shape, to: [1, 1, shape[2]], isMaximum: true)
    output.shape = [input.shape[0], shape[2]]
    return output
  }
}

extension GlobalMaxPooling2D {
  /// `layer globalmaxpool`.
  public static let declaration = Declaration<any LayerDescription>(
    "globalmaxpool", aliases: ["globalmaxpooling2d"],
    "Each channel of an image becomes its greatest value.",
    formula: "y[k] = max over r, c of x[r, c, k]", examples: ["input 28x28x8; layer globalmaxpool"]
  ) { GlobalMaxPooling2D() }
}
