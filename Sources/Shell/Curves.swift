import Engine
import Language

/// The curves of the history as plots: the loss, any metric, the learning rate.
enum Curves {
  /// A metric by its bare name.
  static let metric = Declaration<PlotRecipe>(
    "METRIC", "A metric of each epoch.", .word("metric", "the metric", from: .curves), runs
  ) { Curves.recipe($0, runs: $1) }

  /// `runs=3,5`.
  static let runs = Argument<[Int]>.list(
    "runs", "the numbers of kept runs to lay over each other; -1 is the newest, -2 the one before", from: .runs)

  static func recipe(_ name: String, runs: [Int]) -> PlotRecipe {
    PlotRecipe(name) { session, surroundings in
      guard runs.isEmpty else { return try plot(name, of: try runs.map { try surroundings.permittedRuns.existing($0) }) }
      let series = curves(name, in: session.model.history)
      guard !series.isEmpty else { throw Complaint.noPlot(name, session.model.history) }
      return plot(name, series, title: session.title)
    }
  }

  private static func plot(_ name: String, _ series: [Plot.Series], title: String) -> Plot {
    Plot(title: title, x: Plot.Axis("epoch"), y: Plot.Axis(name, scale: .automatic), series: series)
  }

  /// The curve of training, and dashed in its colour that of validation.
  private static func curves(_ name: String, in history: TrainingHistory, group: Int = 0, suffix: String = "") -> [Plot.Series] {
    [name, "val_" + name].enumerated().compactMap { index, name in
      guard !history[name].isEmpty else { return nil }
      let x = (1...history[name].count).map(Double.init)
      return Plot.Series(
        name + suffix, x: x, y: history[name], look: index == 0 ? .line : .dashed, group: group + (suffix.isEmpty ? index : 0))
    }
  }

  /// Several runs over each other.
  ///
  /// - Throws: A `Complaint` when one of them has no such curve.
  static func plot(_ name: String, of runs: [TrainingRun]) throws -> Plot {
    var series: [Plot.Series] = []
    for (group, run) in runs.enumerated() {
      let found = curves(name, in: run.history, group: group, suffix: " of run \(run.id)")
      guard !found.isEmpty else { throw Complaint.noPlot(name, run.history) }
      series += found
    }
    return plot(name, series, title: "runs " + runs.map { String($0.id) }.joined(separator: ", "))
  }
}

extension Complaint {
  /// A word that is no curve of the history; it may be a kind of plot mistyped.
  static func noPlot(_ name: String, _ history: TrainingHistory) -> Complaint {
    let names = history.names.filter { !$0.hasPrefix("val_") }
    let kinds = PlotKinds.all.map(\.name)
    guard !kinds.contains(name), let near = NearNames.hint(for: name, among: kinds + names) else { return noCurve(name, names) }
    return Complaint("there is nothing called `\(name)` to plot", hint: near)
  }
  static func noRun(_ number: Int, kept: Int? = nil) -> Complaint {
    guard let kept else { return Complaint("no run \(number) is kept", hint: "`runs` lists those that are") }
    let count = kept == 0 ? "none is kept" : kept == 1 ? "one is kept" : "\(grouped(kept)) are kept"
    return Complaint("there is no run \(number): \(count)", hint: "-1 is the newest, -2 the one before")
  }
}
