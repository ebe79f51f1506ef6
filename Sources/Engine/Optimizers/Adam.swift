import Foundation
import Kernels
import Language

/// Adam: steps of about the learning rate, along the mean gradient over its mean size.
///
///     m = m + (1 - beta1)(g - m),   v = v + (1 - beta2)(g² - v)
///     w = w - rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)      t = 1, 2, ...
///
/// Epsilon stands as in Keras: beside sqrt(v) before its correction. Source: Kingma and Ba, 2014, the end of section 2.
public struct Adam: AdamFamily {
  public var rate: Float
  /// How much of the mean gradient an update keeps.
  public var beta1: Float
  /// How much of the mean squared gradient an update keeps.
  public var beta2: Float
  /// What keeps the quotient finite.
  public var epsilon: Float

  public var options: UpdateOptions

  /// Adam with Keras' defaults.
  public init(
    rate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-7, options: UpdateOptions = UpdateOptions()
  ) {
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.options = options
  }

  public var name: String { "adam" }
  public var slotNames: [String] { ["m", "v"] }

  public func apply(_ update: ParameterUpdate) {
    let correction = (1 - pow(Double(beta2), Double(update.number))).squareRoot() / (1 - pow(Double(beta1), Double(update.number)))
    update.kernel.adam(
      m: update.slots[0], v: update.slots[1], alpha: Float(Double(update.rate) * correction), beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}

extension Adam {
  /// `compile adam`.
  public static let declaration = declaration(
    "adam", "Steps of about the learning rate, along the mean gradient over its mean size.",
    formula: "w = w - rate m / (sqrt(v) + epsilon), with m and v corrected for their start at 0")
}
