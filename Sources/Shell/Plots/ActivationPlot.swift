import Engine
import Language

/// `plot activation relu tanh`: the functions and their derivatives.
enum ActivationPlot {
  static let kind = Declaration<PlotRecipe>(
    "activation", "Activation functions with their derivatives; all of them when none is named.",
    examples: ["plot activation relu", "plot activation sigmoid tanh", "plot activation"],
    .list("function", "the functions", from: functions)
  ) { chosen in
    PlotRecipe("activation") { _, _ in
      let shown = chosen.isEmpty ? Activation.named.map(\.activation) : chosen
      return Plot(title: chosen.isEmpty ? "activation functions and their derivatives" : "", panels: shown.map(panel))
    }
  }

  private static let functions: [Declaration<Activation>] = Activation.named.map { entry in
    Declaration<Activation>(
      entry.name, aliases: Activation.aliases.filter { $0.value == entry.name }.map(\.key).sorted(), "The activation \(entry.name).",
      formula: entry.formula, examples: ["plot activation \(entry.name)"]
    ) { entry.activation }
  }

  private static func panel(_ activation: Activation) -> Plot.Panel {
    let formula = Activation.named.first { $0.activation == activation }?.formula ?? ""
    // An even number of places, none of which is 0, where some have no derivative.
    let places = (0..<200).map { -4 + (Double($0) + 0.5) * 8 / 200 }
    let isSoftmax = activation == .softmax
    // Of a row that begins with x and ends with 0.
    func value(_ x: Double) -> Double { activation.reference(isSoftmax ? [x, 0] : [x])[0] }
    let step = 1e-4
    var panel = Plot.Panel(
      title: "\(activation.name)   \(isSoftmax ? "of (x, 0):  y = e^x / (e^x + 1)" : formula)", x: .init("x"), y: .init(range: -2...4),
      series: [
        Plot.Series("y", x: places, y: places.map(value), group: 0),
        Plot.Series("dy/dx", x: places, y: places.map { (value($0 + step) - value($0 - step)) / (2 * step) }, look: .dashed, group: 1),
      ])
    let all = panel.series.flatMap(\.y)
    if let low = all.min(), let high = all.max(), high <= 1.3 { panel.y.range = min(-0.2, low - 0.1)...max(1.2, high + 0.1) }
    panel.x.range = -4...4
    return panel
  }
}
