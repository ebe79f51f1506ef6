import Foundation

/// The commands of LaTeX: a backslash and a name.
extension MathParser {
  /// Reads the command that starts here; nil for one that shows nothing.
  mutating func command() -> MathNode? {
    rest.removeFirst()
    guard let first = rest.first else { return .atom("\\") }
    let name: String
    if first.isASCIILetter {
      name = String(rest.prefix { $0.isASCIILetter })
      rest = rest.dropFirst(name.count)
      if rest.first == "*" { rest.removeFirst() }
    } else {
      name = String(first)
      rest.removeFirst()
    }
    if name == "\\" {
      skipLength()
      return .lineBreak
    }
    if let room = MathSymbols.spaces[name] {
      if name == "hspace" || name == "mspace" { _ = rawGroup() }
      return room == 0 ? nil : .space(room)
    }
    if let symbol = MathSymbols.relations[name] { return .infix(symbol, isRelation: true) }
    if let symbol = MathSymbols.infixes[name] { return .infix(symbol, isRelation: false) }
    if let symbol = MathSymbols.large[name] { return .large(symbol) }
    if let symbol = MathSymbols.integrals[name] ?? MathSymbols.atoms[name] { return .atom(symbol) }
    if MathSymbols.functions.contains(name) { return .function(name) }
    if MathSymbols.upright.contains(name) { return upright(name) }
    if depth > Self.deepest { return .text(name) }
    return structure(name)
  }

  private mutating func upright(_ name: String) -> MathNode {
    let text = rawGroup()
    guard name.hasPrefix("text") || name == "mbox" || name == "hbox" else {
      let inner = MathParser.parse(text)
      let letters = inner.parts.compactMap { if case .atom(let letter) = $0 { letter } else { nil } }
      let word = letters.joined()
      guard letters.count == inner.parts.count, word.count > 1, word.allSatisfy({ $0.isLetter || $0.isNumber }) else { return inner }
      if name == "operatorname" || name == "mathop" { return MathSymbols.large[word].map { .large($0) } ?? .function(word) }
      return .text(word)
    }
    // Formulas inside of words, and escaped characters.
    return .text(words(text))
  }

  /// The words of a `\text{...}`: formulas inside of it on a line, commands by their arguments.
  private func words(_ text: String) -> String {
    var words = ""
    var rest = text[...]
    while let next = rest.popFirst() {
      switch next {
      case "$":
        let formula = rest.prefix { $0 != "$" }
        rest = rest.dropFirst(formula.count + 1)
        words += depth > Self.deepest ? String(formula) : MathSetter(repertoire: .unicode).line(MathParser.parse(String(formula)))
      case "\\":
        let name = rest.prefix { $0.isASCIILetter }
        rest = rest.dropFirst(name.count)
        if name.isEmpty, let escaped = rest.popFirst() { words += ",;:! ".contains(escaped) ? " " : String(escaped) }
        if rest.first != "{" { words += name }
      case "{", "}": break
      case "~": words += " "
      default: words.append(next)
      }
    }
    return words
  }

  /// The room that may stand after the end of a line, `[4pt]`.
  mutating func skipLength() {
    let bracket = rest.drop(while: \.isWhitespace)
    guard bracket.first == "[", let first = bracket.dropFirst().first, first.isNumber || first == "-" || first == "." else { return }
    let length = bracket.prefix { $0 != "]" }
    guard length.last?.isASCIILetter == true, length.count < 12 else { return }
    rest = bracket[length.endIndex...].dropFirst()
  }

  /// The argument in square brackets that a command may have.
  private mutating func option() -> MathNode? {
    skipBlanks()
    guard rest.first == "[" else { return nil }
    rest.removeFirst()
    let node = row(until: [.bracket])
    if rest.first == "]" { rest.removeFirst() }
    return node
  }

  /// Commands with arguments.
  private mutating func structure(_ name: String) -> MathNode? {
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac":
      let upper = argument()
      return .fraction(upper, argument())
    case "binom", "dbinom", "tbinom":
      let upper = argument()
      return .grid([[upper], [argument()]], open: "(", close: ")", .matrix)
    case "sqrt":
      let index = option()
      return .root(argument(), index: index)
    case "left": return sized()
    case "begin": return environment()
    case "end", "label", "tag", "color":
      let text = rawGroup()
      return name == "tag" ? .text("  (\(text))") : nil
    case "not":
      let next = argument()
      guard case .infix(let sign, let isRelation) = next else { return .row([.atom("¬")] + next.parts) }
      return .infix((sign + "\u{338}").precomposedStringWithCanonicalMapping, isRelation: isRelation)
    case "stackrel", "overset", "underset":
      let mark = argument()
      let base = argument()
      return .stacked(base, below: name == "underset" ? mark : nil, above: name == "underset" ? nil : mark)
    case "xrightarrow", "xleftarrow":
      let below = option()
      return .stacked(.infix(name == "xrightarrow" ? "→" : "←", isRelation: true), below: below, above: argument())
    case "underbrace", "overbrace": return .braced(argument(), isOver: name == "overbrace")
    case "substack":
      let lines = argument()
      return .grid(lines.parts.split(separator: .lineBreak).map { [.row(Array($0))] }, open: "", close: "", .matrix)
    case "pmod": return .fenced(open: "(", .row([.text("mod"), .space(1), argument()]), close: ")")
    case "phantom", "hphantom", "vphantom", "vspace":
      _ = rawGroup()
      return nil
    case "textcolor":
      _ = rawGroup()
      return argument()
    default: break
    }
    if let (mark, kind) = MathSymbols.accents[name] { return .accented(argument(), mark: mark, name: kind) }
    if MathSymbols.transparent.contains(name) { return argument() }
    if let letters = MathSymbols.alphabets[name] {
      let text = rawGroup()
      return text.count == 1 ? .atom(letters[text] ?? text) : .text(text)
    }
    if MathSymbols.ignored.contains(name) { return nil }
    if let bracket = MathSymbols.brackets[name] { return .atom(bracket) }
    return .text(name)
  }

  /// `\left( ... \right)`.
  private mutating func sized() -> MathNode {
    let open = delimiter()
    let body = row(until: [.right])
    guard startsCommand("right") else { return .row([.atom(open), body]) }
    rest = rest.dropFirst(6)
    return .fenced(open: open, body, close: delimiter())
  }

  private mutating func delimiter() -> String {
    skipBlanks()
    guard let first = rest.popFirst() else { return "" }
    guard first == "\\" else { return first == "." ? "" : String(first) }
    let name = rest.first?.isASCIILetter == true ? String(rest.prefix { $0.isASCIILetter }) : String(rest.prefix(1))
    rest = rest.dropFirst(name.count)
    return MathSymbols.brackets[name] ?? name
  }

  /// `\begin{pmatrix} a & b \\ c & d \end{pmatrix}`.
  private mutating func environment() -> MathNode {
    let name = rawGroup()
    if name == "array" || name == "alignedat" { _ = rawGroup() }
    var rows: [[MathNode]] = [[]]
    while !rest.isEmpty {
      rows[rows.count - 1].append(row(until: [.cell]))
      if rest.first == "&" {
        rest.removeFirst()
      } else if rest.hasPrefix("\\\\") {
        rest = rest.dropFirst(2)
        skipLength()
        rows.append([])
      } else {
        break
      }
    }
    if startsCommand("end") {
      rest = rest.dropFirst(4)
      _ = rawGroup()
    } else if rest.first == "}" {
      rest.removeFirst()
    }
    if let last = rows.last, last.allSatisfy(\.isEmpty) { rows.removeLast() }
    switch name.replacing("*", with: "") {
    case "pmatrix": return .grid(rows, open: "(", close: ")", .matrix)
    case "bmatrix": return .grid(rows, open: "[", close: "]", .matrix)
    case "Bmatrix": return .grid(rows, open: "{", close: "}", .matrix)
    case "vmatrix": return .grid(rows, open: "|", close: "|", .matrix)
    case "Vmatrix": return .grid(rows, open: "‖", close: "‖", .matrix)
    case "cases", "dcases": return .grid(rows, open: "{", close: "", .cases)
    case "rcases": return .grid(rows, open: "", close: "}", .cases)
    case "gather", "gathered", "multline": return .grid(rows, open: "", close: "", rows.count == 1 ? .equations : .cases)
    case "matrix", "array", "smallmatrix": return .grid(rows, open: "", close: "", .matrix)
    default: return .grid(rows, open: "", close: "", .equations)
    }
  }
}
