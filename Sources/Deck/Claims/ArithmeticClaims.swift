import Foundation

/// Checks the computations that a passage writes down, from its first line to its last.
///
/// What was computed is remembered with all its digits: a number that repeats an earlier result stands for the exact value, a name for what it
/// was given. A claim is wrong only if no way to read it is right.
struct ArithmeticClaims {
  private struct Result: Hashable {
    var value: Double
    var decimals: Int
  }

  private let file: String
  private(set) var findings: [Finding] = []
  private(set) var confirmed: [DeckCheck.Confirmation] = []
  private var names: [String: [Double]] = [:]
  private var functions: [String: (variable: String, body: Expression)] = [:]
  /// What printed results are exactly, and the line where they stand first.
  private var results: [Result: (exact: Double, line: Int)] = [:]
  private var given: Set<Result> = []
  private let doubt: ClaimDoubt

  /// Reads one passage.
  init(_ passage: Passage, file: String) {
    self.file = file
    let tokens = MathTokenizer.tokens(of: passage.answer)
    let equations = EquationReader.equations(in: tokens)
    let brackets = BracketClaim.claims(in: tokens)
    // Most passages claim nothing.
    doubt = ClaimDoubt(equations.isEmpty && brackets.isEmpty ? Passage() : passage)
    for equation in EquationReader.equations(in: MathTokenizer.tokens(of: passage.question)) { learn(from: equation) }
    for (index, equation) in equations.enumerated() { check(equation, later: equations.dropFirst(index + 1).prefix(6)) }
    for claim in brackets { check(claim) }
  }

  // What is known.

  private var valuation: Valuation {
    Valuation(
      name: { [names] in names[$0] ?? [] },
      number: { [given, results] number in
        number.readings.map { reading in
          let key = Result(value: reading.value, decimals: reading.decimals)
          return number.hasFraction && !given.contains(key) ? results[key]?.exact ?? reading.value : reading.value
        }
      }, function: { [functions] in functions[$0] })
  }

  private mutating func bind(_ name: String, _ values: [Double]) {
    guard let first = values.first else { return }
    // The newest value is the likeliest, but an older one may be meant.
    names[name] = [first] + (names[name] ?? []).filter { abs($0 - first) > 1e-12 }.prefix(3)
  }

  private mutating func learn(from equation: Equation) {
    define(equation)
    guard let name = equation.sides[0].symbol else { return }
    let valuation = valuation
    let values = equation.sides.dropFirst().lazy.map { valuation.values($0.expression) }.first { !$0.isEmpty }
    if let values { bind(name, values) }
    if equation.sides.count == 2, let printed = equation.sides[1].printed { note(given: printed) }
  }

  private mutating func note(given number: PrintedNumber) {
    for reading in number.readings { given.insert(Result(value: abs(reading.value), decimals: reading.decimals)) }
  }

  /// `f(z) = 1 / (1 + e^-z)` makes f a function.
  private mutating func define(_ equation: Equation) {
    guard case .applied(let name, let arguments) = equation.sides[0].expression, arguments.count == 1,
      case .name(let variable) = arguments[0],
      let body = equation.sides.dropFirst().last(where: { $0.expression.names.contains(variable) })?.expression, !body.names.contains(name)
    else { return }
    var trial = Valuation()
    trial.function = { [functions] in functions[$0] }
    trial.name = { $0 == variable ? [0.5] : [] }
    if !trial.values(body).isEmpty { functions[name] = (variable, body) }
  }

  // What is checked.

  private mutating func check(_ equation: Equation, later: ArraySlice<Equation>) {
    define(equation)
    let sides = equation.sides
    var values = sides.map { valuation.values($0.expression) }
    let name = sides[0].symbol
    if name != nil { values[0] = [] }
    let computed = sides.indices.filter {
      sides[$0].expression.hasOperation && !values[$0].isEmpty && !(sides[$0].isSize && sides.count > 2)
    }
    let isDoubtful = doubt.covers(sides[0]) || redefines(later, sides)
    var exact: [Double] = computed.first { sides[$0].expression.names.isEmpty || isNumeric(sides[$0].expression) }.map { values[$0] } ?? []
    if exact.isEmpty, let first = computed.first { exact = values[first] }
    var isWrong = false
    for index in sides.indices {
      guard let printed = sides[index].printed, let source = source(of: index, computed, sides) else { continue }
      let readings = values[source] + exact
      let isRough = sides[index].relation == .relation("≈") || sides[index].relation == .relation("~")
      if readings.contains(where: { printed.says($0, isRough: isRough) }) || isWhole(printed, sides[source], near: sides[index]) {
        if !isDoubtful { confirm(sides[source], printed, sides[index].line) }
        remember(printed, readings.first { printed.says($0, isRough: isRough) } ?? printed.value, sides[index].line)
      } else {
        let isRepeated = isWrong && sides[..<index].contains { $0.printed?.value == printed.value }
        if !isDoubtful, !isRepeated, sides[index].relation != .relation("~"),
          ClaimDoubt.isPlain(sides[source], printed: sides[index])
        {
          isWrong = true
          find(sides, source, index, values[source][0])
        }
        remember(printed, values[source][0], sides[index].line)
      }
    }
    if !isWrong, !isDoubtful { checkSteps(sides, values, computed) }
    guard let name else { return }
    if exact.isEmpty, let printed = sides.dropFirst().lazy.compactMap(\.printed).first {
      exact = valuation.values(.number(printed))
      if sides.count == 2, results[Result(value: abs(printed.value), decimals: printed.readings[0].decimals)] == nil {
        note(given: printed)
      }
    }
    if !(sides.count == 2 && sides[1].isSize) { bind(name, Array(exact.prefix(1))) }
  }

  /// The side that a printed number is the result of: the nearest computation before it, else the one behind it.
  private func source(of index: Int, _ computed: [Int], _ sides: [EquationSide]) -> Int? {
    if let before = computed.last(where: { $0 < index && isNumeric(sides[$0].expression) }) { return before }
    // `0.9^n = 0.1` is to be solved for n; `y = 0.9^n = 0.1` says what y is.
    if sides[0].symbol != nil, let before = computed.last(where: { $0 < index }) { return before }
    // `24 = 8 + 8 x 2`
    guard index == 0, computed.first == 1, isNumeric(sides[1].expression) else { return nil }
    return 1
  }

  /// Whether nothing but numbers, constants and functions stands in it.
  private func isNumeric(_ expression: Expression) -> Bool {
    expression.names.allSatisfy { Functions.isKnown($0) || functions[$0] != nil || ($0 == "π" || $0 == "e") && names[$0] == nil }
  }

  /// Names that the rest of the line gives other values: "2 n + 1 = 9 when n = 4".
  private func redefines(_ later: ArraySlice<Equation>, _ sides: [EquationSide]) -> Bool {
    let used = sides.reduce(into: Set<String>()) { $0.formUnion($1.expression.names) }.filter { !Functions.isKnown($0) }
    guard !used.isEmpty else { return false }
    return later.contains { $0.sides[0].line == sides[0].line && ($0.sides[0].symbol.map(used.contains) ?? false) }
  }

  /// A number of whole things taken from a quotient: rounded up or down where the line speaks of what is whole.
  private func isWhole(_ printed: PrintedNumber, _ side: EquationSide, near: EquationSide) -> Bool {
    guard !printed.hasFraction, side.expression.names.isEmpty,
      side.expression.contains({ if case .operation("/", _, _) = $0 { true } else { false } })
    else { return false }
    var valuation = valuation
    for rule in [FloatingPointRoundingRule.down, .up] {
      valuation.quotient = { ($0 / $1).rounded(rule) }
      let values = valuation.values(side.expression)
      if values.contains(where: { printed.says($0) }),
        rule == .down ? isWindow(side.expression) || doubt.isOfWholes(near.line) : doubt.isOfWholes(near.line)
      {
        return true
      }
    }
    return false
  }

  /// `(n - k) / s + 1`, where the quotient is rounded down.
  private func isWindow(_ expression: Expression) -> Bool {
    guard case .operation("+", .operation("/", .operation, _), .number(let one)) = expression else {
      if case .operation("+", .number(let one), .operation("/", .operation, _)) = expression { return one.value == 1 }
      return false
    }
    return one.value == 1
  }

  /// Compares the computations of a chain with one another, as far as the digits in them allow.
  private mutating func checkSteps(_ sides: [EquationSide], _ values: [[Double]], _ computed: [Int]) {
    let numeric = computed.filter { isNumeric(sides[$0].expression) && !sides[$0].isSize && !sides[$0].isTight }
    for (first, second) in zip(numeric, numeric.dropFirst()) {
      let (a, b) = (sides[first], sides[second])
      guard sides[first + 1...second].allSatisfy({ $0.relation == .relation("=") || $0.relation == .relation("≈") }) else { continue }
      // `2 + 3 = 5 + 4 = 9` goes on from its result.
      if let start = b.expression.numbers.first, values[first].contains(where: { start.says($0) }) { continue }
      let slack = valuation.slack(a.expression) + valuation.slack(b.expression)
      let isRight = values[first].contains { x in values[second].contains { abs(x - $0) <= slack * 1.01 + 1e-9 * max(abs(x), abs($0)) } }
      guard !isRight, ClaimDoubt.isPlain(a, printed: b), !sides[first + 1...second].contains(where: { $0.relation == .relation("≈") })
      else { continue }
      let right = "\(ExactNumber.text(values[first][0])), not \(ExactNumber.text(values[second][0]))"
      findings.append(Finding(.arithmetic, file: file, line: b.line, "`\(a.text) = \(b.text)`", right: right))
      return
    }
  }

  private mutating func remember(_ printed: PrintedNumber, _ exact: Double, _ line: Int) {
    guard printed.hasFraction, printed.significantDigits > 1, let reading = printed.readings.first(where: { $0.decimals > 1 }) else {
      return
    }
    let key = Result(value: abs(reading.value), decimals: reading.decimals)
    if results[key] == nil, abs(abs(exact) - abs(reading.value)) <= reading.half * 4 { results[key] = (abs(exact), line) }
  }

  private mutating func confirm(_ side: EquationSide, _ printed: PrintedNumber, _ line: Int) {
    guard isNumeric(side.expression) else { return }
    confirmed.append(DeckCheck.Confirmation(file: file, line: line, says: "\(side.text) = \(printed.text)"))
  }

  private mutating func find(_ sides: [EquationSide], _ source: Int, _ index: Int, _ exact: Double) {
    let (side, printed) = (sides[source], sides[index])
    guard let number = printed.printed else { return }
    let text = source < index ? "\(side.text) = \(number.text)" : "\(number.text) = \(side.text)"
    var right = ExactNumber.text(exact, like: number)
    // Where a digit of the computation stands for more of them, say so.
    let stands = side.expression.numbers.compactMap { number -> String? in
      guard number.hasFraction, let reading = number.readings.first(where: { $0.decimals > 0 }) else { return nil }
      let key = Result(value: reading.value, decimals: reading.decimals)
      guard !given.contains(key), let (exact, line) = results[key], abs(exact - reading.value) > 1e-9 * max(abs(exact), 1) else {
        return nil
      }
      return "\(number.text) is \(ExactNumber.text(exact)) (line \(line))"
    }
    if let first = stands.first { right += "; \(first)" + stands.dropFirst().filter { $0 != first }.prefix(2).map { ", " + $0 }.joined() }
    findings.append(Finding(.arithmetic, file: file, line: printed.line, "`\(text)`", right: right))
  }

  private mutating func check(_ claim: BracketClaim) {
    let values = valuation.values(claim.expression)
    guard !values.isEmpty, isNumeric(claim.expression), !doubt.covers(claim.side) else { return }
    if values.contains(where: { claim.number.says($0) }) || isWhole(claim.number, claim.side, near: claim.side) {
      confirmed.append(DeckCheck.Confirmation(file: file, line: claim.line, says: "\(claim.side.text) = \(claim.number.text)"))
    } else if claim.isCount, ClaimDoubt.isPlain(claim.side, printed: claim.side) {
      let right = ExactNumber.text(values[0], like: claim.number)
      findings.append(Finding(.arithmetic, file: file, line: claim.line, "`\(claim.number.text) (\(claim.side.text))`", right: right))
    }
  }
}

/// Exact values in the digits that a reader wants.
public enum ExactNumber {
  /// A value with up to six significant digits.
  static func text(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return grouped(Int(value)) }
    return String(format: "%.6g", value)
  }

  /// A value in the form of a number that is printed: with as many decimals, and exactly where those hide something.
  static func text(_ value: Double, like number: PrintedNumber) -> String {
    let reading = number.readings.min { abs($0.value - value) < abs($1.value - value) } ?? number.readings[0]
    let exact = text(value)
    guard reading.decimals > 0, reading.decimals < 12 else { return exact }
    let rounded = String(format: "%.\(reading.decimals)f", value)
    return Double(rounded) == Double(exact) ? exact : "\(rounded) (\(exact))"
  }

  /// A whole number with commas between its thousands.
  public static func grouped(_ value: Int) -> String {
    var digits = String(abs(value))
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (value < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }
}
