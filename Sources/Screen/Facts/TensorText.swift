import Shell

/// Draws the numbers of a tensor as NumPy does: rows in brackets, and of a large one only the numbers at the ends of its axes.
struct TensorText {
  static func lines(of facts: TensorFacts, on canvas: Canvas) -> [StyledText] {
    let shape = facts.tensor.shape
    // One number needs no brackets, whatever its shape.
    if facts.tensor.count == 1 { return [StyledText(number(Double(facts.tensor.values[0])))] }
    let head =
      StyledText(sanitized(facts.name), Style(bold: true))
      + StyledText("  (" + shape.map { String($0) }.joined(separator: ", ") + ")", .muted)
    if let fill = facts.fill { return [head + StyledText(", all \(number(Double(fill)))")] }
    let lines = TensorText(facts, width: canvas.width).rows(axis: 0, indent: 0, cells: facts.numbersShown()[...]).lines
    guard facts.isElided else { return [head] + lines.map { StyledText($0) } }
    let hint = "\(grouped(facts.tensor.count)) numbers; a part is `show \(sanitized(facts.bareName))[0:5]`, `all=yes` prints all"
    return [head] + lines.map { StyledText($0) } + StyledText(hint, .muted).wrapped(to: canvas.width)
  }

  private let axes: [[Int?]]
  /// The cells of a number, and the numbers of a line.
  private let width, perLine: Int

  private init(_ facts: TensorFacts, width columns: Int) {
    axes = facts.axes
    width = min(14, facts.numbersShown().map { TensorText.number(Double($0)).count }.max() ?? 1)
    perLine = max(1, (columns - 2 * facts.tensor.shape.count) / (width + 2))
  }

  /// The lines of an axis, and how many of the numbers stand in them.
  private func rows(axis: Int, indent: Int, cells: ArraySlice<Float>) -> (lines: [String], count: Int) {
    let blank = String(repeating: " ", count: indent)
    var lines: [String] = []
    var count = 0
    if axis == axes.count - 1 {
      var shown: [String] = []
      for place in axes[axis] {
        shown.append(place == nil ? "..." : TensorText.number(Double(cells[cells.startIndex + count])).padded(to: width, .right))
        if place != nil { count += 1 }
      }
      for start in stride(from: 0, to: shown.count, by: perLine) {
        let end = min(start + perLine, shown.count)
        lines.append(blank + (start == 0 ? "[" : " ") + shown[start..<end].joined(separator: "  ") + (end == shown.count ? "]" : ""))
      }
    } else {
      for place in axes[axis] {
        guard place != nil else {
          lines.append(blank + " ...")
          continue
        }
        let inner = rows(axis: axis + 1, indent: indent + 1, cells: cells.dropFirst(count))
        lines += inner.lines
        count += inner.count
      }
      if !lines.isEmpty {
        lines[0] = blank + "[" + lines[0].dropFirst(indent + 1)
        lines[lines.count - 1] += "]"
      }
    }
    return (lines.isEmpty ? [blank + "[]"] : lines, count)
  }

  /// A number with six significant digits: enough to check one by hand.
  static func number(_ value: Double) -> String { compact(value, digits: 6) }
}
