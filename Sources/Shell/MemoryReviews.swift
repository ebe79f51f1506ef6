import Foundation
import Study

/// Reviews that last as long as the program: for checks and tests.
@MainActor public final class MemoryReviews: ReviewStore {
  /// The reviews in order.
  public private(set) var log: [ReviewLog] = []

  /// An empty store.
  public init() {}

  /// What the newest review of each card left behind.
  public func states() -> [String: CardState] { Dictionary(log.map { ($0.cardID, $0.state) }) { _, newest in newest } }
  /// The number of reviews.
  public func count() -> Int { log.count }
  /// The reviews since a moment, or all of them.
  public func log(since: Date?) -> [ReviewLog] { log.filter { review in since.map { review.reviewedAt >= $0 } ?? true } }
  /// Stores one review.
  public func append(_ review: ReviewLog) { log.append(review) }
  /// Takes the newest review of a card back.
  public func removeNewest(of cardID: String) {
    if let index = log.lastIndex(where: { $0.cardID == cardID }) { log.remove(at: index) }
  }
}

/// Preferences that are never kept: for checks and tests.
@MainActor public final class NoPreferences: PreferenceStore {
  /// Preferences that forget.
  public init() {}
  /// None.
  public func load() -> [String: String] { [:] }
  /// Forgets.
  public func save(_ name: String, _ value: String) {}
}
