import Engine
import Foundation
import Language

/// `plot loss`, `plot boundary`: a picture of the training, the data or the network.
enum PlotCommand {
  static let command = Command(
    .look, .writes,
    Declaration<Action>(
      "plot", "Draws the training, the data, or what the network makes of them.",
      examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; fit 5; plot loss"],
      notes: """
        Any metric that is measured is a kind too: `plot accuracy`. `plot boundary?` tells what a kind takes. file= writes a picture: .png, \
        .svg or .pdf.
        """,
      .declared(
        "kind", "what to draw, or the name of a metric", from: PlotKinds.all, default: Curves.recipe("loss", runs: []), or: Curves.metric,
        when: .any, completing: .curves),
      .optional(.word("file", "the picture to write", from: .files(ending: "png", "svg", "pdf"))).named
    ) { recipe, file in
      Action { session, surroundings in
        let target = try file.map { try surroundings.files.writable($0) }
        let drawn = try recipe.make(&session, surroundings)
        var facts = PlotFacts(kind: recipe.kind, plot: drawn.plot, file: target?.path, style: session.settings.plot)
        facts.remarks = drawn.remarks
        if let target { try surroundings.plotter.write(facts, to: target) }
        return facts
      }
    })
}
