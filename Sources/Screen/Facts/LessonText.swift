import Shell

/// Draws a lesson that is replayed.
enum LessonText {
  /// Prose, set off from what the commands before it printed.
  static func lines(of facts: ProseFacts, on canvas: Canvas) -> [StyledText] {
    let prose = MarkdownRenderer.lines(of: facts.markdown, on: canvas, in: facts.folder)
    return prose.isEmpty ? [] : [""] + prose
  }

  static func lines(of facts: LessonCommandFacts) -> [StyledText] {
    let command = facts.text.split(separator: "\n").map { StyledText("> " + sanitized(String($0)), Style(.code)) }
    return (facts.isFirst ? [""] : []) + command
  }

  static func lines(of facts: ReplayFacts) -> [StyledText] {
    let commands = facts.commands == 1 ? "1 command" : "\(grouped(facts.commands)) commands"
    guard facts.differences > 0 else { return ["", StyledText("\(sanitized(facts.file)): \(commands) replayed", .muted)] }
    let differences = facts.differences == 1 ? "1 output is" : "\(grouped(facts.differences)) outputs are"
    return ["", StyledText("\(sanitized(facts.file)): \(commands) replayed, \(differences) not as the lesson says", Style(.warning))]
  }
}
