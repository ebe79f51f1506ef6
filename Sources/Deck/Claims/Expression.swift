import Foundation

/// A formula that can be computed once its names are known.
indirect enum Expression: Sendable, Hashable {
  case number(PrintedNumber)
  case name(String)
  case negated(Expression)
  case operation(Character, Expression, Expression)
  /// A name before brackets: a function, or a factor.
  case applied(String, [Expression])
  case factorial(Expression)
  /// What may be read in two ways: `1 / 2 (3 + 1)`.
  case either(Expression, Expression)

  /// The number that it is, sign and power of ten included; nil when something is left to compute.
  var printed: PrintedNumber? {
    switch self {
    case .number(let number): return number
    case .negated(let inner): return inner.printed.map { $0.scaled(by: -1, "-" + $0.text) }
    case .operation("*", let left, .operation("^", .number(let ten), let exponent)) where ten.value == 10 && ten.text == "10":
      guard let left = left.printed, let power = exponent.printed?.value, power == power.rounded(), abs(power) < 300 else { return nil }
      return left.scaled(by: pow(10, power), "\(left.text)e\(Int(power))")
    default: return nil
    }
  }

  /// The expressions inside.
  private var parts: [Expression] {
    switch self {
    case .number, .name: []
    case .negated(let inner), .factorial(let inner): [inner]
    case .operation(_, let left, let right), .either(let left, let right): [left, right]
    case .applied(_, let arguments): arguments
    }
  }

  /// Whether anything in it fulfils a condition.
  func contains(_ condition: (Expression) -> Bool) -> Bool { condition(self) || parts.contains { $0.contains(condition) } }

  /// The names in it, those of applied ones included.
  var names: Set<String> {
    var names = parts.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    switch self {
    case .name(let name): names.insert(name)
    case .applied(let name, _): names.insert(name)
    default: break
    }
    return names
  }

  /// The numbers in it, in their order.
  var numbers: [PrintedNumber] { if case .number(let number) = self { [number] } else { parts.flatMap(\.numbers) } }

  /// Whether it holds something to compute.
  var hasOperation: Bool {
    if printed != nil { return false }
    return contains {
      switch $0 {
      case .operation, .applied, .factorial: true
      default: false
      }
    }
  }

  /// Whether it is whole numbers joined by one of the signs alone.
  func isOnly(_ signs: Set<Character>) -> Bool {
    switch self {
    case .number(let number): !number.hasFraction
    case .operation(let sign, let left, let right): signs.contains(sign) && left.isOnly(signs) && right.isOnly(signs)
    default: false
    }
  }
}

/// What is known where an expression is computed.
struct Valuation {
  /// The values of a name, the likeliest first; none for an unknown one.
  var name: (String) -> [Double] = { _ in [] }
  /// The values that a number stands for.
  var number: (PrintedNumber) -> [Double] = { $0.readings.map(\.value) }
  /// The functions that the text defines: a letter and what it is of it.
  var function: (String) -> (variable: String, body: Expression)? = { _ in nil }
  /// How a quotient is taken.
  var quotient: (Double, Double) -> Double = { $0 / $1 }
  /// What is left of the depth to which definitions may call one another.
  var depth = 8

  /// More readings of an expression than these are not told apart.
  private static let most = 24

  /// All values that an expression may have, the likeliest first; none when something in it is unknown.
  func values(_ expression: Expression) -> [Double] {
    switch expression {
    case .number(let number): return self.number(number)
    case .name(let name):
      let values = self.name(name)
      if !values.isEmpty { return values }
      switch name {
      case "π": return [Double.pi]
      case "e": return [M_E]
      default: return []
      }
    case .negated(let inner): return values(inner).map { -$0 }
    case .factorial(let inner):
      return values(inner).compactMap {
        $0 >= 0 && $0 <= 20 && $0 == $0.rounded() ? (1...max(1, Int($0))).reduce(1.0) { $0 * Double($1) } : nil
      }
    case .either(let first, let second): return values(first) + values(second)
    case .operation(let sign, let left, let right):
      let (first, second) = (values(left), values(right))
      return limited(first.flatMap { a in second.compactMap { b in result(sign, a, b) } })
    case .applied(let name, let arguments):
      let inner = arguments.map { values($0) }
      guard !inner.contains(where: \.isEmpty) else { return [] }
      if let (variable, body) = function(name), arguments.count == 1, depth > 0 {
        return limited(
          inner[0].flatMap { value in
            var deeper = self
            deeper.depth -= 1
            deeper.name = { [name = self.name] in $0 == variable ? [value] : name($0) }
            return deeper.values(body)
          })
      }
      let factors = self.name(name)
      if !factors.isEmpty, arguments.count == 1 { return limited(factors.flatMap { a in inner[0].map { a * $0 } }) }
      if arguments.count == 1 { return limited(inner[0].flatMap { Functions.values(name, [$0]) ?? [] }.filter(\.isFinite)) }
      return (Functions.values(name, inner.map { $0[0] }) ?? []).filter(\.isFinite)
    }
  }

  private func limited(_ values: [Double]) -> [Double] { Array(values.prefix(Valuation.most)) }

  private func result(_ sign: Character, _ a: Double, _ b: Double) -> Double? {
    let value: Double
    switch sign {
    case "+": value = a + b
    case "-": value = a - b
    case "*": value = a * b
    case "/": value = quotient(a, b)
    case "∕": value = (a / b).rounded(.down)
    case "^": value = pow(a, b)
    default: return nil
    }
    return value.isFinite ? value : nil
  }

  /// How far an expression's value may be off because the numbers in it were rounded when they were written.
  func slack(_ expression: Expression) -> Double {
    guard let middle = values(expression).first else { return 0 }
    let rounded = Set(expression.numbers.filter(\.hasFraction))
    return rounded.reduce(0) { sum, number in
      var moved = self
      moved.number = { [inner = self.number] in $0 == number ? inner($0).map { $0 + number.readings[0].half } : inner($0) }
      return sum + abs((moved.values(expression).first ?? middle) - middle)
    }
  }
}
