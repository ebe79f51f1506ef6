import Kernels
import Language

/// The Huber loss: a square near the target, a straight line beyond, so that outliers pull no harder than others.
///
///     J = mean(e² / 2 where |e| <= delta, else delta |e| - delta² / 2),   e = y - t,   over outputs and samples
///     dJ/dy = e kept within ±delta / count
public struct Huber: LossDescription {
  /// Where the square becomes straight.
  public var delta: Float

  /// The loss, with Keras' delta.
  public init(delta: Float = 1) { self.delta = delta }

  public var name: String { "huber" }
  public var targetKind: TargetKind { .numbers }

  public func evaluate(_ batch: LossBatch) -> Double {
    batch.kernel.huber(scale: 1 / Float(batch.count), delta: delta) / Double(batch.count)
  }

  public func reference(_ output: [Double], _ target: [Double], rows: Int, width: Int, columns: Int) -> Double {
    let delta = Double(delta)
    let sum = zip(output, target).reduce(0.0) { sum, pair in
      let size = abs(pair.0 - pair.1)
      return sum + (size <= delta ? size * size / 2 : delta * size - delta * delta / 2)
    }
    return sum / Double(output.count)
  }
}

extension Huber {
  /// `compile ... huber`.
  public static let declaration = Declaration<any LossDescription>(
    "huber", "The Huber loss: squared near the target, straight beyond delta, so that outliers count less.",
    formula: "J = mean(e² / 2 where |e| <= delta, else delta |e| - delta² / 2)",
    examples: ["compile adam 0.01 huber", "compile adam huber delta=0.5"],
    .decimal("delta", "where the square becomes straight", .positive, default: 1).named
  ) { delta in Huber(delta: Float(delta)) }
}
