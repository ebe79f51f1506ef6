import Foundation
import Shell

/// Draws decks, topics and cards.
enum CardText {
  static func lines(of facts: DeckFacts, on canvas: Canvas) -> [StyledText] {
    var head = StyledText(facts.cards.count == 1 ? "1 card" : "\(grouped(facts.cards.count)) cards", Style(bold: true))
    if facts.different != facts.cards.count { head.append(", \(grouped(facts.different)) different") }
    head.append(", \(facts.topics.count) \(facts.topics.count == 1 ? "topic" : "topics")")
    if facts.isBuiltIn { head.append("   the built-in cards", .muted) }
    var lines = [head]
    lines += facts.files.map { StyledText("  \(sanitized($0.file))   \($0.cards)", .muted) }
    for finding in facts.findings.prefix(8) {
      lines += StyledText("line \(finding.line): \(sanitized(finding.says)); \(sanitized(finding.right))", Style(.warning)).wrapped(
        to: canvas.width)
    }
    if facts.findings.count > 8 { lines.append(StyledText("and \(facts.findings.count - 8) more remarks", Style(.warning))) }
    return lines
  }

  static func lines(of facts: TopicsFacts, on canvas: Canvas) -> [StyledText] {
    guard !facts.topics.isEmpty else { return ["no cards are loaded"] }
    let rows = facts.topics.map { topic in
      [
        StyledText(sanitized(topic.name.isEmpty ? "(no topic)" : topic.name)), StyledText("\(topic.cards.count)"),
        StyledText(sanitized(topic.category), .muted),
      ]
    }
    return TextTable([.init("topic"), .init("cards", .right), .init("category")], rows: rows, frame: .none)
      .lines(width: canvas.width, repertoire: canvas.repertoire)
  }

  static func lines(of facts: CardListFacts, on canvas: Canvas) -> [StyledText] {
    guard !facts.cards.isEmpty else { return ["no card holds these words"] }
    var lines: [StyledText] = []
    // A search has the best cards first; under each topic they stand in that order.
    for topic in facts.topics {
      lines.append(StyledText(sanitized(topic.name.isEmpty ? "(no topic)" : topic.name), Style(.heading)))
      for card in topic.cards {
        let question = MarkdownRenderer.title(card.question, width: max(20, canvas.width - card.id.count - 4), on: canvas)
        lines.append(StyledText("  \(card.id)  ", .muted) + StyledText(question))
      }
    }
    return lines
  }

  static func lines(of facts: CardFacts, on canvas: Canvas) -> [StyledText] {
    let card = facts.card
    let title = [card.category, card.topic].filter { !$0.isEmpty }.joined(separator: " - ")
    let place = StyledText("\(card.id)   \(sanitized(card.file)):\(card.line)", .muted)
    return [place] + (title.isEmpty ? [] : [StyledText(sanitized(title), Style(.heading))])
      + MarkdownRenderer.lines(of: card.question, on: canvas, in: folder(of: card.file)).map { $0.restyled { $0.bold = true } } + [""]
      + MarkdownRenderer.lines(of: card.answer, on: canvas, in: folder(of: card.file))
      + (facts.standing.map { [StyledText("")] + words(of: $0).wrapped(to: canvas.width) } ?? [])
  }

  /// When the card comes, and what was decided about it.
  private static func words(of standing: CardStanding) -> StyledText {
    var words = StyledText("", .muted)
    if standing.reviews == 0 {
      words.append("never asked yet", .muted)
    } else {
      let due = standing.due.map { $0 <= standing.now ? "due now" : "due in \(QuizText.span(from: standing.now, to: $0))" }
      let memory = [
        standing.stability.map { "stability \(compact($0, digits: 3)) d" },
        standing.difficulty.map { "difficulty \(compact($0, digits: 2))" },
      ]
      words.append(
        ([standing.phase, due, counted(standing.reviews, "review")] + memory).compactMap(\.self).joined(separator: ", "), .muted)
    }
    if standing.isSuspended { words.append("; suspended", Style(.warning)) }
    if standing.buriedUntil != nil { words.append("; not asked before tomorrow", Style(.warning)) }
    if standing.isFlagged { words.append("; flagged", Style(.warning)) }
    return words
  }
}

/// The folder of a deck's file, where its pictures are.
func folder(of file: String) -> URL? { file.isEmpty ? nil : URL(fileURLWithPath: file).deletingLastPathComponent() }

extension CardText {
  static func lines(of facts: ExchangeFacts, on canvas: Canvas) -> [StyledText] {
    var words = StyledText("\(counted(facts.cards, "card")) \(canvas.arrow) \(sanitized(facts.file))")
    if facts.pictures > 0 { words.append(", with \(counted(facts.pictures, "picture"))") }
    if facts.skipped > 0 { words.append("; \(counted(facts.skipped, "note")) without a front left out", Style(.warning)) }
    return words.wrapped(to: canvas.width)
  }
}
