import Deck

/// How the cards of one topic are remembered.
public struct TopicStatistics: Sendable, Hashable {
  /// The topic's names; both empty for the cards without a topic.
  public let category: String, name: String
  /// The different cards of the topic, and those of them that were reviewed.
  public let cards: Int, reviewedCards: Int
  /// The reviews of its cards, and how many of them failed after the learning steps.
  public let reviews: Int, lapses: Int
  /// What was remembered on a later day.
  public let recall: Recall

  /// The topics with a review, in the order of the cards.
  static func topics(of cards: [KnownCard]) -> [TopicStatistics] {
    let (topics, places) = Topic.parted(cards.map(\.card))
    var counts = [Int](repeating: 0, count: topics.count)
    var known = [[CardHistory]](repeating: [], count: topics.count)
    for (number, place) in places.enumerated() {
      counts[place] += 1
      if let history = cards[number].history { known[place].append(history) }
    }
    return topics.indices.compactMap { place in
      let known = known[place]
      guard !known.isEmpty else { return nil }
      return TopicStatistics(
        category: topics[place].category, name: topics[place].name, cards: counts[place], reviewedCards: known.count,
        reviews: known.reduce(0) { $0 + $1.reviews }, lapses: known.reduce(0) { $0 + $1.lapses },
        recall: known.reduce(Recall()) { $0 + $1.recall })
    }
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

  /// The cards that were forgotten at least once: the most difficult first, of equal ones the most often lapsed.
  static func hardest(of cards: [KnownCard], count: Int) -> [HardCard] {
    let hard = cards.compactMap { known -> HardCard? in
      guard let history = known.history, history.wasForgotten else { return nil }
      return HardCard(
        card: known.card, difficulty: known.state.memory?.difficulty, reviews: history.reviews, lapses: history.lapses)
    }
    // Difficulties that a reader sees as equal are.
    func rank(_ card: HardCard) -> (Double, Int) { (-((card.difficulty ?? 0) * 10).rounded(), -card.lapses) }
    return Array(hard.sorted { rank($0) < rank($1) }.prefix(max(count, 0)))
  }
}
