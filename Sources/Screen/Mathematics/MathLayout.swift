/// A formula in two dimensions: fractions stacked, brackets that grow, limits below and above their sum.
extension MathSetter {
  /// The box of a tree.
  func box(_ node: MathNode) -> MathBox {
    switch node {
    case .row(let nodes): return row(nodes)
    case .fraction(let upper, let lower): return fraction(box(upper), box(lower))
    case .script(let base, let lower, let upper): return scripted(base, lower, upper)
    case .root(let body, let index): return root(body, index)
    case .accented(let body, let mark, let name): return accented(body, mark, name)
    case .fenced(let open, let body, let close): return fenced(box(body), open, close, grows: body.isTall)
    case .braced(let body, let isOver): return braced(box(body), isOver, label: nil)
    case .stacked(let base, let below, let above): return limits(box(base), below, above)
    case .grid(let cells, let open, let close, let columns): return fenced(grid(cells, columns), open, close, grows: true)
    case .large(let sign): return MathGlyphs.sum(sign) ?? MathBox(sign)
    case .atom, .text, .infix, .punctuation, .function, .space, .lineBreak: return MathBox(line(node))
    }
  }

  /// A row with the room between its parts that a line has.
  func row(_ nodes: [MathNode], continues: Bool = false) -> MathBox {
    if nodes.contains(.lineBreak) {
      return .stack(nodes.split(separator: .lineBreak).map { row(Array($0)) }, main: 0, alignment: .left)
    }
    let visible = nodes.map { node in if case .space = node { "" } else { line(node) } }
    let rooms = rooms(nodes, visible, continues: continues)
    let boxes = nodes.indices.flatMap { index -> [MathBox] in
      guard !visible[index].isEmpty else { return [] }
      return [MathBox.blank(rooms[index]), box(nodes[index])].filter { $0.width > 0 }
    }
    return .row(boxes)
  }

  /// The bar of a fraction within a fraction is the shorter one.
  private func fraction(_ over: MathBox, _ under: MathBox) -> MathBox {
    let (inner, isNested) = (max(over.width, under.width, 1), over.hasBar || under.hasBar)
    let bar = MathBox(String(repeating: isUnicode ? "─" : "-", count: inner + (isNested ? 2 : 0)))
    return .stack([over, bar, under], main: 1)
  }

  private func scripted(_ base: MathNode, _ lower: MathNode?, _ upper: MathNode?) -> MathBox {
    if case .large = base { return limits(box(base), lower, upper) }
    if case .braced(let body, let isOver) = base {
      let label = isOver ? upper : lower
      let box = braced(box(body), isOver, label: label.map { line($0) })
      return withScripts(box, isTall: true, isOver ? lower : nil, isOver ? nil : upper)
    }
    var isWhole = base.isOneAtom || base.isFenced || base.isEmpty
    if case .infix = base { isWhole = true }
    let inner = box(base)
    return withScripts(isWhole ? inner : fenced(inner, "(", ")", grows: base.isTall), isTall: base.isTall, lower, upper)
  }

  /// A thing with its scripts: beside it where there are small characters for them, else on rows of their own.
  private func withScripts(_ base: MathBox, isTall: Bool, _ lower: MathNode?, _ upper: MathNode?) -> MathBox {
    let (top, bottom) = isTall ? (0, base.height - 1) : (base.baseline, base.baseline)
    // Row 0 of the side stands above the base's top.
    var side = [String](repeating: "", count: base.height + 2)
    var (over, under) = ("", "")
    if let lower {
      let text = script(lower)
      if let small = smallBelow(text, lower) ?? underscored(text) { side[bottom + 1] += small } else { under = text }
    }
    let shared = side[bottom + 1].cellWidth
    if let upper {
      let text = script(upper)
      if let small = smallAbove(text, upper) { side[top + 1] += small } else { over = text }
    }
    if !over.isEmpty { side[top] = String(repeating: " ", count: top == bottom ? shared : 0) + over }
    if !under.isEmpty { side[bottom + 2] = under }
    var baseline = base.baseline + 1
    if side.last?.isEmpty == true { side.removeLast() }
    if side.first?.isEmpty == true {
      side.removeFirst()
      baseline -= 1
    }
    return .row([base, MathBox(lines: side, baseline: baseline)].filter { $0.width > 0 })
  }

  /// In ASCII an index stays on its letter's line: `w_1`.
  private func underscored(_ text: String) -> String? {
    !isUnicode && text.allSatisfy { $0.isLetter || $0.isNumber } ? "_" + text : nil
  }

  /// What stands straight above and below a thing.
  private func limits(_ base: MathBox, _ lower: MathNode?, _ upper: MathNode?) -> MathBox {
    let parts = [upper.map { limit($0) }, base, lower.map { limit($0) }]
    return .stack(parts.compactMap { $0 }, main: upper == nil ? 0 : 1)
  }

  /// What stands above or below a sum.
  private func limit(_ node: MathNode) -> MathBox { if case .grid = node { box(node) } else { MathBox(script(node)) } }

  private func root(_ body: MathNode, _ index: MathNode?) -> MathBox {
    let inner = box(body)
    let flat = line(.root(body, index: index))
    if inner.height == 1, body.isOneAtom && inner.width == 1 || !isUnicode { return MathBox(flat) }
    let degree = index.map { line($0) }.flatMap { ["2": "", "3": "³", "4": "⁴"][$0] ?? smallAbove($0) ?? $0 } ?? ""
    let sign = MathGlyphs.root(over: inner, repertoire)
    return degree.isEmpty ? sign : .row([MathBox(isUnicode ? degree : index.map { line($0) } ?? ""), sign])
  }

  private func accented(_ body: MathNode, _ mark: Unicode.Scalar, _ name: String) -> MathBox {
    let inner = box(body)
    if isUnicode, inner.height == 1, inner.width == 1 { return MathBox(line(.accented(body, mark: mark, name: name))) }
    let sign = MathGlyphs.accent(name, width: inner.width, repertoire)
    return name == "under" ? .stack([inner, sign], main: 0) : .stack([sign, inner], main: 1)
  }

  private func braced(_ body: MathBox, _ isOver: Bool, label: String?) -> MathBox {
    let brace = MathGlyphs.brace(width: max(body.width, 3), isOver: isOver, repertoire)
    let words = label.map { [MathBox($0)] } ?? []
    return isOver ? .stack(words + [brace, body], main: words.count + 1) : .stack([body, brace] + words, main: 0)
  }

  /// The box between brackets, of its height where they grow.
  private func fenced(_ body: MathBox, _ open: String, _ close: String, grows: Bool) -> MathBox {
    let sides = [open, close].map { symbol in
      grows && body.height > 1
        ? MathGlyphs.bracket(symbol, height: body.height, baseline: body.baseline, repertoire) ?? MathBox(bracket(symbol))
        : MathBox(bracket(symbol))
    }
    return .row([sides[0], body, sides[1]].filter { $0.width > 0 })
  }

  private func grid(_ cells: [[MathNode]], _ columns: MathNode.Columns) -> MathBox {
    let boxes = cells.map { $0.map(box) }
    let count = boxes.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in boxes.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0 }
    var lines = boxes.map { cells -> MathBox in
      .row(
        (0..<count).flatMap { column -> [MathBox] in
          let cell = column < cells.count ? cells[column] : MathBox("")
          let alignment: Alignment = columns == .matrix ? .centre : columns == .cases || column % 2 == 1 ? .left : .right
          let padded = MathBox(lines: cell.lines.map { $0.padded(to: widths[column], alignment) }, baseline: cell.baseline)
          let gap = column == 0 ? 0 : columns == .equations ? (column % 2 == 1 ? 1 : 4) : 2
          return gap == 0 ? [padded] : [.blank(gap), padded]
        })
    }
    // Tall rows need air, and a brace before two cases a row for its point.
    if lines.contains(where: { $0.height > 1 }) || columns == .cases && lines.count == 2 {
      lines = Array(lines.map { [$0] }.joined(separator: [MathBox.blank(1)]))
    }
    var block = MathBox.stack(lines, main: 0, alignment: .left)
    if lines.count != 1 { block.baseline = block.height / 2 }
    return block
  }
}

extension MathBox {
  /// Whether its baseline is the bar of a fraction.
  fileprivate var hasBar: Bool { height > 2 && lines[baseline].contains { $0 == "─" } || lines.contains { $0.contains("---") } }
}
