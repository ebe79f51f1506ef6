import Shell

/// Draws the words that have names.
enum VariableText {
  static func lines(of facts: VariableFacts, on canvas: Canvas) -> [StyledText] {
    if facts.variables.isEmpty && facts.removed.isEmpty {
      return StyledText("no names yet; `let n=8` gives one, `$n` stands for its word", .muted).wrapped(to: canvas.width)
    }
    return
      (facts.variables.map { StyledText("\(sanitized($0.name)) = ") + StyledText(sanitized($0.value), Style(.code)) }
      + facts.removed.map { StyledText("\(sanitized($0)) is gone", .muted) }).flatMap { $0.wrapped(to: canvas.width) }
  }
}
