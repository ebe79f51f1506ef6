import Kernels
import Language

/// The same values under another shape.
///
///     y = x under the shape (batch, ...target)
public struct Reshape: LayerDescription {
  /// The shape of one sample's output.
  public var target: [Int]

  /// A reshaping to that shape.
  public init(target: [Int]) { self.target = target }

  public var kind: String { "Reshape" }
  public var baseName: String { "reshape" }
  public var sharesInput: Bool { true }

  public func outputShape(of input: [Int]) throws -> [Int] {
    let count = target.reduce(1.0) { $0 * Double($1) }
    guard count == Double(Tensor.count(of: input)) else { throw Complaint.cannotReshape(input, to: target) }
    return target
  }

  public func makeStep(at site: LayerSite) -> any LayerStep { FlattenStep() }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor {
    ReferenceTensor(shape: [input.shape[0]] + target, values: input.values)
  }
}

extension Reshape {
  /// `layer reshape`.
  public static let declaration = Declaration<any LayerDescription>(
    "reshape", "The same values under another shape: what stands before convolutions when samples are rows.",
    formula: "(batch, 64) -> (batch, 8, 8, 1)", examples: ["input 64; layer reshape 8x8x1; layer conv2d 4 3x3"],
    .size("shape", "the shape of one sample", axes: 1...4, each: 1...1_000_000)
  ) { target in Reshape(target: target) }
}
