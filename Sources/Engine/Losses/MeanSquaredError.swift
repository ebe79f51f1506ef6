import Kernels
import Language

/// The mean squared error.
///
///     J = mean((y - t)²)   over outputs and samples,   dJ/dy = 2 (y - t) / count
public struct MeanSquaredError: LossDescription {
  /// The loss.
  public init() {}

  /// Its name.
  public var name: String { "mse" }
  /// How its targets are given.
  public var targetKind: TargetKind { .numbers }

  /// The mean loss, and its gradient by the output.
  public func evaluate(_ output: FloatBuffer, _ target: FloatBuffer, gradient: FloatBuffer, rows: Int, width: Int, columns: Int) -> Double {
    let count = rows * width
    return LossKernel.squaredError(output, target, gradient: gradient, scale: 1 / Float(count), count: count) / Double(count)
  }

  /// The same mean in double precision.
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
