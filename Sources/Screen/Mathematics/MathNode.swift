/// A formula as a tree.
indirect enum MathNode: Equatable {
  /// A letter, a number, a name.
  case atom(String)
  /// Words set as in prose.
  case text(String)
  /// A sign that stands between two things: `=`, `+`, `·`.
  case infix(String, isRelation: Bool)
  /// A comma or a semicolon.
  case punctuation(String)
  /// The name of a function, `log`.
  case function(String)
  /// A sum, a product, a limit; its scripts stand below and above.
  case large(String)
  /// Room between two things, in cells.
  case space(Int)
  /// One thing after the other.
  case row([MathNode])
  case fraction(MathNode, MathNode)
  case script(MathNode, lower: MathNode?, upper: MathNode?)
  case root(MathNode, index: MathNode?)
  case accented(MathNode, mark: Unicode.Scalar, name: String)
  /// Something between brackets that grow with it.
  case fenced(open: String, MathNode, close: String)
  /// Something with a lying brace above or below; a script of it is the brace's label.
  case braced(MathNode, isOver: Bool)
  /// Something with other things straight above and below it.
  case stacked(MathNode, below: MathNode?, above: MathNode?)
  /// Cells in rows.
  case grid([[MathNode]], open: String, close: String, Columns)
  /// The end of a line at the top level.
  case lineBreak

  /// How the columns of a grid stand.
  enum Columns: Equatable {
    /// A matrix: centred, parted by two cells. Cases: left. Equations: in turn right and left, not parted.
    case matrix, cases, equations
  }

  /// The parts of a row, and the thing itself for everything else.
  var parts: [MathNode] {
    if case .row(let parts) = self { return parts }
    return [self]
  }

  /// Whether nothing is to be seen.
  var isEmpty: Bool { parts.allSatisfy { if case .space = $0 { true } else if case .row(let inner) = $0 { inner.isEmpty } else { false } } }

  /// The things inside, in reading order.
  var children: [MathNode] {
    switch self {
    case .row(let nodes): nodes
    case .fraction(let upper, let lower): [upper, lower]
    case .script(let base, let lower, let upper): [base] + [lower, upper].compactMap { $0 }
    case .stacked(let base, let below, let above): [base] + [below, above].compactMap { $0 }
    case .root(let body, let index): [body] + [index].compactMap { $0 }
    case .accented(let body, _, _), .fenced(_, let body, _), .braced(let body, _): [body]
    case .grid(let rows, _, _, _): rows.flatMap { $0 }
    case .atom, .text, .infix, .punctuation, .function, .large, .space, .lineBreak: []
    }
  }

  /// How many things stand inside one another.
  var nesting: Int {
    let inner = children.map(\.nesting).max() ?? 0
    if case .row = self { return inner }
    return children.isEmpty ? 0 : inner + 1
  }

  /// The same tree with each leaf changed.
  func mapLeaves(_ change: (MathNode) -> MathNode) -> MathNode {
    switch self {
    case .row(let nodes): return .row(nodes.map { $0.mapLeaves(change) })
    case .fraction(let upper, let lower): return .fraction(upper.mapLeaves(change), lower.mapLeaves(change))
    case .script(let base, let lower, let upper):
      return .script(base.mapLeaves(change), lower: lower?.mapLeaves(change), upper: upper?.mapLeaves(change))
    case .stacked(let base, let below, let above):
      return .stacked(base.mapLeaves(change), below: below?.mapLeaves(change), above: above?.mapLeaves(change))
    case .root(let body, let index): return .root(body.mapLeaves(change), index: index?.mapLeaves(change))
    case .accented(let body, let mark, let name): return .accented(body.mapLeaves(change), mark: mark, name: name)
    case .fenced(let open, let body, let close): return .fenced(open: open, body.mapLeaves(change), close: close)
    case .braced(let body, let isOver): return .braced(body.mapLeaves(change), isOver: isOver)
    case .grid(let rows, let open, let close, let columns):
      return .grid(rows.map { $0.map { $0.mapLeaves(change) } }, open: open, close: close, columns)
    case .atom, .text, .infix, .punctuation, .function, .large, .space, .lineBreak: return change(self)
    }
  }
}

/// What the setting of a formula asks of a thing.
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

  /// Things side by side without a sign between them: `2 x`, `∂J`, `f(z)`.
  var isProduct: Bool {
    parts.allSatisfy { part in
      switch part {
      case .infix, .fraction, .lineBreak, .punctuation: false
      default: true
      }
    }
  }

  /// Whether it can stand above a slash without brackets: a product in which no function and no sum reaches beyond the slash.
  var isNumerator: Bool {
    guard isProduct else { return false }
    return zip(parts, parts.dropFirst().map { Optional($0) } + [nil]).allSatisfy { part, next in
      switch part.scriptBase {
      case .function: next?.isFenced == true
      case .large(let name): name.first?.isLetter == true && next?.isFenced == true
      default: true
      }
    }
  }

  /// Whether it can stand below a slash without brackets: one thing, a function's value, or a differential.
  var isDenominator: Bool {
    guard isNumerator else { return false }
    let isDifferential = [.atom("∂"), .atom("d"), .atom("Δ"), .atom("Delta")].contains(parts.first?.scriptBase)
    switch parts.count {
    case 0, 1: return true
    case 2: return parts[0].isOneAtom && parts[1].isFenced || isDifferential && parts[1].isOneAtom
    case 3: return isDifferential && parts[1].isOneAtom && parts[2].isFenced
    default: return false
    }
  }

  /// The thing without its scripts.
  var scriptBase: MathNode { if case .script(let base, _, _) = self { base } else { self } }

  /// Whether brackets around it should grow: it has lines above one another that are no mere scripts.
  var isTall: Bool {
    switch self {
    case .fraction, .grid, .stacked, .braced: true
    case .script(.large, _, _): true
    case .script(let base, _, _): base.isTall
    default: children.contains(where: \.isTall)
    }
  }

  /// Whether letters beside it would run into it.
  var binds: Bool {
    switch self {
    case .infix, .punctuation, .space, .lineBreak: false
    default: true
    }
  }
}
