/// A formula in two dimensions: fractions stacked, brackets that grow, limits below and above their sum.
struct MathBox: Equatable {
  /// The rows of characters, all as wide as the box.
  var lines: [String]
  /// The row on which neighbours stand.
  var baseline: Int

  var width: Int { lines.first?.cellWidth ?? 0 }
  var height: Int { lines.count }

  /// One line of text.
  init(_ text: String) {
    lines = [text]
    baseline = 0
  }

  init(lines: [String], baseline: Int) {
    let width = lines.map(\.cellWidth).max() ?? 0
    self.lines = lines.map { $0.padded(to: width) }
    self.baseline = baseline
  }

  /// The box with blank rows, so that `above` rows stand over its baseline and `below` under it.
  private func stretched(above: Int, below: Int) -> MathBox {
    let blank = String(repeating: " ", count: width)
    let over = [String](repeating: blank, count: max(0, above - baseline))
    let under = [String](repeating: blank, count: max(0, below - (height - 1 - baseline)))
    return MathBox(lines: over + lines + under, baseline: baseline + over.count)
  }

  /// Boxes side by side on one baseline.
  static func row(_ boxes: [MathBox]) -> MathBox {
    guard let first = boxes.first else { return MathBox("") }
    guard boxes.count > 1 else { return first }
    let above = boxes.map(\.baseline).max() ?? 0
    let below = boxes.map { $0.height - 1 - $0.baseline }.max() ?? 0
    let equal = boxes.map { $0.stretched(above: above, below: below) }
    return MathBox(lines: (0...(above + below)).map { row in equal.map { $0.lines[row] }.joined() }, baseline: above)
  }

  /// Boxes over one another, centred; `baseline` is that of the box with index `main`.
  static func stack(_ boxes: [MathBox], main: Int, alignment: Alignment = .centre) -> MathBox {
    let width = boxes.map(\.width).max() ?? 0
    let above = boxes.prefix(main).map(\.height).reduce(0, +)
    let lines = boxes.flatMap { box in box.lines.map { $0.padded(to: width, alignment) } }
    return MathBox(lines: lines, baseline: above + (boxes.indices.contains(main) ? boxes[main].baseline : 0))
  }

  /// The box between brackets of its height.
  func fenced(_ open: String, _ close: String) -> MathBox {
    .row([bracket(open), self, bracket(close)].filter { $0.width > 0 })
  }

  private func bracket(_ symbol: String) -> MathBox {
    guard height > 1, !symbol.isEmpty, let parts = Self.brackets[symbol] else { return MathBox(symbol) }
    let (top, middle, extension_, bottom) = (parts[0], parts[1], parts[2], parts[3])
    var lines = [top] + [String](repeating: extension_, count: max(0, height - 2)) + [bottom]
    if height > 2 { lines[height / 2] = middle }
    return MathBox(lines: lines, baseline: baseline)
  }

  /// Top, middle, extension and bottom of brackets.
  private static let brackets: [String: [String]] = [
    "(": ["⎛", "⎜", "⎜", "⎝"], ")": ["⎞", "⎟", "⎟", "⎠"], "[": ["⎡", "⎢", "⎢", "⎣"], "]": ["⎤", "⎥", "⎥", "⎦"],
    "{": ["⎧", "⎨", "⎪", "⎩"], "}": ["⎫", "⎬", "⎪", "⎭"], "|": ["│", "│", "│", "│"], "‖": ["║", "║", "║", "║"],
    "⌊": ["⎢", "⎢", "⎢", "⎣"], "⌋": ["⎥", "⎥", "⎥", "⎦"], "⌈": ["⎡", "⎢", "⎢", "⎢"], "⌉": ["⎤", "⎥", "⎥", "⎥"],
  ]
}

extension MathBox {
  /// The box of a tree.
  static func layout(_ node: MathNode) -> MathBox {
    switch node {
    case .row(let nodes): return rows(nodes)
    case .fraction(let upper, let lower):
      let (over, under) = (layout(upper), layout(lower))
      let line = MathBox(String(repeating: "─", count: max(over.width, under.width, 1)))
      return stack([over, line, under], main: 1)
    case .script(let base, let lower, let upper): return scripted(base, lower, upper)
    case .fenced(let open, let body, let close): return layout(body).fenced(open, close)
    case .grid(let cells, let open, let close, let columns): return grid(cells, columns).fenced(open, close)
    default: return MathBox(MathLine.piece(node))
    }
  }

  /// A row with the room between its parts that a line has.
  private static func rows(_ nodes: [MathNode]) -> MathBox {
    if nodes.contains(.lineBreak) {
      let lines = nodes.split(separator: .lineBreak).map { rows(Array($0)) }
      return stack(lines, main: 0, alignment: .left)
    }
    var boxes: [MathBox] = []
    var previous: MathNode?
    for (index, node) in nodes.enumerated() {
      let next = index + 1 < nodes.count ? nodes[index + 1] : nil
      let before = MathLine.leadingRoom(node, after: previous, before: next)
      let after = MathLine.trailingRoom(node, after: previous, before: next)
      boxes += [MathBox(before), layout(node), MathBox(after)].filter { $0.width > 0 }
      if case .space = node {} else { previous = node }
    }
    return row(boxes)
  }

  private static func scripted(_ base: MathNode, _ lower: MathNode?, _ upper: MathNode?) -> MathBox {
    if case .large(let sign) = base {
      let parts = [upper.map(limit), MathBox(sign), lower.map(limit)]
      return stack(parts.compactMap { $0 }, main: upper == nil ? 0 : 1)
    }
    let box = layout(base)
    guard box.height > 1 else { return MathBox(MathLine.piece(.script(base, lower: lower, upper: upper))) }
    // Beside something tall: the superscript at its upper corner, the subscript at its lower one.
    var side = [String](repeating: "", count: box.height)
    if let upper { side[0] = MathLine.raised(MathLine.text(upper)) }
    if let lower { side[box.height - 1] = MathLine.lowered(MathLine.text(lower)) }
    return row([box, MathBox(lines: side, baseline: box.baseline)])
  }

  /// What stands above or below a sum, without the room that a line would have.
  private static func limit(_ node: MathNode) -> MathBox { MathBox(MathLine.text(node).replacing(" ", with: "")) }

  private static func grid(_ cells: [[MathNode]], _ columns: MathNode.Columns) -> MathBox {
    let boxes = cells.map { $0.map(layout) }
    let count = boxes.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in boxes.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0 }
    let lines = boxes.map { cells -> MathBox in
      row(
        (0..<count).flatMap { column -> [MathBox] in
          let cell = column < cells.count ? cells[column] : MathBox("")
          let alignment: Alignment = columns == .matrix ? .centre : columns == .cases || column % 2 == 1 ? .left : .right
          let padded = MathBox(lines: cell.lines.map { $0.padded(to: widths[column], alignment) }, baseline: cell.baseline)
          let gap = column == 0 ? "" : columns == .equations ? " " : "  "
          return gap.isEmpty ? [padded] : [MathBox(gap), padded]
        })
    }
    var block = stack(lines, main: 0)
    block.baseline = block.height / 2
    return block
  }
}
