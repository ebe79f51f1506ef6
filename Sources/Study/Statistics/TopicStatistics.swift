import Deck

/// How the cards of one topic are remembered.
public struct TopicStatistics: Sendable, Hashable {
  /// The topic's names; both empty for the cards without a topic.
  public let category: String, name: String
  /// The different cards of the topic, and those of them that were reviewed.
  public private(set) var cards = 0, reviewedCards = 0
  /// The reviews of its cards, and how many of them failed after the learning steps.
  public private(set) var reviews = 0, lapses = 0
  /// What was remembered on a later day.
  public private(set) var recall = Recall()

  init(_ topic: Topic) { (category, name) = (topic.category, topic.name) }

  /// Counts the next card.
  mutating func count(_ history: CardHistory?) {
    cards += 1
    guard let history else { return }
    reviewedCards += 1
    reviews += history.reviews
    lapses += history.lapses
    recall = recall + history.recall
  }
}

/// A card that is hard to keep.
public struct HardCard: Sendable, Hashable {
  /// The card.
  public let card: Card
  /// D of the memory model, from 1 to 10; nil where an import did not say.
  public let difficulty: Double?
  /// Its reviews, and those that failed after the learning steps.
  public let reviews: Int, lapses: Int

  /// The most difficult first, of equal ones the most often lapsed.
  static func hardest(_ cards: [HardCard], count: Int) -> [HardCard] {
    // Difficulties that a reader sees as equal are.
    func rank(_ card: HardCard) -> (Double, Int) { (-((card.difficulty ?? 0) * 10).rounded(), -card.lapses) }
    return Array(cards.sorted { rank($0) < rank($1) }.prefix(max(count, 0)))
  }
}
