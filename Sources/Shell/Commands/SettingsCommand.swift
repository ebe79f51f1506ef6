import Engine
import Language

/// `settings`: what is set, how the model is compiled, and how far it is trained.
enum SettingsCommand {
  static let command = Command(
    .shell,
    Declaration<Action>(
      "settings", "Tells the settings, how the model is compiled, and how far it is trained.", examples: ["settings"],
      notes: "It changes nothing; `set NAME VALUE` changes a setting. The goals of a lesson's tasks look here too."
    ) {
      Action { session, _ in StandingFacts(session) }
    })
}

/// Where a session stands: its settings, how the model is compiled, and how far it is trained.
public struct StandingFacts: Facts {
  /// The settings.
  public let settings: SettingsFacts
  /// Optimizer, loss and metrics; nil before `compile`.
  public let compiled: CompileFacts?
  /// The name of the data; nil when there are none.
  public let data: String?
  /// Passes over the data since the weights were made.
  public let epochs: Int
  /// Updates since the weights were made.
  public let updates: Int
  /// The curves since the weights were made.
  public let history: TrainingHistory

  init(_ session: Session) {
    settings = SettingsFacts(session)
    compiled = session.model.settings.map { CompileFacts(settings: $0) }
    data = session.data?.dataset.name
    epochs = session.model.epochs
    updates = session.model.state?.updates ?? 0
    history = session.model.history
  }

  /// The settings, the optimizer with its rate, the loss and the metrics, the data's name, and the trainings so far.
  public var json: [(String, JSONValue)] {
    let none: [(String, JSONValue)] = ["optimizer", "rate", "loss", "metrics"].map { ($0, .null) }
    return settings.json + (compiled?.json ?? none) + [
      ("data", .optional(data)), ("epochs", .integer(epochs)), ("updates", .integer(updates)),
      ("history", .object(history.names.map { ($0, .numbers(history[$0])) })),
    ]
  }
}
