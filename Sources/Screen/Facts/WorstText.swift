import Shell

/// Draws the samples that the model gets most wrong.
enum WorstText {
  static func lines(of facts: WorstFacts, on canvas: Canvas) -> [StyledText] {
    let part = facts.isWhole ? "" : facts.on == "val" ? " held out" : " of the training part"
    var head = StyledText(
      "the \(facts.samples.count == 1 ? "greatest loss" : "\(grouped(facts.samples.count)) greatest losses")", Style(bold: true))
    head.append(" of the \(grouped(facts.judged)) \(facts.judged == 1 ? "sample" : "samples")\(part)")
    if let wrong = facts.wrong { head.append("; \(grouped(wrong)) \(wrong == 1 ? "is" : "are") taken for another class") }
    let hasClasses = facts.samples.contains { $0.predicted != nil }
    let columns =
      [TextTable.Column("sample", .right), .init("true"), .init(hasClasses ? "predicted" : "output")]
      + (hasClasses ? [.init("probability", .right)] : []) + [.init("loss", .right)]
    let rows = facts.samples.map { sample -> [StyledText] in
      let answer = sample.predicted ?? sample.outputs.prefix(4).map { compact(Double($0)) }.joined(separator: " ")
      let style = sample.isRight.map { $0 ? Style(.good) : Style(.bad) } ?? .plain
      return [StyledText("\(sample.row)", .muted), StyledText(sanitized(sample.truth)), StyledText(sanitized(answer), style)]
        + (hasClasses ? [StyledText(sample.probability.map { compact($0, digits: 3) } ?? "")] : []) + [StyledText(compact(sample.loss))]
    }
    return head.wrapped(to: canvas.width)
      + TextTable(columns, rows: rows, frame: .none).lines(width: canvas.width, repertoire: canvas.repertoire)
  }
}
