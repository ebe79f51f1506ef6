import Deck
import Foundation
import Study

/// How far a learner is in a lesson.
public struct LessonProgress: Sendable, Equatable {
  /// A command that the learner typed at a task, and that changed something.
  public struct Entry: Sendable, Equatable {
    /// The task's step, from 0.
    public var step: Int
    /// The command.
    public var command: String

    /// A command at a step.
    public init(step: Int, command: String) {
      self.step = step
      self.command = command
    }
  }

  /// The lesson's id.
  public var lesson: String
  /// The step that is shown, from 0.
  public var step: Int
  /// The steps of the lesson when it was last shown.
  public var steps: Int
  /// The tasks that were solved, by their steps.
  public var solved: Set<Int>
  /// The tasks whose answer was shown, by their steps.
  public var skipped: Set<Int>
  /// Whether the end was reached once.
  public var isDone: Bool
  /// When the lesson was last worked on.
  public var date: Date
  /// The learner's commands at tasks, in order; up to the goals, where these were reached.
  public var log: [Entry]

  /// A lesson at its start.
  public init(lesson: String, steps: Int, date: Date) {
    self.lesson = lesson
    self.steps = steps
    self.date = date
    step = 0
    solved = []
    skipped = []
    isDone = false
    log = []
  }
}

/// Keeps how far the learner is, each change safely before the call returns.
@MainActor public protocol ProgressStore: AnyObject {
  /// How far every lesson is that was begun, by its id.
  func lessons() throws -> [String: LessonProgress]
  /// Keeps how far a lesson is.
  func keep(_ progress: LessonProgress) throws
  /// Forgets a lesson.
  func forget(_ lesson: String) throws
}

extension ReviewStore {
  /// How many cards of each group are new, and how many wait: due, or in a learning step whose time has come.
  public func standings(of groups: [[Card]], at now: Date) throws -> [(new: Int, due: Int)] {
    let states = try states()
    return groups.map { cards in
      (
        cards.filter { states[$0.id] == nil }.count, cards.filter { card in states[card.id]?.due.map { $0 <= now } ?? false }.count
      )
    }
  }

  /// How many of some cards are new, and how many wait.
  public func standing(of cards: [Card], at now: Date) throws -> (new: Int, due: Int) { try standings(of: [cards], at: now)[0] }
}

/// Progress that lasts as long as the program: for checks and tests.
@MainActor public final class MemoryProgress: ProgressStore {
  private var kept: [String: LessonProgress] = [:]

  /// An empty store.
  public init() {}

  /// How far every lesson is that was begun.
  public func lessons() -> [String: LessonProgress] { kept }
  /// Keeps how far a lesson is.
  public func keep(_ progress: LessonProgress) { kept[progress.lesson] = progress }
  /// Forgets a lesson.
  public func forget(_ lesson: String) { kept[lesson] = nil }
}

extension Session {
  /// The cards with those of finished lessons first: these are what the learner has met, so new cards are taken from them.
  @MainActor func lessonsFirst(_ cards: [Card], _ surroundings: any Surroundings) -> [Card] {
    guard !surroundings.files.isConfined, let begun = try? surroundings.progressStore.lessons(), begun.values.contains(where: \.isDone)
    else { return cards }
    let files = Set(library.documents.filter { $0.frontMatter.id.flatMap { begun[$0]?.isDone } == true }.map(\.file))
    return cards.filter { files.contains($0.file) } + cards.filter { !files.contains($0.file) }
  }
}
