import Shell

/// Draws what edits of the network did, and its summary.
enum ModelText {
  static func lines(of facts: ModelFacts, on canvas: Canvas) -> [StyledText] {
    told(facts, on: canvas).flatMap { $0.wrapped(to: canvas.width) }
  }

  private static func told(_ facts: ModelFacts, on canvas: Canvas) -> [StyledText] {
    let total = StyledText("   (\(parameters(facts.summary.total)) in all)", .muted)
    switch facts.edit {
    case .input(let shape): return [StyledText("input \(tuple(shape.map { $0 }))") + (facts.summary.rows.isEmpty ? StyledText() : total)]
    case .layer:
      guard let row = facts.row else { return [] }
      guard let shape = row.outputShape else { return [StyledText("\(row.name) (\(row.kind))   ?   0 (unbuilt)")] }
      return [
        StyledText("\(row.name) (\(row.kind))   \(tuple(shape))   \(parameters(row.parameters))")
          + (facts.summary.rows.count > 1 ? total : StyledText())
      ]
    case .removed(let name): return [StyledText("removed \(sanitized(name))") + total]
    case .preset(let name):
      let shape = tuple((facts.summary.inputShape ?? []).map { $0 })
      return [StyledText("\(sanitized(name)): input \(shape), \(facts.summary.rows.count) layers, \(parameters(facts.summary.total))")]
    case .frozen(let name), .unfrozen(let name):
      let what = if case .frozen = facts.edit { "frozen" } else { "no longer frozen" }
      let trainable = "\(sanitized(name)) is \(what): \(grouped(facts.summary.trainable)) of \(parameters(facts.summary.total)) trainable"
      return [StyledText(trainable)]
    case .rewound: return [StyledText("the initial weights again") + total]
    }
  }

  static func lines(of facts: TravelFacts, on canvas: Canvas) -> [StyledText] {
    let words = facts.commands.map { sanitized($0.split(separator: "\n").joined(separator: " ")) }
    let now = facts.summary.rows.isEmpty ? "no layers" : "\(parameters(facts.summary.total)) in all"
    let line = StyledText(facts.isUndo ? "undone: " : "redone: ") + StyledText(words.joined(separator: "; "), Style(.code))
    return (line + StyledText("   (\(now), \(sanitized(facts.data ?? "no data")))", .muted)).wrapped(to: canvas.width)
  }

  static func lines(of facts: SummaryFacts, on canvas: Canvas) -> [StyledText] {
    let summary = facts.summary
    var rows = summary.rows.map { row in
      var shown = SummaryTable.Row(
        name: row.name, kind: row.kind, outputShape: row.outputShape, parameters: row.outputShape == nil ? nil : row.parameters,
        connectedTo: row.reads.map { "\($0 ?? "input_layer")[0][0]" })
      shown.extras = facts.columns.flatMap { SummaryColumns.cells(of: row, $0, total: summary.total) }
      return shown
    }
    // Keras shows the input as a layer where the model is no plain sequence.
    if !summary.isSequence, facts.style != .short {
      rows.insert(
        SummaryTable.Row(
          name: "input_layer", kind: "InputLayer", outputShape: summary.inputShape.map { [nil] + $0 },
          parameters: summary.inputShape == nil ? nil : 0), at: 0)
    }
    var table = SummaryTable(
      modelName: summary.isSequence ? "sequential" : "functional", rows: rows, trainable: summary.trainable,
      nonTrainable: summary.nonTrainable, showsConnections: !summary.isSequence)
    table.extraColumns = facts.columns.flatMap(SummaryColumns.titles)
    let lines = table.lines(
      SummaryTable.Layout(rawValue: facts.style.rawValue) ?? .keras, columns: canvas.width, repertoire: canvas.repertoire)
    return lines + SummaryColumns.totals(of: facts) + (facts.style == .short ? [] : memory(of: facts, on: canvas))
  }

  /// What training holds in memory, part by part.
  private static func memory(of facts: SummaryFacts, on canvas: Canvas) -> [StyledText] {
    guard let need = facts.memory else { return [] }
    let parts = [
      ("parameters", need.parameters), ("gradients", need.gradients), ("optimizer", need.optimizer), ("activations", need.activations),
    ].map { "\($0.0) \(memorySize($0.1))" }
    // A line breaks between two parts, not between a number and its unit.
    var lines = [" Memory in training, batch \(grouped(need.batch)): \(memorySize(need.total)) = \(parts[0])"]
    for part in parts.dropFirst() {
      let longer = lines[lines.count - 1] + " + " + part
      if longer.cellWidth <= canvas.width { lines[lines.count - 1] = longer } else { lines.append("   + " + part) }
    }
    return lines.flatMap { StyledText($0, .muted).wrapped(to: canvas.width) }
  }

  static func lines(of facts: CompileFacts) -> [StyledText] {
    let settings = facts.settings
    let metrics = settings.metrics.map(\.name)
    var words = "\(settings.optimizer.name), rate \(compact(Double(settings.optimizer.rate), digits: 6)), loss \(settings.loss.name)"
    if !metrics.isEmpty { words += ", measuring " + metrics.joined(separator: ", ") }
    return [StyledText(words)]
  }

  static func parameters(_ count: Int) -> String { count == 1 ? "1 parameter" : "\(grouped(count)) parameters" }

  /// A shape as Python writes a tuple: (None, 8).
  static func tuple(_ shape: [Int?]) -> String {
    // The input's shape is one sample's; the batch stands before it as None.
    let axes = shape.first.map { $0 == nil } == true ? shape : [nil] + shape
    return "(" + axes.map { $0.map { String($0) } ?? "None" }.joined(separator: ", ") + ")"
  }
}
