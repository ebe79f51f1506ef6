/// Breaks a formula in two dimensions so that it fits into a width.
struct MathBreaker {
  let setter: MathSetter
  let width: Int

  /// Where a row may be broken, the better places first.
  private enum Place: Int {
    /// Between formulas that stand side by side, before relations, before sums, before products.
    case formulas, relations, sums, products

    var next: Place? { Place(rawValue: rawValue + 1) }

    /// Whether a row may be broken before the thing with this index.
    func isBefore(_ nodes: [MathNode], _ index: Int) -> Bool {
      switch (self, nodes[index]) {
      case (.formulas, .space(let cells)): cells >= 2
      case (.relations, .infix(_, isRelation: true)): true
      case (.sums, .infix(let sign, isRelation: false)): "+−-".contains(sign)
      case (.products, .infix(_, isRelation: false)): true
      default: false
      }
    }
  }

  /// The lines of a tree.
  func lines(_ tree: MathNode) -> [String] {
    let whole = setter.box(tree)
    if whole.width <= width { return whole.lines }
    return joined(rows(of: tree.parts).flatMap { broken($0, .formulas, indent: 0, continues: false) })
  }

  /// The formulas that stand below one another.
  private func rows(of nodes: [MathNode]) -> [[MathNode]] {
    if nodes.contains(.lineBreak) { return nodes.split(separator: .lineBreak).map(Array.init) }
    guard nodes.count == 1, case .grid(let cells, "", "", .equations) = nodes[0] else { return [nodes] }
    return cells.map { $0.flatMap(\.parts) }
  }

  /// The boxes of a row: as many segments in one as fit, the others moved in.
  private func broken(_ nodes: [MathNode], _ place: Place, indent: Int, continues: Bool) -> [MathBox] {
    let segments = segments(nodes, place)
    guard segments.count > 1 else { return single(nodes, place, indent: indent, continues: continues) }
    // What goes on stands under the right side of the first relation.
    let hanging = place == .formulas ? indent : place == .relations ? min(setter.row(segments[0]).width + 1, width / 3) : indent + 2
    var boxes: [MathBox] = []
    var row = segments[0]
    for segment in segments.dropFirst() {
      let isFirst = boxes.isEmpty
      let wider = setter.row(row + segment, continues: isFirst ? continues : true).width + (isFirst ? indent : hanging)
      if wider <= width {
        row += segment
      } else {
        boxes += single(row, place, indent: isFirst ? indent : hanging, continues: isFirst ? continues : place != .formulas)
        row = segment
      }
    }
    return boxes + single(row, place, indent: boxes.isEmpty ? indent : hanging, continues: boxes.isEmpty ? continues : place != .formulas)
  }

  /// A row that is broken no more at this kind of place.
  private func single(_ row: [MathNode], _ place: Place, indent: Int, continues: Bool) -> [MathBox] {
    let box = indented(setter.row(row, continues: continues), indent)
    if box.width <= width { return [box] }
    guard let next = place.next else {
      let room = max(width - indent, 8)
      return StyledText(setter.line(.row(row))).wrapped(to: room).map { indented(MathBox($0.plain), indent) }
    }
    return broken(row, next, indent: indent, continues: continues)
  }

  private func segments(_ nodes: [MathNode], _ place: Place) -> [[MathNode]] {
    var segments: [[MathNode]] = [[]]
    for (index, node) in nodes.enumerated() {
      let isStart = segments[segments.count - 1].isEmpty
      if place.isBefore(nodes, index), !isStart { segments.append([]) }
      segments[segments.count - 1].append(node)
    }
    return segments.filter { !$0.allSatisfy(\.isEmpty) }
  }

  private func indented(_ box: MathBox, _ cells: Int) -> MathBox {
    cells == 0 ? box : MathBox(lines: box.lines.map { String(repeating: " ", count: cells) + $0 }, baseline: box.baseline)
  }

  /// Fractions below fractions need air.
  private func joined(_ boxes: [MathBox]) -> [String] {
    let isTall = boxes.contains { $0.height > 1 }
    return Array(boxes.map(\.lines).joined(separator: isTall ? [""] : []))
  }
}
