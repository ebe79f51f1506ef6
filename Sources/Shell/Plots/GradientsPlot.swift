import Engine
import Language

/// `plot gradients`: the gradient of each layer, now and over the epochs.
enum GradientsPlot {
  static let kind = Declaration<PlotRecipe>(
    "gradients", "How large the gradient is in each layer, now and over the epochs, and which relus are dead.",
    formula: "sqrt(mean of (dJ/dw)^2), over the parameters of a layer",
    examples: ["layer dense 8 relu; layer dense 1 sigmoid; data moons 64; compile adam 0.05 bce; fit 5; plot gradients"],
    notes: """
      Now: of the mini-batch that the next `step` takes. A gradient by the layers' sums that shrinks from the last layer to the first \
      vanishes, one that grows explodes. A relu is dead on that mini-batch when it gives 0 for every sample.
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
      drawn.remarks = remarks(
        sizes,
        backward: network.layers.map(\.name).filter { name in sizes.contains { $0.layer == name } }.compactMap {
          name in norm(at: name, inspection).map { (name, $0) }
        }, dead)
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

  /// As many lines as can be told apart.
  private static let mostLines = 7

  private static func overTime(_ session: Session) -> Plot.Panel? {
    guard let trace = session.model.trace else { return nil }
    let moments = trace.moments.filter { !$0.gradients.isEmpty }
    guard moments.count > 1 else { return nil }
    let x = moments.map { Double($0.epoch) }
    // Each line has a mark and a colour of its own: of more layers than there are of those the first, the last and some between.
    let count = trace.layers.count, shown = min(count, mostLines)
    let layers = (0..<shown).map { shown == 1 ? 0 : $0 * (count - 1) / (shown - 1) }
    return Plot.Panel(
      title: shown < count ? "over the epochs, \(shown) of \(count) layers" : "over the epochs", x: .init("epoch"),
      y: .init("gradient", scale: .logarithmic),
      series: layers.map { layer in Plot.Series(trace.layers[layer], x: x, y: moments.map { Double($0.gradients[layer]) }) })
  }

  /// The length of the gradient by the sums of a layer, or by its output where it has none, over the mini-batch.
  private static func norm(at layer: String, _ inspection: Inspection) -> Double? {
    (inspection["\(layer).preactivation.gradient"] ?? inspection["\(layer).gradient"]).map { gradient in
      gradient.values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
  }

  /// How much the gradient must change on its way back through the layers before it is said; layers of a sound network stay within ten times.
  private static let remarkable = 20.0

  private static func remarks(
    _ sizes: [(layer: String, size: Double)], backward: [(layer: String, size: Double)], _ dead: [(layer: String, share: Double)]
  ) -> [String] {
    var remarks: [String] = []
    if let first = backward.first, let last = backward.last, backward.count > 2, first.size > 0, last.size > 0 {
      let ratio = first.size / last.size
      if ratio < 1 / remarkable {
        remarks.append(
          "the gradient vanishes on its way back: at \(first.layer) it is \(short(1 / ratio)) times smaller than at \(last.layer)")
      }
      if ratio > remarkable {
        remarks.append("the gradient explodes on its way back: at \(first.layer) it is \(short(ratio)) times larger than at \(last.layer)")
      }
    }
    let zeros = sizes.filter { $0.size == 0 }.map(\.layer)
    if !zeros.isEmpty { remarks.append("the gradient is 0 in \(zeros.joined(separator: ", ")): nothing there would change") }
    func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }
    let withDead = dead.filter { $0.share > 0 }
    if withDead.count > 2, let least = withDead.map(\.share).min(), let most = withDead.max(by: { $0.share < $1.share }) {
      let range = percent(least) == percent(most.share) ? "" : "\(percent(least)) to "
      remarks.append(
        "\(range)\(percent(most.share)) % of the relus are dead on this mini-batch in \(withDead.count) of \(dead.count) layers, most in \(most.layer)"
      )
    } else {
      remarks += withDead.map { "\($0.layer): \(percent($0.share)) % of the relus are dead on this mini-batch" }
    }
    return remarks
  }

  private static func short(_ value: Double) -> String { value < 1e6 ? grouped(Int(value.rounded())) : "a million or more" }
}

extension Complaint {
  static func noGradients() -> Complaint { Complaint("no layer has weights that training changes", hint: "`summary` tells which have") }
}
