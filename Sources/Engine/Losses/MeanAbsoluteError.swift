import Kernels
import Language

/// The mean absolute error.
///
///     J = mean(|y - t|)   over outputs and samples,   dJ/dy = sign(y - t) / count
public struct MeanAbsoluteError: LossDescription {
  /// The loss.
  public init() {}

  public var name: String { "mae" }
  public var targetKind: TargetKind { .numbers }

  public func evaluate(_ batch: LossBatch) -> Double {
    batch.kernel.absoluteError(scale: 1 / Float(batch.count)) / Double(batch.count)
  }

  public func reference(_ output: [Double], _ target: [Double], rows: Int, width: Int, columns: Int) -> Double {
    zip(output, target).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(output.count)
  }
}

extension MeanAbsoluteError {
  /// `compile ... mae`.
  public static let declaration = Declaration<any LossDescription>(
    "mae", aliases: ["mean_absolute_error"], "The mean absolute error: for numbers, milder on outliers.", formula: "J = mean(|y - t|)",
    examples: ["compile adam 0.01 mae"]
  ) { MeanAbsoluteError() }
}
