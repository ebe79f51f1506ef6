import Shell

/// Draws the numbers of a tensor as NumPy does: rows in brackets, long axes cut in the middle.
enum TensorText {
  static func lines(of facts: TensorFacts, on canvas: Canvas) -> [StyledText] {
    let shape = facts.tensor.shape
    let values = facts.tensor.values.map { number(Double($0)) }
    // One number needs no brackets, whatever its shape.
    if values.count == 1 { return [StyledText(values[0])] }
    let head =
      StyledText(sanitized(facts.name), Style(bold: true))
      + StyledText("  (" + shape.map { String($0) }.joined(separator: ", ") + ")", .muted)
    if facts.fill != nil { return [head + StyledText(", all \(values[0])")] }
    let shown = values.filter { !$0.isEmpty }
    let width = min(14, shown.map(\.count).max() ?? 1)
    let perLine = max(1, (canvas.width - 2 * shape.count) / (width + 2))
    return [head] + rows(values[...], shape: shape, width: width, perLine: perLine, indent: 0).map { StyledText($0) }
  }

  private static func rows(_ values: ArraySlice<String>, shape: [Int], width: Int, perLine: Int, indent: Int) -> [String] {
    let blank = String(repeating: " ", count: indent)
    let length = shape[0]
    if shape.count == 1 {
      let cells = values.map { $0.padded(to: width, .right) }
      let limit = max(6, perLine * 25)
      let kept = cells.count <= limit ? cells : Array(cells.prefix(limit / 2)) + ["..."] + Array(cells.suffix(limit / 2))
      var lines: [String] = []
      var start = 0
      while start < kept.count {
        let end = min(start + perLine, kept.count)
        let opening = start == 0 ? "[" : " "
        lines.append(blank + opening + kept[start..<end].joined(separator: "  ") + (end == kept.count ? "]" : ""))
        start = end
      }
      return lines.isEmpty ? [blank + "[]"] : lines
    }
    let inner = Array(shape.dropFirst())
    let size = inner.reduce(1, *)
    let limit = 40
    let indices = length <= limit ? Array(0..<length) : Array(0..<(limit / 2)) + [-1] + Array((length - limit / 2)..<length)
    var lines: [String] = []
    for index in indices {
      if index < 0 {
        lines.append(blank + " ...")
        continue
      }
      let start = values.startIndex + index * size
      lines += rows(values[start..<(start + size)], shape: inner, width: width, perLine: perLine, indent: indent + 1)
    }
    guard !lines.isEmpty else { return [blank + "[]"] }
    lines[0] = blank + "[" + lines[0].dropFirst(indent + 1)
    lines[lines.count - 1] += "]"
    return lines
  }

  /// A number with six significant digits: enough to check one by hand.
  static func number(_ value: Double) -> String { compact(value, digits: 6) }
}
