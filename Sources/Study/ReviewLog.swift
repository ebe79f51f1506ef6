import Foundation

/// One graded answer, as it is stored: what was done, and what the scheduler made of it.
public struct ReviewLog: Sendable, Hashable {
  /// The card's id.
  public var cardID: String
  /// The learner's grade.
  public var grade: Grade
  /// When the answer was graded.
  public var reviewedAt: Date
  /// How long the answer took, in milliseconds.
  public var duration: Int
  /// The name of the model that made the state.
  public var version: String
  /// How the card was asked, as `quiz mode=` names it; nil where that is not known.
  public var mode: String?
  /// The state of the card after this review.
  public var state: CardState

  /// S after this review, in days; nil when an import did not say.
  public var stability: Double? { state.memory?.stability }
  /// D after this review; nil when an import did not say.
  public var difficulty: Double? { state.memory?.difficulty }
  /// When the card comes next.
  public var due: Date? { state.due }

  /// A review with the state that it led to.
  public init(
    cardID: String, grade: Grade, reviewedAt: Date, duration: Int = 0, version: String = Scheduler.version, mode: String? = nil,
    state: CardState
  ) {
    self.cardID = cardID
    self.grade = grade
    self.reviewedAt = reviewedAt
    self.duration = duration
    self.version = version
    self.mode = mode
    self.state = state
  }
}
