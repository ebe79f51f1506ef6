import Language

/// An optimizer with Adam's three constants: how they are typed is said once.
public protocol AdamFamily: OptimizerDescription {
  /// How much of the mean gradient an update keeps.
  var beta1: Float { get }
  /// How much of the second statistic an update keeps.
  var beta2: Float { get }
  /// What keeps the quotient finite.
  var epsilon: Float { get }

  init(rate: Float, beta1: Float, beta2: Float, epsilon: Float, options: UpdateOptions)
}

extension AdamFamily {
  /// A rate, `beta_1=`, `beta_2=`, `epsilon=`, and the options of every optimizer.
  ///
  /// - Parameter beta2: The argument beta_2, in words of the optimizer's own.
  static func declaration(
    _ name: String, _ summary: String, formula: String, beta2: Argument<Double> = .beta2()
  ) -> Declaration<any OptimizerDescription> {
    Declaration<any OptimizerDescription>(
      name, summary, formula: formula, examples: ["compile \(name) mse", "compile \(name) 0.01 bce accuracy"],
      .decimal("rate", "the learning rate", .positive, default: 0.001).anywhere,
      .beta1, beta2, .epsilon,
      .weightDecay(), .clipvalue, .clipnorm, .globalClipnorm
    ) {
      (rate: Double, beta1: Double, beta2: Double, epsilon: Double, decay: Double, value: Double, norm: Double, global: Double) in
      Self(
        rate: Float(rate), beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon),
        options: try UpdateOptions(decay, clipvalue: value, clipnorm: norm, globalClipnorm: global))
    }
  }
}
