import Language

/// The wording of complaints about columns that are added or removed.
extension Complaint {
  private static let formulaHint = "such as x1*x2, x1^2, sin(x1), x1/x2; the functions are sin, cos, tanh, abs, sqrt, exp, log"

  static func notATable(_ shape: [Int]) -> Complaint {
    Complaint("columns can be added to a table, not to samples of \(sizeText(shape))", hint: "such as `data moons`")
  }

  static func formulaEnds(_ text: String) -> Complaint { Complaint("the formula ends after `\(text)`", hint: formulaHint) }

  static func formulaQuote(_ name: String) -> Complaint { Complaint("nothing closes the backquote before `\(name)`", hint: "`\(name)`") }

  static func formulaNumber(_ text: String) -> Complaint { Complaint("`\(text)` is not a number", hint: formulaHint) }

  static func formulaCharacter(_ character: Character) -> Complaint {
    Complaint("a formula has no `\(character)`", hint: "a column with such a name stands between backquotes; " + formulaHint)
  }

  static func formulaTooDeep() -> Complaint { Complaint("the formula has too many parentheses within each other", hint: formulaHint) }

  static func formulaExponent(_ text: String) -> Complaint { Complaint("`\(text)` needs a number as its exponent", hint: "such as x1^2") }

  static func formulaSymbol(_ symbol: String, after text: String) -> Complaint {
    Complaint("`\(symbol)` cannot stand there: `\(text)`", hint: formulaHint)
  }

  static func formulaFunction(_ name: String) -> Complaint {
    let names = FormulaFunction.allCases.map(\.rawValue)
    return Complaint("there is no function `\(name)`", hint: NearNames.hint(for: name, among: names) ?? "there is \(listed(names))")
  }

  static func formulaColumn(_ name: String, names: [String]) -> Complaint {
    Complaint("the data have no column `\(name)`", hint: NearNames.hint(for: name, among: names) ?? "there is \(listed(names))")
  }

  static func formulaParenthesis(_ text: String) -> Complaint {
    Complaint("nothing closes a parenthesis of `\(text)`", hint: "end it with )")
  }

  static func formulaOfNothing(_ text: String, names: [String]) -> Complaint {
    Complaint("`\(text)` uses no column", hint: "there is \(listed(names))")
  }

  static func formulaNotFinite(_ text: String, row: Int, values: [(name: String, value: Float)]) -> Complaint {
    let known = values.map { "\($0.name) = \(numberText($0.value))" }.joined(separator: ", ")
    return Complaint("`\(text)` is not a finite number in row \(grouped(row)), where \(known)", hint: "another formula is needed")
  }

  static func columnIsThere(_ name: String) -> Complaint {
    Complaint("the data have a column `\(name)` already", hint: "`data describe` lists them")
  }

  static func lastColumn(_ name: String) -> Complaint {
    Complaint("without `\(name)` no column would be left", hint: "add another one first")
  }

  static func columnsChanged(_ names: [String], were: [String]) -> Complaint {
    Complaint("the data now have the columns \(listed(names))", hint: "the formulas were written for \(listed(were))")
  }

  static func tooManyColumns(_ count: Int, rows: Int, most: Int) -> Complaint {
    Complaint("\(grouped(rows)) rows of \(grouped(count)) columns are too many", hint: "at most \(grouped(most)) numbers in all")
  }
}
