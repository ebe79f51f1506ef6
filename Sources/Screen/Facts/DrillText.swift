import Foundation
import Shell

/// Draws the moments of a drill and what it came to.
enum DrillText {
  static func lines(of moment: DrillMoment, on canvas: Canvas) -> [StyledText] {
    switch moment {
    case .exercise(let exercise, let kind, let number, let limit, _):
      let options = exercise.options.enumerated().flatMap { index, option in
        MarkdownRenderer.lines(of: "\(index + 1). \(option)", on: canvas, in: nil)
      }
      return [StyledText("\(number) of \(limit)   \(kind)", .muted)] + MarkdownRenderer.lines(of: exercise.question, on: canvas, in: nil)
        + (options.isEmpty ? [] : [""] + options)
    case .marked(let exercise, let isRight, let remark, let grade, let due, let now):
      let back = due.map { "the skill comes back in \(QuizText.span(from: now, to: $0))" } ?? ""
      let name = ["again", "hard", "good", "easy"][grade.rawValue - 1]
      let end = [StyledText("\(name): \(back)", .muted), ""]
      if isRight { return [StyledText("right", Style(.good))] + end }
      var head = StyledText("not right", Style(.warning))
      if let remark { head.append(": " + remark) }
      return head.wrapped(to: canvas.width) + [""] + MarkdownRenderer.lines(of: exercise.solution, on: canvas, in: nil) + [""] + end
    case .hint(let text): return MarkdownRenderer.lines(of: text, on: canvas, in: nil)
    case .built(let facts): return ModelText.lines(of: facts, on: canvas)
    case .remark(let text): return StyledText(sanitized(text), Style(.warning)).wrapped(to: canvas.width)
    }
  }

  static func lines(of facts: DrillFacts, on canvas: Canvas) -> [StyledText] {
    let count = facts.asked.count, right = facts.asked.filter(\.isRight).count
    var head = StyledText(count == 1 ? "1 exercise" : "\(count) exercises", Style(bold: true))
    if count > 0 { head.append(", \(right) right") }
    let missed = facts.asked.filter { !$0.isRight }
    guard !missed.isEmpty else { return [head] }
    let width = missed.map(\.kind.count).max() ?? 0
    let lines = missed.flatMap { exercise -> [StyledText] in
      let given = exercise.answer.isEmpty ? "no answer" : sanitized(exercise.answer)
      let what = exercise.mistake ?? "\(given) for \(exercise.right.replacing("`", with: ""))"
      return StyledText(what).wrapped(to: canvas.width - width - 4).enumerated().map { index, line in
        StyledText("  " + (index == 0 ? exercise.kind : "").padded(to: width) + "  ") + line
      }
    }
    var kinds: [String] = []
    for exercise in missed where !kinds.contains(exercise.kind) { kinds.append(exercise.kind) }
    return [head, "missed:"] + lines + [StyledText("again: " + kinds.map { "`drill \($0)`" }.joined(separator: ", "), .muted)]
  }
}
