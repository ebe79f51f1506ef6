import Deck
import Foundation
import Study

/// A pair that is proposed, while the command runs.
public struct RelinkMoment: Facts {
  /// The two cards.
  public let pair: Relinking.Pair
  /// The how many-th pair it is, and how many there are.
  public let number: Int
  /// How many pairs there are.
  public let count: Int
  /// Nothing: the command tells its JSON at its end.
  public var json: [(String, JSONValue)] { [] }
}

/// What `deck relink` did.
public struct RelinkFacts: Facts {
  /// The pairs that were proposed, and whether the history was moved.
  public let pairs: [(pair: Relinking.Pair, isMoved: Bool)]
  /// How many histories still belong to no card of the loaded decks, though their decks are loaded or gone.
  public let left: Int

  /// The pairs and the counts.
  public var json: [(String, JSONValue)] {
    [
      ("moved", .integer(pairs.count(where: \.isMoved))), ("left", .integer(left)),
      (
        "pairs",
        .array(
          pairs.map {
            .object([
              ("from", .string($0.pair.old.id)), ("to", .string($0.pair.new.id)), ("likeness", .number($0.pair.likeness)),
              ("was", .string($0.pair.old.question)), ("is", .string($0.pair.new.question)), ("moved", .bool($0.isMoved)),
            ])
          })
      ),
    ]
  }
}

/// Finds the histories whose questions changed, and moves them on consent.
@MainActor enum Relink {
  /// Proposes each pair and moves the histories that are agreed to, all at once at the end; Ctrl-C moves none.
  static func run(_ session: Session, all: Bool, _ surroundings: any Surroundings) throws -> RelinkFacts {
    let store = try surroundings.permittedReviews
    let reviewed = Set(try store.states().keys)
    let library = session.library
    let present = Set(library.differentCards.map(\.id))
    // Histories from before the questions were kept get theirs while the cards are at hand.
    let known = try store.remembered()
    let unknown = library.differentCards.filter { reviewed.contains($0.id) && known[$0.id] == nil }
    if !unknown.isEmpty { try store.remember(unknown.map(RememberedCard.init)) }
    let files = Set(library.documents.map(\.file))
    // A card of a deck that is not loaded is not gone.
    let orphans = known.values.filter { card in
      reviewed.contains(card.id) && !present.contains(card.id)
        && (files.contains(card.file) || !FileManager.default.fileExists(atPath: card.file))
    }.sorted { $0.id < $1.id }
    let pairs = Relinking.pairs(old: orphans, new: library.differentCards.filter { !reviewed.contains($0.id) })
    var agreed: [Bool] = []
    for (number, pair) in pairs.enumerated() {
      if all {
        agreed.append(true)
        continue
      }
      surroundings.show(RelinkMoment(pair: pair, number: number + 1, count: pairs.count))
      guard let answer = consent(surroundings) else { throw Complaint("nothing was moved", hint: "`deck relink` proposes the pairs again") }
      agreed.append(answer)
    }
    let moved = zip(pairs, agreed).filter(\.1).map { HistoryMove(from: $0.0.old.id, to: RememberedCard($0.0.new)) }
    if !moved.isEmpty { try store.move(moved) }
    return RelinkFacts(pairs: zip(pairs, agreed).map { ($0, $1) }, left: orphans.count - moved.count)
  }

  /// Yes or no; the end of input is no, Ctrl-C is nil.
  private static func consent(_ surroundings: any Surroundings) -> Bool? {
    while true {
      switch surroundings.ask(.consent) {
      case .cancelled: return nil
      case .end: return false
      case .line(let line):
        switch line.trimmingCharacters(in: .whitespaces).lowercased() {
        case "y", "yes", "o", "oui": return true
        case "n", "no", "non": return false
        default: surroundings.show(Notice("type y (yes, move the history) or n (no); Ctrl-C moves nothing at all"))
        }
      }
    }
  }
}
