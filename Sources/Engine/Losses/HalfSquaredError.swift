import Kernels
import Language

/// Half the squared error, as textbooks write it: summed over the outputs, averaged over the batch.
///
///     J = 1/2 sum((y - t)²) / samples,   dJ/dy = (y - t) / samples
///
/// Outputs of several axes are summed over the last one and averaged over the others, as Keras does with every loss.
public struct HalfSquaredError: LossDescription {
  /// The loss.
  public init() {}

  public var name: String { "half_squared_error" }
  public var targetKind: TargetKind { .numbers }

  public func evaluate(_ batch: LossBatch) -> Double {
    batch.kernel.squaredError(scale: 0.5 / Float(batch.places)) / Double(2 * batch.places)
  }

  public func reference(_ output: [Double], _ target: [Double], rows: Int, width: Int, columns: Int) -> Double {
    zip(output, target).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(2 * (output.count / columns))
  }
}

extension HalfSquaredError {
  /// `compile ... half_squared_error`.
  public static let declaration = Declaration<any LossDescription>(
    "half_squared_error", "Half the squared error, summed over the outputs, averaged over the batch: the textbooks' loss.",
    formula: "J = 1/2 (y - t)²",
    examples: ["compile sgd 0.1 half_squared_error"]
  ) { HalfSquaredError() }
}
