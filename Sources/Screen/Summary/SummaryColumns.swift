import Shell

/// The columns of a summary that Keras has not.
enum SummaryColumns {
  /// The titles of a column, and whether it holds numbers.
  static func titles(of column: SummaryFacts.Column) -> [(title: String, isNumber: Bool)] {
    switch column {
    case .share: [("Share", true)]
    case .macs: [("Mult-adds", true)]
    case .memory: [("Weights", true), ("Output", true)]
    case .kernel: [("Kernel", false)]
    case .stride: [("Stride", false)]
    case .activation: [("Activation", false)]
    }
  }

  /// What stands in a column for a layer; `?` while the layer is unbuilt.
  static func cells(of row: SummaryFacts.Row, _ column: SummaryFacts.Column, total: Int) -> [String] {
    let isBuilt = row.outputShape != nil
    switch column {
    case .share: return [isBuilt ? share(row.parameters, of: total) : "?"]
    case .macs: return [isBuilt ? count(row.multiplyAdds) : "?"]
    case .memory: return isBuilt ? [size(row.parameterBytes), size(row.activationBytes)] : ["?", "?"]
    case .kernel: return [row.window.map { $0.size.map { String($0) }.joined(separator: "x") } ?? "-"]
    case .stride: return [row.window.map { $0.stride.map { String($0) }.joined(separator: "x") } ?? "-"]
    case .activation: return [row.activation ?? "-"]
    }
  }

  /// The totals of the columns that have one.
  static func totals(of facts: SummaryFacts) -> [StyledText] {
    let summary = facts.summary
    guard summary.inputShape != nil else { return [] }
    var lines: [StyledText] = []
    func add(_ title: String, _ value: String) {
      lines.append(StyledText(" \(title): ", Style(bold: true)) + StyledText(value, Style(.good)) + " per sample")
    }
    if facts.columns.contains(.macs) { add("Multiply-adds", count(summary.multiplyAdds)) }
    if facts.columns.contains(.memory) { add("Outputs of all layers", size(summary.rows.reduce(0) { $0 + $1.activationBytes })) }
    return lines
  }

  private static func share(_ part: Int, of total: Int) -> String {
    guard total > 0 else { return "-" }
    let percent = 100 * Double(part) / Double(total)
    // A layer that has parameters never shows a share of nothing.
    return part > 0 && percent < 0.05 ? "<0.1%" : fixed(percent, decimals: 1) + "%"
  }

  private static func count(_ value: Double) -> String { Int(exactly: value).map(grouped) ?? compact(value) }

  private static func size(_ bytes: Double) -> String { Int(exactly: bytes).map { memorySize($0) } ?? compact(bytes) + " B" }
}
