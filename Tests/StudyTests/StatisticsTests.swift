import Deck
import Foundation
import Study
import Testing

@Suite struct StatisticsTests {
  static let dates: Calendar = {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = TimeZone(identifier: "UTC") ?? .gmt
    return calendar
  }()
  /// A Wednesday at noon.
  static let now = Date(timeIntervalSince1970: 1_750_248_000)
  static let cards = [
    Card(category: "A", topic: "One", question: "first", answer: "1"), Card(category: "A", topic: "One", question: "second", answer: "2"),
    Card(category: "A", topic: "Two", question: "third", answer: "3"), Card(category: "A", topic: "Three", question: "fourth", answer: "4"),
  ]
  static let scheduler = Scheduler.standard
  static let rules = ReviewTally.Rules(scheduler: scheduler, dates: dates)

  /// The log of reviews of cards, each as (card, days before now, grade), scheduled as they go.
  static func log(_ reviews: [(card: Int, daysAgo: Double, grade: Grade)], mode: String? = "flip") -> [ReviewLog] {
    var states: [Int: CardState] = [:]
    return reviews.map { review in
      let time = now.addingTimeInterval(-review.daysAgo * 86_400)
      let state = scheduler.review(states[review.card] ?? .new, grade: review.grade, at: time)
      states[review.card] = state
      return ReviewLog(cardID: cards[review.card].id, grade: review.grade, reviewedAt: time, duration: 4000, mode: mode, state: state)
    }
  }

  static func statistics(_ log: [ReviewLog]) -> ReviewStatistics {
    ReviewStatistics(tally: ReviewTally(log, rules), cards: cards, now: now, dates: dates)
  }

  @Test("An empty log says nothing, and all cards are new")
  func empty() {
    let statistics = Self.statistics([])
    #expect(statistics.reviews == 0 && statistics.newCards == 4 && statistics.streak == 0 && statistics.longestStreak == 0)
    #expect(statistics.recall.retention == nil && statistics.recall.predicted == nil)
    #expect(statistics.topics.isEmpty && statistics.modes.isEmpty && statistics.hardest.isEmpty)
    #expect(statistics.forecast == [Int](repeating: 0, count: 30))
  }

  @Test("Retention counts the reviews on a later day alone, and its prediction is the mean of R at their times")
  func retention() throws {
    let log = Self.log([(0, 20, .good), (0, 19.999, .good), (1, 20, .easy), (0, 15, .again), (1, 5, .good)])
    let statistics = Self.statistics(log)
    #expect(statistics.reviews == 5)
    #expect(statistics.recall.asked == 2 && statistics.recall.recalled == 1)
    #expect(statistics.recall.retention == 0.5)
    let model = Self.scheduler.model
    let first = model.retrievability(stability: try #require(log[1].stability), days: 4)
    let second = model.retrievability(stability: try #require(log[2].stability), days: 15)
    #expect(abs(try #require(statistics.recall.predicted) - (first + second) / 2) < 1e-12)
    #expect(statistics.recallOfWeek.asked == 1 && statistics.recallOfWeek.retention == 1)
    #expect(statistics.recallOfMonth.asked == 2)
    #expect(statistics.weeklyRecall.map(\.asked).reduce(0, +) == 2)
  }

  @Test("What a log adds up to does not depend on its order; what counts of a card is what was stored last")
  func order() {
    let log = Self.log([(0, 20, .good), (1, 18, .easy), (0, 12, .again), (1, 5, .good), (2, 1, .hard)])
    let (forward, backward) = (
      Self.statistics(log), Self.statistics(log.reversed())
    )
    #expect(forward.recall == backward.recall && forward.topics == backward.topics && forward.calendar == backward.calendar)
    #expect(forward.modes == backward.modes && forward.reviews == backward.reviews)
    let states = ReviewTally(log.reversed(), Self.rules).states
    #expect(states[Self.cards[0].id] == log[0].state && ReviewTally(log, Self.rules).states[Self.cards[0].id] == log[2].state)
  }

  @Test(
    "A streak runs up to today, or to yesterday while today has no review",
    arguments: [
      ([0], 1, 1), ([1], 1, 1), ([2], 0, 1), ([0, 1, 2], 3, 3), ([1, 2], 2, 2), ([0, 2, 3, 4], 1, 3), ([9, 8, 7, 1, 0], 2, 3),
    ] as [([Double], Int, Int)])
  func streaks(daysAgo: [Double], current: Int, longest: Int) {
    let statistics = Self.statistics(Self.log(daysAgo.sorted(by: >).map { (0, $0, .good) }))
    #expect(statistics.streak == current && statistics.longestStreak == longest && statistics.activeDays == daysAgo.count)
  }

  @Test("The calendar begins on a Monday 25 weeks before this one and ends today")
  func calendar() {
    let statistics = Self.statistics(Self.log([(0, 200, .good), (0, 2, .good), (1, 0, .good), (2, 0.1, .good)]))
    #expect(Self.dates.component(.weekday, from: statistics.calendarStart) == 2)
    #expect(statistics.calendar.count == 25 * 7 + 3)
    #expect(statistics.calendar.last == 2 && statistics.calendar[25 * 7] == 1)
    #expect(statistics.calendar.reduce(0, +) == 3)
  }

  @Test("Days follow the learner's clock, over a change to summer time too")
  func timeZone() throws {
    var paris = Self.dates
    paris.timeZone = try #require(TimeZone(identifier: "Europe/Paris"))
    // 30 March 2025 has 23 hours there; the review is at 23:30 on the 29th, the time is 00:30 on the 31st.
    let review = Date(timeIntervalSince1970: 1_743_287_400)
    let now = Date(timeIntervalSince1970: 1_743_373_800)
    let state = Self.scheduler.review(.new, grade: .good, at: review)
    let log = [ReviewLog(cardID: Self.cards[0].id, grade: .good, reviewedAt: review, state: state)]
    let statistics = ReviewStatistics(
      tally: ReviewTally(log, .init(scheduler: Self.scheduler, dates: paris)), cards: [], now: now, dates: paris)
    #expect(statistics.calendar.count == 25 * 7 + 1)
    #expect(statistics.calendar[25 * 7 - 2] == 1)
    #expect(statistics.streak == 0 && statistics.reviewsElsewhere == 1)
  }

  @Test("The forecast counts what waits for today, and each card once")
  func forecast() {
    let states: [String: CardState] = [
      Self.cards[0].id: CardState(phase: .review, due: Self.now.addingTimeInterval(-5 * 86_400)),
      Self.cards[1].id: CardState(phase: .learning, due: Self.now.addingTimeInterval(600)),
      Self.cards[2].id: CardState(phase: .review, due: Self.now.addingTimeInterval(29 * 86_400)),
      Self.cards[3].id: CardState(phase: .review, due: Self.now.addingTimeInterval(30 * 86_400)),
    ]
    let log = states.sorted { $0.key < $1.key }.map { id, state in
      ReviewLog(cardID: id, grade: .good, reviewedAt: Self.now.addingTimeInterval(-40 * 86_400), state: state)
    }
    let statistics = ReviewStatistics(
      tally: ReviewTally(log, Self.rules), cards: Self.cards + Self.cards, now: Self.now, dates: Self.dates)
    #expect(statistics.forecast[0] == 2 && statistics.forecast[29] == 1 && statistics.forecast.reduce(0, +) == 3)
  }

  @Test("Topics count their cards, reviews and lapses; those without a review are left out")
  func topics() {
    let statistics = Self.statistics(Self.log([(0, 20, .easy), (2, 20, .easy), (0, 10, .again), (0, 9.99, .good), (0, 3, .good)]))
    #expect(statistics.topics.map(\.name) == ["One", "Two"])
    #expect(statistics.topics[0].cards == 2 && statistics.topics[0].reviewedCards == 1)
    #expect(statistics.topics[0].reviews == 4 && statistics.topics[0].lapses == 1)
    #expect(statistics.topics[0].recall.asked == 2 && statistics.topics[0].recall.retention == 0.5)
    #expect(statistics.topics[1].recall.retention == nil)
  }

  @Test("The hardest cards are those forgotten, by difficulty")
  func hardest() {
    let statistics = Self.statistics(
      Self.log([(0, 30, .easy), (1, 30, .again), (2, 30, .easy), (1, 20, .again), (2, 10, .again), (2, 5, .good)]))
    #expect(statistics.hardest.map(\.card.question) == ["second", "third"])
    #expect(statistics.hardest.map(\.lapses) == [0, 1])
  }

  @Test("Modes are told apart, the most used first")
  func modes() {
    let log = Self.log([(0, 20, .good), (0, 10, .good)]) + Self.log([(1, 20, .good)], mode: nil)
    #expect(Self.statistics(log).modes.map(\.name) == ["flip", nil])
    #expect(Self.statistics(log).modes.map(\.time) == [8000, 4000])
  }
}
