import Foundation
import Shell

/// Draws how the reviews went: counts, retention, topics, what comes due, the days with reviews, the hardest cards.
enum StatsText {
  static func lines(of facts: StatsFacts, on canvas: Canvas) -> [StyledText] {
    let statistics = facts.statistics
    guard statistics.reviews > 0 else {
      let cards = statistics.newCards == 0 ? "" : ": \(counted(statistics.newCards, "card")) wait, `quiz` asks the first ones"
      return StyledText("no reviews yet\(cards)", .muted).wrapped(to: canvas.width)
    }
    let parts = [
      head(statistics, canvas), retention(statistics, canvas), topics(statistics, canvas), modes(statistics, canvas),
      DayBars.lines(of: statistics.forecast, on: canvas),
      ReviewCalendar.lines(of: statistics.calendar, from: statistics.calendarStart, on: canvas), hardest(statistics, canvas),
    ].filter { !$0.isEmpty }
    return Array(parts.joined(separator: [""]))
  }

  private static func head(_ statistics: StatsFacts.Statistics, _ canvas: Canvas) -> [StyledText] {
    var first = StyledText(counted(statistics.reviews, "review"), Style(bold: true))
    first.append(" of \(counted(statistics.reviewedCards, "card")) on \(counted(statistics.activeDays, "day"))")
    if statistics.timedReviews > 0 {
      first.append(", \(span(statistics.time)) in all, \(span(statistics.time / statistics.timedReviews)) a review")
    }
    let today =
      statistics.reviewsToday == 0
      ? "nothing yet today" : "today \(counted(statistics.reviewsToday, "review")), \(span(statistics.timeToday))"
    var second = StyledText(
      "\(today); streak \(counted(statistics.streak, "day")), the longest \(counted(statistics.longestStreak, "day"))")
    if statistics.newCards > 0 { second.append("; \(counted(statistics.newCards, "new card"))", .muted) }
    return first.wrapped(to: canvas.width) + second.wrapped(to: canvas.width)
  }

  private static func retention(_ statistics: StatsFacts.Statistics, _ canvas: Canvas) -> [StyledText] {
    guard statistics.recall.asked > 0 else {
      return StyledText("retention: known once cards are asked again on a later day", .muted).wrapped(to: canvas.width)
    }
    let periods = [("last 7 days", statistics.recallOfWeek), ("last 30 days", statistics.recallOfMonth), ("all", statistics.recall)]
    let rows = periods.filter { $0.1.asked > 0 }.map { [StyledText($0.0)] + cells(of: $0.1, asked: true) }
    return table([.init("retention"), .init("asked", .right)] + recallColumns, rows, canvas)
  }

  private static func topics(_ statistics: StatsFacts.Statistics, _ canvas: Canvas) -> [StyledText] {
    guard !statistics.topics.isEmpty else {
      return StyledText("the reviewed cards are in no deck that is open: `deck load` it to see its topics", .muted).wrapped(
        to: canvas.width)
    }
    let isRecalled = statistics.recall.asked > 0
    let rows = statistics.topics.map { topic -> [StyledText] in
      let name = topic.name.isEmpty ? "(no topic)" : sanitized(topic.name).truncated(to: 32, mark: canvas.ellipsis)
      return [
        StyledText(name), StyledText("\(topic.reviewedCards)/\(topic.cards)"), StyledText(grouped(topic.reviews)),
        StyledText(grouped(topic.lapses)),
      ] + (isRecalled ? cells(of: topic.recall, asked: false) : [])
    }
    let columns: [TextTable.Column] = [
      .init("topic"), .init("cards", .right), .init("reviews", .right), .init("lapses", .right),
    ]
    var lines = table(columns + (isRecalled ? recallColumns : []), rows, canvas)
    if statistics.reviewsElsewhere > 0 {
      lines += StyledText("and \(counted(statistics.reviewsElsewhere, "review")) of cards in no deck that is open", .muted).wrapped(
        to: canvas.width)
    }
    return lines
  }

  /// Nothing where all was asked in one way.
  private static func modes(_ statistics: StatsFacts.Statistics, _ canvas: Canvas) -> [StyledText] {
    guard statistics.modes.count > 1 else { return [] }
    let rows = statistics.modes.map { mode in
      [
        StyledText(mode.name.map { sanitized($0) } ?? "(not told)"), StyledText(grouped(mode.reviews)),
        StyledText(mode.time > 0 ? span(mode.time / mode.reviews) : none(canvas)),
      ] + cells(of: mode.recall, asked: false)
    }
    return table([.init("mode"), .init("reviews", .right), .init("a review", .right)] + recallColumns, rows, canvas)
  }

  private static func hardest(_ statistics: StatsFacts.Statistics, _ canvas: Canvas) -> [StyledText] {
    guard !statistics.hardest.isEmpty else { return [] }
    let width = max(20, canvas.width - 41)
    let rows = statistics.hardest.map { hard in
      [
        StyledText(hard.card.id, Style(.accent)), StyledText(hard.difficulty.map { oneDecimal($0) } ?? none(canvas), .plain),
        StyledText("\(hard.lapses)"), StyledText(MarkdownRenderer.title(hard.card.question, width: width, on: canvas)),
      ]
    }
    return table([.init("hardest"), .init("difficulty", .right), .init("lapses", .right), .init("question")], rows, canvas)
  }

  private static let recallColumns: [TextTable.Column] = [.init("remembered", .right), .init("predicted", .right)]

  private static func cells(of recall: StatsFacts.Recall, asked: Bool) -> [StyledText] {
    (asked ? [StyledText(grouped(recall.asked))] : [])
      + [StyledText(percent(recall.retention), Style(bold: true)), StyledText(percent(recall.predicted), .muted)]
  }

  private static func table(_ columns: [TextTable.Column], _ rows: [[StyledText]], _ canvas: Canvas) -> [StyledText] {
    TextTable(columns, rows: rows, frame: .none).lines(width: canvas.width, repertoire: canvas.repertoire)
  }

  private static func none(_ canvas: Canvas) -> String { canvas.repertoire == .unicode ? "–" : "-" }

  /// A share in percent with one decimal; nothing where nothing is known.
  private static func percent(_ share: Double?) -> String { share.map { oneDecimal($0 * 100) + "%" } ?? "" }

  private static func oneDecimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// A time in milliseconds in words: 8 s, 12 min, 3 h 20 min.
  private static func span(_ milliseconds: Int) -> String {
    let seconds = (milliseconds + 500) / 1000
    if seconds < 60 { return "\(seconds) s" }
    let minutes = (seconds + 30) / 60
    if minutes < 60 { return "\(minutes) min" }
    return "\(grouped(minutes / 60)) h" + (minutes % 60 == 0 ? "" : " \(minutes % 60) min")
  }
}

extension Canvas {
  /// The mark of a text that is cut.
  var ellipsis: String { repertoire == .unicode ? "…" : "..." }
}
