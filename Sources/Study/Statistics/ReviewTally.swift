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

    /// Text that is the same for rules under which tallies are the same.
    public var name: String {
      let weights = scheduler.model.weights.values.map { "\($0)" }.joined(separator: " ")
      return "1; \(dates.identifier) \(dates.timeZone.identifier); \(weights)"
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
  /// When the newest review was made.
  public internal(set) var newest = Date.distantPast

  /// No reviews.
  public init() {}

  /// The reviews of a log, in any order.
  public init(_ log: [ReviewLog], _ rules: Rules) {
    // Sorting is stable, so reviews of one moment keep their order.
    let isSorted = zip(log, log.dropFirst()).allSatisfy { $0.reviewedAt <= $1.reviewedAt }
    _ = add(isSorted ? log : log.sorted { $0.reviewedAt < $1.reviewedAt }, rules)
  }

  /// Counts reviews, in the order of their time, that come after all that were counted.
  ///
  /// - Returns: false, and nothing is counted, where the first of them lies before the newest that was counted.
  public mutating func add(_ log: [ReviewLog], _ rules: Rules) -> Bool {
    guard let first = log.first else { return true }
    guard first.reviewedAt >= newest else { return false }
    var dayCount = ReviewTally.days(rules.dates)
    for review in log {
      let expected = cards[review.cardID, default: CardHistory()].count(review, rules.scheduler)
      modes[review.mode, default: ModeStatistics(name: review.mode)].count(review, retrievability: expected)
      days[dayCount(review.reviewedAt), default: Day()].count(review, retrievability: expected)
      newest = max(newest, review.reviewedAt)
    }
    return true
  }

  /// Where the newest review left each card.
  public var states: [String: CardState] { cards.mapValues(\.state) }

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
