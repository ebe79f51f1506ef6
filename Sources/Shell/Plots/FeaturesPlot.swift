import Engine
import Language

/// `plot features conv2d sample=3`: what a layer makes of an image.
enum FeaturesPlot {
  static let kind = Declaration<PlotRecipe>(
    "features", "The maps that a layer makes of a sample, after the sample itself.",
    examples: ["data digits; layer conv2d 4 3x3 relu; layer flatten; layer dense 10 softmax; plot features conv2d sample=3"],
    notes: "Computed as `predict` does: nothing is dropped, and batch normalisation takes its moving statistics.",
    .word("layer", "the layer", from: .layers), .integer("sample", "the row of the data", in: 0...1_000_000_000, default: 0).named
  ) { word, row in
    PlotRecipe(remarking: "features") { session, _ in
      guard let data = session.data else { throw Complaint.noImages(nil) }
      let dataset = data.dataset
      guard dataset.sampleShape.count == 3 else { throw Complaint.noImages(dataset.name) }
      let layer = try LayerInHand(word, &session)
      guard layer.output.count == 3 else { throw Complaint.noMaps(layer.name, layer.output) }
      guard row < dataset.rows else { throw Complaint.noSample(row, of: dataset.rows) }
      let state = try session.model.ensureState(seed: session.settings.seed)
      let sample = dataset.features.rows([row])
      let inputs = try data.standardization(heldOut: data.heldByFit)?.forward(sample) ?? sample
      let outputs = try LayerOutputs(network: session.model.network, parameters: state.parameters, inputs: inputs)
      guard let maps = outputs[layer.name] else { throw Complaint.noMaps(layer.name, layer.output) }
      let (height, width, count) = (layer.output[0], layer.output[1], layer.output[2])
      let shown = min(count, WeightsPlot.mostPictures - 1)
      let values = (0..<shown).map { map in (0..<(height * width)).map { maps.values[$0 * count + map] } }
      let finite = values.joined().filter(\.isFinite)
      let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
      var panel = Plot.Panel()
      panel.pictures = [SamplePictures(dataset).picture(row, caption: "sample \(row): \(dataset.targetText(row))")]
      // After a relu nothing is below 0, and black is silence; else the sign counts.
      let reach: Float? = low < 0 ? values.reach : nil
      panel.pictures += values.enumerated().map { map, values in
        Plot.Picture(
          width: width, height: height, channels: 1, values: reach == nil && high > 0 ? values.map { $0 / high } : values,
          caption: "\(map)",
          reach: reach)
      }
      let part = shown < count ? ", the first \(shown)" : ""
      let title = "\(layer.name): \(count == 1 ? "1 map" : "\(grouped(count)) maps") of \(height)x\(width)\(part)"
      panel.shades = reach.map { .around(reach: $0) } ?? .from0(to: high)
      return DrawnPlot(plot: Plot(title: title, panels: [panel]), remarks: session.remarkOnUntrained)
    }
  }
}

extension Complaint {
  static func noImages(_ name: String?) -> Complaint {
    Complaint(name.map { "`\($0)` holds no images" } ?? "no data yet", hint: "try `data digits`, `data glyphs` or `data images FOLDER`")
  }
  static func noMaps(_ layer: String, _ shape: [Int]) -> Complaint {
    let numbers = shape.map { String($0) }.joined(separator: "x")
    return Complaint("`\(layer)` gives \(numbers) numbers, no maps", hint: "`show \(layer).output` prints them")
  }
  static func noSample(_ row: Int, of rows: Int) -> Complaint {
    Complaint("there is no sample \(grouped(row))", hint: "the data have 0 to \(grouped(rows - 1))")
  }
}
