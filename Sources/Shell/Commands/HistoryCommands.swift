import Engine
import Language

/// `undo`, `redo`, `rewind` and `reset`: back to an earlier model, or to none.
enum HistoryCommands {
  static let undo = Command(
    .build, .changes,
    Declaration<Action>(
      "undo", "Takes the last change of the model back.", examples: ["layer dense 8; undo"],
      notes: "It covers layers, `compile`, training and weights set by hand, not data and settings."
    ) {
      Action { session, _ in
        try session.undo()
        return ModelFacts(.undone, session.model.network)
      }
    })

  static let redo = Command(
    .build, .changes,
    Declaration<Action>("redo", "Makes the change again that `undo` took back.", examples: ["layer dense 8; undo; redo"]) {
      Action { session, _ in
        try session.redo()
        return ModelFacts(.redone, session.model.network)
      }
    })

  static let rewind = Command(
    .build, .changes,
    Declaration<Action>(
      "rewind", "Goes back to the model's own initial weights.", examples: ["input 2; layer dense 1; rewind"],
      notes: "The optimizer's state and the curves start anew; the same seed gives the same training."
    ) {
      Action { session, _ in
        session.remember()
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
      notes: "Settings and decks stay. `undo` brings the model back, not the data."
    ) {
      Action { session, _ in
        session.remember()
        session.clear()
        return Notice("an empty model, no data")
      }
    })
}
