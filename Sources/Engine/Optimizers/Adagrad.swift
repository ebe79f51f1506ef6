import Kernels
import Language

/// Steps that shrink with all squared gradients so far: seldom seen features keep learning fast.
///
///     s = s + g²,   w = w - rate g / sqrt(s + epsilon)      s begins at 0.1
///
/// Source: Duchi, Hazan and Singer, 2011; start and epsilon as in Keras.
public struct Adagrad: OptimizerDescription {
  public var rate: Float
  /// Where the sum of squares begins.
  public var start: Float
  /// What keeps the quotient finite.
  public var epsilon: Float
  public var options: UpdateOptions

  /// Adagrad with Keras' defaults.
  public init(
    rate: Float = 0.001, start: Float = 0.1, epsilon: Float = 1e-7, options: UpdateOptions = UpdateOptions()
  ) {
    self.rate = rate
    self.start = start
    self.epsilon = epsilon
    self.options = options
  }

  public var name: String { "adagrad" }
  public var slotNames: [String] { ["accumulator"] }
  public var slotStart: Float { start }

  public func apply(_ update: ParameterUpdate) {
    update.kernel.adagrad(sum: update.slots[0], rate: update.rate, epsilon: epsilon)
  }
}

extension Adagrad {
  /// `compile adagrad`.
  public static let declaration = Declaration<any OptimizerDescription>(
    "adagrad", "Steps that shrink with the squared gradients so far: what is seldom seen keeps learning fast.",
    formula: "s = s + g²,  w = w - rate g / sqrt(s + epsilon)",
    examples: ["compile adagrad 0.1 mse", "compile adagrad 0.1 bce accuracy"],
    .decimal("rate", "the learning rate", .positive, default: 0.001).anywhere,
    .decimal("initial_accumulator_value", "where the sum of squares begins", .notNegative, default: 0.1).named, .epsilon,
    .weightDecay(), .clipvalue, .clipnorm, .globalClipnorm
  ) {
    (rate: Double, start: Double, epsilon: Double, decay: Double, value: Double, norm: Double, global: Double) in
    Adagrad(
      rate: Float(rate), start: Float(start), epsilon: Float(epsilon),
      options: try UpdateOptions(decay, clipvalue: value, clipnorm: norm, globalClipnorm: global))
  }
}
