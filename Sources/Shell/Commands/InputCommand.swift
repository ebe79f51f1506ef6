import Language

/// `input 2`, `input 28x28x1`: the shape of one sample.
enum InputCommand {
  static let command = Command(.build, [.changes, .builds], declaration)

  private static let declaration = Declaration<Action>(
    "input", "Sets the shape of one sample.", examples: ["input 2", "input 28x28x1"],
    notes: "Images are height x width x channels, as in Keras. Without `input` the data decide the shape.",
    .size("shape", "the shape of one sample", axes: 1...4, each: 1...1_000_000)
  ) { shape in
    Action { session, surroundings in
      try session.model.edit { try $0.setInput(shape) }
      session.model.inputIsDeclared = true
      session.warnOfLoss(surroundings)
      return ModelFacts(.input(shape), session.model.network)
    }
  }
}
