import Engine
import Foundation

/// How an activation and its derivative are written at one place.
struct ActivationTerms {
  /// f(z), in LaTeX, of a name.
  let formula: (String) -> String
  /// The same with a number.
  let numbers: (Double) -> String
  /// f'(z), in LaTeX, by the names of the argument and the value.
  let slope: (_ z: String, _ y: String) -> String
  /// The same with numbers.
  let slopeNumbers: (_ z: Double, _ y: Double) -> String
  /// f'(z).
  let slopeValue: (_ z: Double, _ y: Double) -> Double

  /// The terms of an activation; nil for softmax, which is about a row.
  init?(_ activation: Activation) {
    let f = Figure.text, b = Figure.factor
    func function(_ name: String) -> ((String) -> String, (Double) -> String) {
      let shown = name.hasPrefix("\\") ? name : "\\text{\(name)}"
      return ({ "\(shown)(\($0))" }, { "\(shown)(\(f($0)))" })
    }
    func sigmoid(_ z: Double) -> Double { 1 / (1 + exp(-z)) }
    switch activation {
    case .softmax: return nil
    case .linear:
      formula = { $0 }
      numbers = { f($0) }
      slope = { _, _ in "1" }
      slopeNumbers = { _, _ in "1" }
      slopeValue = { _, _ in 1 }
    case .relu:
      formula = { "\\max(0, \($0))" }
      numbers = { "\\max(0, \(f($0)))" }
      slope = { z, _ in "1 \\text{ for } \(z) > 0, \\text{ else } 0" }
      slopeNumbers = { z, _ in z > 0 ? "1" : "0" }
      slopeValue = { z, _ in z > 0 ? 1 : 0 }
    case .sigmoid:
      (formula, numbers) = function("\\sigma")
      slope = { _, y in "\(y) (1 - \(y))" }
      slopeNumbers = { _, y in "\(f(y)) \(Figure.rest(y))" }
      slopeValue = { _, y in y * (1 - y) }
    case .tanh:
      (formula, numbers) = function("\\tanh")
      slope = { _, y in "1 - \(y)^2" }
      slopeNumbers = { _, y in "1 - \(Figure.base(y))^2" }
      slopeValue = { _, y in 1 - y * y }
    case .elu(let alpha):
      let a = Double(alpha)
      (formula, numbers) = function("elu")
      slope = { z, y in
        a == 1 ? "1 \\text{ for } \(z) > 0, \\text{ else } \(y) + 1" : "1 \\text{ for } \(z) > 0, \\text{ else } \(y) + \(f(a))"
      }
      slopeNumbers = { z, y in z > 0 ? "1" : "\(f(y)) + \(f(a))" }
      slopeValue = { z, y in z > 0 ? 1 : y + a }
    case .selu:
      let scale = 1.0507009873554805, alpha = 1.6732632423543772
      (formula, numbers) = function("selu")
      slope = { z, y in "1.0507 \\text{ for } \(z) > 0, \\text{ else } \(y) + 1.7581" }
      slopeNumbers = { z, y in z > 0 ? "1.0507" : "\(f(y)) + 1.7581" }
      slopeValue = { z, y in z > 0 ? scale : y + scale * alpha }
    case .gelu:
      formula = { "\($0) \\Phi(\($0))" }
      numbers = { "\(f($0)) \\cdot \\Phi(\(f($0)))" }
      slope = { z, _ in "\\Phi(\(z)) + \(z) \\phi(\(z))" }
      slopeNumbers = { z, _ in
        "\(f(0.5 * erfc(-z / 2.0.squareRoot()))) + \(f(z)) \\cdot \(f(exp(-z * z / 2) / (2 * Double.pi).squareRoot()))"
      }
      slopeValue = { z, _ in 0.5 * erfc(-z / 2.0.squareRoot()) + z * exp(-z * z / 2) / (2 * Double.pi).squareRoot() }
    case .swish:
      formula = { "\($0) \\sigma(\($0))" }
      numbers = { "\(f($0)) \\cdot \\sigma(\(f($0)))" }
      slope = { z, y in "\(y) + \\sigma(\(z)) (1 - \(y))" }
      slopeNumbers = { z, y in "\(f(y)) + \(f(sigmoid(z))) (1 - \(b(y)))" }
      slopeValue = { z, y in y + sigmoid(z) * (1 - y) }
    case .softplus:
      formula = { "\\ln(1 + e^{\($0)})" }
      numbers = { "\\ln(1 + e^{\(f($0))})" }
      slope = { z, _ in "\\sigma(\(z))" }
      slopeNumbers = { z, _ in "\\sigma(\(f(z)))" }
      slopeValue = { z, _ in sigmoid(z) }
    case .leakyReLU(let part):
      let a = Double(part)
      formula = { "\($0) \\text{ for } \($0) > 0, \\text{ else } \(f(a)) \($0)" }
      numbers = { $0 > 0 ? f($0) : "\(f(a)) \\cdot \(b($0))" }
      slope = { z, _ in "1 \\text{ for } \(z) > 0, \\text{ else } \(f(a))" }
      slopeNumbers = { z, _ in z > 0 ? "1" : f(a) }
      slopeValue = { z, _ in z > 0 ? 1 : a }
    }
  }

  /// y_i = e^(z_i) / sum, with the numbers of a row.
  static func softmax(_ row: [Double], _ unit: Int) -> String {
    // As it is written; the engine takes the greatest away first, which changes nothing.
    let sum = row.map { "e^{\(Figure.text($0))}" }
    return "e^{\(Figure.text(row[unit]))} / (\(Figure.sum(sum)))"
  }
}
