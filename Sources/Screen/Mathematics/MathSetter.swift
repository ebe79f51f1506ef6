/// Sets a formula's tree as text, on one line or in two dimensions, with the characters that a terminal takes.
struct MathSetter {
  let repertoire: Repertoire

  var isUnicode: Bool { repertoire == .unicode }

  /// The tree with the characters of the repertoire.
  func prepared(_ tree: MathNode) -> MathNode { isUnicode ? tree : tree.mapLeaves(MathASCII.leaf) }

  /// The blanks before each thing of a row, given the things' lines.
  ///
  /// What an author typed as space counts as much as what a sign asks for, whichever is more.
  /// - Parameter continues: whether the row goes on from a line above, so that a minus at its start is no sign of what follows.
  func rooms(_ nodes: [MathNode], _ lines: [String], continues: Bool = false) -> [Int] {
    var rooms = [Int](repeating: 0, count: nodes.count)
    var previous: Int?
    var afterSign = false
    var typed = 0
    for (index, node) in nodes.enumerated() {
      if case .space(let cells) = node {
        typed += cells
        continue
      }
      guard node != .lineBreak else {
        (previous, afterSign, typed) = (nil, false, 0)
        continue
      }
      guard !lines[index].isEmpty else { continue }
      let isSign = !(continues && index == 0) && self.isSign(node, after: typed >= 2 ? nil : previous.map { nodes[$0] })
      if let previous {
        let before = afterSign ? 0 : trailing(nodes[previous], before: node)
        let after = isSign ? 0 : leading(node, after: nodes[previous])
        let words = afterSign ? 0 : room(betweenWords: lines[previous], lines[index], nodes[previous])
        rooms[index] = max(typed, before, after, words)
      }
      (previous, afterSign, typed) = (index, isSign, 0)
    }
    return rooms
  }

  /// Whether a minus or plus is a sign of what follows rather than an operation.
  private func isSign(_ node: MathNode, after previous: MathNode?) -> Bool {
    guard case .infix(let symbol, isRelation: false) = node, ["−", "-", "+", "±", "∓", "+/-"].contains(symbol) else { return false }
    switch previous {
    case nil, .infix, .punctuation, .large: return true
    case .atom(let text): return "([{⟨|".contains(text)
    default: return false
    }
  }

  private func leading(_ node: MathNode, after previous: MathNode) -> Int {
    switch node {
    case .infix: 1
    // A fraction written with a slash would seem to swallow what stands before it.
    case .function, .large, .fraction, .braced, .stacked: previous.binds && !opens(previous) ? 1 : 0
    case .script(let base, _, _): leading(base, after: previous)
    case .grid(_, let open, _, _):
      if case .grid = previous.scriptBase { 1 } else { open == "{" && previous.binds && !opens(previous) ? 1 : 0 }
    default: 0
    }
  }

  private func trailing(_ node: MathNode, before next: MathNode) -> Int {
    switch node {
    case .infix, .punctuation: return 1
    case .function: return next.binds && !next.isFenced ? 1 : 0
    case .large(let name): return next.binds && !(next.isFenced && name.first?.isLetter == true && !isDrawnSum(name)) ? 1 : 0
    case .script(.large, _, _): return next.binds ? 1 : 0
    case .script(let base, _, _): return trailing(base, before: next)
    case .fraction, .braced, .stacked: return next.binds ? 1 : 0
    default: return 0
    }
  }

  private func isDrawnSum(_ name: String) -> Bool { name == "sum" || name == "prod" }

  private func opens(_ node: MathNode) -> Bool { if case .atom(let text) = node { "([{⟨|‖".contains(text) } else { false } }

  /// A blank where two words, or a word and a number, would become one.
  private func room(betweenWords left: String, _ right: String, _ node: MathNode) -> Int {
    guard let last = left.last, let first = right.first, last.isLetter || last.isNumber, first.isLetter || first.isNumber else { return 0 }
    // `dtheta`, as one writes `dx`.
    if !isUnicode, left == "d" { return 0 }
    if !isUnicode, case .script = node { return 1 }
    let head = String(left.reversed().prefix { $0.isLetter || $0.isNumber })
    return isWord(head) || isWord(String(right.prefix { $0.isLetter || $0.isNumber })) ? 1 : 0
  }

  /// Whether a run of letters and digits is more than a letter with its indices.
  private func isWord(_ run: String) -> Bool {
    run.unicodeScalars.count { $0.properties.isAlphabetic && $0.properties.generalCategory != .modifierLetter } > 1
  }
}
