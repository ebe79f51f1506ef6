import Foundation

/// What tells two reviews apart: the card, the moment to the millisecond, the grade.
public struct ReviewKey: Sendable, Hashable {
  private let cardID: String
  private let milliseconds: Int64
  private let grade: Grade

  /// The key of a review.
  public init(_ review: ReviewLog) {
    cardID = review.cardID
    milliseconds = Int64((review.reviewedAt.timeIntervalSince1970 * 1000).rounded())
    grade = review.grade
  }
}
