import Engine
import Language

/// `plot filters conv2d`: the kernels of a convolution as images.
enum FiltersPlot {
  static let kind = Declaration<PlotRecipe>(
    "filters", "The filters of a convolution as images.",
    examples: ["input 28x28x1; layer conv2d 8 3x3 relu; plot filters conv2d"],
    notes: """
      On one channel a weight below 0 is blue, above 0 orange, 0 is white, and in characters without colour the shades rise from the lowest to \
      the highest; filters on three channels are shown in colour, 0 as middle grey, and of \
      more channels the mean is taken.
      """,
    .word("layer", "the layer", from: .layers)
  ) { word in
    PlotRecipe(remarking: "filters") { session, _ in
      let layer = try LayerInHand(word, &session)
      guard let kernel = layer["kernel"] ?? layer["depthwise_kernel"], kernel.shape.count == 4 else {
        throw Complaint.noFilters(layer.name, session)
      }
      let filters = FiltersPlot.filters(kernel, layer.named.layer)
      let isColour = filters.channels == 3
      let shown = min(filters.count, WeightsPlot.mostPictures)
      let maps = (0..<shown).map { filters.values($0, isColour) }
      let reach = maps.reach
      var panel = Plot.Panel()
      panel.pictures = maps.enumerated().map { number, values in
        Plot.Picture(
          width: kernel.shape[1], height: kernel.shape[0], channels: isColour ? 3 : 1,
          values: isColour ? values.map { ($0 / reach + 1) / 2 } : values, caption: "\(number)", reach: isColour ? nil : reach)
      }
      let size = "\(kernel.shape[0])x\(kernel.shape[1])"
      let count = filters.count == 1 ? "1 filter" : "\(grouped(filters.count)) filters"
      let part = shown < filters.count ? ", the first \(shown)" : ""
      let mean = filters.channels > 1 && !isColour ? ", means of \(grouped(filters.channels)) channels" : ""
      panel.shades = isColour ? .channels(reach: reach) : .around(reach: reach)
      let title = "\(layer.name): \(count) of \(size)\(part)\(mean)"
      return DrawnPlot(plot: Plot(title: title, panels: [panel]), remarks: session.remarkOnUntrained)
    }
  }

  /// The filters of a kernel, whose layout depends on the layer.
  private struct Filters {
    var count, channels: Int
    /// The weights at a pixel: of a filter and a channel.
    var weight: (_ pixel: Int, _ channel: Int, _ filter: Int) -> Float
    var pixels: Int

    /// The weights of a filter, pixel by pixel: those of each channel, or their mean.
    func values(_ filter: Int, _ isColour: Bool) -> [Float] {
      (0..<pixels).flatMap { pixel -> [Float] in
        let weights = (0..<channels).map { weight(pixel, $0, filter) }
        return isColour ? weights : [weights.reduce(0, +) / Float(channels)]
      }
    }
  }

  private static func filters(_ kernel: Tensor, _ layer: any LayerDescription) -> Filters {
    let (third, fourth, values) = (kernel.shape[2], kernel.shape[3], kernel.values)
    let pixels = kernel.shape[0] * kernel.shape[1]
    if layer is Conv2DTranspose {
      return Filters(count: third, channels: fourth, weight: { values[($0 * third + $2) * fourth + $1] }, pixels: pixels)
    }
    if layer is DepthwiseConv2D || layer is SeparableConv2D {
      // Each filter sees a single channel: those of one channel stand together.
      return Filters(
        count: third * fourth, channels: 1, weight: { pixel, _, filter in values[pixel * third * fourth + filter] }, pixels: pixels)
    }
    return Filters(count: fourth, channels: third, weight: { values[($0 * third + $1) * fourth + $2] }, pixels: pixels)
  }
}

extension Complaint {
  @MainActor static func noFilters(_ layer: String, _ session: Session) -> Complaint {
    let kinds = ["Conv2D", "Conv2DTranspose", "DepthwiseConv2D", "SeparableConv2D"]
    let names = session.model.network.layers.filter { kinds.contains($0.layer.kind) }.map(\.name)
    return Complaint(
      "`\(layer)` is no convolution",
      hint: names.isEmpty ? "`layer conv2d 8 3x3 relu` appends one" : "these are: " + names.joined(separator: ", "))
  }
}
