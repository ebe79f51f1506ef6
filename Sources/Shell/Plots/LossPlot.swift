import Language

/// `plot loss`: the loss of each epoch.
enum LossPlot {
  static let kind = Declaration<PlotRecipe>(
    "loss", "The loss of each epoch, and that of the held-out data.",
    examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; fit 5 val=0.25; plot loss"],
    notes: "The name of a metric draws that one: `plot accuracy`.",
    Curves.runs
  ) { Curves.recipe("loss", runs: $0) }
}
