import Kernels
import Language

/// The mean squared error.
///
///     J = mean((y - t)²)   over outputs and samples,   dJ/dy = 2 (y - t) / count
public struct MeanSquaredError: LossDescription {
  /// The loss.
  public init() {}

  public var name: String { "mse" }
  public var targetKind: TargetKind { .numbers }

  public func evaluate(_ batch: LossBatch) -> Double {
    batch.kernel.squaredError(scale: 1 / Float(batch.count)) / Double(batch.count)
  }

  public func reference(_ output: [Double], _ target: [Double], rows: Int, width: Int, columns: Int) -> Double {
    zip(output, target).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(output.count)
  }
}

extension MeanSquaredError {
  /// `compile ... mse`.
  public static let declaration = Declaration<any LossDescription>(
    "mse", aliases: ["mean_squared_error"], "The mean squared error: for numbers.", formula: "J = mean((y - t)²)",
    examples: ["compile sgd 0.1 mse"]
  ) { MeanSquaredError() }
}
