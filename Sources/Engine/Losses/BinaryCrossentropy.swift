import Foundation
import Kernels
import Language

/// The binary crossentropy of probabilities, or of logits z with p = sigmoid(z).
///
///     J = -mean(t ln p + (1 - t) ln(1 - p))   over outputs and samples
///     dJ/dp = (p - t) / (p (1 - p)) / count,   dJ/dz = (sigmoid(z) - t) / count
///
/// Probabilities are clipped to [1e-7, 1 - 1e-7], as in Keras; where they are, the gradient is 0.
public struct BinaryCrossentropy: LossDescription {
  /// Whether the outputs are logits rather than probabilities.
  public var fromLogits: Bool
  /// How far targets go towards 1/2: t becomes t (1 - smoothing) + smoothing / 2.
  public var smoothing: Float

  /// The loss.
  public init(fromLogits: Bool = false, smoothing: Float = 0) {
    self.fromLogits = fromLogits
    self.smoothing = smoothing
  }

  public var name: String { "bce" }
  public var targetKind: TargetKind { .zeroOne }

  public func check(lastActivation: Activation?) throws {
    if lastActivation == .softmax {
      throw Complaint.softmaxForBinary
    }
    if fromLogits, lastActivation == .sigmoid { throw Complaint.logitsTwice(name, "sigmoid") }
  }

  public func doubt(lastActivation: Activation?) -> Complaint? { doubtOfProbabilities(lastActivation, wanted: [.sigmoid]) }

  public func evaluate(_ batch: LossBatch) -> Double {
    batch.kernel.binaryCrossentropy(
      scale: 1 / Float(batch.count), epsilon: probabilityMargin, smoothing: smoothing, fromLogits: fromLogits) / Double(batch.count)
  }

  public func reference(_ output: [Double], _ target: [Double], rows: Int, width: Int, columns: Int) -> Double {
    let sum = zip(output, target).reduce(0.0) { sum, pair in
      let y = pair.0, t = pair.1 * (1 - Double(smoothing)) + 0.5 * Double(smoothing)
      if fromLogits { return sum + max(y, 0) - y * t + log1p(exp(-abs(y))) }
      let p = min(max(y, Double(probabilityMargin)), 1 - Double(probabilityMargin))
      return sum - t * log(p) - (1 - t) * log(1 - p)
    }
    return sum / Double(output.count)
  }
}

extension BinaryCrossentropy {
  /// `compile ... bce`.
  public static let declaration = Declaration<any LossDescription>(
    "bce", aliases: ["binary_crossentropy"], "The binary crossentropy: for yes or no, with a sigmoid unit.",
    formula: "J = -mean(t ln p + (1 - t) ln(1 - p))",
    examples: ["compile adam 0.01 bce accuracy"],
    .boolean("from_logits", "whether the outputs are logits, before sigmoid or softmax", default: false),
    .decimal("label_smoothing", "how far targets go towards 1/2", .from(0, to: 1), default: 0).named
  ) { fromLogits, smoothing in BinaryCrossentropy(fromLogits: fromLogits, smoothing: Float(smoothing)) }
}
