import Language

/// `summary`: the table of the layers.
enum SummaryCommand {
  static let command = Command(
    .look,
    Declaration<Action>(
      "summary", "Prints the layers with their output shapes and parameters.",
      examples: ["input 2; layer dense 8; summary", "layer dense 8; summary style=short"],
      notes: """
        Until the input is known, shapes are `?` and counts `0 (unbuilt)`, as in Keras. It costs no weights. Once \
        the model is compiled, the memory that its training takes stands below.
        """,
      .choice(
        "style", "how the table looks",
        from: [("keras", "as Keras 3 prints it"), ("classic", "as Keras 2 printed it"), ("short", "a line a layer")], default: "keras")
    ) { style in
      Action { session, _ in
        let network = session.model.network, batch = session.settings.batch
        let memory = session.model.settings.flatMap { try? network.memoryNeed(batch: batch, settings: $0) }
        return SummaryFacts(summary: network.summary, style: SummaryFacts.Style(rawValue: style) ?? .keras, memory: memory)
      }
    })
}
