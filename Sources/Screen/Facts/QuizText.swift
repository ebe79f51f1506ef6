import Foundation
import Shell

/// Draws the moments of a quiz and what it came to.
enum QuizText {
  static func lines(of moment: QuizMoment, on canvas: Canvas) -> [StyledText] {
    switch moment {
    case .question(let item, let number, let limit, let left):
      let topic = item.card.topic.isEmpty ? "" : "   \(sanitized(item.card.topic))"
      let place = left.map { "\(number) of at most \(limit)\(topic)   new \($0.new)  learning \($0.learning)  due \($0.due)" }
      return StyledText(place ?? "\(number) of \(limit)\(topic)", .muted).wrapped(to: canvas.width)
        + asked(item, on: canvas) + options(of: item, on: canvas)
    case .answer(let item, let typed, let mark, let proposal, let due, let now):
      let card = item.card
      let answer =
        card.answer.isEmpty
        ? [StyledText("(this card has no answer)", .muted)] : MarkdownRenderer.lines(of: card.answer, on: canvas, in: folder(of: card.file))
      let grades = due.map { "\($0.grade.rawValue) \(name(of: $0.grade)) (\(span(from: now, to: $0.date)))" }.joined(separator: "   ")
      return [""] + verdict(on: typed, mark, item, canvas) + answer + remarks(on: mark, item, canvas) + ["", StyledText(grades, .muted)]
        + (proposal.map { [StyledText("Enter accepts \($0.rawValue) \(name(of: $0)), another number overrules it", .muted)] } ?? [])
    case .solved(let solved): return [""] + DrillText.lines(of: solved, on: canvas)
    case .graded(_, let due, let now):
      guard let due else { return [""] }
      return [StyledText("stored: it comes back in \(span(from: now, to: due))", .muted), ""]
    case .hint(.method(let text)): return MarkdownRenderer.lines(of: text, on: canvas, in: nil)
    case .hint(let hint): return StyledText(words(of: hint), Style(.accent)).wrapped(to: canvas.width)
    case .remark(let text): return StyledText(sanitized(text), Style(.warning)).wrapped(to: canvas.width)
    case .help(let commands):
      let width = (commands.map(\.name.count).max() ?? 0) + 1
      return commands.map { command in
        StyledText((":" + command.name).padding(toLength: width, withPad: " ", startingAt: 0), Style(.code))
          + StyledText("   " + command.meaning)
      }
    }
  }

  /// The question; of an exercise, whose listings and tables follow it, the first paragraph stands out.
  private static func asked(_ item: QuizQuestion, on canvas: Canvas) -> [StyledText] {
    let lines = MarkdownRenderer.lines(of: item.card.question, on: canvas, in: folder(of: item.card.file))
    let first = item.mode == .drill ? lines.firstIndex(where: \.isEmpty) ?? lines.count : lines.count
    return lines.prefix(first).map { $0.restyled { $0.bold = true } } + lines.dropFirst(first)
  }

  /// The options, each after its letter.
  private static func options(of item: QuizQuestion, on canvas: Canvas) -> [StyledText] {
    var narrow = canvas
    narrow.width = max(20, canvas.width - 5)
    return item.options.enumerated().flatMap { place, option in
      let lines = MarkdownRenderer.lines(of: option, on: narrow, in: folder(of: item.card.file))
      return lines.enumerated().map { StyledText($0 == 0 ? "  \(letter(place))  " : "     ") + $1 }
    }
  }

  /// What was given, and what a machine says of it; nothing for a card that is only turned over.
  private static func verdict(on typed: String, _ mark: QuizMark, _ item: QuizQuestion, _ canvas: Canvas) -> [StyledText] {
    guard item.mode != .flip else { return [] }
    var head: StyledText
    switch mark.verdict {
    case .right: head = StyledText("right", Style(.good, bold: true))
    case .partly: head = StyledText("partly right", Style(.warning, bold: true))
    case .wrong: head = StyledText(typed.allSatisfy(\.isWhitespace) ? "not answered" : "not the answer", Style(.bad, bold: true))
    case .open: head = StyledText("yours to judge", Style(bold: true))
    }
    if let right = item.rightOption {
      head.append(mark.verdict == .right ? "" : ": it is \(letter(right))")
    } else if !typed.allSatisfy(\.isWhitespace) {
      head.append(mark.misspelled.isEmpty ? "" : ", spelled " + sanitized(mark.misspelled.joined(separator: ", ")))
      head.append("   you: " + sanitized(typed), .muted)
    }
    return head.wrapped(to: canvas.width) + [""]
  }

  /// Which parts of the answer were named.
  private static func remarks(on mark: QuizMark, _ item: QuizQuestion, _ canvas: Canvas) -> [StyledText] {
    guard item.mode == .type, !mark.found.isEmpty, mark.verdict != .right else { return [] }
    var lines = ["", StyledText("yours has: " + sanitized(mark.found.joined(separator: ", ")), Style(.good))]
    if !mark.missing.isEmpty { lines.append(StyledText("it lacks:  " + sanitized(mark.missing.joined(separator: ", ")), Style(.warning))) }
    return lines.flatMap { $0.plain.isEmpty ? [$0] : $0.wrapped(to: canvas.width) }
  }

  private static func words(of hint: QuizHint) -> String {
    switch hint {
    case .topic(let topic): "topic: " + sanitized(topic)
    case .beginning(let words): "it begins: " + sanitized(words) + " ..."
    case .half(let words): "half of it: " + sanitized(words) + " ..."
    case .wrongOptions(let places): "it is not " + places.map(letter).joined(separator: " and not ")
    case .method(let text): sanitized(text)
    case .oneOf(let answers): "it is one of " + answers.joined(separator: ",  ")
    }
  }

  private static func letter(_ place: Int) -> String {
    QuizChoice.letters.indices.contains(place) ? QuizChoice.letters[place] : "\(place + 1)"
  }

  private static func name(of grade: QuizGrade) -> String { ["again", "hard", "good", "easy"][grade.rawValue - 1] }

  static func lines(of facts: QuizFacts, on canvas: Canvas) -> [StyledText] {
    let count = facts.asked.count
    // Where only exercises were asked, they are no cards for the reader.
    let isDrill = facts.isPractice || count > 0 && facts.asked.allSatisfy { $0.exercise != nil }
    let (one, all, known) = isDrill ? ("1 exercise", "\(count) exercises", "right") : ("1 card graded", "\(count) cards graded", "known")
    var head = StyledText(count == 1 ? one : all, Style(bold: true))
    if count > 0 { head.append(", \(facts.asked.filter(\.isKnown).count) \(known)") }
    if facts.ending == .nothingLeft { head.append(count == 0 ? ": nothing is due now" : ": nothing else is due now") }
    var lines = [head]
    if !facts.missed.isEmpty {
      lines += ["missed"] + DrillText.missed(facts.missedExercises, on: canvas)
      let skills = Set(facts.missedExercises.map(\.item.card.id))
      lines += facts.missed.filter { !skills.contains($0.id) }.map { card in
        StyledText("  \(card.id)  ", .muted)
          + StyledText(MarkdownRenderer.title(card.question, width: max(20, canvas.width - card.id.count - 4), on: canvas))
      }
      let advice =
        facts.advice.topics.map { "quiz \($0)" } + facts.advice.terms.map { "explain \($0)" } + facts.advice.lessons.map { "replay \($0)" }
        + facts.advice.drills.map { "drill \($0)" }
      if !advice.isEmpty {
        lines += ["to look at"] + advice.map { StyledText("  " + sanitized($0), Style(.code)) }
      }
    }
    if let next = facts.nextDue, facts.ending != .complete {
      lines.append(StyledText("the next card comes in \(span(from: facts.now, to: next))", .muted))
    }
    return lines
  }

  static func lines(of facts: DueFacts) -> [StyledText] {
    var lines = [StyledText("new \(facts.counts.new)   learning \(facts.counts.learning)   due \(facts.counts.due)")]
    if facts.drills > 0 {
      let waiting = facts.drills == 1 ? "1 kind of exercises waits" : "\(facts.drills) kinds of exercises wait"
      lines.append(StyledText("\(waiting): quiz mode=drill", .muted))
    }
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
