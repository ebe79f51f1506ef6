import Engine
import Language

/// How one element of a layer's output comes about, for the sample that a scene follows.
struct ForwardTerms {
  let scene: UpdateScene
  /// Whether per-sample tensors are given to scripts for the sample alone.
  var isAlone = false

  /// The quantities from the layer's input to the element at `place` of its output.
  func quantities(of layer: UpdateScene.Layer, at place: [Int]) throws -> [Quantity] {
    switch layer.kind {
    case let kind as any WeightedLayer: return try weighted(kind, layer, place)
    case let kind as SeparableConv2D: return try separable(kind, layer, place)
    case let kind as BatchNormalization: return try batchNormalization(kind, layer, place)
    case let kind as LayerNormalization: return try layerNormalization(kind, layer, place)
    case let kind as ActivationLayer:
      let source = scene.notation.output(layer.sources[0]), name = layer.sources[0] + ".output"
      return try activated(kind.activation, layer, place, source, name)
    case let kind as any RoutedLayer: return try routed(kind, layer, place)
    default: return try elementwise(layer, place)
    }
  }

  /// A per-sample quantity with its tensor.
  func sampled(
    _ name: Notation.Name, _ place: [Int], _ tensor: String, _ meaning: String, formula: String, numbers: String
  ) throws -> Quantity {
    let whole = try scene.tensor(tensor)
    let isSingle = whole.count == whole.shape[0]
    return Quantity(
      symbol: name.symbol, notation: name.at(isSingle ? [] : place), meaning: meaning, formula: formula, numbers: numbers,
      value: .tensor(scene.ofSamples(whole, alone: isAlone)), shown: try scene.value(tensor, place), most: Quantity.mostOfSamples)
  }

  /// The name of a source's element; without a place where there is only one.
  func named(_ source: String, _ place: [Int], _ shape: [Int]) -> String {
    scene.notation.output(source).at(Tensor.count(of: shape) == 1 ? [] : place)
  }

  // MARK: sums of products

  private func weighted(_ kind: any WeightedLayer, _ layer: UpdateScene.Layer, _ place: [Int]) throws -> [Quantity] {
    let kernel = scene.notation.parameter("kernel", of: layer.name), x = scene.notation.output(layer.sources[0])
    let connections = try kind.connections(to: place, input: layer.inputs[0])
    let weights = try scene.tensor("\(layer.name).kernel")
    var products = try connections.map { (weights[$0.weight], try scene.value("\(layer.sources[0]).output", $0.input)) }
    // Of a long sum the largest terms tell most.
    if products.count > 4 { products.sort { abs($0.0 * $0.1) > abs($1.0 * $1.1) } }
    let terms = products.prefix(4).map { "\(Figure.text($0.0)) \\cdot \(Figure.factor($0.1))" }
    var numbers = Figure.sum(terms + Array(repeating: "", count: max(0, connections.count - terms.count)))
    var formula =
      connections.count == 1 && weights.count == 1 ? "\(kernel.latex) \\cdot \(x.latex)" : "\\sum \(kernel.latex) \\cdot \(x.latex)"
    if kind.useBias {
      let bias = try scene.tensor("\(layer.name).bias"), unit = [place.last ?? 0]
      formula += " + \(scene.notation.parameter("bias", of: layer.name).at(bias.count == 1 ? [] : unit))"
      let value = bias[unit]
      numbers += value < 0 ? " - \(Figure.text(-value))" : " + \(Figure.text(value))"
    }
    let count = connections.count > 4 ? "the sum of \(connections.count) products" : "the weighted sum"
    let sum = scene.notation.sum(layer.name), name = "\(layer.name).preactivation"
    let first = try sampled(sum, place, name, count + (kind.useBias ? " and the bias" : ""), formula: formula, numbers: numbers)
    return [first] + (try activated(kind.activation, layer, place, sum, name))
  }

  private func separable(_ kind: SeparableConv2D, _ layer: UpdateScene.Layer, _ place: [Int]) throws -> [Quantity] {
    let points = try scene.tensor("\(layer.name).pointwise_kernel"), middle = try scene.tensor("\(layer.name).depthwise")
    let name = scene.notation.inner("u", "u", layer.name)
    let terms = (0..<min(4, middle.shape[3])).map { channel in
      let value = middle[[scene.sample, place[0], place[1], channel]]
      return "\(Figure.text(points[[0, 0, channel, place[2]]])) \\cdot \(Figure.factor(value))"
    }
    let padding = Array(repeating: "", count: max(0, middle.shape[3] - terms.count))
    var numbers = Figure.sum(terms + padding),
      formula = "\\sum \(name.latex) \\cdot \(scene.notation.parameter("pointwise_kernel", of: layer.name).latex)"
    if kind.useBias {
      let value = try scene.tensor("\(layer.name).bias")[[place[2]]]
      formula += " + \(scene.notation.parameter("bias", of: layer.name).at([place[2]]))"
      numbers += value < 0 ? " - \(Figure.text(-value))" : " + \(Figure.text(value))"
    }
    let sum = scene.notation.sum(layer.name), source = "\(layer.name).preactivation"
    let window = try kind.depthwise.connections(to: [place[0], place[1], 0], input: layer.inputs[0])
    let first = try sampled(
      name, [place[0], place[1], 0], "\(layer.name).depthwise", "a channel on its own: the sum of \(window.count) products",
      formula:
        "\\sum \(scene.notation.output(layer.sources[0]).latex) \\cdot \(scene.notation.parameter("depthwise_kernel", of: layer.name).latex)",
      numbers: "")
    let second = try sampled(sum, place, source, "the channels mixed at the pixel", formula: formula, numbers: numbers)
    return [first, second] + (try activated(kind.activation, layer, place, sum, source))
  }

  /// The output by the activation; nothing where a linear one leaves it as it is and it has a name already.
  private func activated(
    _ activation: Activation, _ layer: UpdateScene.Layer, _ place: [Int], _ source: Notation.Name, _ tensor: String
  ) throws -> [Quantity] {
    let out = scene.notation.output(layer.name), output = "\(layer.name).output"
    let isSingle = Tensor.count(of: layer.output) == 1
    let z = source.at(isSingle ? [] : place)
    guard let terms = ActivationTerms(activation) else {
      let width = layer.output.last ?? 1
      let row = try (0..<width).map { try scene.value(tensor, place.dropLast() + [$0]) }
      return [
        try sampled(
          out, place, output, "the share of this class", formula: "\\frac{e^{z_i}}{\\sum_j e^{z_j}}",
          numbers: ActivationTerms.softmax(row, place.last ?? 0))
      ]
    }
    let value = try scene.value(tensor, place)
    return [
      try sampled(
        out, place, output, activation == .linear ? "the output" : "the output, through \(activation.name)", formula: terms.formula(z),
        numbers: activation == .linear ? "" : terms.numbers(value))
    ]
  }
}
