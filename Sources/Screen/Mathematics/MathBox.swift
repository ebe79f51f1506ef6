/// Characters in two dimensions: a piece of a formula as it is drawn.
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

  /// One row of blanks.
  static func blank(_ cells: Int) -> MathBox { MathBox(String(repeating: " ", count: cells)) }

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
}
