import Engine
import Language

/// `plot weights dense`: the numbers of a layer as a picture.
enum WeightsPlot {
  /// Pictures beyond these would be too small to see.
  static let mostPictures = 64
  /// A larger heat map would have more cells than a screen has pixels.
  private static let mostCells = 500_000

  static let kind = Declaration<PlotRecipe>(
    "weights", "The weights of a layer: a map, an image a unit, or a histogram.",
    examples: [
      "data iris; layer dense 4 relu; layer dense 3 softmax; plot weights dense",
      "data digits; layer flatten; layer dense 10; plot weights dense",
    ],
    notes: """
      A dense layer on the pixels of an image shows the weights of each unit as an image, other dense layers a map of inputs by units; \
      all other layers a histogram. Weights below 0 are blue, above 0 orange, 0 is white.
      """,
    .word("layer", "the layer", from: .layers)
  ) { word in
    PlotRecipe(remarking: "weights") { session, _ in
      let layer = try LayerInHand(word, &session)
      guard !layer.parameters.isEmpty else { throw Complaint.noWeights(layer.name, session) }
      var drawn: DrawnPlot
      if let kernel = layer["kernel"], kernel.shape.count == 2, layer.named.layer is Dense {
        if let image = layer.pixelsRead(session) {
          drawn = images(kernel, of: image, layer)
        } else if kernel.count <= mostCells {
          drawn = DrawnPlot(plot: map(kernel, layer, session))
        } else {
          drawn = histogram(layer)
        }
      } else {
        drawn = histogram(layer)
      }
      drawn.remarks += session.remarkOnUntrained
      return drawn
    }
  }

  /// The weights of each unit where the pixels are that they multiply; channels are averaged.
  private static func images(_ kernel: Tensor, of image: [Int], _ layer: LayerInHand) -> DrawnPlot {
    let (height, width, channels, units) = (image[0], image[1], image[2], kernel.shape[1])
    let shown = min(units, mostPictures)
    var panel = Plot.Panel()
    let maps = (0..<shown).map { unit in
      (0..<(height * width)).map { pixel in
        (0..<channels).reduce(Float(0)) { $0 + kernel.values[(pixel * channels + $1) * units + unit] } / Float(channels)
      }
    }
    let reach = maps.reach
    panel.pictures = maps.enumerated().map { unit, values in
      Plot.Picture(width: width, height: height, channels: 1, values: values, caption: "\(unit)", reach: reach)
    }
    let what = units == 1 ? "the weights of its unit" : "the weights of its \(grouped(units)) units"
    let part = shown < units ? ", the first \(shown)" : ""
    let mean = channels > 1 ? ", means of \(channels) channels" : ""
    return DrawnPlot(plot: Plot(title: "\(layer.name): \(what)\(part)\(mean)   \(scale(reach))", panels: [panel]))
  }

  /// The kernel (inputs, units) with the first input at the top.
  private static func map(_ kernel: Tensor, _ layer: LayerInHand, _ session: Session) -> Plot {
    let (inputs, units) = (kernel.shape[0], kernel.shape[1])
    let values = (0..<inputs).reversed().flatMap { kernel.values[($0 * units)..<(($0 + 1) * units)] }
    var panel = Plot.Panel(x: .init("unit"), y: .init("input"))
    panel.field = Plot.Field(
      "weight", x: -0.5...Double(units) - 0.5, y: -0.5...Double(inputs) - 0.5, columns: units, rows: inputs, values: values,
      meaning: .around(0))
    panel.x.names = names(units) { "\($0)" }
    let features = session.data?.dataset.featureNames ?? []
    let isNamed = layer.index == 0 && features.count == inputs
    panel.y.names = names(inputs) { isNamed ? features[$0] : "\($0)" }.map { Plot.Axis.Name(Double(inputs - 1) - $0.place, $0.text) }
    return Plot(title: "\(layer.name)   \(grouped(inputs)) inputs to \(grouped(units)) \(units == 1 ? "unit" : "units")", panels: [panel])
  }

  /// Names of some places: of all where there are few, else of about ten.
  private static func names(_ count: Int, _ text: (Int) -> String) -> [Plot.Axis.Name] {
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].first { count / $0 <= 16 } ?? max(1, count / 10)
    return stride(from: 0, to: count, by: step).map { Plot.Axis.Name(Double($0), text($0)) }
  }

  /// How many numbers fall into each of up to 40 equal parts, fewer where there are few numbers; a curve a parameter.
  private static func histogram(_ layer: LayerInHand) -> DrawnPlot {
    let all = layer.parameters.flatMap(\.tensor.values).filter(\.isFinite)
    let (low, high) = (Double(all.min() ?? 0), Double(all.max() ?? 0))
    let parts = min(40, max(5, Int(Double(all.count).squareRoot().rounded(.up))))
    let (start, width) = low < high ? (low, (high - low) / Double(parts)) : (low - 0.5, 1 / Double(parts))
    let series = layer.parameters.map { part, tensor in
      var counts = [Int](repeating: 0, count: parts)
      for value in tensor.values where value.isFinite { counts[min(parts - 1, Int((Double(value) - start) / width))] += 1 }
      // Steps: each part has a flat top.
      let x = (0..<parts).flatMap { part -> [Double] in [start + Double(part) * width, start + Double(part + 1) * width] }
      return Plot.Series(part, x: x, y: counts.flatMap { [Double($0), Double($0)] })
    }
    let count = layer.parameters.reduce(0) { $0 + $1.tensor.count }
    let panel = Plot.Panel(x: .init("value"), y: .init("numbers"), series: series)
    let hint = (layer["kernel"]?.shape.count ?? 0) == 4 ? ["`plot filters \(layer.name)` shows its filters as images"] : []
    return DrawnPlot(
      plot: Plot(title: "\(layer.name)   \(grouped(count)) numbers from \(shortNumber(low)) to \(shortNumber(high))", panels: [panel]),
      remarks: hint)
  }

  /// What the colours of signed pictures mean.
  static func scale(_ reach: Float) -> String { "blue \(shortNumber(Double(-reach))), white 0, orange \(shortNumber(Double(reach)))" }
}

extension [[Float]] {
  /// The greatest distance from 0.
  var reach: Float {
    let distances = joined().lazy.filter(\.isFinite).map { abs($0) }
    return distances.reduce(Float(1e-30)) { Swift.max($0, $1) }
  }
}

extension Complaint {
  @MainActor static func noWeights(_ layer: String, _ session: Session) -> Complaint {
    let names = session.model.network.summary.rows.filter { $0.parameters > 0 }.map(\.name)
    return Complaint("`\(layer)` has no weights", hint: names.isEmpty ? "no layer has any" : "these have: " + names.joined(separator: ", "))
  }
}
