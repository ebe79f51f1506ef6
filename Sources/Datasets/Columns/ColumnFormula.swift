import Foundation
import Language

/// A column that is computed from others: `x1*x2`, `x1^2`, `sin(3*x1)`, `weight/height^2`.
///
///     sum = product {("+" | "-") product}      product = power {("*" | "/") power}      power = ["-"] value ["^" ["-"] number]
///     value = number | column | function "(" sum ")" | "(" sum ")"
///
/// A column's name is a word of letters, digits, `_` and `.`; any other stands between backquotes.
public struct ColumnFormula: Sendable, Equatable {
  /// The formula as it is printed, without blanks: the new column's name.
  public let text: String
  /// The columns that it uses, ascending.
  let columns: [Int]
  private let root: Node

  /// A part of a formula.
  indirect enum Node: Sendable, Equatable {
    case number(Double)
    case column(Int)
    case negated(Node)
    case sum(Node, Node)
    case difference(Node, Node)
    case product(Node, Node)
    case ratio(Node, Node)
    case power(Node, Double)
    case call(FormulaFunction, Node)
  }

  init(_ root: Node, names: [String]) {
    self.root = root
    var columns: Set<Int> = []
    root.collect(into: &columns)
    self.columns = columns.sorted()
    text = root.text(names).text
  }

  /// The column when the formula is nothing but its name.
  var column: Int? {
    if case .column(let place) = root { place } else { nil }
  }

  /// The value for a row, whose columns are asked for by number.
  func value(_ column: (Int) -> Float) -> Float { Float(root.value(column)) }
}

/// The functions of a formula.
enum FormulaFunction: String, CaseIterable, Sendable {
  case sin, cos, tanh, abs, sqrt, exp, log

  func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .sin: Foundation.sin(x)
    case .cos: Foundation.cos(x)
    case .tanh: Foundation.tanh(x)
    case .abs: Swift.abs(x)
    case .sqrt: x.squareRoot()
    case .exp: Foundation.exp(x)
    case .log: Foundation.log(x)
    }
  }
}

extension ColumnFormula.Node {
  func value(_ column: (Int) -> Float) -> Double {
    switch self {
    case .number(let value): value
    case .column(let place): Double(column(place))
    case .negated(let a): -a.value(column)
    case .sum(let a, let b): a.value(column) + b.value(column)
    case .difference(let a, let b): a.value(column) - b.value(column)
    case .product(let a, let b): a.value(column) * b.value(column)
    case .ratio(let a, let b): a.value(column) / b.value(column)
    case .power(let a, let exponent): pow(a.value(column), exponent)
    case .call(let function, let a): function(a.value(column))
    }
  }

  func collect(into columns: inout Set<Int>) {
    switch self {
    case .number: break
    case .column(let place): columns.insert(place)
    case .negated(let a), .power(let a, _), .call(_, let a): a.collect(into: &columns)
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b), .ratio(let a, let b):
      a.collect(into: &columns)
      b.collect(into: &columns)
    }
  }

  /// The text and how tightly it binds: 1 a sum, 2 a product, 3 a power, 4 a value.
  func text(_ names: [String]) -> (text: String, strength: Int) {
    func within(_ node: Self, _ strength: Int) -> String {
      let (text, own) = node.text(names)
      return own < strength ? "(\(text))" : text
    }
    switch self {
    case .number(let value): return (plain(value), value < 0 ? 1 : 4)
    case .column(let place): return (FormulaParser.quoted(names[place]), 4)
    case .negated(let a): return ("-" + within(a, 3), 1)
    case .sum(let a, let b): return (within(a, 1) + "+" + within(b, 1), 1)
    case .difference(let a, let b): return (within(a, 1) + "-" + within(b, 2), 1)
    case .product(let a, let b): return (within(a, 2) + "*" + within(b, 2), 2)
    case .ratio(let a, let b): return (within(a, 2) + "/" + within(b, 3), 2)
    case .power(let a, let exponent): return (within(a, 4) + "^" + plain(exponent), 3)
    case .call(let function, let a): return ("\(function.rawValue)(\(a.text(names).text))", 4)
    }
  }
}
