import Kernels
import Language

/// The hinge loss: an output should lie beyond 1 on its side of 0.
///
///     J = mean(max(0, 1 - s y)),   s = 2 t - 1 for the targets 0 and 1,   over outputs and samples
///     dJ/dy = -s / count where s y < 1, else 0
///
/// Outputs are scores around 0, so that accuracy takes 0 as its threshold.
public struct Hinge: LossDescription {
  /// The loss.
  public init() {}

  public var name: String { "hinge" }
  public var targetKind: TargetKind { .zeroOne }
  public var fromLogits: Bool { true }

  public func check(lastActivation: Activation?) throws {
    if let last = lastActivation, last == .softmax || last == .sigmoid { throw Complaint.hingeOfProbabilities(last.name) }
  }

  public func evaluate(_ batch: LossBatch) -> Double {
    batch.kernel.hinge(scale: 1 / Float(batch.count)) / Double(batch.count)
  }

  public func reference(_ output: [Double], _ target: [Double], rows: Int, width: Int, columns: Int) -> Double {
    zip(output, target).reduce(0.0) { $0 + max(0, 1 - (2 * $1.1 - 1) * $1.0) } / Double(output.count)
  }
}

extension Hinge {
  /// `compile ... hinge`.
  public static let declaration = Declaration<any LossDescription>(
    "hinge", "The hinge loss: for yes or no, with a linear or tanh unit whose output should lie beyond 1 on its side of 0.",
    formula: "J = mean(max(0, 1 - (2 t - 1) y))", examples: ["compile adam 0.01 hinge accuracy"]
  ) { Hinge() }
}
