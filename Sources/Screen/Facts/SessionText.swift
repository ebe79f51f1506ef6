import Shell

/// Tells of a session that was saved or opened.
enum SessionText {
  static func lines(of facts: SessionFacts, on canvas: Canvas) -> [StyledText] {
    var parts = [facts.isSaved ? "saved \(canvas.arrow) \(facts.file)" : "opened \(facts.file)"]
    if let data = facts.data { parts.append(data) }
    if !facts.model.isEmpty { parts.append("\(facts.model), \(grouped(facts.parameters)) parameters") }
    if facts.epochs > 0 { parts.append(facts.epochs == 1 ? "1 epoch" : "\(grouped(facts.epochs)) epochs") }
    if facts.isSaved { parts.append("\(grouped(facts.bytes)) bytes") }
    return StyledText(sanitized(parts.joined(separator: "   ")), .muted).wrapped(to: canvas.width)
  }
}
