import Datasets
import Engine
import Foundation
import Language

/// `plot boundary`: what the network answers over the plane of two inputs, with the data; `plot boundary units`: what its hidden units see.
enum BoundaryPlot {
  static let kind = Declaration<PlotRecipe>(
    "boundary", "What the network answers over the plane of two inputs, with the data.",
    examples: [
      "layer dense 8 tanh; layer dense 1 sigmoid; data moons 64; compile adam 0.05 bce; fit 5; plot boundary",
      "layer dense 4 relu; layer dense 1 sigmoid; data moons 64; compile adam 0.05 bce; fit 5; plot boundary units",
    ],
    notes: """
      Two classes: the probability, and the line where it is one half. Several: the region of each. Numbers: their value. Inputs are in the \
      units that the data came with. `units` draws what each unit of a hidden layer gives, of the last one where layer= names none.
      """,
    .optional(.choice("what", "what to draw instead of the answer", from: [("units", "each unit of a hidden layer")])),
    .optional(.word("layer", "the hidden layer whose units are drawn", from: .layers)).named
  ) { what, layer in
    PlotRecipe(remarking: "boundary") { session, _ in
      if let layer, what == nil { throw Complaint.layerWithoutUnits(layer) }
      let plane = try Plane(session, for: "boundary")
      try Training.settleInput(&session)
      let state = try session.model.ensureState(seed: session.settings.seed)
      if what != nil { return try units(of: layer, session, plane, state.parameters) }
      let outputs = try plane.outputs(of: session.model.network, state.parameters)
      var panel = Plot.Panel(x: .init(plane.names[0]), y: .init(plane.names[1]), field: answer(outputs, session, plane))
      if let dataset = session.data?.dataset {
        let points = DataPoints(dataset)
        panel.series = points.series(points.inputs(0), points.inputs(1))
      }
      return DrawnPlot(plot: Plot(title: title(session), panels: [panel]))
    }
  }

  @MainActor private static func title(_ session: Session) -> String {
    session.title + (session.model.epochs == 0 ? "   not trained yet" : "   after \(grouped(session.model.epochs)) epochs")
  }

  /// The answer as a field: a probability, a class, or a number.
  private static func answer(_ outputs: Tensor, _ session: Session, _ plane: Plane) -> Plot.Field {
    let width = outputs.count / max(1, outputs.shape[0])
    let classes = session.data?.dataset.classNames ?? []
    let loss = session.model.settings?.loss
    if width == 1, classes.count == 2 {
      let isLogit = loss?.fromLogits == true
      let values = isLogit ? outputs.values.map { 1 / (1 + exp(-$0)) } : outputs.values
      var field = plane.field("probability of \(DataPoints.shown(classes[1]))", values, .around(0.5))
      field.levels = [0.5]
      field.range = 0...1
      return field
    }
    if width > 1, classes.count == width {
      let best = (0..<outputs.shape[0]).map { row -> Float in
        let own = outputs.values[(row * width)..<((row + 1) * width)]
        return Float((own.indices.max { own[$0] < own[$1] } ?? row * width) - row * width)
      }
      return plane.field("class", best, .classes(classes))
    }
    let name = session.data?.dataset.targetName ?? "output"
    return plane.field(name, stride(from: 0, to: outputs.count, by: width).map { outputs.values[$0] })
  }

  // MARK: - Units

  /// More panels than these would be too small.
  private static let mostUnits = 16

  @MainActor private static func units(of name: String?, _ session: Session, _ plane: Plane, _ parameters: Parameters) throws -> DrawnPlot {
    let network = session.model.network
    let position = try name.map { try network.position(of: LayerReference($0)) } ?? lastHidden(of: network)
    var hidden = network
    while hidden.layers.count > position + 1 { try hidden.remove(.number(hidden.layers.count)) }
    let outputs = try plane.outputs(of: hidden, parameters)
    let count = outputs.count / outputs.shape[0]
    let shown = min(count, mostUnits)
    let layer = network.layers[position].name
    let panels = (0..<shown).map { unit -> Plot.Panel in
      let values = stride(from: unit, to: outputs.count, by: count).map { outputs.values[$0] }
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      var field = plane.field("", values, low < 0 ? .around(0) : .numbers)
      // Where a unit switches on.
      field.levels = low < 0 ? [0] : high > low ? [Double(low + (high - low) * 0.02)] : []
      let isConstant = high - low < 1e-6
      var panel = Plot.Panel(title: "unit \(unit)" + (isConstant ? " (always \(shortNumber(Double(low))))" : ""), field: field)
      panel.x.label = shown == 1 ? plane.names[0] : ""
      panel.y.label = shown == 1 ? plane.names[1] : ""
      return panel
    }
    var drawn = DrawnPlot(plot: Plot(title: "\(layer): what each unit sees", panels: panels))
    if shown < count { drawn.remarks.append("the first \(shown) of the \(count) units of \(layer)") }
    return drawn
  }

  /// The place of the last layer before the one that makes the outputs: what that one reads.
  private static func lastHidden(of network: Network) throws -> Int {
    let weighted = network.layers.indices.filter {
      network.layers[$0].layer is any ActivatedLayer && !(network.layers[$0].layer is ActivationLayer)
    }
    guard let last = weighted.last, last > 0, weighted.count > 1 else { throw Complaint.noHiddenLayer() }
    return last - 1
  }
}

extension Complaint {
  static func noHiddenLayer() -> Complaint {
    Complaint("the network has no hidden layer", hint: "`layer insert 1 dense 8 relu` puts one before the output")
  }
  static func layerWithoutUnits(_ name: String) -> Complaint {
    Complaint("`layer=\(name)` names the layer of `plot boundary units`", hint: "`plot boundary units layer=\(name)`")
  }
}
