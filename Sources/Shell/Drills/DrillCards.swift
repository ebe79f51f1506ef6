import Deck
import Drills
import Foundation
import Study

/// The kinds of exercises as cards of the schedule: each is a skill with a memory state, known by an id that is made as those of cards are.
enum DrillCards {
  /// The category of all of them; no deck's card has their ids.
  static let category = "Drill"

  /// A card a kind, in the order in which they are learned.
  static let all: [Card] = DrillKinds.all.map { card(of: $0) }

  /// The card of a kind; an exercise puts its own question and answer in the place of these.
  static func card(of kind: DrillKind, question: String? = nil, answer: String = "") -> Card {
    Card(id: id(of: kind), category: category, topic: "drill \(kind.name)", question: question ?? kind.summary, answer: answer)
  }

  /// The id of a kind: 12 hexadecimal digits, the same for ever.
  static func id(of kind: DrillKind) -> String { CardIdentity.id(category: "", topic: "", question: "drill/" + kind.name) }

  /// The kind that an id belongs to; nil for a deck's card.
  static func kind(of id: String) -> DrillKind? { byID[id] }

  private static let byID = Dictionary(uniqueKeysWithValues: DrillKinds.all.map { (id(of: $0), $0) })

  /// The cards of the kinds that some words are about: `convolution` means shapes and params; all of them without words.
  static func about(_ words: String) -> [Card] {
    let stems = stems(of: words)
    guard !stems.isEmpty else { return words.allSatisfy(\.isWhitespace) ? all : [] }
    return DrillKinds.all.filter { !stems.isDisjoint(with: DrillCards.stems(of: $0.name + " " + $0.summary)) }.map { card(of: $0) }
  }

  // Words of four letters at least, by their first five: "parameters" and "params" are one, "of" and "the" are none.
  private static func stems(of text: String) -> Set<String> {
    Set(text.lowercased().split { !$0.isLetter }.filter { $0.count >= 4 }.map { String($0.prefix(5)) })
  }

  /// Cards with those of the drills between them, one after each four, so that both come up among what is new.
  static func mixed(_ cards: [Card], with drills: [Card]) -> [Card] {
    var mixed: [Card] = [], left = drills[...]
    for (place, card) in cards.enumerated() {
      mixed.append(card)
      if place % 4 == 3, let drill = left.popFirst() { mixed.append(drill) }
    }
    return mixed + left
  }
}
