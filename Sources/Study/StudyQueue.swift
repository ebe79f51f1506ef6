import Deck
import Foundation

/// Which cards come next, and how many wait.
public struct StudyQueue: Sendable {
  /// How many cards wait, each counted once.
  public struct Counts: Sendable, Hashable {
    /// Cards that were never reviewed.
    public var new: Int
    /// Cards in a learning or relearning step, due now or within minutes.
    public var learning: Int
    /// Cards in review whose day has come.
    public var due: Int

    /// The given counts.
    public init(new: Int, learning: Int, due: Int) {
      self.new = new
      self.learning = learning
      self.due = due
    }
  }

  /// The cards in the order of their decks, each once.
  public let cards: [Card]
  /// The states by card id; a card without one is new.
  public var states: [String: CardState]
  /// What tells how much of a card is forgotten.
  public let scheduler: Scheduler

  /// A queue of cards; of those that share an id, the first is kept.
  public init(cards: [Card], states: [String: CardState], scheduler: Scheduler) {
    var seen: Set<String> = []
    self.cards = cards.filter { seen.insert($0.id).inserted }
    self.states = states
    self.scheduler = scheduler
  }

  /// How many cards wait at a moment.
  public func counts(at now: Date) -> Counts {
    var counts = Counts(new: 0, learning: 0, due: 0)
    for card in cards {
      let state = states[card.id] ?? .new
      switch state.phase {
      case .new: counts.new += 1
      case .learning, .relearning: counts.learning += 1
      case .review: counts.due += StudyQueue.isDue(state, at: now) ? 1 : 0
      }
    }
    return counts
  }

  /// The cards to ask, `limit` at most: those in a learning step whose time has come, the longest waiting first; then those due for review,
  /// the most forgotten first; then new ones in the order of their deck, `new` at most.
  ///
  /// `ahead` seconds let cards in a learning step come so much before their time, when nothing else is left to ask.
  public func next(at now: Date, limit: Int, new: Int, ahead: TimeInterval = 0) -> [Card] {
    var learning: [(card: Card, due: Date)] = []
    var early: [(card: Card, due: Date)] = []
    var due: [(card: Card, retrievability: Double, due: Date)] = []
    var fresh: [Card] = []
    for card in cards {
      let state = states[card.id] ?? .new
      let time = state.due ?? now
      switch state.phase {
      case .new: fresh.append(card)
      case .learning, .relearning:
        if time <= now { learning.append((card, time)) } else if time <= now.addingTimeInterval(ahead) { early.append((card, time)) }
      case .review:
        if time <= now { due.append((card, scheduler.retrievability(state, at: now) ?? 0, time)) }
      }
    }
    // Sorting is stable: the order of the deck decides between equals.
    learning.sort { $0.due < $1.due }
    due.sort { ($0.retrievability, $0.due) < ($1.retrievability, $1.due) }
    early.sort { $0.due < $1.due }
    let asked = learning.map(\.card) + due.map(\.card) + fresh.prefix(max(new, 0)) + early.map(\.card)
    return Array(asked.prefix(max(limit, 0)))
  }

  /// When the next card comes that is not due yet; nil when none waits.
  public func nextDue(after now: Date) -> Date? { cards.compactMap { states[$0.id]?.due }.filter { $0 > now }.min() }

  private static func isDue(_ state: CardState, at now: Date) -> Bool { state.due.map { $0 <= now } ?? true }
}
