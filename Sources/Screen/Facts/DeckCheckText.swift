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
    switch facts.confirmed.count {
    case 0: break
    case 1: head.append(", 1 claim is right")
    default: head.append(", \(grouped(facts.confirmed.count)) claims are right")
    }
    var lines = [head]
    let width = "\(max(facts.findings.map(\.line).max() ?? 0, facts.confirmed.map(\.line).max() ?? 0))".count
    func margin(_ line: Int) -> String {
      "  line " + String(repeating: " ", count: width - "\(line)".count) + "\(line)  "
    }
    let blank = String(repeating: " ", count: width + 9)
    for file in facts.files {
      let findings = facts.findings.filter { $0.file == file }
      if findings.isEmpty { continue }
      lines.append(StyledText(sanitized(file), Style(.heading)))
      for finding in findings {
        lines += indented(StyledText(sanitized(finding.says), Style(.warning)), by: margin(finding.line), to: canvas.width)
        let right = finding.kind.isClaim ? "right: \(finding.right)" : finding.right
        lines += indented(StyledText(sanitized(right), finding.kind.isClaim ? .plain : .muted), by: blank, to: canvas.width)
      }
    }
    if facts.confirmed.isEmpty { return lines }
    // The claims of a line stand side by side; of a long deck the first lines are enough.
    lines += [StyledText(), StyledText("computed again and right", Style(.heading))]
    var places: [(file: String, line: Int, says: [String])] = []
    for confirmation in facts.confirmed {
      if let last = places.last, last.file == confirmation.file, last.line == confirmation.line {
        if !last.says.contains(confirmation.says) { places[places.count - 1].says.append(confirmation.says) }
      } else {
        places.append((confirmation.file, confirmation.line, [confirmation.says]))
      }
    }
    var file = facts.files.count > 1 ? "" : facts.files.first ?? ""
    for place in places.prefix(mostConfirmed) {
      if place.file != file {
        file = place.file
        lines.append(StyledText("  " + sanitized(file), .muted))
      }
      lines += indented(StyledText(sanitized(place.says.joined(separator: ";  "))), by: margin(place.line), to: canvas.width)
    }
    if places.count > mostConfirmed {
      lines.append(StyledText("  and on \(grouped(places.count - mostConfirmed)) lines more; `--json` lists them all", .muted))
    }
    return lines
  }

  /// So many lines with right claims are listed.
  private static let mostConfirmed = 30

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
