import Foundation
import Kernels
import Language

/// The Kullback-Leibler divergence of the outputs from the targets, both rows of probabilities.
///
///     J = mean over the samples of sum_c t_c ln(t_c / y_c),   dJ/dy_c = -t_c / y_c / samples
///
/// Both are clipped to [1e-7, 1], as in Keras; where an output is, its gradient is 0.
public struct KullbackLeibler: LossDescription {
  /// The loss.
  public init() {}

  public var name: String { "kld" }
  public var targetKind: TargetKind { .oneHot }

  public func check(outputShape: [Int]) throws { try checkClasses(name, outputShape) }

  public func doubt(lastActivation: Activation?) -> Complaint? { doubtOfProbabilities(lastActivation, wanted: [.softmax, .sigmoid]) }

  public func evaluate(_ batch: LossBatch) -> Double {
    batch.kernel.kullbackLeibler(scale: 1 / Float(batch.places), epsilon: probabilityMargin) / Double(batch.places)
  }

  public func reference(_ output: [Double], _ target: [Double], rows: Int, width: Int, columns: Int) -> Double {
    let margin = Double(probabilityMargin)
    let sum = zip(output, target).reduce(0.0) { sum, pair in
      let y = min(max(pair.0, margin), 1), t = min(max(pair.1, margin), 1)
      return sum + t * log(t / y)
    }
    return sum / Double(output.count / columns)
  }
}

extension KullbackLeibler {
  /// `compile ... kld`.
  public static let declaration = Declaration<any LossDescription>(
    "kld", aliases: ["kl_divergence"], "The Kullback-Leibler divergence between rows of probabilities, with a softmax unit a class.",
    formula: "J = mean(sum_c t_c ln(t_c / y_c))", examples: ["compile adam 0.01 kld accuracy"]
  ) { KullbackLeibler() }
}
