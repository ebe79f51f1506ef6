import Kernels
import Language

/// The crossentropy of a row of class probabilities with a class index, or of logits z with p = softmax(z).
///
///     J = -mean over the samples of ln p_t,   the categorical crossentropy without one-hot targets
public struct SparseCategoricalCrossentropy: LossDescription {
  /// Whether the outputs are logits rather than probabilities.
  public var fromLogits: Bool

  /// The loss.
  public init(fromLogits: Bool = false) { self.fromLogits = fromLogits }

  public var name: String { "scce" }
  public var targetKind: TargetKind { .index }

  public func check(outputShape: [Int]) throws { try checkClasses(name, outputShape) }

  public func check(lastActivation: Activation?) throws {
    if fromLogits, lastActivation == .softmax { throw Complaint.logitsTwice(name, "softmax") }
  }

  public func doubt(lastActivation: Activation?) -> Complaint? { doubtOfProbabilities(lastActivation, wanted: [.softmax, .sigmoid]) }

  public func evaluate(_ batch: LossBatch) -> Double {
    batch.kernel.crossentropy(
      scale: 1 / Float(batch.places), epsilon: probabilityMargin, smoothing: 0, fromLogits: fromLogits, sparse: true,
      columns: batch.columns) / Double(batch.places)
  }

  public func reference(_ output: [Double], _ target: [Double], rows: Int, width: Int, columns: Int) -> Double {
    let places = output.count / columns
    let losses = (0..<places).map { place in
      let oneHot = (0..<columns).map { Double($0) == target[place] ? 1.0 : 0 }
      return referenceCrossentropy(Array(output[place * columns..<(place + 1) * columns]), oneHot, fromLogits: fromLogits)
    }
    return losses.reduce(0, +) / Double(places)
  }
}

extension SparseCategoricalCrossentropy {
  /// `compile ... scce`.
  public static let declaration = Declaration<any LossDescription>(
    "scce", aliases: ["sparse_categorical_crossentropy"], "The crossentropy of classes given as indices, with a softmax unit a class.",
    formula: "J = -mean(ln p_t)",
    examples: ["compile adam 0.01 scce accuracy"],
    .boolean("from_logits", "whether the outputs are logits, before sigmoid or softmax", default: false)
  ) { fromLogits in SparseCategoricalCrossentropy(fromLogits: fromLogits) }
}
