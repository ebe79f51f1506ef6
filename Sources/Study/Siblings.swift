import Deck

/// Finds cards that are one card in two languages.
public enum Siblings {
  /// The group of every card that has a sibling, by card id.
  ///
  /// Siblings are the cards at the same place of documents with the same `id` in their front matter and different languages, as a lesson and its
  /// translation are, when both have as many cards.
  public static func groups(of documents: [Document]) -> [String: String] {
    var groups: [String: String] = [:]
    let named = Dictionary(grouping: documents) { $0.frontMatter.id ?? "" }
    for (name, documents) in named where !name.isEmpty {
      guard let first = documents.first else { continue }
      for other in documents.dropFirst() where other.cards.count == first.cards.count {
        for (place, (one, two)) in zip(first.cards, other.cards).enumerated() where one.id != two.id && one.lang != two.lang {
          let group = groups[one.id] ?? "\(name) \(place)"
          groups[one.id] = group
          groups[two.id] = group
        }
      }
    }
    return groups
  }
}
