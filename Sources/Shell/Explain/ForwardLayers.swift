import Engine
import Language

// The layers without products: normalisations, choices, masks.
extension ForwardTerms {
  func batchNormalization(_ kind: BatchNormalization, _ layer: UpdateScene.Layer, _ place: [Int]) throws -> [Quantity] {
    let channel = [place.last ?? 0], isMoving = layer.named.isFrozen
    let parts = isMoving ? ("moving_mean", "moving_variance") : ("batch_mean", "batch_variance")
    let mean = try scene.tensor("\(layer.name).\(parts.0)"), variance = try scene.tensor("\(layer.name).\(parts.1)")
    let count = scene.samples * layer.output.dropLast().reduce(1, *)
    let x = scene.notation.output(layer.sources[0]).latex
    let whose = isMoving ? "the moving one, as the layer is frozen" : "over the \(count) values of the batch"
    let mu = scene.notation.inner("mu", "\\mu", layer.name), square = scene.notation.inner("var", "\\sigma^2", layer.name)
    var statistics = [
      Quantity(
        symbol: mu.symbol, notation: mu.at(mean.count == 1 ? [] : channel), meaning: "the mean, \(whose)",
        formula: isMoving ? "" : "\\frac{1}{n} \\sum \(x)",
        numbers: isMoving ? "" : try summed(layer, channel),
        value: .tensor(mean), shown: mean[channel]),
      Quantity(
        symbol: square.symbol, notation: square.at(mean.count == 1 ? [] : channel), meaning: "the variance, \(whose)",
        formula: isMoving ? "" : "\\frac{1}{n} \\sum (\(x) - \(mu.latex))^2", value: .tensor(variance), shown: variance[channel]),
    ]
    if isMoving { statistics[0].numbers = "" }
    let width = mean.count
    return statistics
      + (try scaled(layer, place, mean[channel], variance[channel], Double(kind.epsilon)) { values in
        values.indices.map { number in
          let mean = Double(mean.values[number % width]), variance = Double(variance.values[number % width])
          return (values[number] - mean) / (variance + Double(kind.epsilon)).squareRoot()
        }
      })
  }

  /// The mean's sum in numbers, where it is short.
  private func summed(_ layer: UpdateScene.Layer, _ channel: [Int]) throws -> String {
    let input = try scene.tensor("\(layer.sources[0]).output"), width = layer.inputs[0].last ?? 1
    let values = stride(from: channel[0], to: input.count, by: width).prefix(6).map { Double(input.values[$0]) }
    let count = input.count / max(width, 1)
    let terms = values.map { Figure.text($0) } + Array(repeating: "", count: max(0, count - values.count))
    return "(\(Figure.sum(terms))) / \(count)"
  }

  func layerNormalization(_ kind: LayerNormalization, _ layer: UpdateScene.Layer, _ place: [Int]) throws -> [Quantity] {
    let row = try (0..<(layer.inputs[0].last ?? 1)).map { try scene.value("\(layer.sources[0]).output", place.dropLast() + [$0]) }
    let mean = row.reduce(0, +) / Double(row.count)
    let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
    let mu = scene.notation.inner("mu", "\\mu", layer.name), square = scene.notation.inner("var", "\\sigma^2", layer.name)
    return [
      Quantity(
        symbol: mu.symbol, notation: mu.latex, meaning: "the mean of the sample's \(row.count) features", formula: "\\frac{1}{n} \\sum x",
        numbers: "(\(Figure.sum(row.map(Figure.text)))) / \(row.count)", value: .number(mean)),
      Quantity(
        symbol: square.symbol, notation: square.latex, meaning: "their variance", formula: "\\frac{1}{n} \\sum (x - \(mu.latex))^2",
        value: .number(variance)),
    ]
      + (try scaled(layer, place, mean, variance, Double(kind.epsilon)) { values in
        stride(from: 0, to: values.count, by: row.count).flatMap { start in
          let row = values[start..<start + row.count]
          let mean = row.reduce(0, +) / Double(row.count)
          let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
          return row.map { ($0 - mean) / (variance + Double(kind.epsilon)).squareRoot() }
        }
      })
  }

  /// (x - mean) / sqrt(variance + epsilon), then gamma and beta.
  ///
  /// - Parameter normalize: The first of both for all values that the layer reads.
  private func scaled(
    _ layer: UpdateScene.Layer, _ place: [Int], _ mean: Double, _ variance: Double, _ epsilon: Double,
    _ normalize: ([Double]) -> [Double]
  ) throws -> [Quantity] {
    let f = Figure.text, channel = [place.last ?? 0], feature = layer.output.last == 1 ? [] : channel
    let gamma = try scene.tensor("\(layer.name).gamma")[channel], beta = try scene.tensor("\(layer.name).beta")[channel]
    let x = try scene.value("\(layer.sources[0]).output", place)
    let hat = scene.notation.inner("xhat", "\\hat{x}", layer.name)
    let input = named(layer.sources[0], place, layer.inputs[0])
    let normalized = (x - mean) / (variance + epsilon).squareRoot()
    let read = try scene.tensor("\(layer.sources[0]).output")
    let hats = Tensor(shape: read.shape, values: normalize(read.values.map(Double.init)).map { Float($0) })
    let scale = scene.notation.parameter("gamma", of: layer.name), shift = scene.notation.parameter("beta", of: layer.name)
    let mu = scene.notation.inner("mu", "\\mu", layer.name).latex, square = scene.notation.inner("var", "\\sigma^2", layer.name).latex
    return [
      Quantity(
        symbol: hat.symbol, notation: hat.at(Tensor.count(of: layer.output) == 1 ? [] : place),
        meaning: "brought to mean 0 and deviation 1",
        formula: "(\(input) - \(mu)) / \\sqrt{\(square) + \\epsilon}",
        numbers: "(\(f(x)) - \(Figure.factor(mean))) / \\sqrt{\(f(variance)) + \(f(epsilon))}",
        value: .tensor(scene.ofSamples(hats, alone: isAlone)), shown: normalized, most: Quantity.mostOfSamples),
      try sampled(
        scene.notation.output(layer.name), place, "\(layer.name).output", "scaled and shifted",
        formula: "\(scale.at(feature)) \\cdot \(hat.latex) + \(shift.at(feature))",
        numbers: "\(f(gamma)) \\cdot \(Figure.factor(normalized)) \(beta < 0 ? "-" : "+") \(f(abs(beta)))"),
    ]
  }

  /// What the update makes of the moving statistics of one feature; nothing for other layers, and for frozen ones.
  func movingStatistics(_ layer: UpdateScene.Layer, _ channel: [Int]) throws -> [Quantity] {
    guard let kind = layer.kind as? BatchNormalization, !layer.named.isFrozen else { return [] }
    return try [("moving_mean", "batch_mean"), ("moving_variance", "batch_variance")].map { part, batch in
      try movingStatistic(part, kind, layer, channel, try scene.tensor("\(layer.name).\(batch)")[channel])
    }
  }

  /// moving' = momentum moving + (1 - momentum) batch
  func movingStatistic(
    _ part: String, _ kind: BatchNormalization, _ layer: UpdateScene.Layer, _ channel: [Int], _ batch: Double
  ) throws -> Quantity {
    let name = scene.notation.parameter(part, of: layer.name), full = "\(layer.name).\(part)"
    guard let before = scene.update.before[full], let after = scene.update.after[full] else {
      throw Complaint.unexplained(full, subjects: [])
    }
    let momentum = Double(kind.momentum)
    return Quantity(
      symbol: name.new.symbol, notation: name.new.at(after.count == 1 ? [] : channel),
      meaning: "used outside of training; it follows the batches",
      formula: "m \\cdot \(name.latex) + (1 - m) \\cdot \\text{batch}",
      numbers:
        "\(Figure.text(momentum)) \\cdot \(Figure.factor(before[channel])) + \(Figure.text(1 - momentum)) \\cdot \(Figure.factor(batch))",
      value: .tensor(after), shown: after[channel])
  }

  func routed(_ kind: any RoutedLayer, _ layer: UpdateScene.Layer, _ place: [Int]) throws -> [Quantity] {
    let sources = try kind.sources(of: place, inputs: layer.inputs)
    let values = try sources.map { try scene.value("\(layer.sources[$0.input]).output", $0.place) }
    let names = sources.map { named(layer.sources[$0.input], $0.place, layer.inputs[$0.input]) }
    let terms = values.map { Figure.text($0) }
    let out = scene.notation.output(layer.name), tensor = "\(layer.name).output"
    let short = terms.count <= 9 ? terms.joined(separator: ", ") : terms.prefix(4).joined(separator: ", ") + ", \\dots"
    switch kind {
    case is MaxPooling2D, is GlobalMaxPooling2D:
      let best = values.indices.max { values[$0] < values[$1] || (values[$0] == values[$1] && $0 > $1) } ?? 0
      return [
        try sampled(
          out, place, tensor, "the greatest of \(values.count): \(plainPlace(layer.sources[0], sources[best].place)) won",
          formula: "\\max(\(scene.notation.output(layer.sources[0]).latex))",
          numbers: "\\max(\(short))")
      ]
    case is AveragePooling2D, is GlobalAveragePooling2D:
      return [
        try sampled(
          out, place, tensor, "the mean of \(values.count)",
          formula: "\\frac{1}{\(values.count)} \\sum \(scene.notation.output(layer.sources[0]).latex)",
          numbers: "(\(Figure.sum(terms))) / \(values.count)")
      ]
    case is Add:
      return [
        try sampled(
          out, place, tensor, "the sum of both", formula: names.joined(separator: " + "),
          numbers: terms[0] + terms.dropFirst().map { " + \($0.hasPrefix("-") ? "(\($0))" : $0)" }.joined())
      ]
    default:
      guard let name = names.first, let source = sources.first else {
        return [try sampled(out, place, tensor, "a zero around the image", formula: "0", numbers: "")]
      }
      let from = plainPlace(layer.sources[source.input], source.place)
      return [try sampled(out, place, tensor, "the value of \(from), moved", formula: name, numbers: "")]
    }
  }

  /// "conv2d.output[0, 2, 3, 1]": as one would ask for it.
  func plainPlace(_ source: String, _ place: [Int]) -> String {
    "\(source).output[\(([scene.sample] + place).map { String($0) }.joined(separator: ", "))]"
  }

  /// Layers that act on each value alone.
  func elementwise(_ layer: UpdateScene.Layer, _ place: [Int]) throws -> [Quantity] {
    let out = scene.notation.output(layer.name), tensor = "\(layer.name).output", f = Figure.text
    guard layer.inputs[0] == layer.output else {
      return [try sampled(out, place, tensor, "the output of \(layer.name)", formula: "", numbers: "")]
    }
    let input = named(layer.sources[0], place, layer.inputs[0]), x = try scene.value("\(layer.sources[0]).output", place)
    switch layer.kind {
    case let kind as Dropout where kind.rate > 0:
      return try masked(layer, place, input, x, Double(kind.rate), try scene.value("\(layer.name).mask", place))
    case let kind as SpatialDropout2D where kind.rate > 0:
      return try masked(layer, place, input, x, Double(kind.rate), try scene.value("\(layer.name).mask", [place[2]]))
    case is PReLU:
      let alpha = try scene.tensor("\(layer.name).alpha")[place], name = scene.notation.parameter("alpha", of: layer.name).at(place)
      return [
        try sampled(
          out, place, tensor, "negative values are multiplied by what was learned",
          formula: "\(input) \\text{ for } \(input) > 0, \\text{ else } \(name) \(input)",
          numbers: x > 0 ? f(x) : "\(f(alpha)) \\cdot \(Figure.factor(x))")
      ]
    case let kind as Rescaling:
      let scale = Double(kind.scale), offset = Double(kind.offset)
      return [
        try sampled(
          out, place, tensor, "rescaled", formula: offset == 0 ? "s \\cdot \(input)" : "s \\cdot \(input) + o",
          numbers: "\(f(scale)) \\cdot \(Figure.factor(x))" + (offset == 0 ? "" : offset < 0 ? " - \(f(-offset))" : " + \(f(offset))"))
      ]
    case is Normalization:
      let channel = [place.last ?? 0]
      let mean = try scene.tensor("\(layer.name).mean")[channel], variance = try scene.tensor("\(layer.name).variance")[channel]
      return [
        try sampled(
          out, place, tensor, "by the training data's mean and variance", formula: "(\(input) - \\mu) / \\sqrt{\\sigma^2}",
          numbers: "(\(f(x)) - \(Figure.factor(mean))) / \\sqrt{\(f(variance))}")
      ]
    case is GaussianNoise:
      let y = try scene.value(tensor, place)
      return [
        try sampled(
          out, place, tensor, "with noise that was drawn", formula: "\(input) + \\text{noise}",
          numbers: "\(f(x)) + \(Figure.factor(y - x))")
      ]
    default:
      return [try sampled(out, place, tensor, "the image as \(layer.name) has changed it", formula: "", numbers: "")]
    }
  }

  private func masked(
    _ layer: UpdateScene.Layer, _ place: [Int], _ input: String, _ x: Double, _ rate: Double, _ mask: Double
  ) throws -> [Quantity] {
    let mean = scene.notation.inner("mask", "m", layer.name)
    let why =
      mask == 0
      ? "dropped in this update, with probability \(plain(shortest(Float(rate))))"
      : "kept in this update, and grown to make up for the dropped ones"
    let whole = try scene.tensor("\(layer.name).mask")
    return [
      Quantity(
        symbol: mean.symbol, notation: mean.latex, meaning: why, formula: mask == 0 ? "0" : "1 / (1 - p)",
        numbers: mask == 0 ? "" : "1 / (1 - \(Figure.text(rate)))", value: .tensor(scene.ofSamples(whole, alone: isAlone)), shown: mask),
      try sampled(
        scene.notation.output(layer.name), place, "\(layer.name).output", "the output of dropout", formula: "\(input) \\cdot \(mean.latex)",
        numbers: "\(Figure.text(x)) \\cdot \(Figure.text(mask))"),
    ]
  }
}
