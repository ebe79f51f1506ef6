import Foundation

/// The functions that a formula may name.
enum Functions {
  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// A function of one number by its name in lower case. A logarithm without a base is natural in most decks, else decimal or binary: all three.
  private static let all: [String: [@Sendable (Double) -> Double]] = [
    "σ": [sigmoid], "sigmoid": [sigmoid], "logistic": [sigmoid], "σ'": [{ sigmoid($0) * (1 - sigmoid($0)) }],
    "sigmoid'": [{ sigmoid($0) * (1 - sigmoid($0)) }], "tanh": [{ Foundation.tanh($0) }], "tanh'": [{ 1 - pow(Foundation.tanh($0), 2) }],
    "th": [{ Foundation.tanh($0) }], "relu": [{ max(0, $0) }], "relu'": [{ $0 > 0 ? 1 : 0 }], "softplus": [{ log1p(exp($0)) }],
    "swish": [{ $0 * sigmoid($0) }], "silu": [{ $0 * sigmoid($0) }], "exp": [{ Foundation.exp($0) }], "ln": [{ Foundation.log($0) }],
    "log": [{ Foundation.log($0) }, { log10($0) }, { log2($0) }], "log2": [{ Foundation.log2($0) }], "log_2": [{ Foundation.log2($0) }],
    "log10": [{ Foundation.log10($0) }], "log_10": [{ Foundation.log10($0) }], "sqrt": [{ $0.squareRoot() }], "ceil": [{ $0.rounded(.up) }],
    "floor": [{ $0.rounded(.down) }], "round": [{ $0.rounded() }], "abs": [{ Swift.abs($0) }], "sin": [{ Foundation.sin($0) }],
    "cos": [{ Foundation.cos($0) }],
  ]

  /// Whether a name is a function's.
  static func isKnown(_ name: String) -> Bool { all[name.lowercased()] != nil || isExtreme(name) }

  /// Whether it takes the greatest or the least of many.
  static func isExtreme(_ name: String) -> Bool { ["max", "min"].contains(name.lowercased()) }

  /// Its values, one for each thing that the name may mean; nil for an unknown name.
  static func values(_ name: String, _ arguments: [Double]) -> [Double]? {
    if isExtreme(name) {
      guard arguments.count > 1 else { return nil }
      return [name.lowercased() == "max" ? arguments.max() ?? 0 : arguments.min() ?? 0]
    }
    guard arguments.count == 1, let meanings = all[name.lowercased()] else { return nil }
    return meanings.map { $0(arguments[0]) }
  }
}
