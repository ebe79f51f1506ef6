import Engine
import Language

/// `plot gradients`: the gradient of each layer, now and over the epochs.
enum GradientsPlot {
  static let kind = Declaration<PlotRecipe>(
    "gradients", "How large the gradient is in each layer, now and over the epochs, and which relus are dead.",
    formula: "sqrt(mean of (dJ/dw)^2), over the parameters of a layer",
    examples: ["layer dense 8 relu; layer dense 1 sigmoid; data moons 64; compile adam 0.05 bce; fit 5; plot gradients"],
    notes: """
      Now: of the mini-batch that the next `step` takes. Gradients that shrink from the last layer to the first vanish, those that grow \
      explode. A relu is dead on that mini-batch when it gives 0 for every sample.
      """
  ) {
    PlotRecipe(remarking: "gradients") { session, _ in
      let inspection = try Training.inspect(&session)
      let network = session.model.network
      var sizes: [(layer: String, size: Double)] = []
      var dead: [(layer: String, share: Double)] = []
      for named in network.layers {
        let gradients = inspection.names.filter {
          $0.hasPrefix(named.name + ".") && $0.hasSuffix(".gradient") && $0.split(separator: ".").count == 3
        }
        .filter { !$0.contains(".preactivation.") }.compactMap { inspection[$0]?.values }
        let count = gradients.reduce(0) { $0 + $1.count }
        if count > 0 {
          let squares = gradients.reduce(0.0) { $0 + $1.reduce(0.0) { $0 + Double($1) * Double($1) } }
          sizes.append((named.name, (squares / Double(count)).squareRoot()))
        }
        if let share = deadShare(named, inspection) { dead.append((named.name, share)) }
      }
      guard !sizes.isEmpty else { throw Complaint.noGradients() }
      var panels = [bars("gradient by layer", "gradient", sizes.map { ($0.layer, $0.size) })]
      if sizes.contains(where: { $0.size > 0 }) { panels[0].y.scale = .logarithmic }
      if let over = overTime(session) { panels.append(over) }
      if dead.contains(where: { $0.share > 0 }) {
        var panel = bars("dead relus", "share", dead.map { ($0.layer, $0.share) })
        panel.y.range = 0...1
        panels.append(panel)
      }
      var drawn = DrawnPlot(plot: Plot(title: panels.count > 1 ? session.title : "", panels: panels))
      drawn.remarks = remarks(sizes, dead)
      return drawn
    }
  }

  /// The share of units that give 0 for every sample of the mini-batch; nil where the layer is no relu.
  private static func deadShare(_ named: NamedLayer, _ inspection: Inspection) -> Double? {
    guard (named.layer as? any ActivatedLayer)?.activation == .relu, let output = inspection["\(named.name).output"],
      let width = output.shape.last
    else { return nil }
    var alive = [Bool](repeating: false, count: width)
    for (place, value) in output.values.enumerated() where value > 0 { alive[place % width] = true }
    return Double(alive.filter { !$0 }.count) / Double(width)
  }

  /// A value a layer, joined in the order of the layers.
  private static func bars(_ title: String, _ name: String, _ values: [(layer: String, value: Double)]) -> Plot.Panel {
    var panel = Plot.Panel(
      title: title, y: .init(name),
      series: [Plot.Series("", x: values.indices.map { Double($0 + 1) }, y: values.map(\.value), look: .linePoints)])
    panel.x.names = values.enumerated().map { Plot.Axis.Name(Double($0 + 1), $1.layer) }
    panel.x.range = 0.5...Double(values.count) + 0.5
    return panel
  }

  private static func overTime(_ session: Session) -> Plot.Panel? {
    guard let trace = session.model.trace else { return nil }
    let moments = trace.moments.filter { !$0.gradients.isEmpty }
    guard moments.count > 1 else { return nil }
    let x = moments.map { Double($0.epoch) }
    return Plot.Panel(
      title: "over the epochs", x: .init("epoch"), y: .init("gradient", scale: .logarithmic),
      series: trace.layers.indices.map { layer in Plot.Series(trace.layers[layer], x: x, y: moments.map { Double($0.gradients[layer]) }) })
  }

  private static func remarks(_ sizes: [(layer: String, size: Double)], _ dead: [(layer: String, share: Double)]) -> [String] {
    var remarks: [String] = []
    if let first = sizes.first, let last = sizes.last, sizes.count > 1, first.size > 0, last.size > 0 {
      let ratio = first.size / last.size
      if ratio < 1e-3 {
        remarks.append("the gradient vanishes: in \(first.layer) it is \(short(1 / ratio)) times smaller than in \(last.layer)")
      }
      if ratio > 1e3 { remarks.append("the gradient explodes: in \(first.layer) it is \(short(ratio)) times larger than in \(last.layer)") }
    }
    let zeros = sizes.filter { $0.size == 0 }.map(\.layer)
    if !zeros.isEmpty { remarks.append("the gradient is 0 in \(zeros.joined(separator: ", ")): nothing there would change") }
    for entry in dead where entry.share > 0 {
      remarks.append("\(entry.layer): \(Int((entry.share * 100).rounded())) % of the relus are dead on this mini-batch")
    }
    return remarks
  }

  private static func short(_ value: Double) -> String { value < 1e6 ? grouped(Int(value)) : "a million or more" }
}

extension Complaint {
  static func noGradients() -> Complaint { Complaint("no layer has weights that training changes", hint: "`summary` tells which have") }
}
