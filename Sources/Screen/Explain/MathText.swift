/// A formula on one line, in Unicode or in ASCII.
enum MathText {
  static func line(_ latex: String, on canvas: Canvas) -> String {
    let line = Formula(latex).line
    return canvas.repertoire == .unicode ? line : ascii(line)
  }

  /// Words that may hold a sign of mathematics.
  static func plain(_ text: String, on canvas: Canvas) -> String { canvas.repertoire == .unicode ? text : ascii(text) }

  /// The line in ASCII: `dJ/dw_1 = sum x * W_1`.
  static func ascii(_ line: String) -> String {
    var result = ""
    var script: Character?
    for character in line {
      if let (plain, mark) = small[character] {
        // A run of small characters shares one mark: `W_12`.
        if script != mark { result.append(mark) }
        result += plain
        script = mark
        continue
      }
      // A letter after a small character would be read as one too.
      if script != nil, character.isLetter || names[character]?.first?.isLetter == true { result += " " }
      script = nil
      if let words = names[character] {
        // A name does not run into a letter before it.
        if words.first?.isLetter == true, words.count > 1, result.last?.isLetter == true { result += " " }
        result += words
      } else if character.isASCII {
        result.append(character)
      } else {
        result += character.unicodeScalars.map { scalar in
          scalar.isASCII ? String(Character(scalar)) : marks[scalar] ?? "?"
        }.joined()
      }
    }
    return result
  }

  private static let small: [Character: (String, Character)] = {
    var table: [Character: (String, Character)] = [:]
    for (plain, raised) in MathSymbols.superscripts { table[raised] = (names[plain] ?? String(plain), "^") }
    for (plain, lowered) in MathSymbols.subscripts { table[lowered] = (names[plain] ?? String(plain), "_") }
    table["′"] = nil
    table["*"] = nil
    return table
  }()

  private static let marks: [Unicode.Scalar: String] = ["\u{302}": "^", "\u{304}": "~"]

  private static let names: [Character: String] = [
    "∂": "d", "·": "*", "×": "x", "−": "-", "∑": "sum", "∏": "prod", "√": "sqrt", "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4",
    "¾": "3/4",
    "←": "<-", "→": "->", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "±": "+-", "…": "...", "′": "'", "∞": "inf", "∈": "in", "‖": "||",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "η": "eta", "θ": "theta", "λ": "lambda", "μ": "mu", "π": "pi",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "Φ": "Phi", "Δ": "step", "Σ": "sum", "∇": "grad", "⌊": "floor(", "⌋": ")",
    "⌈": "ceil(", "⌉": ")", "⊤": "T",
  ]
}
