import Foundation
import Shell

/// Draws the moments of a quiz and what it came to.
enum QuizText {
  static func lines(of moment: QuizMoment, on canvas: Canvas) -> [StyledText] {
    switch moment {
    case .question(let card, let number, let limit):
      let topic = card.topic.isEmpty ? "" : "   \(sanitized(card.topic))"
      return [StyledText("\(number) of at most \(limit)\(topic)", .muted)]
        + MarkdownRenderer.lines(of: card.question, on: canvas, in: folder(of: card.file)).map { $0.restyled { $0.bold = true } }
    case .answer(let card, _, let due, let now):
      let answer =
        card.answer.isEmpty
        ? [StyledText("(this card has no answer)", .muted)] : MarkdownRenderer.lines(of: card.answer, on: canvas, in: folder(of: card.file))
      let names = ["again", "hard", "good", "easy"]
      let grades = due.map { "\($0.grade.rawValue) \(names[$0.grade.rawValue - 1]) (\(span(from: now, to: $0.date)))" }.joined(
        separator: "   ")
      return [""] + answer + ["", StyledText(grades, .muted)]
    case .graded(_, let due, let now):
      guard let due else { return [""] }
      return [StyledText("stored: it comes back in \(span(from: now, to: due))", .muted), ""]
    case .remark(let text): return StyledText(sanitized(text), Style(.warning)).wrapped(to: canvas.width)
    }
  }

  static func lines(of facts: QuizFacts, on canvas: Canvas) -> [StyledText] {
    let count = facts.asked.count
    var head = StyledText(count == 1 ? "1 card graded" : "\(count) cards graded", Style(bold: true))
    if count > 0 {
      let known = facts.asked.filter { $0.grade != .again }.count
      head.append(", \(known) known")
    }
    if facts.ending == .nothingLeft { head.append(count == 0 ? ": nothing is due now" : ": nothing else is due now") }
    var lines = [head]
    if let next = facts.nextDue, facts.ending != .complete {
      lines.append(StyledText("the next card comes in \(span(from: facts.now, to: next))", .muted))
    }
    return lines
  }

  static func lines(of facts: DueFacts) -> [StyledText] {
    var lines = [StyledText("new \(facts.counts.new)   learning \(facts.counts.learning)   due \(facts.counts.due)")]
    if let next = facts.next { lines.append(StyledText("the next card comes in \(span(from: facts.now, to: next))", .muted)) }
    return lines
  }

  /// How far away a time is: 10 min, 3 h, 12 d, 5 months, 2 years.
  static func span(from now: Date, to then: Date) -> String {
    let seconds = max(0, then.timeIntervalSince(now))
    let minutes = seconds / 60
    if seconds < 59.5 { return "\(Int(seconds.rounded())) s" }
    if minutes < 59.5 { return "\(Int(minutes.rounded())) min" }
    if minutes < 24 * 60 { return "\(Int((minutes / 60).rounded())) h" }
    let days = minutes / (24 * 60)
    if days < 60 { return "\(Int(days.rounded())) d" }
    if days < 730 { return "\(Int((days / 30.4).rounded())) months" }
    return "\(compact(days / 365.25, digits: 2)) years"
  }
}
