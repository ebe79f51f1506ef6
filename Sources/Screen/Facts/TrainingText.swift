import Shell

/// Draws how a training went, and what the model answers.
enum TrainingText {
  static func lines(of facts: TrainingFacts, on canvas: Canvas) -> [StyledText] {
    var lines = facts.kind == .epochs ? epochs(facts) : updates(facts, canvas)
    switch facts.ending {
    case .completed: break
    case .stopped: lines.append(StyledText("reached \(facts.metCondition ?? "the condition")", Style(.good)))
    case .interrupted: lines.append(StyledText("interrupted: the model is kept as it was after the last whole update", Style(.warning)))
    case .stoppedEarly:
      let reason = facts.best.map { "\($0.monitor) has not improved since epoch \($0.epoch)" } ?? "no improvement"
      lines.append(StyledText("stopped early: \(reason)", Style(.warning)))
    case .notFinite(let epoch, let update):
      lines.append(StyledText("the loss is no longer finite at update \(update) of epoch \(epoch)", Style(.bad)))
      if let diagnosis = facts.diagnosis {
        lines += [StyledText(sanitized(diagnosis.advice.what)), StyledText(diagnosis.advice.hint, .muted)]
      }
    }
    if let best = facts.best, facts.isRestored {
      lines.append(StyledText("the weights are those of epoch \(best.epoch), the best: \(best.monitor) \(compact(best.value))", .muted))
    }
    if let forecast = facts.forecast { lines.append(ForecastText.outcome(of: forecast)) }
    return lines.flatMap { $0.wrapped(to: canvas.width) }
  }

  private static func epochs(_ facts: TrainingFacts) -> [StyledText] {
    var line = StyledText(facts.epochs == 1 ? "1 epoch" : "\(grouped(facts.epochs)) epochs", Style(bold: true))
    for name in facts.history.names {
      if let value = facts.history[name].last { line.append("   \(name) \(compact(value))") }
    }
    line.append("   \(facts.updates == 1 ? "1 update" : "\(grouped(facts.updates)) updates"), \(seconds(facts.seconds))", .muted)
    return [line]
  }

  private static func updates(_ facts: TrainingFacts, _ canvas: Canvas) -> [StyledText] {
    var line = StyledText(facts.updates == 1 ? "1 update" : "\(grouped(facts.updates)) updates", Style(bold: true))
    if let last = facts.lastUpdate {
      line.append("   loss \(compact(last.before, digits: 6))")
      if let after = last.after { line.append(" \(canvas.arrow) \(compact(after, digits: 6))") }
      line.append(facts.updates == 1 ? "   on its mini-batch" : "   on the last mini-batch", .muted)
    }
    return [line]
  }

  private static func seconds(_ value: Double) -> String {
    value < 0.0995 ? "\(compact(value * 1000, digits: 2)) ms" : "\(compact(value, digits: 3)) s"
  }

  static func lines(of facts: EvaluationFacts, on canvas: Canvas) -> [StyledText] {
    var line = StyledText(facts.values.map { "\($0.name) \(compact($0.value))" }.joined(separator: "   "))
    let part = facts.isWhole ? ", none held out" : ["train": " of the training part", "val": " held out", "all": " in all"][facts.on] ?? ""
    line.append("   (\(grouped(facts.samples)) \(facts.samples == 1 ? "sample" : "samples")\(part))", .muted)
    return line.wrapped(to: canvas.width)
  }

  static func lines(of facts: PredictionFacts, on canvas: Canvas) -> [StyledText] {
    facts.outputs.enumerated().flatMap { index, outputs -> [StyledText] in
      var line = StyledText(outputs.map { compact(Double($0), digits: 6) }.joined(separator: "  "))
      if index < facts.classes.count { line.append("   \(sanitized(facts.classes[index]))", Style(.accent)) }
      return line.wrapped(to: canvas.width)
    }
  }

  static func lines(of facts: GradientCheckFacts, on canvas: Canvas) -> [StyledText] {
    let columns = [TextTable.Column("gradient of"), TextTable.Column("greatest difference", .right), TextTable.Column("relative", .right)]
    let rows = facts.differences.map {
      [StyledText(sanitized($0.name)), StyledText(compact($0.greatest, digits: 2)), StyledText(compact($0.relative, digits: 2))]
    }
    return TextTable(columns, rows: rows, frame: .none).lines(width: canvas.width, repertoire: canvas.repertoire)
      + [StyledText("against finite differences in double precision, \(facts.samples) samples", .muted)]
  }
}
