import Engine

/// The way from one output back to the input that an explanation follows, through the values that matter most.
struct UpdatePath {
  /// One element of one layer's output, and what it was chosen to be made of.
  struct Stop {
    let layer: UpdateScene.Layer
    let place: [Int]
    /// The weight between the element and the one before it on the path.
    let weight: [Int]?
    /// What the path goes on to, and its place.
    let source: String
    let sourcePlace: [Int]
  }

  /// From the output to the input.
  let stops: [Stop]

  /// The path of a scene's sample, from the output at `place`, else from the output that the loss depends on most.
  init(_ scene: UpdateScene, from name: String? = nil, at place: [Int]? = nil) throws {
    var name = name ?? scene.outputName
    var place = try place ?? UpdatePath.greatest(scene, name)
    var stops: [Stop] = []
    while let layer = scene.layer(name) {
      let stop = try UpdatePath.stop(scene, layer, place)
      stops.append(stop)
      (name, place) = (stop.source, stop.sourcePlace)
    }
    self.stops = stops
  }

  /// The element of a layer's output that the loss depends on most, in the followed sample.
  private static func greatest(_ scene: UpdateScene, _ name: String) throws -> [Int] {
    // Behind a softmax the sums tell more than the outputs: the derivative by the outputs of a one-hot loss is 0 but for the class.
    let tensor = try scene.inspection["\(name).preactivation.gradient"] ?? scene.tensor("\(name).gradient")
    let width = tensor.count / max(scene.samples, 1)
    let best = (0..<width).max { abs(tensor.values[scene.sample * width + $0]) < abs(tensor.values[scene.sample * width + $1]) } ?? 0
    return Tensor.place(best, in: Array(tensor.shape.dropFirst()))
  }

  private static func stop(_ scene: UpdateScene, _ layer: UpdateScene.Layer, _ place: [Int]) throws -> Stop {
    let first = layer.sources[0]
    switch layer.kind {
    case let kind as any WeightedLayer: return try weighted(scene, layer, place, try kind.connections(to: place, input: layer.inputs[0]))
    case let kind as SeparableConv2D:
      let connections = try kind.depthwise.connections(to: [place[0], place[1], 0], input: layer.inputs[0])
      return try weighted(scene, layer, place, connections)
    case let kind as any RoutedLayer:
      let sources = try kind.sources(of: place, inputs: layer.inputs)
      let values = try sources.map { try scene.value("\(layer.sources[$0.input]).output", $0.place) }
      let slopes = sources.map { abs((try? scene.value("\(layer.sources[$0.input]).gradient", $0.place)) ?? 0) }
      let isMaximum = kind is MaxPooling2D || kind is GlobalMaxPooling2D
      let best = sources.indices.max { isMaximum ? values[$0] < values[$1] : slopes[$0] < slopes[$1] }
      let chosen: (input: Int, place: [Int]) = best.map { sources[$0] } ?? (0, layer.inputs[0].map { _ in 0 })
      return Stop(layer: layer, place: place, weight: nil, source: layer.sources[chosen.input], sourcePlace: chosen.place)
    default:
      let below = layer.inputs[0].count == place.count ? place : layer.inputs[0].map { _ in 0 }
      return Stop(layer: layer, place: place, weight: nil, source: first, sourcePlace: below)
    }
  }

  // The input whose part of the sum the loss feels most: x dJ/dx; where nothing is felt, the greatest input.
  private static func weighted(
    _ scene: UpdateScene, _ layer: UpdateScene.Layer, _ place: [Int], _ connections: [Connection]
  ) throws -> Stop {
    let source = layer.sources[0]
    let values = try scene.tensor("\(source).output"), slopes = try scene.tensor("\(source).gradient")
    func weight(_ connection: Connection) -> (Double, Double) {
      let input = abs(values[[scene.sample] + connection.input])
      return (input * abs(slopes[[scene.sample] + connection.input]), input)
    }
    let best = connections.max { weight($0) < weight($1) }
    let isPlain = layer.kind is any WeightedLayer
    return Stop(
      layer: layer, place: place, weight: isPlain ? best?.weight : nil, source: source,
      sourcePlace: best?.input ?? layer.inputs[0].map { _ in 0 })
  }
}
