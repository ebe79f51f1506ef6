/// Makes expressions of tokens: as many of them as fit, from a given one on.
///
/// In prose, words after a number say what it counts and are passed over when the formula goes on behind them: `4 * 8 poids + 4 biais`.
struct ExpressionParser {
  private let tokens: ArraySlice<MathToken>
  private(set) var place: Int
  private var depth = 0
  private static let deepest = 60

  /// The longest expression that starts at a token, and the place behind it; nil when none does.
  static func longest(in tokens: ArraySlice<MathToken>, from start: Int) -> (expression: Expression, end: Int)? {
    var parser = ExpressionParser(tokens: tokens, place: start)
    guard let expression = parser.sum() else { return nil }
    return (expression, parser.place)
  }

  private init(tokens: ArraySlice<MathToken>, place: Int) {
    self.tokens = tokens
    self.place = place
  }

  private var kind: MathToken.Kind? { place < tokens.endIndex ? tokens[place].kind : nil }

  private mutating func sum() -> Expression? {
    depth += 1
    defer { depth -= 1 }
    guard depth < ExpressionParser.deepest, var left = product() else { return nil }
    while case .sign(let sign) = kind, sign == "+" || sign == "-" {
      let start = place
      place += 1
      guard let right = product() else {
        place = start
        break
      }
      left = .operation(sign, left, right)
    }
    return left
  }

  private mutating func product() -> Expression? {
    guard var left = signed() else { return nil }
    // The value before the last quotient, and its divisor, for `1 / 2 (3 + 1)`.
    var quotient: (upper: Expression, lower: Expression)?
    while true {
      let start = place
      if case .sign(let sign) = kind, sign == "*" || sign == "/" || sign == "∕" {
        place += 1
        guard let right = signed() else {
          place = start
          break
        }
        quotient = sign == "/" ? (left, right) : nil
        left = .operation(sign, left, right)
      } else if isFactor, let right = power() {
        let product = Expression.operation("*", left, right)
        if let (upper, lower) = quotient {
          let wide = Expression.operation("*", lower, right)
          left = .either(product, .operation("/", upper, wide))
          quotient = (upper, wide)
        } else {
          left = product
        }
      } else {
        break
      }
    }
    return left
  }

  /// Whether what follows is a factor without a sign before it.
  private var isFactor: Bool {
    guard place > tokens.startIndex, let kind else { return false }
    let token = tokens[place]
    let last = tokens[place - 1]
    switch kind {
    case .open:
      // In prose a bracket after a word or apart from a whole number opens a remark.
      if token.isMath { return true }
      if case .close = last.kind { return !token.isApart }
      if case .number = last.kind { return holdsComputation }
      return false
    case .opening: return token.isMath
    case .name(let name):
      if name == "…" { return true }
      if token.isMath { return true }
      guard case .number = last.kind else { return false }
      return !token.isApart
        && (name.count == 1 || Functions.isKnown(name) || name.unicodeScalars.first.map { (0x370...0x3FF).contains($0.value) } == true)
    case .number: return token.isMath && isAfterBracket(last)
    default: return false
    }
  }

  private func isAfterBracket(_ token: MathToken) -> Bool {
    switch token.kind {
    case .close, .closing: true
    default: false
    }
  }

  /// Whether the bracket at the place holds numbers and signs that end with it.
  private var holdsComputation: Bool {
    var open = 0
    var signs = 0
    for token in tokens[place...] {
      switch token.kind {
      case .open, .opening: open += 1
      case .close, .closing: open -= 1
      case .sign: signs += 1
      case .number, .name: break
      default: return false
      }
      if open == 0 { return signs > 0 }
    }
    return false
  }

  private mutating func signed() -> Expression? {
    if case .sign("-") = kind {
      place += 1
      depth += 1
      defer { depth -= 1 }
      guard depth < ExpressionParser.deepest else { return nil }
      return signed().map { .negated($0) }
    }
    if case .sign("+") = kind {
      place += 1
      return power()
    }
    return power()
  }

  private mutating func power() -> Expression? {
    guard var base = value() else { return nil }
    while case .factorial = kind {
      place += 1
      base = .factorial(base)
    }
    guard case .sign("^") = kind else { return base }
    let start = place
    place += 1
    depth += 1
    defer { depth -= 1 }
    guard depth < ExpressionParser.deepest, let exponent = signed() else {
      place = start
      return base
    }
    return .operation("^", base, exponent)
  }

  private mutating func value() -> Expression? {
    guard let kind else { return nil }
    switch kind {
    case .number(let number):
      place += 1
      return counted(number)
    case .open:
      let start = place
      place += 1
      guard let inner = sum(), case .close? = self.kind else {
        place = start
        return nil
      }
      place += 1
      passUnits()
      return inner
    case .opening(let name):
      let start = place
      place += 1
      guard let inner = sum(), case .closing(name)? = self.kind else {
        place = start
        return nil
      }
      place += 1
      return .applied(name, [inner])
    case .name(let name): return named(name)
    default: return nil
    }
  }

  private mutating func named(_ name: String) -> Expression? {
    let start = place
    let isMath = tokens[place].isMath
    place += 1
    let isFunction = Functions.isKnown(name)
    if case .open? = kind, isFunction || isMath || !tokens[place].isApart {
      place += 1
      var arguments: [Expression] = []
      while let argument = sum() {
        arguments.append(argument)
        guard case .comma? = kind else { break }
        place += 1
      }
      if case .close? = kind, !arguments.isEmpty {
        place += 1
        return .applied(name, arguments)
      }
      place = start + 1
      return isFunction ? nil : .name(name)
    }
    // `ln 2`, `√2`
    if isFunction, let argument = power() { return .applied(name, [argument]) }
    return .name(name)
  }

  /// A number with its percent sign, its factor in words, and the words for what it counts.
  private mutating func counted(_ number: PrintedNumber) -> Expression {
    var number = number
    if case .percent? = kind {
      place += 1
      return .number(number.asPercentage)
    }
    if case .name(let word)? = kind, let factor = ExpressionParser.factors[tokens[place].isApart ? FoldedName.of(word) : word] {
      place += 1
      number = number.scaled(by: factor, "\(number.text) \(word)")
    }
    passUnits()
    return .number(number)
  }

  private static let factors: [String: Double] = [
    "million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9, "milliard": 1e9, "milliards": 1e9, "thousand": 1e3, "mille": 1e3,
    "k": 1e3,
    "K": 1e3, "M": 1e6, "G": 1e9,
  ]

  /// Passes over up to four words of prose when a sign, a result or a closing bracket follows them.
  private mutating func passUnits() {
    var index = place
    var count = 0
    while index < tokens.endIndex, case .name(let word) = tokens[index].kind, !Functions.isKnown(word), count < 4 {
      let folded = FoldedName.of(word)
      let isLink = FoldedName.links.contains(folded) && count > 0
      guard tokens[index].isApart || tokens[index].isMath || isLink,
        isLink || word.count > 2 && word.allSatisfy({ $0.isLetter || $0 == "-" })
      else { break }
      if FoldedName.stops.contains(folded) && !isLink { return }
      index += 1
      count += 1
    }
    guard count > 0 else { return }
    guard index < tokens.endIndex else {
      // The whole of a segment: at its end one word alone names what is counted.
      if count == 1 { place = index }
      return
    }
    switch tokens[index].kind {
    case .sign, .close, .comma: place = index
    default: break
    }
  }
}
