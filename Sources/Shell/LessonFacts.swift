import Foundation

/// The lessons of the course with their progress.
public struct LessonListFacts: Facts {
  /// A lesson.
  public struct Item: Sendable {
    /// The name that starts it.
    public var name: String
    /// Its title.
    public var title: String
    /// The language of its file.
    public var lang: String
    /// Its file.
    public var file: String
    /// The step that was shown last, from 1; 0 when it was not begun.
    public var step: Int
    /// How many steps it has.
    public var steps: Int
    /// Whether its end was reached.
    public var isDone: Bool
    /// The minutes that its author thinks it takes.
    public var minutes: Int?
    /// Its cards.
    public var cards: Int
    /// Cards of it that wait: due or being learned.
    public var due: Int
    /// Lessons that should come before it.
    public var needs: [String]

    /// A lesson of the given parts.
    public init(
      name: String, title: String, lang: String, file: String, step: Int, steps: Int, isDone: Bool, minutes: Int?, cards: Int, due: Int,
      needs: [String]
    ) {
      self.name = name
      self.title = title
      self.lang = lang
      self.file = file
      self.step = step
      self.steps = steps
      self.isDone = isDone
      self.minutes = minutes
      self.cards = cards
      self.due = due
      self.needs = needs
    }
  }

  /// The lessons in the order of the course.
  public let lessons: [Item]
  /// The name of the lesson that is on, or else of the one that was left last before its end.
  public let current: String?

  /// A list of lessons.
  public init(lessons: [Item], current: String?) {
    self.lessons = lessons
    self.current = current
  }

  /// The lessons.
  public var json: [(String, JSONValue)] {
    [
      (
        "lessons",
        .array(
          lessons.map {
            .object([
              ("name", .string($0.name)), ("title", .string($0.title)), ("lang", .string($0.lang)), ("file", .string($0.file)),
              ("step", .integer($0.step)), ("steps", .integer($0.steps)), ("done", .bool($0.isDone)),
              ("minutes", $0.minutes.map { .integer($0) } ?? .null), ("cards", .integer($0.cards)), ("due", .integer($0.due)),
              ("needs", .strings($0.needs)),
            ])
          })
      ), ("current", .optional(current)),
    ]
  }
}

/// A step of a lesson, as it stands.
public struct LessonStepFacts: Facts {
  /// What a step is.
  public enum Kind: String, Sendable {
    /// Something to read.
    case prose
    /// Commands that were run for the learner.
    case experiment
    /// Something for the learner to reach.
    case task
    /// The end of the lesson.
    case end
  }

  /// The lesson's name.
  public var name: String
  /// The step, from 1.
  public var step: Int
  /// How many steps there are.
  public var steps: Int
  /// Whether the lesson's end was reached, now or before.
  public var isDone: Bool
  /// What the step is.
  public var kind: Kind
  /// Whether the step's task is solved; true where there is none.
  public var isSolved: Bool
  /// The goals of the task: what is asked, whether it holds, and what is there instead.
  public var goals: [LessonGoalFacts]
  /// The commands of the experiment that the next step runs; empty where it runs none.
  public var following: [String]
  /// Whether the task's answer was shown, so that it counts as passed over.
  public var isSkipped: Bool
  /// The language of the lesson's file.
  public var lang: String

  /// A step of the given parts.
  public init(
    name: String, step: Int, steps: Int, isDone: Bool, kind: Kind, isSolved: Bool, goals: [LessonGoalFacts] = [],
    isSkipped: Bool = false, following: [String] = [], lang: String
  ) {
    self.following = following
    self.isSkipped = isSkipped
    self.name = name
    self.step = step
    self.steps = steps
    self.isDone = isDone
    self.kind = kind
    self.isSolved = isSolved
    self.goals = goals
    self.lang = lang
  }

  /// Name, step, steps and done, what the step is, and its goals.
  public var json: [(String, JSONValue)] {
    [
      ("name", .string(name)), ("step", .integer(step)), ("steps", .integer(steps)), ("done", .bool(isDone)),
      ("kind", .string(kind.rawValue)), ("solved", .bool(isSolved)), ("skipped", .bool(isSkipped)), ("goals", .array(goals.map(\.value))),
      ("next", .strings(following)),
    ]
  }
}

/// A goal of a task, as things stand.
public struct LessonGoalFacts: Sendable {
  /// The command whose facts are looked at.
  public var command: String
  /// What is to hold: `total == 97`.
  public var statement: String
  /// Whether it holds.
  public var holds: Bool
  /// What is there instead; nil where nothing is.
  public var actual: String?

  /// What is there instead, for a reader: a decimal with five significant digits, a text cut where it is long.
  public var shortActual: String? {
    guard let actual else { return nil }
    if actual.contains("."), let number = Double(actual) { return String(format: "%.5g", number) }
    return actual.count > 40 ? actual.prefix(39) + "…" : actual
  }

  /// A goal of the given parts.
  public init(command: String, statement: String, holds: Bool, actual: String?) {
    self.command = command
    self.statement = statement
    self.holds = holds
    self.actual = actual
  }

  var value: JSONValue {
    .object([
      ("command", .string(command)), ("goal", .string(statement)), ("holds", .bool(holds)), ("actual", .optional(actual)),
    ])
  }
}

/// Where a lesson stands.
public struct LessonStatusFacts: Facts {
  /// The step with its goals.
  public var step: LessonStepFacts
  /// The lesson's title.
  public var title: String
  /// Tasks in all, those solved, and those whose answer was shown.
  public var tasks: (all: Int, solved: Int, skipped: Int)
  /// Cards of the lesson, and those of them that wait.
  public var cards: (all: Int, due: Int)
  /// The minutes that its author thinks it takes.
  public var minutes: Int?

  /// A status of the given parts.
  public init(
    step: LessonStepFacts, title: String, tasks: (all: Int, solved: Int, skipped: Int), cards: (all: Int, due: Int), minutes: Int?
  ) {
    self.step = step
    self.title = title
    self.tasks = tasks
    self.cards = cards
    self.minutes = minutes
  }

  /// The step, the title, the tasks and the cards.
  public var json: [(String, JSONValue)] {
    step.json + [
      ("title", .string(title)), ("tasks", .integer(tasks.all)), ("tasks_solved", .integer(tasks.solved)),
      ("tasks_skipped", .integer(tasks.skipped)), ("cards", .integer(cards.all)), ("due", .integer(cards.due)),
      ("minutes", minutes.map { .integer($0) } ?? .null),
    ]
  }
}

/// The end of a lesson: the commands that were used, and the cards that enter the quiz.
public struct LessonEndFacts: Facts {
  /// The last step.
  public var step: LessonStepFacts
  /// The commands that were used, each once, with what they are for.
  public var commands: [(name: String, summary: String)]
  /// Tasks in all, and those that the learner solved.
  public var tasks: (all: Int, solved: Int)
  /// The cards of the lesson, and how many of them are new.
  public var cards: (all: Int, new: Int)
  /// A topic of the cards, as `quiz` takes it; nil when they are of several.
  public var topics: [String]
  /// The lesson that comes next in the course; nil at its end.
  public var following: String?
  /// Whether the learner's own model waits.
  public var hasModelAside: Bool

  /// An end of the given parts.
  public init(
    step: LessonStepFacts, commands: [(name: String, summary: String)], tasks: (all: Int, solved: Int), cards: (all: Int, new: Int),
    topics: [String], following: String?, hasModelAside: Bool
  ) {
    self.step = step
    self.commands = commands
    self.tasks = tasks
    self.cards = cards
    self.topics = topics
    self.following = following
    self.hasModelAside = hasModelAside
  }

  /// The step, the commands and the counts.
  public var json: [(String, JSONValue)] {
    step.json + [
      ("commands", .strings(commands.map(\.name))), ("tasks", .integer(tasks.all)), ("tasks_solved", .integer(tasks.solved)),
      ("cards", .integer(cards.all)), ("new", .integer(cards.new)), ("topics", .strings(topics)), ("following", .optional(following)),
    ]
  }
}

/// A moment of a task, told while the learner works on it.
public enum LessonMoment: Facts {
  /// A hint; `isLast` when none is left but the answer.
  case hint(String, isLast: Bool, lang: String)
  /// The task is solved.
  case solved(lang: String)
  /// Some goals hold, others do not yet.
  case partly(held: Int, goals: Int, lang: String)
  /// The lesson's own way to the goals, about to run.
  case solution(lang: String)

  /// What it tells.
  public var json: [(String, JSONValue)] {
    switch self {
    case .hint(let text, let isLast, _): [("hint", .string(text)), ("last", .bool(isLast))]
    case .solved: [("solved", .bool(true))]
    case .partly(let held, let goals, _): [("held", .integer(held)), ("goals", .integer(goals))]
    case .solution: [("solution", .bool(true))]
    }
  }
}
