import Foundation

/// What a log of reviews adds up to: by day, by way of asking, and by card.
///
/// A million reviews need not be read to say how the last week went: a tally is kept, and the reviews that came since are counted on top.
public struct ReviewTally: Sendable, Equatable {
  /// What a tally was counted under; under other rules it has to be counted anew.
  public struct Rules: Sendable {
    /// Whose memory model predicts.
    public let scheduler: Scheduler
    /// Whose days count.
    public let dates: Calendar

    /// Rules of a scheduler and a calendar.
    public init(scheduler: Scheduler, dates: Calendar) {
      self.scheduler = scheduler
      self.dates = dates
    }

    /// Text that is the same for rules under which tallies are the same: the memory model, and whose days count.
    public var name: String {
      let weights = scheduler.model.weights.values.map { "\($0)" }.joined(separator: " ")
      return "\(dates.identifier) \(dates.timeZone.identifier); \(weights)"
    }
  }

  /// What was done on one day.
  struct Day: Sendable, Equatable {
    /// The reviews, the milliseconds that they took, and how many of them say how long.
    var reviews = 0, time = 0, timedReviews = 0
    /// The reviews with each grade, from Again to Easy.
    var grades = [Int](repeating: 0, count: Grade.allCases.count)
    /// What was remembered that was asked on a later day than the time before.
    var recall = Recall()
  }

  /// By the number of the day, counted from the first of January 1970 in the calendar of the rules.
  var days: [Int: Day] = [:]
  /// By the name of the way of asking.
  var modes: [String?: ModeStatistics] = [:]
  /// By the card's id.
  var cards: [String: CardHistory] = [:]
  /// The states of the cards whose review that was stored last is not the last by time: a clock jumped back. It is what counts.
  var overtaken: [String: CardState] = [:]

  /// No reviews.
  public init() {}

  /// The reviews of a log, in the order in which they were stored.
  public init(_ log: [ReviewLog], _ rules: Rules) { count(log, rules) }

  /// Counts reviews that were stored after all that were counted, in their order.
  ///
  /// - Returns: false, and nothing is counted, where one of them lies before a counted review of its card: what that one had been expected to bring
  ///   would be wrong.
  public mutating func add(_ log: [ReviewLog], _ rules: Rules) -> Bool {
    let isLater = log.allSatisfy { review in
      cards[review.cardID]?.state.lastReview.map { $0 <= review.reviewedAt } ?? true
    }
    if isLater { count(log, rules) }
    return isLater
  }

  private mutating func count(_ log: [ReviewLog], _ rules: Rules) {
    var dayCount = ReviewTally.days(rules.dates)
    // Sorting is stable, so reviews of one moment keep their order.
    let isSorted = zip(log, log.dropFirst()).allSatisfy { $0.reviewedAt <= $1.reviewedAt }
    for review in isSorted ? log : log.sorted(by: { $0.reviewedAt < $1.reviewedAt }) {
      let expected = cards[review.cardID, default: CardHistory()].count(review, rules.scheduler)
      modes[review.mode, default: ModeStatistics(name: review.mode)].count(review, retrievability: expected)
      days[dayCount(review.reviewedAt), default: Day()].count(review, retrievability: expected)
    }
    var last: [String: CardState] = [:]
    for review in log { last[review.cardID] = review.state }
    for (id, state) in last { overtaken[id] = cards[id]?.state == state ? nil : state }
  }

  /// What the review of each card that was stored last left behind.
  public var states: [String: CardState] { cards.mapValues(\.state).merging(overtaken) { $1 } }

  /// What the review of a card that was stored last left behind.
  func state(of id: String, _ history: CardHistory?) -> CardState { (overtaken.isEmpty ? nil : overtaken[id]) ?? history?.state ?? .new }

  /// Whether a card was ever reviewed.
  public func holds(_ cardID: String) -> Bool { cards[cardID] != nil }

  /// Numbers the days as a tally does.
  static func days(_ dates: Calendar) -> DayCount {
    DayCount(dates, today: dates.date(from: DateComponents(year: 1970, month: 1, day: 1)) ?? Date(timeIntervalSince1970: 0))
  }
}

extension ReviewTally.Day {
  fileprivate mutating func count(_ review: ReviewLog, retrievability: Double?) {
    reviews += 1
    grades[review.grade.rawValue - 1] += 1
    time += review.duration
    if review.duration > 0 { timedReviews += 1 }
    if let retrievability { recall.count(review.grade, retrievability: retrievability) }
  }
}
