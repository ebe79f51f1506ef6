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

  /// Gradient descent with Keras' defaults.
  public init(rate: Float = 0.01, momentum: Float = 0, nesterov: Bool = false) {
    self.rate = rate
    self.momentum = momentum
    self.nesterov = nesterov
  }

  public var name: String { "sgd" }
  public var slotNames: [String] { momentum == 0 ? [] : ["momentum"] }

  public func update(_ parameters: FloatBuffer, _ gradients: FloatBuffer, slots: [FloatBuffer], count: Int, update: Int) {
    if momentum == 0 {
      UpdateKernel.sgd(parameters, gradients, rate: rate, count: count)
    } else {
      UpdateKernel.momentum(
        parameters, gradients, velocity: slots[0], rate: rate, momentum: momentum, nesterov: nesterov, count: count)
    }
  }
}

extension SGD {
  /// `compile sgd`.
  public static let declaration = Declaration<any OptimizerDescription>(
    "sgd", "Gradient descent on mini-batches, with momentum where it is given.", formula: "v = momentum v - rate g,  w = w + v",
    examples: ["compile sgd 0.1 mse", "compile sgd 0.1 mse momentum=0.9 nesterov=yes"],
    .decimal("rate", "the learning rate", .positive, default: 0.01),
    .decimal("momentum", "how much of the last step goes on", .from(0, to: 1), default: 0).named,
    .boolean("nesterov", "whether the gradient counts as if taken after the momentum's step", default: false)
  ) { rate, momentum, nesterov in SGD(rate: Float(rate), momentum: Float(momentum), nesterov: nesterov) }
}
