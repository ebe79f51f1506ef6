import Deck
import Study

/// What a quiz says when a card has just become a leech.
enum LeechRemark {
  /// The remark after a grade that is stored; nil when there is nothing to say, and ever after the first time.
  @MainActor static func after(_ grade: Grade, _ card: Card, threshold: Int, _ store: any ReviewStore) throws -> String? {
    guard grade == .again, Leech.isNew(try store.reviews(of: card.id), threshold: threshold) else { return nil }
    return "forgotten \(threshold) times: rewrite this card, split it, or set it aside with `card \(card.id) suspend`"
  }
}
