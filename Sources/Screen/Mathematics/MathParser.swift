/// Reads a formula in the part of LaTeX that decks use.
///
/// Whatever it does not know is kept readable: an unknown command becomes its name, a missing bracket ends where the formula ends. It
/// never fails, and a formula nested deeper than `deepest` is shown as its own source from there on.
struct MathParser {
  var rest: Substring
  var depth = 0
  static let deepest = 40

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

  /// Commands that stand between what they join, all of the row on either side.
  private static let between = ["over", "choose", "atop"]

  /// What ends a row.
  enum End { case brace, bracket, parenthesis, right, cell }

  private init(rest: Substring) { self.rest = rest }

  mutating func row(until ends: [End]) -> MathNode {
    var nodes: [MathNode] = []
    depth += 1
    defer { depth -= 1 }
    while let next = rest.first {
      if next == "}" || (next == "]" && ends.contains(.bracket)) || (next == ")" && ends.contains(.parenthesis)) { break }
      if ends.contains(.right), startsCommand("right") { break }
      if ends.contains(.cell), next == "&" || rest.hasPrefix("\\\\") || startsCommand("end") { break }
      if let name = Self.between.first(where: startsCommand) {
        rest = rest.dropFirst(name.count + 1)
        nodes = MathPairs.paired(nodes)
        let upper = nodes.count == 1 ? nodes[0] : .row(nodes), lower = row(until: ends)
        if name == "over" { return .fraction(upper, lower) }
        return .grid([[upper], [lower]], open: name == "choose" ? "(" : "", close: name == "choose" ? ")" : "", .matrix)
      }
      if let node = atom() { nodes += scripted(node).parts }
    }
    nodes = MathPairs.paired(nodes)
    return nodes.count == 1 ? nodes[0] : .row(nodes)
  }

  /// Whether the rest starts with `\name` and no further letter.
  func startsCommand(_ name: String) -> Bool {
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
      } else if rest.first == "'" || rest.first == "’" {
        let primes = rest.prefix { $0 == "'" || $0 == "’" }.count
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

  mutating func skipBlanks() { rest = rest.drop(while: \.isWhitespace) }

  /// The argument of a command: a group in braces, else the next thing.
  mutating func argument() -> MathNode {
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
    // Braces around a sign take its room away: `1{,}000`.
    switch node {
    case .punctuation(let text), .infix(let text, _): return .atom(text)
    default: return node
    }
  }

  /// The characters between braces as they are.
  mutating func rawGroup() -> String {
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
    for (typed, sign) in MathSymbols.typed where rest.hasPrefix(typed) {
      rest = rest.dropFirst(typed.count)
      return .infix(sign, isRelation: true)
    }
    rest.removeFirst()
    switch next {
    case "=", "<", ">", "≤", "≥", "≈", "≠", "→", "←", "∈": return .infix(String(next), isRelation: true)
    case ":": return .infix(":", isRelation: true)
    case "-": return .infix("−", isRelation: false)
    case "+", "*", "−", "±", "·", "×": return .infix(String(next), isRelation: false)
    case ",", ";": return .punctuation(String(next))
    case "‖", "∥": return .atom("‖")
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

extension Character {
  var isASCIILetter: Bool { isASCII && isLetter }
}
