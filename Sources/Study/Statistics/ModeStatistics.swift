/// How cards are remembered that were asked in one way.
public struct ModeStatistics: Sendable, Hashable {
  /// The way, as `quiz mode=` names it; nil for reviews that do not say, as imported ones.
  public let name: String?
  /// The reviews, and the milliseconds that they took.
  public internal(set) var reviews = 0, time = 0
  /// What was remembered on a later day.
  public internal(set) var recall = Recall()

  init(name: String?) { self.name = name }

  mutating func count(_ review: ReviewLog, retrievability: Double?) {
    reviews += 1
    time += review.duration
    if let retrievability { recall.count(review.grade, retrievability: retrievability) }
  }
}
