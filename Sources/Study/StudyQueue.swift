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
  public private(set) var cards: [Card]
  /// The states by card id; a card without one is new.
  public var states: [String: CardState]
  /// What tells how much of a card is forgotten.
  public let scheduler: Scheduler
  /// What the day brings.
  public var plan: StudyPlan
  /// The cards that had been reviewed before the day began.
  private let known: Set<String>

  /// A queue of cards; of those that share an id, the first is kept. The states are those of the whole store, so that limits hold over all topics.
  public init(cards: [Card], states: [String: CardState], scheduler: Scheduler, plan: StudyPlan = .everything) {
    self.cards = StudyQueue.different(cards)
    self.states = states
    self.scheduler = scheduler
    self.plan = plan
    known = Set(states.keys).subtracting(plan.introduced)
  }

  /// Takes other cards in the place of these: their deck was edited while the queue was in use.
  public mutating func replaceCards(by cards: [Card]) { self.cards = StudyQueue.different(cards) }

  private static func different(_ cards: [Card]) -> [Card] {
    var seen: Set<String> = []
    return cards.filter { seen.insert($0.id).inserted }
  }

  /// What of the day's limits is left.
  public var left: DailyLimits { day.left }

  /// The limits that are left, and the siblings of which one was asked.
  private var day: (left: DailyLimits, groups: [String: String]) {
    var left = plan.limits
    var groups: [String: String] = [:]
    // Without a day, nothing was asked in it.
    guard plan.dayBegan > .distantPast else { return (left, groups) }
    for (id, state) in states {
      guard let last = state.lastReview, last >= plan.dayBegan else { continue }
      if known.contains(id) { left.reviews -= 1 } else { left.newCards -= 1 }
      if let group = plan.siblings[id] { groups[group] = id }
    }
    return (DailyLimits(newCards: max(left.newCards, 0), reviews: max(left.reviews, 0)), groups)
  }

  /// How many cards wait at a moment, those that are suspended or buried left out.
  public func counts(at now: Date) -> Counts {
    var counts = Counts(new: 0, learning: 0, due: 0)
    for card in cards where !isLeftOut(card, at: now) {
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
  /// `ahead` seconds let cards in a learning step come so much before their time, when nothing else is left to ask. Of what the plan leaves
  /// out, and of the cards in `skipped`, none comes; a card in a learning step comes even when a sibling was asked, as its lesson was begun.
  public func next(at now: Date, limit: Int, new: Int, ahead: TimeInterval = 0, skipping skipped: Set<String> = []) -> [Card] {
    let (left, asked) = day
    var groups = asked
    var learning: [(card: Card, due: Date)] = []
    var early: [(card: Card, due: Date)] = []
    var due: [(card: Card, retrievability: Double, due: Date)] = []
    var fresh: [Card] = []
    for card in cards where !skipped.contains(card.id) && !isLeftOut(card, at: now) {
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
    var chosen = learning.map(\.card)
    for card in chosen + early.map(\.card) { claim(card, in: &groups) }
    chosen += pick(due.map(\.card), atMost: left.reviews) { claim($0, in: &groups) }
    chosen += pick(fresh, atMost: min(max(new, 0), left.newCards)) { claim($0, in: &groups) }
    chosen += early.map(\.card)
    return Array(chosen.prefix(max(limit, 0)))
  }

  /// The first cards that pass, in their order.
  private func pick(_ cards: [Card], atMost limit: Int, where passes: (Card) -> Bool) -> [Card] {
    var picked: [Card] = []
    for card in cards {
      if picked.count >= limit { break }
      if passes(card) { picked.append(card) }
    }
    return picked
  }

  /// Takes a group of siblings for a card; false when another of them has it.
  @discardableResult private func claim(_ card: Card, in groups: inout [String: String]) -> Bool {
    guard let group = plan.siblings[card.id] else { return true }
    if let owner = groups[group] { return owner == card.id }
    groups[group] = card.id
    return true
  }

  private func isLeftOut(_ card: Card, at now: Date) -> Bool { plan.marks[card.id]?.isLeftOut(at: now) ?? false }

  /// When the next card comes that is not due yet; nil when none waits.
  public func nextDue(after now: Date) -> Date? {
    cards.compactMap { card in
      // A card that is buried comes no earlier than its morning.
      let marks = plan.marks[card.id]
      guard marks?.isSuspended != true, let due = states[card.id]?.due else { return nil }
      return max(due, marks?.buriedUntil ?? due)
    }.filter { $0 > now }.min()
  }

  private static func isDue(_ state: CardState, at now: Date) -> Bool { state.due.map { $0 <= now } ?? true }
}
