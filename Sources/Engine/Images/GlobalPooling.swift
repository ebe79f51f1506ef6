import Kernels
import Language

/// A pooling over whole images: what maximum and mean share, which is all but the step that computes them.
protocol GlobalPooling: LayerDescription {
  /// What is typed after `layer`, for complaints.
  static var word: String { get }
  /// Whether the greatest value stays, or the mean.
  static var isMaximum: Bool { get }

  init()
}

extension GlobalPooling {
  public func outputShape(of input: [Int]) throws -> [Int] { [try input.image(for: Self.word)[2]] }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) throws -> ReferenceTensor {
    let shape = Array(input.shape.dropFirst())
    var output = input.pooled(.whole(of: shape), from: shape, to: [1, 1, shape[2]], isMaximum: Self.isMaximum)
    output.shape = [input.shape[0], shape[2]]
    return output
  }

  /// `layer WORD`.
  static func declaration(aliases: [String], _ summary: String, formula: String) -> Declaration<any LayerDescription> {
    Declaration<any LayerDescription>(
      word, aliases: aliases, summary, formula: formula, examples: ["input 28x28x8; layer \(word)"]
    ) { Self() }
  }
}
