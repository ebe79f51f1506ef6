import Language

/// `draw`: the network as neurons, maps and tensors.
enum DrawCommand {
  static let command = Command(
    .look, .writes,
    Declaration<Action>(
      "draw", "Draws the network: its layers with their connections, shapes and parameters.",
      examples: ["preset xor; draw", "input 2; layer dense 8; layer dense 1; draw batch=4"],
      notes: """
        A layer of more than 8 units shows its first four and its last. batch= shows the tensors that so many samples make. Of a deep network, \
        layers that repeat are drawn once, with a count. With style=auto, a terminal that can gets a picture. file= writes a picture: .png, .svg or .pdf; in it, small layers show their weights, \
        orange over 0, blue under 0, wide where they are large, and with data of two inputs each unit shows what it gives over their plane.
        """,
      .optional(.integer("batch", "how many samples go through at once", in: 1...1_000_000)).named,
      .optional(.word("file", "the picture to write", from: .files(ending: "svg", "png", "pdf"))).named,
      .choice(
        "style", "how characters place the layers",
        from: [
          ("auto", "side by side while they fit, else a layer a line"), ("columns", "side by side"), ("list", "a layer a line"),
        ], default: "auto"
      ).named
    ) { batch, file, style in
      Action { session, surroundings in
        guard !session.model.network.layers.isEmpty else { throw Complaint.noLayers() }
        let target = try file.map { try surroundings.files.writable($0) }
        let facts = try DrawingFacts(
          session.model.network, values: session.model.state?.parameters, batch: batch, file: target?.path,
          placement: DrawingFacts.Placement(rawValue: style) ?? .auto, style: session.settings.plot, title: session.title
        ).withViews(of: session)
        if let target { try surroundings.plotter.write(facts, to: target) }
        return facts
      }
    })
}
