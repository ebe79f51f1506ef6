import Engine
import Language

/// How the loss's derivatives come about, from the output back.
struct BackwardTerms {
  let scene: UpdateScene
  /// Whether per-sample tensors are given to scripts for the sample alone.
  var isAlone = false

  var forward: ForwardTerms { ForwardTerms(scene: scene, isAlone: isAlone) }

  /// One sample's outputs and targets.
  func lossTerms(at place: [Int]) throws -> LossTerms {
    let shape = scene.layers.last?.output ?? [], width = Tensor.count(of: shape)
    let output = try scene.tensor("\(scene.outputName).output"), targets = scene.inspection.targets
    let targetWidth = targets.count / max(scene.samples, 1)
    return LossTerms(
      scene.settings.loss, y: output.values[scene.sample * width..<(scene.sample + 1) * width].map(Double.init),
      t: targets.values[scene.sample * targetWidth..<(scene.sample + 1) * targetWidth].map(Double.init),
      unit: Tensor.number(of: place, in: shape), samples: scene.samples, columns: shape.last ?? 1, weight: scene.sampleWeight)
  }

  /// dJ/dy, by the loss alone.
  func outputGradient(at place: [Int]) throws -> Quantity {
    let terms = try lossTerms(at: place), name = scene.notation.output(scene.outputName), shape = scene.layers.last?.output ?? []
    return try gradient(
      name, place, shape, "\(scene.outputName).gradient",
      "how the loss changes with the output"
        + (terms.isOfRow && !terms.isClipped ? "; the loss divides the outputs by their sum, hence the first term" : ""),
      terms.slope, terms.slopeNumbers)
  }

  private func gradient(
    _ name: Notation.Name, _ place: [Int], _ shape: [Int], _ tensor: String, _ meaning: String, _ formula: String, _ numbers: String
  ) throws -> Quantity {
    let below = name.at(Tensor.count(of: shape) == 1 ? [] : place)
    return Quantity(
      symbol: "dJ/d\(name.symbol)", notation: derivative("J", by: below), meaning: meaning, formula: formula, numbers: numbers,
      value: .tensor(scene.ofSamples(try scene.tensor(tensor), alone: isAlone)), shown: try scene.value(tensor, place),
      most: Quantity.mostOfSamples)
  }

  /// dy/dz and dJ/dz of a layer that has a sum and an activation.
  func sumGradient(of layer: UpdateScene.Layer, at place: [Int]) throws -> [Quantity] {
    guard let activation = layer.activation, !(layer.kind is ActivationLayer) else { return [] }
    let z = scene.notation.sum(layer.name), y = scene.notation.output(layer.name), tensor = "\(layer.name).preactivation"
    return try throughActivation(activation, layer, place, from: z, tensor, to: y, gradient: "\(tensor).gradient")
  }

  // From dJ/dy to dJ/dz, where y = f(z).
  private func throughActivation(
    _ activation: Activation, _ layer: UpdateScene.Layer, _ place: [Int], from z: Notation.Name, _ tensor: String, to y: Notation.Name,
    gradient name: String
  ) throws -> [Quantity] {
    let shape = layer.output, isSingle = Tensor.count(of: shape) == 1
    let (zAt, yAt) = (z.at(isSingle ? [] : place), y.at(isSingle ? [] : place))
    let above = derivative("J", by: yAt)
    guard let terms = ActivationTerms(activation) else { return [try throughSoftmax(layer, place, z, y, name)] }
    let zs = try scene.tensor(tensor), ys = try scene.tensor("\(layer.name).output")
    let (zValue, yValue) = (try scene.value(tensor, place), try scene.value("\(layer.name).output", place))
    let slopes = Tensor(shape: zs.shape, values: zip(zs.values, ys.values).map { Float(terms.slopeValue(Double($0), Double($1))) })
    let slope = Quantity(
      symbol: "d\(y.symbol)/d\(z.symbol)", notation: derivative(yAt, by: zAt), meaning: "the slope of \(activation.name)",
      formula: terms.slope(zAt, yAt), numbers: activation == .linear ? "" : terms.slopeNumbers(zValue, yValue),
      value: .tensor(scene.ofSamples(slopes, alone: isAlone)), shown: terms.slopeValue(zValue, yValue), most: Quantity.mostOfSamples)
    let outer = try scene.value("\(layer.name).gradient", place)
    let cancels = activation == .sigmoid && layer.name == scene.outputName && scene.settings.loss is BinaryCrossentropy
    var whole = try gradient(
      z, place, shape, name,
      cancels
        ? "the product, which is \(scene.sampleWeight == nil ? "" : "omega ")(y - t) / n for this pair"
        : "how the loss changes with the sum",
      "\(above) \\cdot \(derivative(yAt, by: zAt))", "\(Figure.text(outer)) \\cdot \(Figure.factor(terms.slopeValue(zValue, yValue)))")
    if activation == .linear, !isSingle || scene.samples > 1 || z.symbol != "z" {
      var hidden = slope
      hidden.isSilent = true
      whole.formula = above
      whole.numbers = ""
      return [hidden, whole]
    }
    if !isSingle || scene.samples > 1 || z.symbol != "z" { return [slope, whole] }
    // The single neuron's chain is written as one product.
    whole.isSilent = true
    return [slope, whole]
  }

  // Softmax mixes a row; with a crossentropy behind it all but p - t cancels.
  private func throughSoftmax(
    _ layer: UpdateScene.Layer, _ place: [Int], _ z: Notation.Name, _ y: Notation.Name, _ name: String
  ) throws -> Quantity {
    let unit = place.last ?? 0, width = layer.output.last ?? 1
    let row = try (0..<width).map { try scene.value("\(layer.name).output", place.dropLast() + [$0]) }
    let loss = scene.settings.loss
    // A clipped probability lets nothing through, and nothing cancels.
    let isClipped = try layer.name == scene.outputName && lossTerms(at: place).hasClipped
    if layer.name == scene.outputName, !isClipped, loss is CategoricalCrossentropy || loss is SparseCategoricalCrossentropy,
      !loss.fromLogits
    {
      let count = LossTerms.count(loss, width: Tensor.count(of: layer.output), samples: scene.samples, columns: width)
      let targets = scene.inspection.targets.values.map(Double.init)
      let all = loss.targetKind == .index ? LossTerms.oneHot(targets, width) : targets
      let smoothing = Double((loss as? CategoricalCrossentropy)?.smoothing ?? 0)
      let rowNumber = (scene.sample * Tensor.count(of: layer.output) + Tensor.number(of: place, in: layer.output)) / width
      let target = all[rowNumber * width + unit] * (1 - smoothing) + smoothing / Double(width)
      let difference = "\(Figure.text(row[unit])) - \(Figure.factor(target))"
      return try gradient(
        z, place, layer.output, name, "softmax and crossentropy cancel to y - t",
        "\\sum_k \(derivative("J", by: "y_k")) \\cdot \(derivative("y_k", by: z.latex)) = "
          + LossTerms.scaled("y - t", by: scene.sampleWeight.map { _ in LossTerms.weight }, over: count == 1 ? "" : " / n"),
        LossTerms.scaled(difference, by: scene.sampleWeight.map(Figure.text), over: count == 1 ? "" : " / \(count)"))
    }
    let outer = try (0..<width).map { try scene.value("\(layer.name).gradient", place.dropLast() + [$0]) }
    let mean = zip(row, outer).reduce(0) { $0 + $1.0 * $1.1 }
    return try gradient(
      z, place, layer.output, name, "softmax: each output depends on every sum",
      "y (\(derivative("J", by: "y")) - \\sum_j y_j \(derivative("J", by: "y_j")))",
      "\(Figure.text(row[unit])) (\(Figure.text(outer[unit])) - \(Figure.factor(mean)))")
  }

  /// dJ/da of what a layer reads.
  func inputGradient(of source: String, at place: [Int]) throws -> [Quantity] {
    let readers = scene.readers(of: source), name = scene.notation.output(source)
    let shape = scene.layer(source)?.output ?? scene.network.inputShape ?? []
    func made(_ meaning: String, _ formula: String, _ numbers: String) throws -> [Quantity] {
      [try gradient(name, place, shape, "\(source).gradient", meaning, formula, numbers)]
    }
    guard readers.count == 1, let reader = readers.first else {
      return try overReaders(readers, of: source, at: place, made)
    }
    let out = scene.notation.output(reader.name)
    switch reader.kind {
    case let kind as any WeightedLayer:
      let uses = try kind.readers(of: place, input: reader.inputs[0]), z = scene.notation.sum(reader.name)
      let weights = try scene.tensor("\(reader.name).kernel"), kernel = scene.notation.parameter("kernel", of: reader.name)
      var products = try uses.map { (weights[$0.weight], try scene.value("\(reader.name).preactivation.gradient", $0.output)) }
      if products.count > 4 { products.sort { abs($0.0 * $0.1) > abs($1.0 * $1.1) } }
      let terms = products.map { "\(Figure.text($0.0)) \\cdot \(Figure.factor($0.1))" }
      let sum = uses.count == 1 ? "" : "\\sum "
      return try made(
        uses.count == 1 ? "back through its weight" : "back through its \(uses.count) weights",
        "\(sum)\(kernel.latex) \\cdot \(derivative("J", by: z.latex))", Figure.sum(terms))
    case let kind as ActivationLayer:
      let quantities = try throughActivation(
        kind.activation, reader, place, from: name, "\(source).output", to: out, gradient: "\(source).gradient")
      return quantities.map { quantity in
        var shown = quantity
        shown.isSilent = false
        return shown
      }
    case is Dropout where scene.inspection["\(reader.name).mask"] != nil:
      let mask = try scene.value("\(reader.name).mask", place), outer = try scene.value("\(reader.name).gradient", place)
      guard (reader.kind as? Dropout)?.rate ?? 0 > 0 else { return try made("as behind it", derivative("J", by: out.at(place)), "") }
      return try made(
        "what was dropped learns nothing", "m \\cdot \(derivative("J", by: out.at(place)))",
        "\(Figure.text(mask)) \\cdot \(Figure.factor(outer))")
    case is BatchNormalization: return try throughBatchNormalization(reader, place, made)
    case is MaxPooling2D, is GlobalMaxPooling2D: return try made("from the windows that it won", derivative("J", by: out.latex), "")
    case is AveragePooling2D, is GlobalAveragePooling2D:
      return try made("its share of each window", "\\frac{1}{n} \\sum \(derivative("J", by: out.latex))", "")
    case is any RoutedLayer: return try made("as it is: \(reader.name) only moves values", derivative("J", by: out.latex), "")
    default: return try made("back through \(reader.name)", "", "")
    }
  }

  /// What several layers read: the sum of what comes back from each of them.
  private func overReaders(
    _ readers: [UpdateScene.Layer], of source: String, at place: [Int], _ made: (String, String, String) throws -> [Quantity]
  ) throws -> [Quantity] {
    let shares = try readers.map { reader -> (formula: String, value: Double?) in
      let input = reader.sources.firstIndex(of: source) ?? 0, isOnce = reader.sources.count { $0 == source } == 1
      switch reader.kind {
      case is Add where isOnce:
        return (
          derivative("J", by: scene.notation.output(reader.name).at(place)), try scene.value("\(reader.name).gradient", place)
        )
      case let kind as any WeightedLayer where isOnce:
        let weights = try scene.tensor("\(reader.name).kernel")
        let value = try kind.readers(of: place, input: reader.inputs[input]).reduce(0.0) {
          try $0 + weights[$1.weight] * scene.value("\(reader.name).preactivation.gradient", $1.output)
        }
        let kernel = scene.notation.parameter("kernel", of: reader.name)
        return ("\\sum \(kernel.latex) \\cdot \(derivative("J", by: scene.notation.sum(reader.name).latex))", value)
      default: return ("\\text{through }\(scene.notation.output(reader.name).latex)", nil)
      }
    }
    // One share that is not known is what the others leave.
    let total = try scene.value("\(source).gradient", place), known = shares.compactMap(\.value)
    let numbers = known.count + 1 >= shares.count ? shares.map { Figure.text($0.value ?? total - known.reduce(0, +)) } : []
    return try made(
      "the sum over the \(readers.count) layers that read it", Figure.sum(shares.map(\.formula)), numbers.isEmpty ? "" : Figure.sum(numbers)
    )
  }

  private func throughBatchNormalization(
    _ reader: UpdateScene.Layer, _ place: [Int], _ made: (String, String, String) throws -> [Quantity]
  ) throws -> [Quantity] {
    guard !reader.named.isFrozen, let kind = reader.kind as? BatchNormalization else {
      return try made("back through the fixed factor", "", "")
    }
    let channel = [place.last ?? 0], f = Figure.text
    let gamma = try scene.tensor("\(reader.name).gamma")[channel], variance = try scene.tensor("\(reader.name).batch_variance")[channel]
    let mean = try scene.tensor("\(reader.name).batch_mean")[channel]
    let slope = try scene.value("\(reader.name).gradient", place)
    let shift = try scene.tensor("\(reader.name).beta.gradient")[channel],
      scale = try scene.tensor("\(reader.name).gamma.gradient")[channel]
    let count = scene.samples * reader.output.dropLast().reduce(1, *)
    let deviation = (variance + Double(kind.epsilon)).squareRoot()
    let hat = (try scene.value("\(reader.sources[0]).output", place) - mean) / deviation
    return try made(
      "mean and variance depend on it too",
      "\\gamma / \\sqrt{\\sigma^2 + \\epsilon} \\cdot (\\delta - \\frac{1}{n} \\sum \\delta - \\hat{x} \\frac{1}{n} \\sum \\delta \\hat{x})",
      "\(f(gamma / deviation)) (\(f(slope)) - \(Figure.factor(shift / Double(count))) - \(Figure.factor(hat)) \\cdot \(Figure.factor(scale / Double(count))))"
    )
  }
}
