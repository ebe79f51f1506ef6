/// The smallest part of a formula, as it stands in prose, in code or in LaTeX.
struct MathToken: Sendable, Hashable {
  /// What it is.
  enum Kind: Sendable, Hashable {
    case number(PrintedNumber)
    /// A letter, an identifier, a word, the name of a function; `∂J/∂w` too.
    case name(String)
    /// `+`, `-`, `*`, `/`, `^`, and `%` for the remainder that is left alone.
    case sign(Character)
    case open, close
    /// What rounds or measures what stands between it and its partner: ceil, floor, abs, root.
    case opening(String), closing(String)
    /// `=`, `≈`, `~`, or `←`, which gives a name a new value.
    case relation(Character)
    /// A word that says a result: "gives", "equals", "font".
    case saying
    case percent, factorial
    /// A comma inside of brackets that may part arguments.
    case comma
    /// What ends a formula: a sentence's end, an arrow, a column's edge.
    case end
    /// The end of a line; a formula that goes on with `=` goes over it.
    case lineEnd
  }

  var kind: Kind
  /// The line of the file.
  var line: Int
  /// Whether a blank stands before it.
  var isApart: Bool
  /// Whether it stands in LaTeX.
  var isMath: Bool

  /// The token in plain characters.
  var text: String {
    switch kind {
    case .number(let number): number.text
    case .name(let name): name
    case .sign("*"): "x"
    case .sign(let sign): String(sign)
    case .open: "("
    case .close: ")"
    case .opening(let name): "\(name)("
    case .closing: ")"
    case .relation("≈"): "~"
    case .relation("←"): "<-"
    case .relation(let sign): String(sign)
    case .saying: "="
    case .percent: "%"
    case .factorial: "!"
    case .comma: ","
    case .end, .lineEnd: ";"
    }
  }

  /// Tokens as one line of plain characters.
  static func text(of tokens: some Sequence<MathToken>) -> String {
    var text = ""
    var last: MathToken.Kind?
    var isUnary = false
    for token in tokens {
      var isTight = text.isEmpty
      switch token.kind {
      case .close, .closing, .comma, .factorial, .sign("^"): isTight = true
      case .open: if case .name(let name) = last, Functions.isKnown(name) || token.isMath { isTight = !token.isApart }
      default: break
      }
      switch last {
      case .open, .opening, .sign("^"), nil: isTight = true
      case .sign("-") where isUnary: isTight = true
      default: break
      }
      text += (isTight ? "" : " ") + token.text
      if case .sign = token.kind {
        switch last {
        case .open, .opening, .sign, nil: isUnary = true
        default: isUnary = false
        }
      }
      last = token.kind
    }
    return text
  }

}
