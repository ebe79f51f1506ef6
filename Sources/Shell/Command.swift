import Language

/// A command: its declaration, the habit that it belongs to, and what it touches besides the session.
public struct Command: Sendable {
  /// The groups of `help`.
  public enum Habit: String, Sendable, CaseIterable {
    /// Making a model and its data.
    case build
    /// Training and looking at it.
    case train
    /// Seeing and explaining.
    case look
    /// Cards and quizzes.
    case recall
    /// The shell itself.
    case shell

    /// What the habit is about, for the head of its list.
    public var title: String {
      switch self {
      case .build: "Build: the network and its data"
      case .train: "Train: compile, fit, step"
      case .look: "Look: curves and numbers"
      case .recall: "Recall: cards, quiz, lessons"
      case .shell: "The shell"
      }
    }
  }

  /// What a command touches besides the session.
  public struct Effects: OptionSet, Sendable {
    /// The set as bits.
    public let rawValue: Int
    /// A set of the given bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// It reads files that are named to it.
    public static let reads = Effects(rawValue: 1)
    /// It writes files that are named to it.
    public static let writes = Effects(rawValue: 2)
    /// It runs other commands.
    public static let runs = Effects(rawValue: 4)
    /// It keeps something for later sessions: reviews, preferences.
    public static let keeps = Effects(rawValue: 8)
    /// Enter on an empty line repeats it.
    public static let repeats = Effects(rawValue: 32)
    /// It changes the model, or the weights: goals of tasks do not call it.
    public static let changes = Effects(rawValue: 64)
    /// It makes the network, the way it learns or the data: the session keeps its words, to be made again from them.
    public static let builds = Effects(rawValue: 128)
    /// It goes back and forth in what `undo` keeps, or puts another session in the place of the one at hand: it is no step of its own.
    public static let travels = Effects(rawValue: 256)
    /// It leaves the shell.
    public static let leaves = Effects(rawValue: 16)
  }

  /// The declaration that feeds parser, help, completion and tests.
  public let declaration: Declaration<Action>
  /// The group of `help` that lists it.
  public let habit: Habit
  /// What it touches.
  public let effects: Effects

  /// Whether it only looks: it changes no model, writes no file and runs nothing. (`data` and `set` look or change by their words.)
  public var onlyLooks: Bool { effects.isDisjoint(with: [.changes, .writes, .runs, .leaves]) }

  init(_ habit: Habit, _ declaration: Declaration<Action>) { self.init(habit, [], declaration) }

  init(_ habit: Habit, _ effects: Effects, _ declaration: Declaration<Action>) {
    self.declaration = declaration
    self.habit = habit
    self.effects = effects
  }
}

/// What a parsed command does: it changes a session, or throws and changes nothing.
public struct Action: Sendable {
  let run: @MainActor @Sendable (inout Session, any Surroundings) throws -> any Facts

  init(_ run: @escaping @MainActor @Sendable (inout Session, any Surroundings) throws -> any Facts) { self.run = run }
}
