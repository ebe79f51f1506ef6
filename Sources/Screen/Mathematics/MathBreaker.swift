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
      // Not within a sign and its relation: `= −1`.
      let afterThing = index > 0 && nodes[index - 1].binds
      return switch (self, nodes[index]) {
      case (.formulas, .space(let cells)): cells >= 2
      case (.relations, .infix(_, isRelation: true)): true
      case (.sums, .infix(let sign, isRelation: false)): afterThing && "+−-".contains(sign)
      case (.products, .infix(_, isRelation: false)): afterThing
      default: false
      }
    }
  }

  /// The lines of a tree.
  func lines(_ tree: MathNode) -> [String] {
    let whole = setter.box(tree)
    if whole.width <= width { return whole.lines }
    let boxes = rows(of: tree.parts).flatMap { row -> [MathBox] in
      let box = setter.row(row)
      return box.width <= width ? [box] : broken(row, .formulas, Margins(first: 0, others: 0), continues: false)
    }
    return joined(boxes)
  }

  /// The formulas that stand below one another.
  private func rows(of nodes: [MathNode]) -> [[MathNode]] {
    if nodes.contains(.lineBreak) { return nodes.split(separator: .lineBreak).map(Array.init) }
    guard nodes.count == 1, case .grid(let cells, "", "", .equations) = nodes[0] else { return [nodes] }
    return cells.map { $0.flatMap(\.parts) }
  }

  /// How far the first line and those after it are moved in.
  private struct Margins {
    var first: Int
    var others: Int
  }

  /// The boxes of a row that is too wide: as many segments in one as fit, the others moved in.
  private func broken(_ nodes: [MathNode], _ place: Place, _ margins: Margins, continues: Bool) -> [MathBox] {
    let segments = segments(nodes, place)
    guard segments.count > 1 else { return deeper(nodes, place, margins, continues: continues) }
    var others = margins.others
    // What goes on stands under the right side of the first relation, its sums two cells further.
    if place == .relations { others += min(setter.row(segments[0]).width + 1, width / 3) }
    var boxes: [MathBox] = []
    func box(_ row: [MathNode]) -> MathBox {
      let goesOn = boxes.isEmpty ? continues : place != .formulas
      return indented(setter.row(row, continues: goesOn), boxes.isEmpty ? margins.first : others)
    }
    func finish(_ row: [MathNode]) {
      let whole = box(row)
      let isFirst = boxes.isEmpty
      let inner = Margins(first: isFirst ? margins.first : others, others: place == .relations ? others + 2 : others)
      boxes += whole.width <= width ? [whole] : deeper(row, place, inner, continues: isFirst ? continues : place != .formulas)
    }
    var row = segments[0]
    for (index, segment) in segments.enumerated().dropFirst() {
      // No left side alone on its line.
      let isShortHead = place == .relations && index == 1 && box(row).width <= width / 3
      if isShortHead || box(row + segment).width <= width {
        row += segment
      } else {
        finish(row)
        row = segment
      }
    }
    finish(row)
    return boxes
  }

  /// The boxes of a row that is broken no more at this kind of place.
  private func deeper(_ row: [MathNode], _ place: Place, _ margins: Margins, continues: Bool) -> [MathBox] {
    if let next = place.next { return broken(row, next, margins, continues: continues) }
    // Where hardly any room is left, the text matters more than its place.
    let indent = max(0, min(max(margins.first, margins.others), width - 8))
    let text = StyledText(setter.line(.row(row))).wrapped(to: width - indent)
    return text.enumerated().map { indented(MathBox($1.plain), min($0 == 0 ? margins.first : margins.others, indent)) }
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
    var lines: [String] = []
    for (index, box) in boxes.enumerated() {
      if index > 0, box.height > 1 || boxes[index - 1].height > 1 { lines.append("") }
      lines += box.lines
    }
    return lines
  }
}
