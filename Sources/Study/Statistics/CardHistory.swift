import Deck
import Foundation

/// What the log holds of one card.
struct CardHistory: Sendable, Hashable {
  /// The reviews, and those that failed after the card had left its learning steps.
  var reviews = 0, lapses = 0
  /// Whether any review failed.
  var wasForgotten = false
  /// What was remembered on a later day.
  var recall = Recall()
  /// Where the newest review, by time, left the card.
  var state = CardState.new

  /// Counts the next review; gives the retrievability that the model had for it, where it had one: a later day, a known memory.
  mutating func count(_ review: ReviewLog, _ scheduler: Scheduler) -> Double? {
    defer {
      state = review.state
      // An import may leave the time out.
      state.lastReview = review.reviewedAt
    }
    reviews += 1
    if review.grade == .again {
      wasForgotten = true
      if state.phase == .review { lapses += 1 }
    }
    guard state.elapsedDays(at: review.reviewedAt) >= 1,
      let retrievability = scheduler.retrievability(state, at: review.reviewedAt)
    else { return nil }
    recall.count(review.grade, retrievability: retrievability)
    return retrievability
  }
}
