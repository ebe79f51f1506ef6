import Deck
import Foundation
import Study

/// What `card ID suspend` and its like do.
enum CardMark {
  static let choices = [
    ("suspend", "not asked until it is restored"), ("bury", "not asked before tomorrow"), ("flag", "marked, to be looked at again"),
    ("restore", "asked as before, without any mark"),
  ]

  /// Changes the marks of a card, or shows it when nothing is to be changed.
  @MainActor static func change(_ card: Card, _ action: String?, _ surroundings: any Surroundings) throws -> any Facts {
    guard let action else { return CardFacts(card: card, standing: try? CardStanding(card, surroundings)) }
    let store = try surroundings.permittedReviews
    var marks = try store.marks()[card.id] ?? CardMarks()
    switch action {
    case "suspend": marks.isSuspended = true
    case "bury": marks.buriedUntil = StudyDay.next(surroundings.now, surroundings.calendar)
    case "flag": marks.isFlagged = true
    default: marks = CardMarks()
    }
    try store.mark(card.id, marks)
    let words = ["suspend": "is suspended until `card \(card.id) restore`", "bury": "is not asked before tomorrow", "flag": "is flagged"]
    return Notice("card \(card.id) \(words[action] ?? "is asked as before")")
  }
}
