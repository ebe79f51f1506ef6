import Language

/// Reads formulas from a text, one after the other: `x1*x2 sin(x1)` are two.
struct FormulaParser {
  private enum Token: Equatable {
    case number(Double)
    case name(String, isQuoted: Bool)
    case symbol(Character)
  }

  private let names: [String]
  private var tokens: [(token: Token, text: String)] = []
  private var place = 0
  /// Parentheses within parentheses; a limit keeps a text of a million of them from exhausting the stack.
  private var depth = 0
  private static let deepest = 100

  /// The formulas of a text over columns of these names.
  ///
  /// Throws a `Complaint` when it cannot be read, names a column that is not there, or uses none.
  static func formulas(_ text: String, columns names: [String]) throws -> [ColumnFormula] {
    var parser = try FormulaParser(text, names)
    var formulas: [ColumnFormula] = []
    while parser.place < parser.tokens.count {
      let start = parser.place
      let formula = ColumnFormula(try parser.sum(), names: names)
      guard !formula.columns.isEmpty else { throw Complaint.formulaOfNothing(parser.text(from: start), names: names) }
      formulas.append(formula)
    }
    guard !formulas.isEmpty else { throw Complaint.formulaEnds("") }
    return formulas
  }

  /// A column's name as a formula holds it.
  static func quoted(_ name: String) -> String {
    let isPlain = name.first?.isNumber == false && name.allSatisfy(isOfName) && FormulaFunction(rawValue: name) == nil
    return isPlain ? name : "`\(name)`"
  }

  private static func isOfName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "."
  }

  private init(_ text: String, _ names: [String]) throws {
    self.names = names
    let characters = Array(text)
    var i = 0
    while i < characters.count {
      let start = i
      let character = characters[i]
      func rest(while holds: (Character) -> Bool) -> String {
        while i < characters.count && holds(characters[i]) { i += 1 }
        return String(characters[start..<i])
      }
      if character.isWhitespace {
        i += 1
      } else if character == "`" {
        i += 1
        let name = String(rest { $0 != "`" }.dropFirst())
        guard i < characters.count else { throw Complaint.formulaQuote(name) }
        i += 1
        tokens.append((.name(name, isQuoted: true), "`\(name)`"))
      } else if character.isASCII && (character.isNumber || character == ".") {
        let digits = rest { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let value = decimal(digits) else { throw Complaint.formulaNumber(digits) }
        tokens.append((.number(value), digits))
      } else if FormulaParser.isOfName(character) {
        let name = rest(while: FormulaParser.isOfName)
        tokens.append((.name(name, isQuoted: false), name))
      } else if "+-*/^()".contains(character) {
        i += 1
        tokens.append((.symbol(character), String(character)))
      } else {
        throw Complaint.formulaCharacter(character)
      }
    }
  }

  private func text(from start: Int) -> String { tokens[start..<place].map(\.text).joined() }

  private mutating func take(_ symbols: String) -> Character? {
    guard place < tokens.count, case .symbol(let symbol) = tokens[place].token, symbols.contains(symbol) else { return nil }
    place += 1
    return symbol
  }

  private mutating func sum() throws -> ColumnFormula.Node {
    var left = try product()
    while let symbol = take("+-") {
      let right = try product()
      left = symbol == "+" ? .sum(left, right) : .difference(left, right)
    }
    return left
  }

  private mutating func product() throws -> ColumnFormula.Node {
    var left = try power()
    while let symbol = take("*/") {
      let right = try power()
      left = symbol == "*" ? .product(left, right) : .ratio(left, right)
    }
    return left
  }

  private mutating func power() throws -> ColumnFormula.Node {
    depth += 1
    defer { depth -= 1 }
    guard depth < FormulaParser.deepest else { throw Complaint.formulaTooDeep() }
    if take("-") != nil { return .negated(try power()) }
    let base = try value()
    guard take("^") != nil else { return base }
    let sign: Double = take("-") == nil ? 1 : -1
    guard place < tokens.count, case .number(let exponent) = tokens[place].token else { throw Complaint.formulaExponent(text(from: 0)) }
    place += 1
    return .power(base, sign * exponent)
  }

  private mutating func value() throws -> ColumnFormula.Node {
    guard place < tokens.count else { throw Complaint.formulaEnds(text(from: 0)) }
    let (token, text) = tokens[place]
    place += 1
    switch token {
    case .number(let value): return .number(value)
    case .symbol("("): return try inner()
    case .symbol: throw Complaint.formulaSymbol(text, after: self.text(from: 0))
    case .name(let name, let isQuoted):
      if !isQuoted, take("(") != nil {
        guard let function = FormulaFunction(rawValue: name) else { throw Complaint.formulaFunction(name) }
        return .call(function, try inner())
      }
      guard let column = names.firstIndex(of: name) else { throw Complaint.formulaColumn(name, names: names) }
      return .column(column)
    }
  }

  private mutating func inner() throws -> ColumnFormula.Node {
    let node = try sum()
    guard take(")") != nil else { throw Complaint.formulaParenthesis(text(from: 0)) }
    return node
  }
}
