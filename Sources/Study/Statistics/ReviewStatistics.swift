import Deck
import Foundation

/// What a log of reviews says about a learner's memory and habits.
///
/// A value made at once from what it is handed: the reviews, the cards of the open decks, the scheduler and the time.
public struct ReviewStatistics: Sendable {
  /// The weeks of the calendar, this one included.
  public static let weeks = 26
  /// The days of the forecast, this one included.
  public static let forecastDays = 30

  /// The reviews of all decks, and the different cards in them.
  public private(set) var reviews = 0
  /// The different cards that were ever reviewed.
  public private(set) var reviewedCards = 0
  /// The reviews with each grade, from Again to Easy.
  public private(set) var grades = [Int](repeating: 0, count: Grade.allCases.count)
  /// What was remembered of what was asked on a later day: of all time, of the last 30 days, and of the last 7.
  public private(set) var recall = Recall(), recallOfMonth = Recall(), recallOfWeek = Recall()
  /// The same by week, oldest first, this week last.
  public private(set) var weeklyRecall = [Recall](repeating: Recall(), count: weeks)
  /// The topics of the open decks that were reviewed, in the order of the decks.
  public private(set) var topics: [TopicStatistics] = []
  /// The ways of asking, the most used first.
  public private(set) var modes: [ModeStatistics] = []
  /// The reviews of cards that no open deck holds.
  public private(set) var reviewsElsewhere = 0
  /// The cards that come due on each day from today on; those of days gone by are due today.
  public private(set) var forecast = [Int](repeating: 0, count: forecastDays)
  /// The cards of the open decks that were never reviewed.
  public private(set) var newCards = 0
  /// The reviews of each day, Monday of the first week first, today last.
  public private(set) var calendar: [Int] = []
  /// The first day of the calendar.
  public private(set) var calendarStart: Date
  /// The cards that are hardest to keep, the hardest first.
  public private(set) var hardest: [HardCard] = []
  /// The time spent on reviews that say how long they took, in milliseconds, and how many they are.
  public private(set) var time = 0, timedReviews = 0
  /// The reviews and the milliseconds of today.
  public private(set) var reviewsToday = 0, timeToday = 0
  /// The days in a row with a review, up to today, or to yesterday while nothing is reviewed today.
  public private(set) var streak = 0
  /// The longest such row ever.
  public private(set) var longestStreak = 0
  /// The days with a review.
  public private(set) var activeDays = 0

  /// What a log says at a moment.
  ///
  /// - Parameters:
  ///   - log: The reviews, in any order.
  ///   - cards: The cards of the open decks; of those that share an id, the first counts.
  ///   - states: What the newest review of each card left behind.
  ///   - dates: Whose days and weeks count.
  public init(
    log: [ReviewLog], cards: [Card], states: [String: CardState], scheduler: Scheduler, now: Date, dates: Calendar, hardest count: Int = 5
  ) {
    var seen: Set<String> = []
    let cards = cards.filter { seen.insert($0.id).inserted }
    var dayCount = DayCount(dates, today: now)
    let weekday = (dates.component(.weekday, from: now) + 5) % 7
    let firstDay = -weekday - 7 * (ReviewStatistics.weeks - 1)
    calendar = [Int](repeating: 0, count: 1 - firstDay)
    calendarStart = dates.date(byAdding: .day, value: firstDay, to: dates.startOfDay(for: now)) ?? now

    var histories: [String: CardHistory] = [:]
    var days: Set<Int> = []
    var modes: [String?: ModeStatistics] = [:]
    // Sorting is stable, so reviews of one moment keep their order.
    let isSorted = zip(log, log.dropFirst()).allSatisfy { $0.reviewedAt <= $1.reviewedAt }
    for review in isSorted ? log : log.sorted(by: { $0.reviewedAt < $1.reviewedAt }) {
      let day = dayCount(review.reviewedAt)
      days.insert(day)
      reviews += 1
      grades[review.grade.rawValue - 1] += 1
      if review.duration > 0 {
        time += review.duration
        timedReviews += 1
      }
      if day == 0 {
        reviewsToday += 1
        timeToday += review.duration
      }
      if day <= 0 && day >= firstDay { calendar[day - firstDay] += 1 }
      let expected = histories[review.cardID, default: CardHistory()].count(review, scheduler)
      modes[review.mode, default: ModeStatistics(name: review.mode)].count(review, retrievability: expected)
      guard let expected, day <= 0 else { continue }
      recall.count(review.grade, retrievability: expected)
      if day > -30 { recallOfMonth.count(review.grade, retrievability: expected) }
      if day > -7 { recallOfWeek.count(review.grade, retrievability: expected) }
      if day >= firstDay { weeklyRecall[(day - firstDay) / 7].count(review.grade, retrievability: expected) }
    }
    reviewedCards = histories.count
    self.modes = modes.values.sorted { ($1.reviews, $0.name ?? "") < ($0.reviews, $1.name ?? "") }
    countStreaks(days)
    for card in cards {
      let state = states[card.id] ?? .new
      guard state.phase != .new else {
        newCards += 1
        continue
      }
      let day = max(0, state.due.map { dayCount($0) } ?? 0)
      if day < forecast.count { forecast[day] += 1 }
    }
    topics = TopicStatistics.topics(of: cards, histories)
    reviewsElsewhere = reviews - cards.reduce(0) { $0 + (histories[$1.id]?.reviews ?? 0) }
    self.hardest = HardCard.hardest(of: cards, histories, states, count: count)
  }

  private mutating func countStreaks(_ days: Set<Int>) {
    activeDays = days.count
    var last = days.contains(0) ? 0 : -1
    while days.contains(last) {
      streak += 1
      last -= 1
    }
    var length = 0
    var before: Int?
    for day in days.sorted() {
      length = before == day - 1 ? length + 1 : 1
      longestStreak = max(longestStreak, length)
      before = day
    }
  }
}
