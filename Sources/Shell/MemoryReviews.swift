import Deck
import Study

/// Reviews that last as long as the program: for checks and tests.
@MainActor public final class MemoryReviews: ReviewStore {
  /// The reviews in order.
  public private(set) var log: [ReviewLog] = []

  private var cards: [String: RememberedCard] = [:]

  /// An empty store.
  public init() {}

  /// What the newest review of each card left behind.
  public func states() -> [String: CardState] { Dictionary(log.map { ($0.cardID, $0.state) }) { _, newest in newest } }
  /// The number of reviews.
  public func count() -> Int { log.count }
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
      cards[move.from] = nil
      cards[move.to.id] = move.to
    }
  }
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
