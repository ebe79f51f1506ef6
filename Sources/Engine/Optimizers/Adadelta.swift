import Kernels
import Language

/// Steps in the size of the last steps: the learning rate matters little, and is best 1.
///
///     s = rho s + (1 - rho) g²,   d = sqrt(D + epsilon) / sqrt(s + epsilon) g
///     D = rho D + (1 - rho) d²,   w = w - rate d
///
/// Source: Zeiler, 2012.
public struct Adadelta: OptimizerDescription {
  public var rate: Float
  /// How much of the mean squares an update keeps.
  public var rho: Float
  /// What keeps the quotient finite.
  public var epsilon: Float
  public var options: UpdateOptions

  /// Adadelta with Keras' defaults.
  public init(
    rate: Float = 0.001, rho: Float = 0.95, epsilon: Float = 1e-7, options: UpdateOptions = UpdateOptions()
  ) {
    self.rate = rate
    self.rho = rho
    self.epsilon = epsilon
    self.options = options
  }

  public var name: String { "adadelta" }
  public var slotNames: [String] { ["accumulated_grad", "accumulated_delta"] }

  public func apply(_ update: ParameterUpdate) {
    update.kernel.adadelta(squares: update.slots[0], deltas: update.slots[1], rate: update.rate, rho: rho, epsilon: epsilon)
  }
}

extension Adadelta {
  /// `compile adadelta`.
  public static let declaration = Declaration<any OptimizerDescription>(
    "adadelta", "Steps in the size of the steps before: the rate matters little, and is best 1.",
    formula: "d = sqrt(D + epsilon) / sqrt(s + epsilon) g,  w = w - rate d",
    examples: ["compile adadelta 1 mse", "compile adadelta 1 bce accuracy"],
    .decimal("rate", "the learning rate", .positive, default: 0.001).anywhere,
    .decimal("rho", "how much of the mean squares an update keeps", .from(0, to: 1), default: 0.95).named, .epsilon,
    .weightDecay(), .clipvalue, .clipnorm, .globalClipnorm
  ) {
    (rate: Double, rho: Double, epsilon: Double, decay: Double, value: Double, norm: Double, global: Double) in
    Adadelta(
      rate: Float(rate), rho: Float(rho), epsilon: Float(epsilon),
      options: try UpdateOptions(decay, clipvalue: value, clipnorm: norm, globalClipnorm: global))
  }
}
