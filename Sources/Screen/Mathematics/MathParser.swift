/// Reads a formula in the part of LaTeX that decks use.
///
/// Whatever it does not know is kept readable: an unknown command becomes its name, a missing bracket ends where the formula ends. It
/// never fails, and a formula nested deeper than `deepest` is shown as its own source from there on.
struct MathParser {
  private var rest: Substring
  private var depth = 0
  private static let deepest = 40

  /// The tree of a formula written in LaTeX.
  static func parse(_ source: String) -> MathNode {
    var parser = MathParser(rest: source[...])
    var nodes: [MathNode] = []
    while !parser.rest.isEmpty {
      nodes += parser.row(until: []).parts
      // A closing bracket that nothing opened.
      if let stray = parser.rest.popFirst(), stray != "}" { nodes.append(.atom(String(stray))) }
    }
    return .row(nodes)
  }

  /// What ends a row.
  private enum End { case brace, bracket, parenthesis, right, cell }

  private init(rest: Substring) { self.rest = rest }

  private mutating func row(until ends: [End]) -> MathNode {
    var nodes: [MathNode] = []
    depth += 1
    defer { depth -= 1 }
    while let next = rest.first {
      if next == "}" || (next == "]" && ends.contains(.bracket)) || (next == ")" && ends.contains(.parenthesis)) { break }
      if ends.contains(.right), startsCommand("right") { break }
      if ends.contains(.cell), next == "&" || rest.hasPrefix("\\\\") || startsCommand("end") { break }
      if let node = atom() { nodes.append(scripted(node)) }
    }
    return nodes.count == 1 ? nodes[0] : .row(nodes)
  }

  /// Whether the rest starts with `\name` and no further letter.
  private func startsCommand(_ name: String) -> Bool {
    guard rest.hasPrefix("\\" + name) else { return false }
    return rest.dropFirst(name.count + 1).first.map { !$0.isASCIILetter } ?? true
  }

  /// The sub- and superscripts after a thing.
  private mutating func scripted(_ base: MathNode) -> MathNode {
    var lower: MathNode?
    var upper: MathNode?
    while true {
      let saved = rest
      skipBlanks()
      if rest.first == "_", lower == nil {
        rest.removeFirst()
        lower = argument()
      } else if rest.first == "^", upper == nil {
        rest.removeFirst()
        upper = argument()
      } else if rest.first == "'" {
        let primes = rest.prefix { $0 == "'" }.count
        rest.removeFirst(primes)
        upper = .row((upper?.parts ?? []) + [.atom(String(repeating: "′", count: primes))])
      } else if startsCommand("limits") || startsCommand("nolimits") {
        rest = rest.dropFirst(startsCommand("limits") ? 7 : 9)
      } else {
        rest = saved
        break
      }
    }
    return lower == nil && upper == nil ? base : .script(base, lower: lower, upper: upper)
  }

  private mutating func skipBlanks() { rest = rest.drop(while: \.isWhitespace) }

  /// The argument of a command: a group in braces, else the next thing.
  private mutating func argument() -> MathNode {
    skipBlanks()
    guard let next = rest.first else { return .row([]) }
    if next == "{" { return group() }
    if next.isNumber || next.isLetter {
      rest.removeFirst()
      return .atom(String(next))
    }
    return atom() ?? .row([])
  }

  private mutating func group() -> MathNode {
    guard rest.first == "{" else { return .row([]) }
    if depth > Self.deepest { return .text(rawGroup()) }
    rest.removeFirst()
    let node = row(until: [.brace])
    if rest.first == "}" { rest.removeFirst() }
    return node
  }

  /// The characters between braces as they are.
  private mutating func rawGroup() -> String {
    skipBlanks()
    guard rest.first == "{" else { return rest.popFirst().map(String.init) ?? "" }
    rest.removeFirst()
    var open = 1
    var text = ""
    while let next = rest.popFirst() {
      if next == "{" { open += 1 } else if next == "}" { open -= 1 }
      if open == 0 { break }
      text.append(next)
    }
    return text
  }

  /// The next thing without its scripts; nil for a blank.
  private mutating func atom() -> MathNode? {
    guard let next = rest.first else { return nil }
    switch next {
    case "\\": return command()
    case "{": return group()
    case "(", "[":
      guard depth <= Self.deepest else { break }
      return fenced(next)
    case "_", "^": return .row([])
    case "'":
      rest.removeFirst()
      return .atom("′")
    case _ where next.isNumber:
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      rest = rest[digits.endIndex...]
      return .atom(String(digits))
    default: break
    }
    rest.removeFirst()
    switch next {
    case "=", "<", ">", "≤", "≥", "≈", "≠", "→", "←", "∈": return .infix(String(next), isRelation: true)
    case ":": return .infix(":", isRelation: true)
    case "-": return .infix("−", isRelation: false)
    case "+", "*", "−", "±", "·", "×": return .infix(String(next), isRelation: false)
    case ",", ";": return .punctuation(String(next))
    case "~": return .space(1)
    case "&": return .space(1)
    case _ where next.isWhitespace: return nil
    default: return .atom(String(next))
    }
  }

  /// `( ... )` with its partner, or the bracket alone when the group ends before one.
  private mutating func fenced(_ open: Character) -> MathNode {
    rest.removeFirst()
    let body = row(until: open == "(" ? [.parenthesis, .right, .cell] : [.bracket, .right, .cell])
    // No partner, as in half-open intervals: the bracket stays as it was typed. Going back would take exponential time.
    guard rest.first == (open == "(" ? ")" : "]") else { return .row([.atom(String(open))] + body.parts) }
    let close = String(rest.removeFirst())
    return .fenced(open: String(open), body, close: close)
  }
}

extension MathParser {
  private mutating func command() -> MathNode? {
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
    if name == "\\" { return .lineBreak }
    if let room = MathSymbols.spaces[name] {
      if name == "hspace" { _ = rawGroup() }
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
      let isName = letters.count == inner.parts.count && letters.count > 1
      return isName && name == "operatorname" ? .function(letters.joined()) : isName ? .text(letters.joined()) : inner
    }
    // Formulas inside of words, and escaped characters.
    return .text(text.replacing("\\_", with: "_").replacing("$", with: "").replacing("\\", with: ""))
  }

  /// Commands with arguments.
  private mutating func structure(_ name: String) -> MathNode? {
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac":
      let upper = argument()
      return .fraction(upper, argument())
    case "binom":
      let upper = argument()
      return .grid([[upper], [argument()]], open: "(", close: ")", .matrix)
    case "sqrt":
      skipBlanks()
      var index: MathNode?
      if rest.first == "[" {
        rest.removeFirst()
        index = row(until: [.bracket])
        if rest.first == "]" { rest.removeFirst() }
      }
      return .root(argument(), index: index)
    case "left": return sized()
    case "begin": return environment()
    case "end", "label", "tag", "color":
      let text = rawGroup()
      return name == "tag" ? .text("  (\(text))") : nil
    case "not":
      let next = argument()
      return .accented(next, mark: "\u{338}", name: "not")
    case "stackrel", "overset", "underset":
      let over = argument()
      let base = argument()
      return name == "underset" ? .script(base, lower: over, upper: nil) : .script(base, lower: nil, upper: over)
    default: break
    }
    if let mark = MathSymbols.accents[name] { return .accented(argument(), mark: mark, name: name) }
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
    if name == "array" { _ = rawGroup() }
    var rows: [[MathNode]] = [[]]
    while !rest.isEmpty {
      rows[rows.count - 1].append(row(until: [.cell]))
      if rest.first == "&" {
        rest.removeFirst()
      } else if rest.hasPrefix("\\\\") {
        rest = rest.dropFirst(2)
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
    case "cases": return .grid(rows, open: "{", close: "", .cases)
    case "matrix", "array", "smallmatrix": return .grid(rows, open: "", close: "", .matrix)
    default: return .grid(rows, open: "", close: "", .equations)
    }
  }
}

extension Character {
  fileprivate var isASCIILetter: Bool { isASCII && isLetter }
}
