import Deck
import Drills
import Engine
import Foundation
import Study

/// The memory of skills: a kind of exercise is a card of the schedule, known by an id that is made as those of cards are.
@MainActor struct DrillSchedule {
  private let store: any ReviewStore
  private let scheduler: Scheduler

  init(_ store: any ReviewStore, _ scheduler: Scheduler) {
    self.store = store
    self.scheduler = scheduler
  }

  /// The id of a kind: 12 hexadecimal digits, the same for ever.
  nonisolated static func id(of kind: DrillKind) -> String { CardIdentity.id(category: "", topic: "", question: "drill/" + kind.name) }

  /// Grades an exercise and stores the review before it returns.
  ///
  /// - Returns: When the skill is due again.
  func store(_ grade: Grade, for kind: DrillKind, at now: Date, seconds: TimeInterval) throws -> Date? {
    let id = DrillSchedule.id(of: kind)
    var random = RandomSource(seed: UInt64(try store.count()), stream: id)
    let after = scheduler.review(try store.states()[id] ?? .new, grade: grade, at: now, random: &random)
    let duration = Int(min(max(seconds * 1000, 0), 86_400_000).rounded())
    try store.append(ReviewLog(cardID: id, grade: grade, reviewedAt: now, duration: duration, state: after))
    return after.due
  }

  /// The kinds in the order in which they are most worth asking: the longest overdue first, then those never asked, then the others.
  func order(at now: Date) throws -> [DrillKind] {
    let states = try store.states()
    func rank(_ kind: DrillKind) -> (Int, Date) {
      guard let due = states[DrillSchedule.id(of: kind)]?.due else { return (1, .distantPast) }
      return due <= now ? (0, due) : (2, due)
    }
    // Sorting is stable: the order of the list decides between equals.
    return DrillKinds.all.sorted { rank($0) < rank($1) }
  }
}
