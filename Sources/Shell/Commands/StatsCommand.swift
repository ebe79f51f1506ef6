import Foundation
import Language
import Study

/// `stats`: how the reviews went, and what comes.
enum StatsCommand {
  static let command = Command(
    .learn, .keeps,
    Declaration<Action>(
      "stats", "Tells how the reviews went, and what comes.", examples: ["stats"],
      notes: """
        Retention is the share of answers that were not graded Again, of those asked on a later day than the time before; beside it what FSRS-6 \
        had predicted for them. `plot forecast` and `plot retention` draw them.
        """,
      .declared("action", "what to do", from: actions, default: shown)
    ) { $0 })

  /// What `stats` can do; the first is done when none is named.
  private static let actions: [Declaration<Action>] = [
    Declaration("show", "Retention, topics, what comes due, the days with reviews, the hardest cards.", examples: ["stats show"]) { shown },
    Optimization.declaration,
  ]

  private static let shown = Action { session, surroundings in
    session.openBuiltInDecks(surroundings.files)
    return StatsFacts(statistics: try session.statistics(surroundings))
  }
}

extension Session {
  /// What the log of reviews says now, of the cards that are open and of the kinds of exercises that were asked.
  @MainActor func statistics(_ surroundings: any Surroundings) throws -> ReviewStatistics {
    let rules = ReviewTally.Rules(scheduler: try scheduler(), dates: surroundings.calendar)
    let tally = try surroundings.permittedReviews.tally(rules)
    let cards = library.differentCards + DrillCards.all.filter { tally.holds($0.id) }
    return ReviewStatistics(tally: tally, cards: cards, now: surroundings.now, dates: surroundings.calendar)
  }
}

/// How the reviews went.
public struct StatsFacts: Facts {
  /// What a log of reviews says.
  public typealias Statistics = ReviewStatistics
  /// How often cards were remembered.
  public typealias Recall = Study.Recall
  /// All that the log says.
  public let statistics: ReviewStatistics

  /// The counts, the shares that were remembered, by topic and mode, the days behind and ahead.
  public var json: [(String, JSONValue)] {
    let statistics = statistics
    let periods: [(String, Recall)] = [
      ("last_7_days", statistics.recallOfWeek), ("last_30_days", statistics.recallOfMonth), ("all", statistics.recall),
    ]
    return [
      ("reviews", .integer(statistics.reviews)), ("retention", .optional(statistics.recall.retention)),
      ("predicted", .optional(statistics.recall.predicted)),
      ("periods", .object(periods.map { ($0.0, .object(members(of: $0.1))) })),
      (
        "by_topic",
        .array(
          statistics.topics.map { topic in
            .object(
              [
                ("category", .string(topic.category)), ("topic", .string(topic.name)), ("cards", .integer(topic.cards)),
                ("reviewed", .integer(topic.reviewedCards)), ("reviews", .integer(topic.reviews)), ("lapses", .integer(topic.lapses)),
              ] + members(of: topic.recall))
          })
      ),
      (
        "by_mode",
        .array(
          statistics.modes.map { mode in
            .object(
              [
                ("mode", .optional(mode.name)), ("reviews", .integer(mode.reviews)), ("seconds", .number(Double(mode.time) / 1000)),
              ] + members(of: mode.recall))
          })
      ),
      ("grades", .array(statistics.grades.map { .integer($0) })), ("reviewed", .integer(statistics.reviewedCards)),
      ("new", .integer(statistics.newCards)), ("elsewhere", .integer(statistics.reviewsElsewhere)),
      ("forecast", .array(statistics.forecast.map { .integer($0) })),
      (
        "calendar",
        .object([
          ("from", .string(timestamp(statistics.calendarStart))), ("reviews", .array(statistics.calendar.map { .integer($0) })),
        ])
      ),
      (
        "hardest",
        .array(
          statistics.hardest.map {
            .object([
              ("id", .string($0.card.id)), ("difficulty", .optional($0.difficulty)), ("lapses", .integer($0.lapses)),
              ("reviews", .integer($0.reviews)),
            ])
          })
      ),
      ("seconds", .number(Double(statistics.time) / 1000)), ("days", .integer(statistics.activeDays)),
      ("streak", .integer(statistics.streak)), ("longest_streak", .integer(statistics.longestStreak)),
    ]
  }

  private func members(of recall: Recall) -> [(String, JSONValue)] {
    [("asked", .integer(recall.asked)), ("retention", .optional(recall.retention)), ("predicted", .optional(recall.predicted))]
  }
}
