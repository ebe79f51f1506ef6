import Language

/// A call as Python writes it: `layers.Dense(8, activation="relu")`.
struct PythonCall: Sendable {
  /// What is called.
  var name: String
  /// The arguments in order; those without a name come first.
  var arguments: [(name: String?, value: String)] = []

  init(_ name: String, _ positional: String...) {
    self.name = name
    arguments = positional.map { (nil, $0) }
  }

  /// The same call with one more argument.
  func with(_ name: String, _ value: String) -> PythonCall {
    var copy = self
    copy.arguments.append((name, value))
    return copy
  }

  /// The same call with one more argument, unless it is what Keras takes anyway.
  func with<Value: Equatable>(_ name: String, _ value: Value, unless usual: Value, _ text: (Value) -> String) -> PythonCall {
    value == usual ? self : with(name, text(value))
  }

  /// The call in one line.
  var text: String {
    "\(name)(\(arguments.map { argument in (argument.name.map { $0 + "=" } ?? "") + argument.value }.joined(separator: ", ")))"
  }
}

/// Values as Python writes them.
enum Python {
  /// A number; always a float.
  static func number(_ value: Float) -> String { "\(value)" }
  /// A number; always a float.
  static func number(_ value: Double) -> String { "\(value)" }
  /// True or False.
  static func bool(_ value: Bool) -> String { value ? "True" : "False" }
  /// A tuple of whole numbers.
  static func tuple(_ values: [Int]) -> String {
    values.count == 1 ? "(\(values[0]),)" : "(\(values.map { String($0) }.joined(separator: ", ")))"
  }
  /// A text between double quotes.
  static func text(_ value: String) -> String {
    let inner = value.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case _ where (0x20...0x7E).contains(scalar.value): String(scalar)
      default: "\\U" + String(repeating: "0", count: 8 - String(scalar.value, radix: 16).count) + String(scalar.value, radix: 16)
      }
    }
    return "\"\(inner.joined())\""
  }

  /// A layer's name as the name of a variable: words of the language, and the names that the code uses, get a `_` at their end.
  static func variable(_ name: String) -> String { taken.contains(name) ? name + "_" : name }

  private static let taken: Set<String> = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from",
    "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
    "keras", "layers", "model", "inputs", "train", "numpy", "half_squared_error",
  ]
}
