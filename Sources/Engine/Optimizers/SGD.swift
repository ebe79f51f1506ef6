import Kernels
import Language

/// Gradient descent on mini-batches.
///
///     w = w - rate g
///     with momentum:   v = momentum v - rate g,   w = w + v      (nesterov: w = w + momentum v - rate g)
public struct SGD: OptimizerDescription {
  public var rate: Float
  /// How much of the last step goes on.
  public var momentum: Float
  /// Whether the gradient counts as if taken after the momentum's step.
  public var nesterov: Bool

  public var options: UpdateOptions

  /// Gradient descent with Keras' defaults.
  public init(rate: Float = 0.01, momentum: Float = 0, nesterov: Bool = false, options: UpdateOptions = UpdateOptions()) {
    self.rate = rate
    self.momentum = momentum
    self.nesterov = nesterov
    self.options = options
  }

  public var name: String { "sgd" }
  public var slotNames: [String] { momentum == 0 ? [] : ["momentum"] }

  public func apply(_ update: ParameterUpdate) {
    if momentum == 0 {
      update.kernel.sgd(rate: update.rate)
    } else {
      update.kernel.momentum(velocity: update.slots[0], rate: update.rate, momentum: momentum, nesterov: nesterov)
    }
  }
}

extension SGD {
  /// `compile sgd`.
  public static let declaration = Declaration<any OptimizerDescription>(
    "sgd", "Gradient descent on mini-batches, with momentum where it is given.", formula: "v = momentum v - rate g,  w = w + v",
    examples: ["compile sgd 0.1 mse", "compile sgd 0.1 mse momentum=0.9 nesterov=yes"],
    .decimal("rate", "the learning rate", .positive, default: 0.01).anywhere,
    .decimal("momentum", "how much of the last step goes on", .from(0, to: 1), default: 0).named,
    .boolean("nesterov", "whether the gradient counts as if taken after the momentum's step", default: false),
    .weightDecay(), .clipvalue, .clipnorm, .globalClipnorm
  ) { (rate: Double, momentum: Double, nesterov: Bool, decay: Double, value: Double, norm: Double, global: Double) in
    SGD(
      rate: Float(rate), momentum: Float(momentum), nesterov: nesterov,
      options: try UpdateOptions(decay, clipvalue: value, clipnorm: norm, globalClipnorm: global))
  }
}
