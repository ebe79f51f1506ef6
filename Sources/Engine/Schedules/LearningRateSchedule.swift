import Foundation

/// How the learning rate changes from update to update of one `fit`.
///
/// With u the updates after the warm-up, n how many there will be, k the updates of a period, r the rate that was given:
///
///     cosine        r (floor + (1 - floor) (1 + cos(pi u / n)) / 2)
///     exponential   r factor^(u / k)
///     step          r factor^floor(u / k)
///     warm-up       r u / w   over the first w updates, from 0
///
/// The formulas are those of Keras' CosineDecay (floor is its alpha) and ExponentialDecay (step: with staircase); Keras has a warm-up for the
/// cosine alone.
public struct LearningRateSchedule: Sendable, Equatable {
  /// The form of the curve after the warm-up.
  public enum Shape: Sendable, Equatable {
    /// Half a cosine from the rate to `floor` times the rate.
    case cosine(floor: Double)
    /// Smoothly by the factor every so many epochs.
    case exponential(factor: Double, epochs: Double)
    /// At once by the factor every so many epochs.
    case step(factor: Double, epochs: Double)
  }

  /// The form of the curve.
  public var shape: Shape
  /// How many epochs the rate rises from 0 before it.
  public var warmup: Double

  /// The rate does not go below it.
  public var minimum: Double

  /// A schedule.
  public init(_ shape: Shape, warmup: Double = 0, minimum: Double = 0) {
    self.minimum = minimum
    self.shape = shape
    self.warmup = warmup
  }

  /// The rate of an update.
  ///
  /// - Parameters:
  ///   - base: The rate that was given.
  ///   - update: The update of this training, from 0.
  ///   - batches: How many updates an epoch has.
  ///   - epochs: How many epochs there will be.
  public func rate(_ base: Float, update: Int, batches: Int, epochs: Int) -> Float {
    let rising = (warmup * Double(batches)).rounded()
    let number = Double(update)
    if number < rising { return Float(Double(base) * number / rising) }
    let past = number - rising
    switch shape {
    case .cosine(let floor):
      let length = max(1, Double(batches) * Double(epochs) - rising)
      let share = min(past / length, 1)
      return Float(Double(base) * (floor + (1 - floor) * (1 + cos(.pi * share)) / 2))
    case .exponential(let factor, let period): return Float(max(minimum, Double(base) * pow(factor, past / (period * Double(batches)))))
    case .step(let factor, let period):
      return Float(max(minimum, Double(base) * pow(factor, (past / (period * Double(batches))).rounded(.down))))
    }
  }
}
