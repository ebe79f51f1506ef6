import Deck

/// What a card asked when it was reviewed, for those who know no decks.
public typealias RememberedCard = Deck.RememberedCard

/// A history that goes over to another card.
public struct HistoryMove: Sendable, Hashable {
  /// The id of the card that has the history.
  public let from: String
  /// The card that gets it.
  public let to: RememberedCard

  /// A move of a history.
  public init(from: String, to: RememberedCard) {
    self.from = from
    self.to = to
  }
}

/// Keeps what reviewed cards asked, and moves histories: an id is made of the question, and says nothing when the question changes.
@MainActor public protocol CardMemory: AnyObject {
  /// Remembers what cards asked; the newest words of an id count.
  func remember(_ cards: [RememberedCard]) throws
  /// What the cards asked, by id.
  func remembered() throws -> [String: RememberedCard]
  /// Gives the histories of cards to others, durably: all of them or, when it fails, none.
  func move(_ moves: [HistoryMove]) throws
}
