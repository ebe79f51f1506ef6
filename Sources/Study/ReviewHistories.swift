import Foundation

/// The reviews of many cards as a fit of the weights sees them: packed, a card after the other, each in the order of time.
public struct ReviewHistories: Sendable {
  /// One review.
  struct Review {
    let grade: Grade
    /// Whole days since the card's review before; -1 at the first one.
    let days: Int
  }

  /// The reviews, card by card.
  let reviews: [Review]
  /// The places of each card's reviews, cards in the order of their ids.
  let cards: [Range<Int>]
  /// How many reviews came a day or more after the one before: those that tell something of forgetting.
  public let count: Int

  /// The reviews of a log, `longest` a card at most.
  public init(_ log: [ReviewLog], longest: Int = WeightFit.longestHistory) {
    let byCard = Dictionary(grouping: log, by: \.cardID).sorted { ReviewHistories.precedes($0.key, $1.key) }
    self.init(cards: byCard.map { card in card.value.sorted { $0.reviewedAt < $1.reviewedAt }.map { ($0.reviewedAt, $0.grade) } }, longest)
  }

  /// The order of ids: those that are numbers, as other programs give them, in the order of their numbers, and before the others.
  private static func precedes(_ one: String, _ other: String) -> Bool {
    switch (Int(one), Int(other)) {
    case (let one?, let other?): one < other
    case (nil, nil): one < other
    case (let number, _): number != nil
    }
  }

  /// The histories of cards in their order.
  init(cards: [[(moment: Date, grade: Grade)]], _ longest: Int = WeightFit.longestHistory) {
    var reviews: [Review] = []
    var ranges: [Range<Int>] = []
    for card in cards {
      let begin = reviews.count
      var last: Date?
      for (moment, grade) in card.prefix(longest) {
        let days = last.map { max(0, Int((moment.timeIntervalSince($0) / 86_400).rounded(.down).clamped(to: -1...1e6))) } ?? -1
        reviews.append(Review(grade: grade, days: days))
        last = moment
      }
      ranges.append(begin..<reviews.count)
    }
    self.reviews = reviews
    self.cards = ranges
    count = reviews.count { $0.days > 0 }
  }
}
