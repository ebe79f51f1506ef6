import Foundation
import Kernels
import Language

/// Adam with Nesterov's momentum: the mean gradient is taken one update ahead.
///
///     m, v as adam;   u_t = beta1 (1 - 0.96^t / 2),   P_t = u_1 ... u_t
///     m' = u_{t+1} m / (1 - P_{t+1}) + (1 - u_t) g / (1 - P_t),   v' = v / (1 - beta2^t)
///     w = w - rate m' / (sqrt(v') + epsilon)      t = 1, 2, ...
///
/// Source: Dozat, 2016, with the momentum's schedule of Sutskever and others, as in Keras.
public struct Nadam: AdamFamily {
  public var rate: Float
  /// How much of the mean gradient an update keeps.
  public var beta1: Float
  /// How much of the mean squared gradient an update keeps.
  public var beta2: Float
  /// What keeps the quotient finite.
  public var epsilon: Float
  public var options: UpdateOptions

  /// Nadam with Keras' defaults.
  public init(
    rate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-7, options: UpdateOptions = UpdateOptions()
  ) {
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.options = options
  }

  public var name: String { "nadam" }
  public var slotNames: [String] { ["m", "v"] }

  public func apply(_ update: ParameterUpdate) {
    let number = Double(update.number), beta = Double(beta1)
    let now = beta * (1 - 0.5 * pow(0.96, number)), next = beta * (1 - 0.5 * pow(0.96, number + 1))
    let product = Self.momentumProduct(beta, update.number)
    let rate = Double(update.rate)
    update.kernel.nadam(
      m: update.slots[0], v: update.slots[1], meanRate: Float(rate * next / (1 - product * next)),
      gradientRate: Float(rate * (1 - now) / (1 - product)), beta1: beta1, beta2: beta2,
      correction: Float(1 / (1 - pow(Double(beta2), number))), epsilon: epsilon)
  }

  // u_1 ... u_t. From some hundred updates on, the factors 1 - 0.96^t / 2 are 1.
  static func momentumProduct(_ beta: Double, _ number: Int) -> Double {
    var product = pow(beta, Double(number)), power = 0.5
    var index = 0
    while index < min(number, 900) {
      power *= 0.96
      product *= 1 - power
      index += 1
    }
    return product
  }
}

extension Nadam {
  /// `compile nadam`.
  public static let declaration = declaration(
    "nadam", "Adam with Nesterov's momentum: the mean gradient is taken one update ahead.",
    formula: "w = w - rate (u m + (1 - u) g) / (sqrt(v) + epsilon), corrected for the start at 0")
}
