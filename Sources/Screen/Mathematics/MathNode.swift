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

  /// How many things stand inside one another.
  var nesting: Int {
    switch self {
    case .row(let nodes): return nodes.map(\.nesting).max() ?? 0
    case .fraction(let upper, let lower): return 1 + max(upper.nesting, lower.nesting)
    case .script(let base, let lower, let upper): return 1 + max(base.nesting, lower?.nesting ?? 0, upper?.nesting ?? 0)
    case .root(let body, _), .accented(let body, _, _), .fenced(_, let body, _): return 1 + body.nesting
    case .grid(let rows, _, _, _): return 1 + (rows.flatMap { $0.map(\.nesting) }.max() ?? 0)
    default: return 0
    }
  }
}
