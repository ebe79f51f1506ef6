import Deck
import Foundation

/// What a log of reviews says about a learner's memory and habits.
///
/// A value made at once from what it is handed: the reviews added up, the cards of the open decks and the time.
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
  ///   - tally: The reviews, added up.
  ///   - cards: The cards of the open decks; of those that share an id, the first counts.
  ///   - dates: Whose days and weeks count; those of the tally.
  public init(tally: ReviewTally, cards: [Card], now: Date, dates: Calendar, hardest count: Int = 5) {
    var numbers = ReviewTally.days(dates)
    let today = numbers(now)
    let weekday = (dates.component(.weekday, from: now) + 5) % 7
    let firstDay = -weekday - 7 * (ReviewStatistics.weeks - 1)
    calendar = [Int](repeating: 0, count: 1 - firstDay)
    calendarStart = dates.date(byAdding: .day, value: firstDay, to: dates.startOfDay(for: now)) ?? now

    // Sums of decimals depend on their order.
    for (number, done) in tally.days.sorted(by: { $0.key < $1.key }) {
      let day = number - today
      reviews += done.reviews
      time += done.time
      timedReviews += done.timedReviews
      for grade in grades.indices { grades[grade] += done.grades[grade] }
      // A clock may have been ahead.
      guard day <= 0 else { continue }
      if day == 0 { (reviewsToday, timeToday) = (done.reviews, done.time) }
      recall = recall + done.recall
      if day > -30 { recallOfMonth = recallOfMonth + done.recall }
      if day > -7 { recallOfWeek = recallOfWeek + done.recall }
      guard day >= firstDay else { continue }
      calendar[day - firstDay] += done.reviews
      weeklyRecall[(day - firstDay) / 7] = weeklyRecall[(day - firstDay) / 7] + done.recall
    }
    reviewedCards = tally.cards.count
    modes = tally.modes.values.sorted { ($1.reviews, $0.name ?? "") < ($0.reviews, $1.name ?? "") }
    countStreaks(Set(tally.days.keys.map { $0 - today }))
    // The ends of the days of the forecast: ten thousand cards come due in no order, and a calendar is slow to ask.
    let midnight = dates.startOfDay(for: now)
    let ends = (1...forecast.count).map {
      dates.date(byAdding: .day, value: $0, to: midnight) ?? midnight.addingTimeInterval(86_400 * Double($0))
    }
    let (names, places) = Topic.parted(cards)
    var counts = names.map(TopicStatistics.init)
    var hard: [HardCard] = []
    var seen = Set<String>(minimumCapacity: cards.count)
    reviewsElsewhere = reviews
    for (number, place) in places.enumerated() {
      let id = cards[number].id
      guard seen.insert(id).inserted else { continue }
      let history = tally.cards[id]
      let state = tally.state(of: id, history)
      counts[place].count(history)
      reviewsElsewhere -= history?.reviews ?? 0
      if let history, history.wasForgotten {
        hard.append(HardCard(card: cards[number], difficulty: state.memory?.difficulty, reviews: history.reviews, lapses: history.lapses))
      }
      if state.phase == .new {
        newCards += 1
      } else if let day = state.due.map({ due in ends.firstIndex { due < $0 } }) ?? 0 {
        forecast[day] += 1
      }
    }
    topics = counts.filter { $0.reviewedCards > 0 }
    hardest = HardCard.hardest(hard, count: count)
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
