import Language

/// `plot lr`: the learning rate of each epoch.
enum RatePlot {
  static let kind = Declaration<PlotRecipe>(
    "lr", "The learning rate of each epoch's last update.",
    examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; fit 10 schedule=cosine; plot lr"],
    notes: "`plot schedule` shows a rate before it is trained with, update by update.",
    Curves.runs
  ) { Curves.recipe("lr", runs: $0) }
}
