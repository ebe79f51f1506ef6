import Foundation

/// The characters of formulas in ASCII: letters by their names, signs by what one types for them.
enum MathASCII {
  /// A leaf with ASCII characters only.
  static func leaf(_ node: MathNode) -> MathNode {
    switch node {
    case .atom(let text): .atom(self.text(text))
    case .text(let text): .text(self.text(text))
    case .infix(let text, let isRelation): .infix(self.text(text), isRelation: isRelation)
    case .punctuation(let text): .punctuation(self.text(text))
    case .function(let text): .function(self.text(text))
    case .large(let text): .large(self.text(text))
    default: node
    }
  }

  /// A text with ASCII characters only: accents are dropped, and what has no name is a question mark.
  static func text(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    return signs[text] ?? names[text] ?? text.map { character(String($0)) }.joined()
  }

  private static func character(_ text: String) -> String {
    if let sign = signs[text] ?? names[text] { return sign }
    let bare = text.decomposedStringWithCompatibilityMapping.unicodeScalars.filter { $0.properties.generalCategory != .nonspacingMark }
    return bare.map { $0.isASCII ? String(Character($0)) : signs[String(Character($0))] ?? "?" }.joined()
  }

  /// What one types for a sign; all others go by the names of their commands.
  private static let signs: [String: String] = [
    "∂": "d", "∇": "grad", "∞": "inf", "ℓ": "l", "…": "...", "⋯": "...", "⋮": ":", "⋱": "...", "′": "'", "·": "*", "×": "x", "÷": "/",
    "±": "+/-", "∓": "-/+", "−": "-", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~=", "≡": "==", "∼": "~", "≃": "~=", "≅": "~=", "≪": "<<",
    "≫": ">>", "∈": "in", "∉": "not in", "→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "⇐": "<=", "⇔": "<=>", "↦": "|->", "⟶": "-->",
    "⟵": "<--", "⟼": "|-->", "↪": "->", "≔": ":=", "≜": ":=", "≐": ":=", "∥": "||", "‖": "||", "⟨": "<", "⟩": ">", "∘": "o", "°": "deg",
    "⊙": ".*", "⊗": "(x)", "⊕": "(+)", "⊖": "(-)", "∧": "and", "∨": "or", "¬": "not", "∀": "for all", "∃": "there is", "∅": "{}",
    "∑": "sum", "∏": "prod", "∫": "int", "⊤": "T", "⊥": "_|_", "•": "*", "⋆": "*", "✓": "v", "ℝ": "R", "ℕ": "N", "ℤ": "Z", "ℚ": "Q",
    "ℂ": "C", "ℙ": "P", "ℍ": "H", "ℬ": "B", "ℰ": "E", "ℱ": "F", "ℋ": "H", "ℐ": "I", "ℒ": "L", "ℳ": "M", "ℛ": "R", "ı": "i", "ȷ": "j",
    "’": "'", "‘": "'", "“": "\"", "”": "\"", "«": "\"", "»": "\"", "–": "-", "—": "-", "œ": "oe", "Œ": "OE", "æ": "ae", "ß": "ss",
    "\u{A0}": " ", "\u{202F}": " ", "²": "^2", "³": "^3", "½": "1/2", "€": "EUR", "†": "+", "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")",
    "≲": "<~", "≳": ">~", "⟷": "<->", "⟹": "=>", "∣": "|", "ϵ": "epsilon",
  ]

  /// The names of commands by the characters that they stand for.
  private static let names: [String: String] = {
    var names: [String: String] = [:]
    for table in [MathSymbols.atoms, MathSymbols.infixes, MathSymbols.relations, MathSymbols.large, MathSymbols.integrals] {
      for (name, symbol) in table.sorted(by: { ($0.key.count, $0.key) < ($1.key.count, $1.key) }) where names[symbol] == nil {
        names[symbol] = name
      }
    }
    return names
  }()
}
