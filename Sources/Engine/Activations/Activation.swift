import Foundation
import Kernels

/// An activation function: what a layer does to each of its outputs, or, for softmax, to each row of them.
///
/// The defaults are Keras 3's: elu's alpha is 1; leaky relu's slope is 0.2 as an argument of a layer (and 0.3 as a layer of its own);
/// gelu is the exact one.
public enum Activation: Sendable, Hashable {
  /// y = x
  case linear
  /// y = max(0, x)
  case relu
  /// y = 1 / (1 + e^-x)
  case sigmoid
  /// y = tanh(x)
  case tanh
  /// y_i = e^(x_i) / sum_j e^(x_j), over the last axis
  case softmax
  /// y = x for x > 0, else alpha (e^x - 1)
  case elu(alpha: Float)
  /// y = 1.0507 elu(x) with alpha = 1.6733
  case selu
  /// y = x Phi(x), with Phi the normal distribution
  case gelu
  /// y = x sigmoid(x)
  case swish
  /// y = ln(1 + e^x)
  case softplus
  /// y = x for x > 0, else slope x
  case leakyReLU(slope: Float)

  /// Every activation under its own name, with its formula.
  public static let named: [(name: String, formula: String, activation: Activation)] = [
    ("linear", "y = x", .linear),
    ("relu", "y = max(0, x)", .relu),
    ("sigmoid", "y = 1 / (1 + e^-x)", .sigmoid),
    ("tanh", "y = tanh(x)", .tanh),
    ("softmax", "y_i = e^(x_i) / sum_j e^(x_j)", .softmax),
    ("elu", "y = x for x > 0, else e^x - 1", .elu(alpha: 1)),
    ("selu", "y = 1.0507 x for x > 0, else 1.7581 (e^x - 1)", .selu),
    ("gelu", "y = x Phi(x)", .gelu),
    ("swish", "y = x sigmoid(x)", .swish),
    ("softplus", "y = ln(1 + e^x)", .softplus),
    ("leaky_relu", "y = x for x > 0, else 0.2 x", .leakyReLU(slope: 0.2)),
  ]

  /// Other names: what each stands for.
  public static let aliases = ["silu": "swish", "leakyrelu": "leaky_relu"]

  /// What may be typed as an activation, with the formula as its help.
  public static var choices: [(name: String, summary: String)] {
    named.map { ($0.name, $0.formula) } + aliases.sorted { $0.key < $1.key }.map { ($0.key, "another name of \($0.value)") }
  }

  /// The activation of a name as Keras knows it, or nil.
  public static func named(_ name: String) -> Activation? {
    let own = aliases[name] ?? name
    return named.first { $0.name == own }?.activation
  }

  /// The name, as Keras writes it.
  public var name: String {
    switch self {
    case .linear: "linear"
    case .relu: "relu"
    case .sigmoid: "sigmoid"
    case .tanh: "tanh"
    case .softmax: "softmax"
    case .elu: "elu"
    case .selu: "selu"
    case .gelu: "gelu"
    case .swish: "swish"
    case .softplus: "softplus"
    case .leakyReLU: "leaky_relu"
    }
  }

  /// The elementwise kernel; nil for softmax, which has one over rows.
  var kernel: ActivationKernel? {
    switch self {
    case .linear: .linear
    case .relu: .relu
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .softmax: nil
    case .elu(let alpha): .elu(alpha: alpha)
    case .selu: .selu
    case .gelu: .gelu
    case .swish: .swish
    case .softplus: .softplus
    case .leakyReLU(let slope): .leakyReLU(slope: slope)
    }
  }

  /// Whether the derivative needs the input; otherwise the output may take the input's place.
  var needsInput: Bool { kernel?.needsInput ?? false }

  /// y = f(x) over rows of `columns`; y may be x.
  func forward(_ x: FloatBuffer, into y: FloatBuffer, rows: Int, columns: Int) {
    if let kernel {
      kernel.forward(x, into: y, count: rows * columns)
    } else {
      SoftmaxKernel.forward(x, into: y, rows: rows, columns: columns)
    }
  }

  /// dx = dy f'(x) over rows of `columns`; dx may be dy, and x may be y unless `needsInput`.
  func backward(_ x: FloatBuffer, _ y: FloatBuffer, _ dy: FloatBuffer, into dx: FloatBuffer, rows: Int, columns: Int) {
    if let kernel {
      kernel.backward(x, y, dy, into: dx, count: rows * columns)
    } else {
      SoftmaxKernel.backward(y, dy, into: dx, rows: rows, columns: columns)
    }
  }

  /// The formula in double precision, over one row.
  public func reference(_ x: [Double]) -> [Double] {
    switch self {
    case .linear: x
    case .relu: x.map { max(0, $0) }
    case .sigmoid: x.map { 1 / (1 + exp(-$0)) }
    case .tanh: x.map { Foundation.tanh($0) }
    case .softmax:
      {
        let greatest = x.max() ?? 0
        let powers = x.map { exp($0 - greatest) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
      }()
    case .elu(let alpha): x.map { $0 > 0 ? $0 : Double(alpha) * expm1($0) }
    case .selu: x.map { 1.0507009873554805 * ($0 > 0 ? $0 : 1.6732632423543772 * expm1($0)) }
    case .gelu: x.map { $0 * 0.5 * erfc(-$0 / 2.0.squareRoot()) }
    case .swish: x.map { $0 / (1 + exp(-$0)) }
    case .softplus: x.map { max($0, 0) + log1p(exp(-abs($0))) }
    case .leakyReLU(let slope): x.map { $0 > 0 ? $0 : Double(slope) * $0 }
    }
  }
}
