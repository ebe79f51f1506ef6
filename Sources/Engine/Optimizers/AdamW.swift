import Kernels
import Language

/// Adam with weight decay: besides adam's step, every parameter loses a part of itself.
///
///     w = w - rate weight_decay w - (adam's step)
///
/// The decay does not go through the means, as an l2 penalty would. Source: Loshchilov and Hutter, 2017.
public struct AdamW: OptimizerDescription {
  public var rate: Float
  /// How much of the mean gradient an update keeps.
  public var beta1: Float
  /// How much of the mean squared gradient an update keeps.
  public var beta2: Float
  /// What keeps the quotient finite.
  public var epsilon: Float
  public var options: UpdateOptions

  /// AdamW with Keras' defaults.
  public init(
    rate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-7,
    options: UpdateOptions = UpdateOptions(weightDecay: 0.004)
  ) {
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.options = options
  }

  public var name: String { "adamw" }
  public var slotNames: [String] { ["m", "v"] }

  public func apply(_ update: ParameterUpdate) {
    Adam(beta1: beta1, beta2: beta2, epsilon: epsilon).apply(update)
  }
}

extension AdamW {
  /// `compile adamw`.
  public static let declaration = Declaration<any OptimizerDescription>(
    "adamw", "Adam with weight decay: every weight also loses a part of itself.",
    formula: "w = w - rate weight_decay w - (adam's step)",
    examples: ["compile adamw bce accuracy", "compile adamw 0.01 mse weight_decay=0.1"],
    .decimal("rate", "the learning rate", .positive, default: 0.001).anywhere,
    .beta1, .beta2(), .epsilon,
    .weightDecay(default: 0.004), .clipvalue, .clipnorm, .globalClipnorm
  ) {
    (rate: Double, beta1: Double, beta2: Double, epsilon: Double, decay: Double, value: Double, norm: Double, global: Double) in
    AdamW(
      rate: Float(rate), beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon),
      options: try UpdateOptions(decay, clipvalue: value, clipnorm: norm, globalClipnorm: global))
  }
}
