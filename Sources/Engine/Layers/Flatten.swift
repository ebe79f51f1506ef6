import Kernels
import Language

/// Every sample becomes a single row of values, in the order in which they lie.
///
///     y = x under the shape (batch, product of the other axes)
public struct Flatten: LayerDescription {
  /// A flatten layer.
  public init() {}

  public var kind: String { "Flatten" }
  public var baseName: String { "flatten" }
  public var sharesInput: Bool { true }

  public func outputShape(of input: [Int]) throws -> [Int] { [Tensor.count(of: input)] }

  public func makeStep(at site: LayerSite) -> any LayerStep { FlattenStep() }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor {
    ReferenceTensor(shape: [input.shape[0], Tensor.count(of: Array(input.shape.dropFirst()))], values: input.values)
  }
}

// The output is the input's memory: there is nothing to do.
extension Flatten {
  /// `layer flatten`.
  public static let declaration = Declaration<any LayerDescription>(
    "flatten", "Every sample becomes a single row of values: what stands between images and dense layers.",
    formula: "(batch, h, w, c) -> (batch, h w c)", examples: ["layer flatten"]
  ) { Flatten() }
}

final class FlattenStep: LayerStep {
  func forward(_ pass: Pass) {}
  func backward(_ pass: Pass) {}
}
