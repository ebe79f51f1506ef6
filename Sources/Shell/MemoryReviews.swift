import Deck
import Foundation
import Study

/// Reviews that last as long as the program: for checks and tests.
@MainActor public final class MemoryReviews: ReviewStore {
  /// The reviews in order.
  public private(set) var log: [ReviewLog] = []
  private var marksByID: [String: CardMarks] = [:]
  private var cards: [String: RememberedCard] = [:]

  /// An empty store.
  public init() {}

  /// What the newest review of each card left behind.
  public func states() -> [String: CardState] { Dictionary(log.map { ($0.cardID, $0.state) }) { _, newest in newest } }
  /// The number of reviews.
  public func count() -> Int { log.count }
  /// The reviews since a moment, or all of them.
  public func log(since: Date?) -> [ReviewLog] {
    log.filter { review in since.map { review.reviewedAt >= $0 } ?? true }.sorted { $0.reviewedAt < $1.reviewedAt }
  }
  /// Adds the log up.
  public func tally(_ rules: ReviewTally.Rules) -> ReviewTally { ReviewTally(log, rules) }
  /// Stores one review.
  public func append(_ review: ReviewLog) { log.append(review) }
  /// Remembers what cards asked.
  public func remember(_ cards: [RememberedCard]) { for card in cards { self.cards[card.id] = card } }
  /// What the cards asked, by id.
  public func remembered() -> [String: RememberedCard] { cards }
  /// Gives the histories of cards to others.
  public func move(_ moves: [HistoryMove]) {
    for move in moves {
      for index in log.indices where log[index].cardID == move.from { log[index].cardID = move.to.id }
      if let marks = marksByID.removeValue(forKey: move.from), marksByID[move.to.id] == nil { marksByID[move.to.id] = marks }
      cards[move.from] = nil
      cards[move.to.id] = move.to
    }
  }
  /// Takes the newest review of a card back.
  public func removeNewest(of cardID: String) {
    if let index = log.lastIndex(where: { $0.cardID == cardID }) { log.remove(at: index) }
  }
  /// The reviews of one card.
  public func reviews(of cardID: String) -> [ReviewLog] { log(since: nil).filter { $0.cardID == cardID } }
  /// The cards whose first review lies at a moment or after it.
  public func introduced(since moment: Date) -> Set<String> {
    Set(log.map(\.cardID)).subtracting(log.filter { $0.reviewedAt < moment }.map(\.cardID))
  }
  /// What the learner decided about cards.
  public func marks() -> [String: CardMarks] { marksByID }
  /// Keeps what the learner decided about a card.
  public func mark(_ cardID: String, _ marks: CardMarks) { marksByID[cardID] = marks == CardMarks() ? nil : marks }
  /// Adds the reviews that are not there yet, and computes the states of their cards anew.
  public func merge(_ reviews: [ReviewLog], _ scheduler: Scheduler) -> Int {
    var seen = Set(log.map(ReviewKey.init))
    let added = reviews.filter { seen.insert(ReviewKey($0)).inserted }
    let touched = Set(added.map(\.cardID))
    let histories = Dictionary(grouping: (log + added).filter { touched.contains($0.cardID) }, by: \.cardID)
    log = log.filter { !touched.contains($0.cardID) } + histories.sorted { $0.key < $1.key }.flatMap { scheduler.replayed($0.value) }
    return added.count
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
  /// Forgets.
  public func remove(_ name: String) {}
}
