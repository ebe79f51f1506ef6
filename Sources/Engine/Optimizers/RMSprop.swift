import Kernels
import Language

/// Gradients over their mean size.
///
///     s = rho s + (1 - rho) g²,   d = rate g / sqrt(s + epsilon),   w = w - d
///     centered: s less the squared mean gradient under the root;   with momentum: v = momentum v + d, w = w - v
///
/// Source: Hinton, 2012 (lecture 6e); epsilon under the root as in Keras.
public struct RMSprop: OptimizerDescription {
  public var rate: Float
  /// How much of the mean squared gradient an update keeps.
  public var rho: Float
  /// How much of the last step goes on.
  public var momentum: Float
  /// What keeps the quotient finite.
  public var epsilon: Float
  /// Whether the gradient's spread about its mean counts.
  public var isCentered: Bool
  public var options: UpdateOptions

  /// RMSprop with Keras' defaults.
  public init(
    rate: Float = 0.001, rho: Float = 0.9, momentum: Float = 0, epsilon: Float = 1e-7, isCentered: Bool = false,
    options: UpdateOptions = UpdateOptions()
  ) {
    self.rate = rate
    self.rho = rho
    self.momentum = momentum
    self.epsilon = epsilon
    self.isCentered = isCentered
    self.options = options
  }

  public var name: String { "rmsprop" }
  public var slotNames: [String] { ["velocity"] + (momentum > 0 ? ["momentum"] : []) + (isCentered ? ["average_gradient"] : []) }

  public func apply(_ update: ParameterUpdate) {
    let mean = isCentered ? update.slots[update.slots.count - 1] : nil
    update.kernel.rmsprop(
      squares: update.slots[0], steps: momentum > 0 ? update.slots[1] : nil, mean: mean, rate: update.rate, rho: rho, momentum: momentum,
      epsilon: epsilon)
  }
}

extension RMSprop {
  /// `compile rmsprop`.
  public static let declaration = Declaration<any OptimizerDescription>(
    "rmsprop", "Gradients over their mean size.",
    formula: "s = rho s + (1 - rho) g²,  w = w - rate g / sqrt(s + epsilon)",
    examples: ["compile rmsprop mse", "compile rmsprop 0.01 bce accuracy", "compile rmsprop 0.01 mse momentum=0.9 centered=yes"],
    .decimal("rate", "the learning rate", .positive, default: 0.001).anywhere,
    .decimal("rho", "how much of the mean squared gradient an update keeps", .from(0, to: 1), default: 0.9).named,
    .decimal("momentum", "how much of the last step goes on", .from(0, to: 1), default: 0).named, .epsilon,
    .boolean("centered", "whether the gradient's spread about its mean counts", default: false),
    .weightDecay(), .clipvalue, .clipnorm, .globalClipnorm
  ) {
    (
      rate: Double, rho: Double, momentum: Double, epsilon: Double, centered: Bool, decay: Double, value: Double, norm: Double,
      global: Double
    ) in
    RMSprop(
      rate: Float(rate), rho: Float(rho), momentum: Float(momentum), epsilon: Float(epsilon), isCentered: centered,
      options: try UpdateOptions(decay, clipvalue: value, clipnorm: norm, globalClipnorm: global))
  }
}
