import Engine
import Language

/// `preset lenet`: a network that has a name.
enum PresetCommand {
  static let command = Command(
    .build, [.changes, .builds],
    Declaration<Action>(
      "preset", "Takes a known network in place of the model.", examples: ["preset lenet; summary", "preset vgg16 classes=10"],
      notes: "It costs no weights until it is trained or asked. `undo` brings the model before it back.",
      .declared("network", "its name", from: Preset.declarations)
    ) { preset in
      Action { session, _ in
        session.model = Model()
        try session.model.edit { $0 = preset.network }
        session.model.inputIsDeclared = true
        return ModelFacts(.preset(preset.name), session.model.network)
      }
    })
}
