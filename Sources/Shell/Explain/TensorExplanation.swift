import Engine
import Language

/// `explain dense.kernel[0, 1]`, `explain conv2d.output[0, 12, 7, 3]`: one number of a tensor.
@MainActor enum TensorExplanation {
  /// The explanation; nil when the text does not begin with a layer's name, so that it may be a term.
  static func facts(of typed: String, sample: Int?, _ session: inout Session) throws -> ExplanationFacts? {
    let name = try TensorName(typed)
    let parts = name.name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let layer = try? session.model.network.layer(LayerReference(parts[0])) else {
      guard parts.count == 2, !parts[1].isEmpty, !parts[1].hasPrefix(" ") else { return nil }
      // Names the layers that there are.
      _ = try session.model.network.layer(LayerReference(parts[0]))
      return nil
    }
    guard parts.count == 2 else { throw Complaint.wholeLayer(layer.name, typed: typed) }
    let part = parts[1].hasSuffix(".gradient") ? String(parts[1].dropLast(9)) : parts[1]
    let scene = try UpdateScene(try Training.record(.next, &session), sample: sample, isLast: false)
    guard let layer = scene.layer(layer.name) else { return nil }
    let known = ["output", "gradient"] + layer.specs.map(\.part)
    guard known.contains(part) else {
      throw Complaint.unknown("tensor", Word(name.name, at: 0..<0), among: known.map { "\(layer.name).\($0)" }).withoutPlace
    }
    if let spec = layer.spec(part) {
      let place = try place(name, in: spec.shape) ?? greatest(scene, "\(layer.name).\(part)", spec.shape)
      return try parameter(scene, layer, spec, place)
    }
    return try value(scene, layer, part, name, sample)
  }

  /// The place that was typed, or the only one.
  private static func place(_ name: TensorName, in shape: [Int]) throws -> [Int]? {
    guard let index = name.index else { return Tensor.count(of: shape) == 1 ? shape.map { _ in 0 } : nil }
    guard index.count == shape.count else { throw Complaint.placesMissing(name.typed, count: index.count, shape: shape) }
    guard zip(index, shape).allSatisfy({ $0 < $1 }) else { throw Complaint.placeOutside(name.typed, shape: shape) }
    return index
  }

  // Without a place, the number whose gradient is the greatest.
  private static func greatest(_ scene: UpdateScene, _ full: String, _ shape: [Int]) -> [Int] {
    guard let tensor = scene.inspection["\(full).gradient"] ?? scene.inspection[full] else { return shape.map { _ in 0 } }
    let best = tensor.values.indices.max { abs(tensor.values[$0]) < abs(tensor.values[$1]) } ?? 0
    return Tensor.place(best, in: shape)
  }

  private static func text(_ place: [Int]) -> String { "[\(place.map { String($0) }.joined(separator: ", "))]" }

  // MARK: parameters

  private static func parameter(
    _ scene: UpdateScene, _ layer: UpdateScene.Layer, _ spec: ParameterSpec, _ place: [Int]
  ) throws -> ExplanationFacts {
    let full = "\(layer.name).\(spec.part)", tensor = try scene.tensor(full), name = scene.notation.parameter(spec.part, of: layer.name)
    let own = Quantity(
      symbol: name.symbol, notation: name.at(tensor.count == 1 ? [] : place), meaning: "its value now", formula: "",
      value: .number(tensor[place]))
    var sections = [ExplanationFacts.Section("now", [own])]
    if scene.inspection["\(full).gradient"] == nil {
      sections += try fixed(scene, layer, spec, place)
    } else {
      let parameters = ParameterTerms(scene: scene), backward = BackwardTerms(scene: scene)
      var chain: [Quantity] = []
      if let unit = try unit(scene, layer, spec.part, place) {
        chain +=
          try sampleGradient(scene, layer, unit)
          + backward.sumGradient(of: layer, at: unit).map { quantity in
            var shown = quantity
            shown.isSilent = shown.isSilent && !shown.symbol.hasPrefix("dJ/")
            return shown
          }
      }
      let gradient = try parameters.gradient(of: layer, spec.part, at: place)
      let note = chain.isEmpty ? [] : ["the chain is that of sample \(scene.sample); the sum goes over the mini-batch of \(scene.samples)"]
      sections.append(ExplanationFacts.Section("gradient", chain + gradient, notes: scene.samples > 1 ? note : []))
      let optimizer = scene.settings.optimizer
      sections.append(
        ExplanationFacts.Section(
          "\(optimizer.name) with rate \(plain(shortest(optimizer.rate))), update \(scene.update.number) since `compile`",
          try parameters.update(of: layer, spec.part, at: place, isFull: true)))
    }
    return ExplanationFacts(
      subject: full + text(place), title: "\(full)\(text(place)): \(what(spec.part, layer, place))", sections: sections.map(scalar))
  }

  // What is asked about is one number: scripts get that one rather than its tensor.
  private static func scalar(_ section: ExplanationFacts.Section) -> ExplanationFacts.Section {
    var result = section
    result.quantities = section.quantities.map { quantity in
      var quantity = quantity
      if let number = quantity.number { quantity.value = .number(number) }
      quantity.shown = nil
      return quantity
    }
    return result
  }

  private static func what(_ part: String, _ layer: UpdateScene.Layer, _ place: [Int]) -> String {
    switch (layer.kind, part) {
    case (is Dense, "kernel"): "the weight from input \(place[0]) to unit \(place[1])"
    case (is Conv2D, "kernel"):
      "the weight of filter \(place[3]) for channel \(place[2]) at row \(place[0]), column \(place[1]) of its window"
    case (_, "bias"): "what is added to the sum of unit \(place[0])"
    case (_, "gamma"): "the scale of feature \(place[0])"
    case (_, "beta"): "the shift of feature \(place[0])"
    case (_, "moving_mean"): "the mean of feature \(place[0]) that is used outside of training"
    case (_, "moving_variance"): "the variance of feature \(place[0]) that is used outside of training"
    case (_, "alpha"): "what negative inputs are multiplied by at this place"
    default: "one number of the \(part)"
    }
  }

  /// The element of the layer's output, in the followed sample, through which the parameter counts most; nil where none is known.
  private static func unit(_ scene: UpdateScene, _ layer: UpdateScene.Layer, _ part: String, _ place: [Int]) throws -> [Int]? {
    func most(_ places: [[Int]], _ size: ([Int]) throws -> Double) rethrows -> [Int]? {
      try places.map { ($0, try size($0)) }.max { $0.1 < $1.1 }?.0
    }
    let pixels = { Tensor.places(of: layer.output.dropLast()).map { $0 + [place[0]] } }
    switch (layer.kind, part) {
    case (let kind as any WeightedLayer, "kernel"):
      let uses = try kind.uses(of: place, input: layer.inputs[0])
      let sizes = try uses.map { use in
        abs(try scene.value("\(layer.name).preactivation.gradient", use.output) * scene.value("\(layer.sources[0]).output", use.input))
      }
      return uses.indices.max { sizes[$0] < sizes[$1] }.map { uses[$0].output }
    case (is any WeightedLayer, "bias"):
      return try most(pixels()) { abs(try scene.value("\(layer.name).preactivation.gradient", $0)) }
    case (is BatchNormalization, _), (is LayerNormalization, _):
      return try most(pixels()) { abs(try scene.value("\(layer.name).gradient", $0)) }
    case (is PReLU, _): return place
    default: return nil
    }
  }

  /// dJ/da of a layer's own output.
  static func sampleGradient(_ scene: UpdateScene, _ layer: UpdateScene.Layer, _ place: [Int]) throws -> [Quantity] {
    let backward = BackwardTerms(scene: scene)
    if layer.name == scene.outputName { return [try backward.outputGradient(at: place)] }
    return try backward.inputGradient(of: layer.name, at: place)
  }

  private static func fixed(
    _ scene: UpdateScene, _ layer: UpdateScene.Layer, _ spec: ParameterSpec, _ place: [Int]
  ) throws -> [ExplanationFacts.Section] {
    if layer.named.isFrozen {
      return [
        ExplanationFacts.Section("", notes: ["\(layer.name) is frozen: updates leave it as it is; `unfreeze \(layer.name)` lets it learn"])
      ]
    }
    guard let kind = layer.kind as? BatchNormalization else {
      return [ExplanationFacts.Section("", notes: ["no gradient changes it: it was taken from the data"])]
    }
    let batch = try scene.tensor("\(layer.name).\(spec.part == "moving_mean" ? "batch_mean" : "batch_variance")")[place]
    let quantity = try ForwardTerms(scene: scene).movingStatistic(spec.part, kind, layer, place, batch)
    return [
      ExplanationFacts.Section(
        "with the update", [quantity], notes: ["an exponential average of the batches: no gradient changes it, so that it is not trainable"]
      )
    ]
  }

  // MARK: values of samples

  private static func value(
    _ scene: UpdateScene, _ layer: UpdateScene.Layer, _ part: String, _ name: TensorName, _ sample: Int?
  ) throws -> ExplanationFacts {
    let shape = [scene.samples] + layer.output
    var scene = scene, place: [Int]
    if let index = try TensorExplanation.place(name, in: shape) {
      place = Array(index.dropFirst())
      if sample == nil {
        scene = scene.following(index[0])
      } else if index[0] != scene.sample {
        throw Complaint.samplesDiffer(index[0], scene.sample)
      }
    } else {
      place = try UpdatePath(scene, from: layer.name).stops.first?.place ?? []
    }
    let full = "\(layer.name).\(part)", at = text([scene.sample] + place)
    let quantities: [Quantity]
    if part == "gradient" {
      quantities = try sampleGradient(scene, layer, place)
    } else {
      quantities = try ForwardTerms(scene: scene).quantities(of: layer, at: place)
    }
    var section = ExplanationFacts.Section("sample \(scene.sample) of the next mini-batch", quantities)
    var sections = part == "output" ? try WindowTerms(scene: scene, layer: layer, place: place).sections() : []
    if part == "output" {
      section.notes = try notes(scene, layer, place)
      let moving = try ForwardTerms(scene: scene).movingStatistics(layer, [place.last ?? 0])
      if !moving.isEmpty { sections.append(ExplanationFacts.Section("moving statistics, with the update", moving)) }
    }
    return ExplanationFacts(
      subject: full + at, title: "\(full)\(at): \(EngineWords.summary(of: layer.kind))", sections: [scalar(section)] + sections.map(scalar))
  }

  /// Where it came from, and what differs outside of training.
  private static func notes(_ scene: UpdateScene, _ layer: UpdateScene.Layer, _ place: [Int]) throws -> [String] {
    switch layer.kind {
    case is MaxPooling2D, is GlobalMaxPooling2D:
      let stop = try UpdatePath(scene, from: layer.name, at: place).stops.first
      return stop.map {
        ["\(ForwardTerms(scene: scene).plainPlace($0.source, $0.sourcePlace)) won: its value goes on, and the gradient goes back to it"]
      } ?? []
    case let kind as any RoutedLayer where !(kind is Add || kind is AveragePooling2D || kind is GlobalAveragePooling2D):
      guard let source = try kind.sources(of: place, inputs: layer.inputs).first else { return ["it lies in the zeros around the image"] }
      return ["it is \(ForwardTerms(scene: scene).plainPlace(layer.sources[source.input], source.place))"]
    case is BatchNormalization:
      return layer.named.isFrozen ? [] : ["outside of training the moving mean and variance take the place of the batch's"]
    case is Dropout, is SpatialDropout2D, is GaussianNoise: return ["outside of training it does nothing"]
    default: return []
    }
  }
}

extension Complaint {
  static func placeOutside(_ typed: String, shape: [Int]) -> Complaint {
    Complaint("`\(typed)` is outside of the tensor", hint: places(of: shape))
  }
  static func placesMissing(_ typed: String, count: Int, shape: [Int]) -> Complaint {
    Complaint("`\(typed)` has \(count) \(count == 1 ? "place" : "places"), a number of this tensor \(shape.count)", hint: places(of: shape))
  }
  private static func places(of shape: [Int]) -> String {
    let ranges = shape.map { $0 == 1 ? "0" : "0 to \($0 - 1)" }.joined(separator: ", ")
    return "its shape is (\(shape.map { String($0) }.joined(separator: ", "))): [\(ranges)]"
  }
  static func wholeLayer(_ name: String, typed: String) -> Complaint {
    Complaint("`\(typed)` names no part of \(name)", hint: "`explain \(name).output[...]` or `explain \(name)`")
  }
  static func samplesDiffer(_ first: Int, _ second: Int) -> Complaint {
    Complaint("sample \(first) and sample=\(second) are not the same", hint: "leave sample= out: the first place is the sample")
  }
}
