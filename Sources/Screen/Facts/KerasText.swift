import Shell

/// Shows a model as Python; what cannot be said in it stands below.
enum KerasText {
  static func lines(of facts: KerasFacts, on canvas: Canvas) -> [StyledText] {
    let remarks = facts.remarks.flatMap { StyledText("# " + sanitized($0), .muted).wrapped(to: canvas.width) }
    if let file = facts.file {
      let words = "keras \(canvas.arrow) \(sanitized(file))   \(grouped(facts.layers)) layers, \(grouped(facts.parameters)) parameters"
      return StyledText(words, .muted).wrapped(to: canvas.width) + remarks
    }
    // Code is not wrapped: it is to be copied.
    return facts.code.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { StyledText(sanitized(String($0))) }
      + remarks
  }
}
