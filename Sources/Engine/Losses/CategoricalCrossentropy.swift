import Foundation
import Kernels
import Language

/// The crossentropy of a row of class probabilities with a one-hot target, or of logits z with p = softmax(z).
///
///     J = -mean over the samples of sum_c t_c ln p_c
///     dJ/dp_c = -t_c / p_c / samples,   dJ/dz = (softmax(z) - t) / samples
///
/// Probabilities are brought to the sum 1 and clipped to [1e-7, 1 - 1e-7], as in Keras.
public struct CategoricalCrossentropy: LossDescription {
  /// Whether the outputs are logits rather than probabilities.
  public var fromLogits: Bool
  /// The part of a target that is spread over the classes: t becomes t (1 - smoothing) + smoothing / classes.
  public var smoothing: Float

  /// The loss.
  public init(fromLogits: Bool = false, smoothing: Float = 0) {
    self.fromLogits = fromLogits
    self.smoothing = smoothing
  }

  public var name: String { "cce" }
  public var targetKind: TargetKind { .oneHot }

  public func check(outputShape: [Int]) throws { try checkClasses(name, outputShape) }

  public func check(lastActivation: Activation?) throws {
    if fromLogits, lastActivation == .softmax { throw Complaint.logitsTwice(name, "softmax") }
  }

  public func doubt(lastActivation: Activation?) -> Complaint? { doubtOfProbabilities(lastActivation, wanted: [.softmax, .sigmoid]) }

  public func evaluate(_ batch: LossBatch) -> Double {
    batch.kernel.crossentropy(
      scale: 1 / Float(batch.places), epsilon: probabilityMargin, smoothing: smoothing, fromLogits: fromLogits, sparse: false,
      columns: batch.columns) / Double(batch.places)
  }

  public func reference(_ output: [Double], _ target: [Double], rows: Int, width: Int, columns: Int) -> Double {
    let places = output.count / columns
    let losses = (0..<places).map { place in
      let range = place * columns..<(place + 1) * columns
      let smoothed = target[range].map { $0 * (1 - Double(smoothing)) + Double(smoothing) / Double(columns) }
      return referenceCrossentropy(Array(output[range]), smoothed, fromLogits: fromLogits)
    }
    return losses.reduce(0, +) / Double(places)
  }
}

extension CategoricalCrossentropy {
  /// `compile ... cce`.
  public static let declaration = Declaration<any LossDescription>(
    "cce", aliases: ["categorical_crossentropy"], "The crossentropy of classes given as one-hot rows, with a softmax unit a class.",
    formula: "J = -mean(sum_c t_c ln p_c)",
    examples: ["compile adam 0.01 cce accuracy"],
    .boolean("from_logits", "whether the outputs are logits, before sigmoid or softmax", default: false),
    .decimal("label_smoothing", "the part of a target that is spread over the classes", .from(0, to: 1), default: 0).named
  ) { fromLogits, smoothing in CategoricalCrossentropy(fromLogits: fromLogits, smoothing: Float(smoothing)) }
}

/// -sum(t ln p) of one row, with p from probabilities or logits.
func referenceCrossentropy(_ y: [Double], _ t: [Double], fromLogits: Bool) -> Double {
  if fromLogits {
    let greatest = y.max() ?? 0
    let total = log(y.reduce(0) { $0 + exp($1 - greatest) }) + greatest
    return zip(y, t).reduce(0) { $0 + $1.1 * (total - $1.0) }
  }
  let sum = y.reduce(0, +), margin = Double(probabilityMargin)
  return zip(y, t).reduce(0) { $0 - $1.1 * log(min(max($1.0 / sum, margin), 1 - margin)) }
}

/// What both crossentropies over classes want of the last layer.
func checkClasses(_ name: String, _ outputShape: [Int]) throws {
  let units = outputShape.last ?? 1
  if units < 2 {
    throw Complaint.wrongUnits(
      name, units, "one unit a class", hint: "for two classes in one unit use bce, else `layer dense CLASSES softmax`")
  }
}
