import Engine
import Language

/// `undo`, `redo`, `rewind` and `reset`: back to an earlier model, or to none.
enum HistoryCommands {
  static let undo = Command(
    .build, [.changes, .keeps, .travels],
    Declaration<Action>(
      "undo", "Takes back the last command that changed the session.",
      examples: ["layer dense 8; undo", "data moons; undo; redo", "layer dense 8; layer dense 4; undo 2"],
      notes: """
        It covers layers, `compile`, training, weights, data, settings and variables. A script that was replayed is one step. Files that were \
        written, runs, reviews and decks stay. What it holds in memory is bounded: the oldest steps go first.
        """,
      .integer("steps", "how many commands to take back", in: 1...SessionHistory.most, default: 1).completed(from: .undoable)
    ) { steps in travel(steps, isUndo: true) })

  static let redo = Command(
    .build, [.changes, .keeps, .travels],
    Declaration<Action>(
      "redo", "Makes again what `undo` took back.", examples: ["layer dense 8; undo; redo"],
      .integer("steps", "how many commands to make again", in: 1...SessionHistory.most, default: 1).completed(from: .redoable)
    ) { steps in travel(steps, isUndo: false) })

  /// Goes back or forth; settings that outlive the session are kept as they are then.
  private static func travel(_ steps: Int, isUndo: Bool) -> Action {
    Action { session, surroundings in
      let before = session.settings
      var commands: [String] = []
      while commands.count < steps {
        if !commands.isEmpty, isUndo ? session.history.past.isEmpty : session.history.future.isEmpty { break }
        commands.append(try isUndo ? session.undo() : session.redo())
      }
      let now = session.settings
      for preference in Preference.allCases where preference.value(in: before) != preference.value(in: now) {
        do {
          // What was not kept before goes back to what the config file says, or to what is usual.
          if now.origin(of: preference.rawValue) == .kept {
            try surroundings.permittedPreferences.save(preference.rawValue, preference.value(in: now))
          } else {
            try surroundings.permittedPreferences.remove(preference.rawValue)
          }
        } catch let complaint as Complaint {
          surroundings.warn(.onlyForNow(complaint))
        }
      }
      if before.threads != now.threads { now.useThreads() }
      return TravelFacts(commands, isUndo: isUndo, session)
    }
  }

  static let rewind = Command(
    .build, .changes,
    Declaration<Action>(
      "rewind", "Goes back to the model's own initial weights.", examples: ["input 2; layer dense 1; rewind"],
      notes: "The optimizer's state and the curves start anew; the same seed gives the same training."
    ) {
      Action { session, _ in
        let seed = session.model.state?.seed ?? session.settings.seed
        session.model.state = nil
        session.model.hasWeightsByHand = false
        session.model.lastUpdate = nil
        session.model.history = TrainingHistory()
        session.model.trace = nil
        session.model.epochs = 0
        _ = try session.model.ensureState(seed: seed)
        return ModelFacts(.rewound, session.model.network)
      }
    })

  static let reset = Command(
    .build, .changes,
    Declaration<Action>(
      "reset", "Starts anew: no layers, no data, nothing compiled.", examples: ["layer dense 8; reset"],
      notes: "Settings and decks stay. `undo` brings all of it back."
    ) {
      Action { session, _ in
        session.clear()
        // What decides later numbers stays: settings and variables.
        session.made.removeAll { line in
          let words = line.command.split(separator: " ")
          return !(words.first == "let" || words.first == "set" && words.count > 1 && !words[1].contains(".") && words[1] != "lr")
        }
        return Notice("an empty model, no data")
      }
    })
}

/// What `undo` took back, or `redo` made again, and what is in hand now.
public struct TravelFacts: Facts {
  /// The commands, the one that was taken back or made again first at the head.
  public let commands: [String]
  /// Whether they were taken back.
  public let isUndo: Bool
  /// The network now.
  public let summary: NetworkSummary
  /// The data now; nil when there are none.
  public let data: String?
  /// The settings now.
  public let settings: SettingsFacts

  init(_ commands: [String], isUndo: Bool, _ session: Session) {
    self.commands = commands
    self.isUndo = isUndo
    summary = session.model.network.summary
    data = session.data?.dataset.name
    settings = SettingsFacts(session)
  }

  /// The commands, and the number of layers and parameters now.
  public var json: [(String, JSONValue)] {
    [
      (isUndo ? "undone" : "redone", .strings(commands)), ("layers", .integer(summary.rows.count)), ("total", .integer(summary.total)),
      ("trainable", .integer(summary.trainable)), ("data", .optional(data)),
    ]
  }
}
