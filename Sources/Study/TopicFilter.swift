import Deck

/// Finds the topics that a learner names.
public enum TopicFilter {
  /// The topics of a name, in order: the first of these that finds any, without regard to case, accents and runs of blanks.
  ///
  /// 1. a topic of exactly this name, or of this `Category - Topic`; 2. the category of this name; 3. topics whose name, or `Category -
  /// Topic`, starts so; 4. topics that hold every word in category and name. An empty name finds all.
  public static func topics(_ name: String, in topics: [Topic]) -> [Topic] {
    let wanted = key(name)
    if wanted.isEmpty { return topics }
    let words = wanted.split(separator: " ").filter { $0 != "-" }
    let rules: [(Topic) -> Bool] = [
      { key($0.name) == wanted || key("\($0.category) - \($0.name)") == wanted },
      { key($0.category) == wanted },
      { key($0.name).hasPrefix(wanted) || key("\($0.category) - \($0.name)").hasPrefix(wanted) },
      { topic in !words.isEmpty && words.allSatisfy { key("\(topic.category) \(topic.name)").contains($0) } },
    ]
    for rule in rules {
      let found = topics.filter { !$0.name.isEmpty && rule($0) }
      if !found.isEmpty { return found }
    }
    return []
  }

  /// The cards of the topics of a name, in the order of the cards.
  public static func cards(_ name: String, in cards: [Card]) -> [Card] {
    if key(name).isEmpty { return cards }
    let found = Set(topics(name, in: Topic.topics(of: cards)).map { key($0.category) + "\u{1F}" + key($0.name) })
    return cards.filter { found.contains(key($0.category) + "\u{1F}" + key($0.topic)) }
  }

  private static func key(_ text: String) -> String { CardIdentity.normalised(CardLibrary.folded(text)) }
}
