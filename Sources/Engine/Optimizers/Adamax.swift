import Foundation
import Kernels
import Language

/// Adam with the greatest gradient in place of the mean squared one.
///
///     m = m + (1 - beta1)(g - m),   u = max(beta2 u, |g|)
///     w = w - rate / (1 - beta1^t) m / (u + epsilon)      t = 1, 2, ...
///
/// Source: Kingma and Ba, 2014, section 7.1.
public struct Adamax: AdamFamily {
  public var rate: Float
  /// How much of the mean gradient an update keeps.
  public var beta1: Float
  /// How much of the greatest gradient an update keeps.
  public var beta2: Float
  /// What keeps the quotient finite.
  public var epsilon: Float
  public var options: UpdateOptions

  /// Adamax with Keras' defaults.
  public init(
    rate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-7, options: UpdateOptions = UpdateOptions()
  ) {
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.options = options
  }

  public var name: String { "adamax" }
  public var slotNames: [String] { ["m", "u"] }

  public func apply(_ update: ParameterUpdate) {
    let correction = 1 - pow(Double(beta1), Double(update.number))
    update.kernel.adamax(
      m: update.slots[0], u: update.slots[1], alpha: Float(Double(update.rate) / correction), beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}

extension Adamax {
  /// `compile adamax`.
  public static let declaration = declaration(
    "adamax", "Adam with the greatest gradient so far in place of the mean squared one.",
    formula: "w = w - rate m / (u + epsilon),  u = max(beta_2 u, |g|)", beta2: .beta2("the greatest gradient"))
}
