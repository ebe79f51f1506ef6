/// A formula on one line: `∂J/∂w₁ = (y − t) x`.
struct MathLine {
  /// The line of a tree.
  static func text(_ node: MathNode) -> String {
    var line = ""
    append(node.parts, to: &line)
    return line.replacing("  ", with: " ").trimmed
  }

  /// Appends things with the room that belongs between them.
  private static func append(_ nodes: [MathNode], to line: inout String) {
    var previous: MathNode?
    for (index, node) in nodes.enumerated() {
      let next = index + 1 < nodes.count ? nodes[index + 1] : nil
      line += leadingRoom(node, after: previous, before: next)
      line += piece(node)
      line += trailingRoom(node, after: previous, before: next)
      if case .space = node {} else { previous = node }
    }
  }

  /// The room before `node`.
  static func leadingRoom(_ node: MathNode, after previous: MathNode?, before next: MathNode?) -> String {
    guard let previous else { return "" }
    switch node {
    case .infix: return isSign(node, after: previous) ? "" : " "
    case .function, .large: return previous.bindsLeft ? " " : ""
    case .script(let base, _, _): return leadingRoom(base, after: previous, before: next)
    // A fraction written with a slash would seem to swallow what stands before it.
    case .fraction: return previous.bindsLeft ? " " : ""
    default: return ""
    }
  }

  /// The room after `node`.
  static func trailingRoom(_ node: MathNode, after previous: MathNode?, before next: MathNode?) -> String {
    guard let next else { return "" }
    switch node {
    case .infix: return isSign(node, after: previous) ? "" : " "
    case .punctuation: return " "
    case .function, .large:
      if case .fenced = next { return "" }
      return next.bindsRight ? " " : ""
    case .script(let base, _, _):
      if case .large = base { return next.isInfix ? "" : " " }
      if case .function = base { return trailingRoom(base, after: previous, before: next) }
      return ""
    case .fraction: return next.bindsRight ? " " : ""
    default: return ""
    }
  }

  /// Whether a minus or plus is a sign of what follows rather than an operation.
  static func isSign(_ node: MathNode, after previous: MathNode?) -> Bool {
    guard case .infix(let symbol, let isRelation) = node, !isRelation, ["−", "+", "±", "∓"].contains(symbol) else { return false }
    switch previous {
    case nil, .infix, .punctuation, .large, .lineBreak: return true
    case .space: return false
    default: return false
    }
  }

  static func piece(_ node: MathNode) -> String {
    switch node {
    case .atom(let text), .text(let text), .infix(let text, _), .punctuation(let text), .function(let text), .large(let text): return text
    case .space(let cells): return String(repeating: " ", count: cells)
    case .lineBreak: return "; "
    case .row(let nodes):
      var line = ""
      append(nodes, to: &line)
      return line
    case .fraction(let upper, let lower): return slashed(upper, lower)
    case .script(let base, let lower, let upper): return scripted(base, lower, upper)
    case .root(let body, let index):
      let sign = index.map { text($0) }.map { ["2": "√", "3": "∛", "4": "∜"][$0] ?? (raised($0) + "√") } ?? "√"
      return sign + (body.isOneAtom ? text(body) : "(\(text(body)))")
    case .accented(let body, let mark, let name): return accented(text(body), mark, name)
    case .fenced(let open, let body, let close): return open + text(body) + close
    case .grid(let rows, let open, let close, let columns):
      let separator = columns == .equations ? " " : columns == .cases ? "  " : " "
      let lines = rows.map { $0.map(text).joined(separator: separator) }.joined(separator: "; ")
      return (open.isEmpty && columns == .matrix ? "[" : open) + lines + (close.isEmpty && columns == .matrix ? "]" : close)
    }
  }

  private static func slashed(_ upper: MathNode, _ lower: MathNode) -> String {
    let (over, under) = (text(upper), text(lower))
    if let vulgar = ["1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾"]["\(over)/\(under)"] { return vulgar }
    return (upper.isProduct ? over : "(\(over))") + "/" + (lower.isDenominator ? under : "(\(under))")
  }

  private static func scripted(_ base: MathNode, _ lower: MathNode?, _ upper: MathNode?) -> String {
    var line = base.isOneAtom || base.isFenced ? piece(base) : base.isEmpty ? "" : "(\(text(base)))"
    if case .infix = base { line = piece(base) }
    if let lower { line += lowered(text(lower)) }
    if let upper { line += raised(text(upper)) }
    return line
  }

  /// As a superscript where Unicode has all characters, else `^(...)`.
  static func raised(_ text: String) -> String { small(text, MathSymbols.superscripts) ?? (text.count == 1 ? "^" + text : "^(\(text))") }

  /// As a subscript where Unicode has all characters, else `_word` or `_(...)`.
  static func lowered(_ text: String) -> String {
    small(text, MathSymbols.subscripts) ?? (text.allSatisfy { $0.isLetter || $0.isNumber } ? "_" + text : "_(\(text))")
  }

  private static func small(_ text: String, _ table: [Character: Character]) -> String? {
    var result = ""
    for character in text where character != " " {
      guard let small = table[character] else { return nil }
      result.append(small)
    }
    // Whole words are easier to read at full size: `w_initial`.
    return result.count > 3 && text.allSatisfy(\.isLetter) ? nil : result
  }

  private static func accented(_ text: String, _ mark: Unicode.Scalar, _ name: String) -> String {
    if name == "overline" || name == "underline" || text.count == 1 {
      return text.map { $0 == " " ? " " : String($0) + String(Character(mark)) }.joined()
    }
    return name == "not" ? "¬" + text : "\(name)(\(text))"
  }
}

extension MathNode {
  /// One letter, number or name with its scripts.
  var isOneAtom: Bool {
    switch self {
    case .atom, .text, .function, .large, .accented, .punctuation: true
    case .script(let base, _, _): base.isOneAtom || base.isFenced
    case .row(let parts): parts.count == 1 && parts[0].isOneAtom
    default: false
    }
  }

  var isFenced: Bool {
    switch self {
    case .fenced, .grid: true
    case .row(let parts): parts.count == 1 && parts[0].isFenced
    default: false
    }
  }

  var isInfix: Bool { if case .infix = self { true } else { false } }

  /// Things side by side without a sign between them: `2 x`, `∂J`, `f(z)`.
  var isProduct: Bool {
    parts.allSatisfy { part in
      switch part {
      case .infix, .fraction, .lineBreak, .punctuation: false
      default: true
      }
    }
  }

  /// Whether it can stand below a slash without brackets: one thing, a function's value, or a differential.
  var isDenominator: Bool {
    guard isProduct else { return false }
    switch parts.count {
    case 0, 1: return true
    case 2:
      if parts[0] == .atom("∂") || parts[0] == .atom("d") || parts[0] == .atom("Δ") { return true }
      return parts[0].isOneAtom && parts[1].isFenced
    case 3: return parts[0] == .atom("∂") && parts[1].isOneAtom && parts[2].isFenced
    default: return false
    }
  }

  /// Whether what follows needs room, as a letter would run into it.
  var bindsLeft: Bool {
    switch self {
    case .infix, .punctuation, .space, .lineBreak: false
    default: true
    }
  }

  /// Whether what stands before needs room.
  var bindsRight: Bool {
    switch self {
    case .infix, .punctuation, .space, .lineBreak: false
    default: true
    }
  }
}

extension String {
  /// The text without blanks at its ends.
  var trimmed: String {
    var rest = self[...].drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
