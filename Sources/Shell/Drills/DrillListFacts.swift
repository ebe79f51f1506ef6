import Deck
import Drills
import Foundation
import Study

/// The kinds of exercises, and how well each is known.
public struct DrillListFacts: Facts {
  /// A kind with its memory.
  public struct Entry: Sendable {
    /// What is typed.
    public let name: String
    /// One sentence.
    public let summary: String
    /// When it comes due; nil when it was never asked.
    public let due: Date?
  }

  /// The kinds in the order in which they are learned.
  public let kinds: [Entry]
  /// The time now.
  public let now: Date

  init(_ states: [String: CardState], now: Date) {
    kinds = DrillKinds.all.map { Entry(name: $0.name, summary: $0.summary, due: states[DrillCards.id(of: $0)]?.due) }
    self.now = now
  }

  /// The kinds, each with what it trains and when it comes due.
  public var json: [(String, JSONValue)] {
    [
      (
        "kinds",
        .array(
          kinds.map {
            .object([("name", .string($0.name)), ("summary", .string($0.summary)), ("due", .optional($0.due.map(timestamp)))])
          })
      )
    ]
  }
}
