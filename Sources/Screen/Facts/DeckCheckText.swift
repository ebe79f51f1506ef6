import Foundation
import Shell

/// Draws what a check of decks found.
enum DeckCheckText {
  static func lines(of facts: DeckCheckFacts, on canvas: Canvas) -> [StyledText] {
    var head = StyledText(facts.count == 1 ? "1 card" : "\(grouped(facts.count)) cards", Style(bold: true))
    if facts.different != facts.count { head.append(", \(grouped(facts.different)) different") }
    if facts.files.count > 1 { head.append(" in \(grouped(facts.files.count)) files") }
    switch facts.findings.count {
    case 0: head.append(": nothing to mend")
    case 1: head.append(": 1 finding")
    default: head.append(": \(grouped(facts.findings.count)) findings")
    }
    var lines = [head]
    var file = ""
    let width = "\(facts.findings.map(\.line).max() ?? 0)".count
    for finding in facts.findings {
      if finding.file != file {
        file = finding.file
        lines.append(StyledText(sanitized(file), Style(.heading)))
      }
      let number = String(repeating: " ", count: width - "\(finding.line)".count) + "\(finding.line)"
      lines += indented(StyledText(sanitized(finding.says), Style(.warning)), by: "  line \(number)  ", to: canvas.width)
      lines += indented(StyledText(sanitized(finding.right), .muted), by: String(repeating: " ", count: width + 9), to: canvas.width)
    }
    for confirmation in facts.confirmed {
      lines += StyledText("right: \(sanitized(confirmation.file)):\(confirmation.line) \(sanitized(confirmation.says))").wrapped(
        to: canvas.width)
    }
    return lines
  }

  /// A text wrapped behind a margin that stands before its first line.
  private static func indented(_ text: StyledText, by margin: String, to width: Int) -> [StyledText] {
    let blank = String(repeating: " ", count: margin.count)
    return text.wrapped(to: max(20, width - margin.count)).enumerated().map {
      StyledText($0.offset == 0 ? margin : blank, .muted) + $0.element
    }
  }
}

/// Draws the pairs of `deck relink`.
enum RelinkText {
  static func lines(of moment: RelinkMoment, on canvas: Canvas) -> [StyledText] {
    let percent = Int((moment.pair.likeness * 100).rounded())
    return [StyledText("\(moment.number) of \(moment.count)   \(percent)% alike", Style(.heading))]
      + lines(was: moment.pair.old.question, now: moment.pair.new.question, on: canvas)
  }

  static func lines(of facts: RelinkFacts, on canvas: Canvas) -> [StyledText] {
    let moved = facts.pairs.count(where: \.isMoved)
    guard !facts.pairs.isEmpty else {
      if facts.left == 0 { return ["every history has its card"] }
      return StyledText(
        "\(grouped(facts.left)) \(facts.left == 1 ? "history has" : "histories have") no card any more, and no new card is like it"
      ).wrapped(to: canvas.width)
    }
    var lines = [StyledText("\(grouped(moved)) of \(grouped(facts.pairs.count)) histories moved", Style(bold: true))]
    for (pair, isMoved) in facts.pairs where isMoved { lines += self.lines(was: pair.old.question, now: pair.new.question, on: canvas) }
    return lines
  }

  private static func lines(was: String, now: String, on canvas: Canvas) -> [StyledText] {
    [("was", was), ("is ", now)].map { word, question in
      StyledText("  \(word)  ", .muted) + StyledText(MarkdownRenderer.title(question, width: max(20, canvas.width - 7), on: canvas))
    }
  }
}
