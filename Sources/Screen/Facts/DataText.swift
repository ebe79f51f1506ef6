import Shell

/// Draws the data in hand.
enum DataText {
  static func lines(of facts: DataFacts, on canvas: Canvas) -> [StyledText] {
    let shape = facts.shape.map { String($0) }.joined(separator: "x")
    var head = StyledText(sanitized(facts.name), Style(bold: true))
    head.append(": \(facts.rows == 1 ? "1 sample" : "\(grouped(facts.rows)) samples") of \(shape)")
    if facts.classes.isEmpty {
      head.append(", target \(sanitized(facts.target))")
    } else {
      let names = facts.classes.prefix(12).map { "\(sanitized($0.name)) \(grouped($0.count))" }
      head.append(
        ", \(facts.classes.count == 1 ? "1 class" : "\(facts.classes.count) classes"): " + names.joined(separator: ", ")
          + (facts.classes.count > 12 ? ", ..." : ""))
    }
    if let weights = facts.weights { head.append(", weighted by \(sanitized(weights))") }
    var lines = head.wrapped(to: canvas.width)
    if let law = facts.law { lines.append(StyledText(law, .muted)) }
    if facts.heldOut > 0 { lines.append(StyledText("training on \(grouped(facts.training)), held out \(grouped(facts.heldOut))")) }
    if facts.isStandardized { lines.append("standardized: mean 0 and deviation 1 on the training part") }
    if facts.missing > 0 {
      lines.append(
        StyledText(
          "\(grouped(facts.missing)) missing \(facts.missing == 1 ? "cell was" : "cells were") filled with the column's mean or a class of its own",
          Style(.warning)))
    }
    return lines
  }

  static func lines(of facts: SamplesFacts, on canvas: Canvas) -> [StyledText] {
    // Images show as shades, tables as rows of numbers.
    if facts.shape.count > 1 {
      return facts.rows.flatMap { image($0.features, facts.shape, "\($0.row): \(facts.targetName) \($0.target)", canvas) }
    }
    let limit = max(2, (canvas.width - 20) / 12)
    let names = facts.featureNames.count <= limit ? facts.featureNames : Array(facts.featureNames.prefix(limit - 1)) + ["..."]
    let columns =
      [TextTable.Column("", .right)] + names.map { TextTable.Column(StyledText(sanitized($0)), .right) } + [
        TextTable.Column(StyledText(sanitized(facts.targetName)))
      ]
    let rows = facts.rows.map { row -> [StyledText] in
      var cells = row.features.prefix(names.count == facts.featureNames.count ? names.count : limit - 1).map {
        StyledText(compact(Double($0)))
      }
      if names.count != facts.featureNames.count { cells.append("...") }
      return [StyledText("\(row.row)", .muted)] + cells + [StyledText(sanitized(row.target))]
    }
    return TextTable(columns, rows: rows, frame: .none).lines(width: canvas.width, repertoire: canvas.repertoire)
  }

  /// An image of one channel in shades from ` ` to `@`, two cells a pixel; others as their numbers' range.
  private static func image(_ values: [Float], _ shape: [Int], _ title: String, _ canvas: Canvas) -> [StyledText] {
    let head = StyledText(sanitized(title), Style(bold: true))
    let height = shape[0]
    let width = shape.count > 1 ? shape[1] : 1
    let channels = shape.count > 2 ? shape[2] : 1
    guard width * 2 <= canvas.width, let low = values.min(), let high = values.max() else {
      return [head + StyledText("  \(grouped(values.count)) numbers")]
    }
    let shades = Array(" .:-=+*#%@")
    let rows = (0..<height).map { y in
      String(
        (0..<width).flatMap { x -> [Character] in
          let pixel = (0..<channels).reduce(Float(0)) { $0 + values[(y * width + x) * channels + $1] } / Float(channels)
          let shade = high > low ? Int((pixel - low) / (high - low) * Float(shades.count - 1) + 0.5) : 0
          return [shades[shade], shades[shade]]
        })
    }
    return [head] + rows.map { StyledText($0) }
  }

  static func lines(of facts: DescriptionFacts, on canvas: Canvas) -> [StyledText] {
    var rows = facts.description.features.map { row($0.name, $0.minimum, $0.maximum, $0.mean, $0.deviation, $0.missing) }
    if let target = facts.description.target {
      rows.append(row(target.name + " (target)", target.minimum, target.maximum, target.mean, target.deviation, target.missing))
    }
    if let weights = facts.description.weights {
      rows.append(row(weights.name + " (weights)", weights.minimum, weights.maximum, weights.mean, weights.deviation, 0))
    }
    let columns =
      [TextTable.Column("column")] + ["min", "max", "mean", "deviation", "missing"].map { TextTable.Column(StyledText($0), .right) }
    return lines(of: facts.data, on: canvas)
      + TextTable(columns, rows: rows, frame: .none).lines(width: canvas.width, repertoire: canvas.repertoire)
  }

  private static func row(_ name: String, _ minimum: Float, _ maximum: Float, _ mean: Float, _ deviation: Float, _ missing: Int)
    -> [StyledText]
  {
    [StyledText(sanitized(name))] + [minimum, maximum, mean, deviation].map { StyledText(compact(Double($0))) } + [
      StyledText(missing == 0 ? "" : "\(missing)")
    ]
  }
}
