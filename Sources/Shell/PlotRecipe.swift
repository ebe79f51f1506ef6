import Language

/// How a kind of plot is made: it looks at a session and says what is to be drawn.
///
/// The session is a draft: what looking makes (first weights, an input shape) stays only when the command succeeds.
struct PlotRecipe: Sendable {
  /// What JSON calls the plot; `plot` and this word ask for it again.
  let kind: String
  let make: @MainActor @Sendable (inout Session, any Surroundings) throws -> DrawnPlot

  /// A recipe that gives a plot.
  init(_ kind: String, _ make: @escaping @MainActor @Sendable (inout Session, any Surroundings) throws -> Plot) {
    self.kind = kind
    self.make = { session, surroundings in DrawnPlot(plot: try make(&session, surroundings)) }
  }

  /// A recipe that has something to say besides.
  init(remarking kind: String, _ make: @escaping @MainActor @Sendable (inout Session, any Surroundings) throws -> DrawnPlot) {
    self.kind = kind
    self.make = make
  }
}

/// A plot, and what is to be said besides.
struct DrawnPlot: Sendable {
  var plot: Plot
  /// Sentences without full stops.
  var remarks: [String] = []
}

/// The kinds of plots, in the order of help; a test fails when a file of `Plots/` is not listed.
enum PlotKinds {
  static let all: [Declaration<PlotRecipe>] = [
    LossPlot.kind, RatePlot.kind, BoundaryPlot.kind, DataPlot.kind, ActivationPlot.kind, GradientsPlot.kind, SurfacePlot.kind,
    SchedulePlot.kind,
    WeightsPlot.kind, FiltersPlot.kind, FeaturesPlot.kind, ConfusionPlot.kind,
    ForecastPlot.kind, RetentionPlot.kind,
  ]
}
