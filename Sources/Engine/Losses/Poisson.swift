import Foundation
import Kernels
import Language

/// The Poisson loss: for counts, whose expected number the output is.
///
///     J = mean(y - t ln(y + 1e-7))   over outputs and samples,   dJ/dy = (1 - t / (y + 1e-7)) / count
///
/// Outputs must be positive: the last layer wants softplus or another activation that gives nothing below 0.
public struct Poisson: LossDescription {
  /// The loss.
  public init() {}

  public var name: String { "poisson" }
  public var targetKind: TargetKind { .numbers }

  public func doubt(lastActivation: Activation?) -> Complaint? {
    guard let last = lastActivation, ![.softplus, .relu, .sigmoid, .softmax].contains(last) else { return nil }
    return Complaint.poissonOfNegatives(last.name)
  }

  public func check(targets: [Float]) throws {
    if let bad = targets.first(where: { $0 < 0 }) { throw Complaint.negativeCount(bad) }
  }

  public func evaluate(_ batch: LossBatch) -> Double {
    batch.kernel.poisson(scale: 1 / Float(batch.count), epsilon: probabilityMargin) / Double(batch.count)
  }

  public func reference(_ output: [Double], _ target: [Double], rows: Int, width: Int, columns: Int) -> Double {
    zip(output, target).reduce(0.0) { $0 + $1.0 - $1.1 * log($1.0 + Double(probabilityMargin)) } / Double(output.count)
  }
}

extension Poisson {
  /// `compile ... poisson`.
  public static let declaration = Declaration<any LossDescription>(
    "poisson", "The Poisson loss: for counts, with an activation that gives no negative numbers.", formula: "J = mean(y - t ln y)",
    examples: ["compile adam 0.01 poisson"]
  ) { Poisson() }
}
