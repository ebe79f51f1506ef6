import Language

/// `replay FILE`: plays a script or a lesson.
enum ReplayCommand {
  static let command = Command(
    .learn, [.reads, .runs],
    Declaration<Action>(
      "replay", "Plays a script (.gradus) or a lesson (.md) in this session.", examples: ["replay Lessons/en/neuron.md"],
      notes: "It stops at a command that fails. The commands of a lesson may read its folder and write a scratch folder, nothing else.",
      .word("file", "the script or lesson", from: .files(ending: "gradus", "md")),
      .boolean("pause", "wait for Enter after every command", default: false),
      .optional(.decimal("speed", "characters a second with which commands are typed", .from(1, to: 10_000))).named
    ) { file, pause, speed in
      Action { session, surroundings in
        let url = try surroundings.files.readable(file)
        return try surroundings.replayer.replay(url, pausing: pause, speed: speed, on: &session, surroundings)
      }
    })
}

/// A command of a lesson that is about to run.
public struct LessonCommandFacts: Facts {
  /// The command.
  public let text: String
  /// Whether it is the first after prose.
  public let isFirst: Bool
  /// The characters a second with which it appears; nil for at once.
  public let speed: Double?
  /// The command of the given text.
  public init(text: String, isFirst: Bool, speed: Double? = nil) {
    self.text = text
    self.isFirst = isFirst
    self.speed = speed
  }
  /// The text.
  public var json: [(String, JSONValue)] { [("text", .string(text))] }
}

/// How a replay went.
public struct ReplayFacts: Facts {
  /// The file.
  public let file: String
  /// Commands that ran.
  public var commands = 0
  /// Outputs that were not as the lesson says.
  public var differences = 0
  /// A replay that begins.
  public init(file: String) { self.file = file }
  /// The file and the counts.
  public var json: [(String, JSONValue)] {
    [("file", .string(file)), ("commands", .integer(commands)), ("differences", .integer(differences))]
  }
}
