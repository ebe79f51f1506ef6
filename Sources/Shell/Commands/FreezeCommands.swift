import Engine
import Language

/// `freeze dense` and `unfreeze dense`: whether training changes a layer.
enum FreezeCommands {
  static let freeze = Command(
    .build, [.changes, .builds],
    declaration(
      "freeze", true, "Keeps training from changing a layer's parameters.", ["input 2; layer dense 8; freeze dense"],
      notes: "A frozen batch normalisation also uses its moving mean and variance in training, as in Keras. `summary` counts the "
        + "parameters as non-trainable."))

  static let unfreeze = Command(
    .build, [.changes, .builds],
    declaration(
      "unfreeze", false, "Lets training change a layer's parameters again.", ["input 2; layer dense 8; freeze dense; unfreeze dense"]))

  private static func declaration(
    _ name: String, _ freezes: Bool, _ summary: String, _ examples: [String], notes: String = ""
  ) -> Declaration<Action> {
    Declaration(name, summary, examples: examples, notes: notes, .word("layer", "the layer's name or number", from: .layers)) { word in
      Action { session, _ in
        let reference = LayerReference(word)
        let layer = try session.model.network.layer(reference).name
        try session.model.edit { try $0.setFrozen(freezes, reference) }
        return ModelFacts(freezes ? .frozen(layer) : .unfrozen(layer), session.model.network)
      }
    }
  }
}
