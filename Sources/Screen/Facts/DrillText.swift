import Foundation
import Shell

/// Draws exercises: their kinds, and what came of an answer.
enum DrillText {
  /// The kinds with when each comes due.
  static func lines(of facts: DrillListFacts, on canvas: Canvas) -> [StyledText] {
    let times = facts.kinds.map { kind in
      kind.due.map { $0 <= facts.now ? "due now" : "in \(QuizText.span(from: facts.now, to: $0))" } ?? "new"
    }
    let (names, dues) = (facts.kinds.map(\.name.count).max() ?? 0, times.map(\.count).max() ?? 0)
    let margin = names + dues + 4
    let kinds = zip(facts.kinds, times).flatMap { kind, time in
      StyledText(kind.summary).wrapped(to: max(20, canvas.width - margin)).enumerated().map { index, line in
        index > 0
          ? StyledText(String(repeating: " ", count: margin)) + line
          : StyledText(kind.name, Style(.code)).padded(to: names + 2) + StyledText(time, .muted).padded(to: dues + 2) + line
      }
    }
    return kinds + StyledText("drill KIND asks five of a kind, quiz mode=drill those that are due", .muted).wrapped(to: canvas.width)
  }

  /// What came of an answer, and how the right one is worked out where it was wrong.
  static func lines(of solved: SolvedExercise, on canvas: Canvas) -> [StyledText] {
    if solved.isRight {
      var head = StyledText("right", Style(.good, bold: true))
      switch solved.delay {
      case .hint: head.append(", with a hint: hard", .muted)
      case .seconds(let seconds): head.append(", in \(seconds) s: hard", .muted)
      case nil: head.append(": good", .muted)
      }
      return [head]
    }
    var head = StyledText(solved.typed.isEmpty ? "not answered" : "not the answer", Style(.bad, bold: true))
    if !solved.typed.isEmpty { head.append("   you: " + sanitized(solved.typed), .muted) }
    var lines = head.wrapped(to: canvas.width)
    if let mistake = solved.mistake { lines += StyledText(mistake, Style(.warning)).wrapped(to: canvas.width) }
    lines.append("")
    for working in solved.workings { lines += FactsRenderer.lines(of: working, on: canvas) + [""] }
    return lines + MarkdownRenderer.lines(of: solved.item.exercise.solution, on: canvas, in: nil) + [""]
  }

  /// The exercises that were missed, by their kinds.
  static func missed(_ exercises: [SolvedExercise], on canvas: Canvas) -> [StyledText] {
    let width = exercises.map(\.item.kind.name.count).max() ?? 0
    return exercises.flatMap { exercise -> [StyledText] in
      let given = exercise.typed.isEmpty ? "no answer" : sanitized(exercise.typed)
      let what = exercise.mistake ?? "\(given); it is \(exercise.item.exercise.answerText.replacing("`", with: ""))"
      return StyledText(what).wrapped(to: max(20, canvas.width - width - 4)).enumerated().map { index, line in
        StyledText("  " + (index == 0 ? exercise.item.kind.name : "").padding(toLength: width, withPad: " ", startingAt: 0) + "  ", .muted)
          + line
      }
    }
  }
}
