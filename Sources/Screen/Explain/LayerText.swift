import Shell

/// Draws a layer explained.
enum LayerText {
  static func lines(of facts: LayerFacts, on canvas: Canvas) -> [StyledText] {
    let head =
      StyledText(sanitized("\(facts.name) (\(facts.kind))"), Style(bold: true))
      + StyledText(": " + MathText.plain(sanitized(facts.summary), on: canvas))
    var lines = head.wrapped(to: canvas.width)
    if !facts.formula.isEmpty { lines += formula(facts.formula, canvas) }
    if !facts.activation.isEmpty { lines += formula(facts.activation, canvas) }
    lines.append("")
    if let shapes = facts.shapes {
      let reads = facts.reads.map { sanitized($0) }.joined(separator: " and ")
      let frozen = facts.isFrozen ? ", frozen" : ""
      lines += StyledText("reads \(reads) \(tuple(shapes.input)), gives \(tuple(shapes.output))\(frozen)").wrapped(to: canvas.width)
    } else {
      lines.append("its sizes are known once the network has an input: `input 2`, or `data moons`")
    }
    if !facts.parameters.isEmpty {
      let parts = facts.parameters.map { "\($0.part) (\($0.shape.map { String($0) }.joined(separator: ", ")))" }
      lines += StyledText("holds " + parts.joined(separator: ", "), .muted).wrapped(to: canvas.width)
    }
    if let count = facts.count { lines += ParameterCountText.details(count, canvas) }
    guard !facts.statistics.isEmpty else { return lines }
    lines += [
      "", StyledText("in the next mini-batch of \(facts.samples == 1 ? "1 sample" : "\(grouped(facts.samples)) samples")", Style(.heading)),
    ]
    let columns =
      [TextTable.Column("")] + ["least", "mean", "greatest", "deviation", "zeros"].map { TextTable.Column(StyledText($0), .right) }
    let rows = facts.statistics.map { row in
      [StyledText(row.name, Style(.accent))] + [row.minimum, row.mean, row.maximum, row.deviation].map { StyledText(compact($0)) }
        + [StyledText("\(compact(row.zeros * 100, digits: 3)) %")]
    }
    return lines + TextTable(columns, rows: rows, frame: .none).lines(width: canvas.width, repertoire: canvas.repertoire)
  }

  private static func formula(_ text: String, _ canvas: Canvas) -> [StyledText] {
    StyledText(MathText.plain(text, on: canvas), Style(.formula)).wrapped(to: canvas.width - 2).map { StyledText("  ") + $0 }
  }

  private static func tuple(_ shape: [Int]) -> String { ModelText.tuple(shape.map { $0 }) }
}
