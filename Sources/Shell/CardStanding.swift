import Deck
import Foundation
import Study

/// Where a card stands in its schedule, and what the learner decided about it.
public struct CardStanding: Sendable {
  /// New, in learning or relearning, in review.
  public let phase: String
  /// How often it was graded.
  public let reviews: Int
  /// When it comes back; nil for a new card.
  public let due: Date?
  /// The days after which it is remembered with a probability of 0.9; nil for a new card.
  public let stability: Double?
  /// From 1, easy, to 10; nil for a new card.
  public let difficulty: Double?
  /// Whether it is not asked at all.
  public let isSuspended: Bool
  /// When it is asked again after it was put off; nil when it is not put off.
  public let buriedUntil: Date?
  /// Whether it is to be looked at again.
  public let isFlagged: Bool
  /// The time now.
  public let now: Date

  @MainActor init(_ card: Card, _ surroundings: any Surroundings) throws {
    let store = try surroundings.permittedReviews
    let log = try store.reviews(of: card.id)
    let state = log.last?.state ?? .new
    let marks = try store.marks()[card.id] ?? CardMarks()
    now = surroundings.now
    phase = state.phase.rawValue
    reviews = log.count
    due = state.due
    stability = state.memory?.stability
    difficulty = state.memory?.difficulty
    isSuspended = marks.isSuspended
    buriedUntil = marks.buriedUntil.flatMap { [now] in $0 > now ? $0 : nil }
    isFlagged = marks.isFlagged
  }

  var json: [(String, JSONValue)] {
    [
      ("state", .string(phase)), ("reviews", .integer(reviews)), ("due", .optional(due.map(timestamp))),
      ("stability", .optional(stability)),
      ("difficulty", .optional(difficulty)), ("suspended", .bool(isSuspended)), ("buried_until", .optional(buriedUntil.map(timestamp))),
      ("flagged", .bool(isFlagged)),
    ]
  }
}
