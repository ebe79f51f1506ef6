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

  /// A card as the queue sees it: what is looked up once, as a choice goes over all cards.
  private struct Entry {
    var state: CardState
    let marks: CardMarks?
    let group: String?

    func isLeftOut(at now: Date) -> Bool { marks?.isLeftOut(at: now) ?? false }
  }

  /// The cards in the order of their decks, each once.
  public private(set) var cards: [Card] = []
  /// The states by card id, of all cards that were ever reviewed; a card without one is new.
  public private(set) var states: [String: CardState]
  /// What tells how much of a card is forgotten.
  public let scheduler: Scheduler
  /// What the day brings.
  public let plan: StudyPlan
  /// The cards that were reviewed for the first time since the queue was made.
  private var begun: Set<String> = []
  /// The cards that were reviewed since the day began.
  private var reviewedToday: Set<String> = []
  private var entries: [Entry] = []
  private var places: [String: Int] = [:]

  /// A queue of cards; of those that share an id, the first is kept. The states are those of the whole store, so that limits hold over all topics.
  public init(cards: [Card], states: [String: CardState], scheduler: Scheduler, plan: StudyPlan = .everything) {
    self.states = states
    self.scheduler = scheduler
    self.plan = plan
    // Without a day, nothing was asked in it.
    if plan.dayBegan > .distantPast {
      for (id, state) in states where isToday(state) { reviewedToday.insert(id) }
    }
    replaceCards(by: cards)
  }

  /// Takes other cards in the place of these: their deck was edited while the queue was in use.
  public mutating func replaceCards(by cards: [Card]) {
    entries = []
    places = Dictionary(minimumCapacity: cards.count)
    entries.reserveCapacity(cards.count)
    var repeated: Set<Int> = []
    for place in cards.indices {
      let id = cards[place].id
      if let first = places.updateValue(entries.count, forKey: id) {
        places[id] = first
        repeated.insert(place)
        continue
      }
      entries.append(Entry(state: states[id] ?? .new, marks: plan.marks[id], group: plan.siblings[id]))
    }
    // The array itself, where nothing has to be taken out of it: ten thousand cards need not be copied.
    self.cards = repeated.isEmpty ? cards : cards.indices.filter { !repeated.contains($0) }.map { cards[$0] }
  }

  /// Takes the state of a card that was reviewed, or nil for one whose only review was taken back.
  public mutating func set(_ state: CardState?, of id: String) {
    if state != nil, states[id] == nil { begun.insert(id) }
    states[id] = state
    if let place = places[id] { entries[place].state = state ?? .new }
    guard plan.dayBegan > .distantPast else { return }
    if let state, isToday(state) { reviewedToday.insert(id) } else { reviewedToday.remove(id) }
  }

  private func isToday(_ state: CardState) -> Bool { state.lastReview.map { $0 >= plan.dayBegan } ?? false }

  /// What of the day's limits is left.
  public var left: DailyLimits {
    // The others were asked for the first time today.
    let reviews = reviewedToday.count { !plan.introduced.contains($0) && !begun.contains($0) }
    return DailyLimits(
      newCards: max(plan.limits.newCards - (reviewedToday.count - reviews), 0), reviews: max(plan.limits.reviews - reviews, 0))
  }

  /// How many cards wait at a moment, those that are suspended or buried left out.
  public func counts(at now: Date) -> Counts {
    var counts = Counts(new: 0, learning: 0, due: 0)
    for entry in entries where !entry.isLeftOut(at: now) {
      switch entry.state.phase {
      case .new: counts.new += 1
      case .learning, .relearning: counts.learning += 1
      case .review: counts.due += StudyQueue.isDue(entry.state, at: now) ? 1 : 0
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
    let left = left
    // The group of siblings is the first one's that was asked today.
    var owners: [String: String] = [:]
    for id in reviewedToday { if let group = plan.siblings[id] { owners[group] = id } }
    let passedOver = Set(skipped.compactMap { places[$0] })
    var learning: [(due: Date, place: Int)] = []
    var early: [(due: Date, place: Int)] = []
    var due: [(retrievability: Double, due: Date, place: Int)] = []
    var fresh: [Int] = []
    for (place, entry) in entries.enumerated() where !entry.isLeftOut(at: now) && !passedOver.contains(place) {
      let time = entry.state.due ?? now
      switch entry.state.phase {
      case .new: fresh.append(place)
      case .learning, .relearning:
        if time <= now { learning.append((time, place)) } else if time <= now.addingTimeInterval(ahead) { early.append((time, place)) }
      case .review:
        if time <= now { due.append((scheduler.retrievability(entry.state, at: now) ?? 0, time, place)) }
      }
    }
    // The order of the deck decides between equals.
    learning.sort(by: <)
    due.sort(by: <)
    early.sort(by: <)
    for place in learning.map(\.place) + early.map(\.place) { claim(place, in: &owners) }
    var chosen = learning.map(\.place)
    chosen += pick(due.lazy.map(\.place), atMost: min(left.reviews, limit)) { claim($0, in: &owners) }
    chosen += pick(fresh, atMost: min(max(new, 0), left.newCards, limit)) { claim($0, in: &owners) }
    chosen += early.map(\.place)
    return chosen.prefix(max(limit, 0)).map { cards[$0] }
  }

  /// The first places that pass, in their order.
  private func pick(_ places: some Sequence<Int>, atMost limit: Int, where passes: (Int) -> Bool) -> [Int] {
    var picked: [Int] = []
    for place in places {
      if picked.count >= limit { break }
      if passes(place) { picked.append(place) }
    }
    return picked
  }

  /// Takes a group of siblings for a card; false when another of them has it.
  @discardableResult private func claim(_ place: Int, in owners: inout [String: String]) -> Bool {
    guard let group = entries[place].group else { return true }
    if let owner = owners[group] { return owner == cards[place].id }
    owners[group] = cards[place].id
    return true
  }

  /// When the next card comes that is not due yet; nil when none waits.
  public func nextDue(after now: Date) -> Date? {
    entries.compactMap { entry in
      // A card that is buried comes no earlier than its morning.
      guard entry.marks?.isSuspended != true, let due = entry.state.due else { return nil }
      return max(due, entry.marks?.buriedUntil ?? due)
    }.filter { $0 > now }.min()
  }

  private static func isDue(_ state: CardState, at now: Date) -> Bool { state.due.map { $0 <= now } ?? true }
}
