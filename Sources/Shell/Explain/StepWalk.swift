import Engine
import Language

/// Puts the explanation of a step together.
struct StepWalk {
  let scene: UpdateScene
  /// Whether one sample was asked for.
  let isAlone: Bool

  private var forward: ForwardTerms { ForwardTerms(scene: scene, isAlone: isAlone) }
  private var backward: BackwardTerms { BackwardTerms(scene: scene, isAlone: isAlone) }
  private var parameters: ParameterTerms { ParameterTerms(scene: scene) }
  private var notation: Notation { scene.notation }

  var title: String {
    let samples = scene.samples == 1 ? "1 sample" : "\(scene.samples) samples"
    let which = scene.isLast ? "the last update" : "the next update"
    return "\(which): \(samples), loss \(scene.settings.loss.name), \(optimizer)"
  }

  private var optimizer: String {
    "\(scene.settings.optimizer.name) with rate \(plain(shortest(scene.settings.optimizer.rate)))"
  }

  func sections() throws -> [ExplanationFacts.Section] {
    let path = try UpdatePath(scene)
    let stops = path.stops
    var given = try self.given(stops), backwards: [Quantity] = [], updates: [Quantity] = []
    given.quantities += try silentParameters()
    let shape = StepShape(stops)
    var forwards = try stops.enumerated().reversed().flatMap { index, stop in
      shape.abridged(try forward.quantities(of: stop.layer, at: stop.place), at: index)
    }
    forwards += try silentValues(except: forwards, areGradients: false)
    // Down to the first layer that learns; further back nothing asks for derivatives.
    let deepest = stops.lastIndex { stop in stop.layer.specs.contains { isTrained(stop.layer, $0.part) } } ?? -1
    for (index, stop) in stops.enumerated() where index <= deepest {
      var quantities: [Quantity] = []
      if index == 0 { quantities.append(try backward.outputGradient(at: stop.place)) }
      quantities += shape.withoutSlopes(try backward.sumGradient(of: stop.layer, at: stop.place))
      if isSingle, let slope = try slopeOfSum(stop) { quantities.append(slope) }
      for (part, place) in chosen(stop) where isTrained(stop.layer, part) {
        quantities += shape.withoutBias(
          part, try parameters.gradient(of: stop.layer, part, at: place, differs: shape.differs(part, at: index)))
      }
      if index < deepest {
        quantities += shape.withoutSlopes(
          try backward.inputGradient(of: stop.source, at: stop.sourcePlace), moves: stop.layer.kind is Flatten)
      }
      backwards += shape.abridged(quantities, at: index)
    }
    var isFirst = true
    for stop in stops.reversed() {
      for (part, place) in chosen(stop) where isTrained(stop.layer, part) {
        updates += shape.withoutBias(part, try parameters.update(of: stop.layer, part, at: place, isFull: isFirst))
        isFirst = false
      }
    }
    updates += try stops.reversed().flatMap { try forward.movingStatistics($0.layer, [$0.place.last ?? 0]) }
    if !backwards.isEmpty { backwards += try silentValues(except: backwards, areGradients: true) }
    let done = Set((backwards + updates).map(\.symbol))
    updates += try silentUpdates(except: done)
    let count = "update \(scene.update.number) since `compile`"
    return [
      given, ExplanationFacts.Section("forward", forwards), try loss(stops[0].place),
      ExplanationFacts.Section("backward", backwards, notes: backwards.isEmpty ? ["no layer learns: nothing is updated"] : []),
      ExplanationFacts.Section("\(optimizer), \(count)", updates, notes: notes(stops) + shape.notes),
    ].filter { !$0.quantities.isEmpty || !$0.notes.isEmpty }
  }

  /// Whether there is but one neuron and one sample, so that the chain is one product.
  private var isSingle: Bool {
    scene.samples == 1 && scene.layers.count == 1 && scene.layers[0].kind is Dense && Tensor.count(of: scene.layers[0].output) == 1
  }

  private func isTrained(_ layer: UpdateScene.Layer, _ part: String) -> Bool { scene.inspection["\(layer.name).\(part).gradient"] != nil }

  /// The values of a layer's parameters that the path goes through.
  private func chosen(_ stop: UpdatePath.Stop) -> [(part: String, place: [Int])] {
    stop.layer.specs.map(\.part).compactMap { part in
      switch part {
      case "kernel": return stop.weight.map { (part, $0) }
      case "bias", "gamma", "beta": return (part, [stop.place.last ?? 0])
      case "alpha": return (part, stop.place)
      case "pointwise_kernel": return (part, [0, 0, 0, stop.place.last ?? 0])
      default: return nil
      }
    }
  }

  // MARK: parts

  private func given(_ stops: [UpdatePath.Stop]) throws -> ExplanationFacts.Section {
    guard let last = stops.last else { return ExplanationFacts.Section("given") }
    let input = scene.network.inputShape ?? [], x = notation.output(Network.inputName), whole = try scene.tensor("input.output")
    let isScalar = Tensor.count(of: input) == 1
    var quantities = [
      Quantity(
        symbol: "x", notation: x.at(isScalar ? [] : last.sourcePlace), meaning: "the input", formula: "",
        value: .tensor(scene.ofSamples(whole, alone: isAlone)), shown: try scene.value("input.output", last.sourcePlace))
    ]
    for stop in stops.reversed() {
      for (part, place) in chosen(stop) {
        let tensor = try scene.tensor("\(stop.layer.name).\(part)"), name = notation.parameter(part, of: stop.layer.name)
        quantities.append(
          Quantity(
            symbol: name.symbol, notation: name.at(tensor.count == 1 ? [] : place), meaning: "\(stop.layer.name).\(part)", formula: "",
            value: .tensor(tensor), shown: tensor[place]))
      }
    }
    quantities.append(try target(stops[0].place))
    if let weights = scene.inspection.weights, let weight = scene.sampleWeight {
      quantities.append(
        Quantity(
          symbol: "omega", notation: LossTerms.weight, meaning: "what the sample's loss is multiplied by", formula: "",
          value: .tensor(scene.ofSamples(Tensor(shape: [weights.count], values: weights), alone: isAlone)), shown: weight))
    }
    var notes: [String] = []
    if scene.samples > 1 || scene.layers.count > 1 || !isScalar {
      let way = ([Network.inputName] + stops.reversed().map(\.layer.name)).joined(separator: " > ")
      let places = zip(["\(Network.inputName)\(last.sourcePlace)"] + stops.reversed().map { "\($0.layer.name)\($0.place)" }, 0...).map(\.0)
      let row = scene.inspection.rows[scene.sample]
      notes.append("sample \(scene.sample) of 0 to \(scene.samples - 1), row \(row) of the data to train on")
      notes.append("followed: " + (places.count > 7 ? way : places.joined(separator: " > ")))
    }
    return ExplanationFacts.Section("given", quantities, notes: notes)
  }

  private func target(_ place: [Int]) throws -> Quantity {
    let targets = scene.inspection.targets, shape = scene.layers.last?.output ?? []
    let width = targets.count / max(scene.samples, 1)
    let isIndex = scene.settings.loss.targetKind == .index
    let number = isIndex ? Tensor.number(of: place, in: shape) / max(shape.last ?? 1, 1) : Tensor.number(of: place, in: shape)
    let label = isIndex || width == 1 ? "t" : Notation.Name(symbol: "t", latex: "t").at(place)
    return Quantity(
      symbol: "t", notation: label, meaning: isIndex ? "the target, a class's index" : "the target", formula: "",
      value: .tensor(scene.ofSamples(targets, alone: isAlone)), shown: Double(targets.values[scene.sample * width + number]))
  }

  private func loss(_ place: [Int]) throws -> ExplanationFacts.Section {
    ExplanationFacts.Section("loss", try LossExplanation.quantities(scene, at: place), notes: try LossExplanation.notes(scene, at: place))
  }

  /// dz/dw of the single neuron: its inputs.
  private func slopeOfSum(_ stop: UpdatePath.Stop) throws -> Quantity? {
    guard let weight = stop.weight else { return nil }
    let inputs = try scene.tensor("\(stop.source).output"), count = inputs.count
    let w = notation.parameter("kernel", of: stop.layer.name).at(count == 1 ? [] : weight)
    return Quantity(
      symbol: "dz/dw", notation: derivative("z", by: w), meaning: "the input",
      formula: notation.output(stop.source).at(count == 1 ? [] : stop.sourcePlace),
      value: .tensor(inputs), shown: try scene.value("\(stop.source).output", stop.sourcePlace))
  }

  // For scripts: the tensors of the layers that the path leaves out.
  private func silentParameters() throws -> [Quantity] {
    let shown = Set(try given(try UpdatePath(scene).stops).quantities.map(\.symbol))
    return try scene.layers.flatMap { layer in
      try layer.specs.compactMap { spec -> Quantity? in
        let name = notation.parameter(spec.part, of: layer.name)
        guard !shown.contains(name.symbol) else { return nil }
        return Quantity(
          symbol: name.symbol, notation: name.latex, meaning: "\(layer.name).\(spec.part)", formula: "",
          value: .tensor(try scene.tensor("\(layer.name).\(spec.part)")), isSilent: true)
      }
    }
  }

  // For scripts: what the layers beside the path give, or how the loss changes with it.
  private func silentValues(except shown: [Quantity], areGradients: Bool) throws -> [Quantity] {
    let done = Set(shown.map(\.symbol)), onPath = Set(try UpdatePath(scene).stops.map(\.layer.name))
    return scene.layers.filter { !onPath.contains($0.name) }.flatMap { layer -> [Quantity] in
      let sum = "\(layer.name).preactivation", output = "\(layer.name)." + (areGradients ? "gradient" : "output")
      let both = [(notation.sum(layer.name), areGradients ? "\(sum).gradient" : sum), (notation.output(layer.name), output)]
      return (areGradients ? both.reversed() : both).compactMap { name, tensor in
        let symbol = areGradients ? "dJ/d\(name.symbol)" : name.symbol
        guard !done.contains(symbol), let values = scene.inspection[tensor] else { return nil }
        return Quantity(
          symbol: symbol, notation: areGradients ? derivative("J", by: name.latex) : name.latex, meaning: "\(tensor), beside the path",
          formula: "", value: .tensor(scene.ofSamples(values, alone: isAlone)), isSilent: true, most: Quantity.mostOfSamples)
      }
    }
  }

  private func silentUpdates(except done: Set<String>) throws -> [Quantity] {
    try scene.layers.flatMap { layer in
      try layer.specs.filter { isTrained(layer, $0.part) }.flatMap { spec -> [Quantity] in
        let name = notation.parameter(spec.part, of: layer.name), full = "\(layer.name).\(spec.part)"
        guard !done.contains(name.new.symbol), let after = scene.update.after[full] else { return [] }
        return [
          Quantity(
            symbol: "dJ/d\(name.symbol)", notation: derivative("J", by: name.latex), meaning: "how the loss changes with \(full)",
            formula: "",
            value: .tensor(try scene.tensor("\(full).gradient")), isSilent: true),
          Quantity(
            symbol: name.new.symbol, notation: name.new.latex, meaning: "\(full) after the update", formula: "", value: .tensor(after),
            isSilent: true),
        ]
      }
    }
  }

  private func notes(_ stops: [UpdatePath.Stop]) -> [String] {
    var notes: [String] = []
    if let epoch = scene.restoredEpoch { notes.append("after it, the weights of epoch \(epoch), the best, came back") }
    let frozen = stops.map(\.layer).filter { $0.named.isFrozen && !$0.specs.isEmpty }.map(\.name)
    if !frozen.isEmpty { notes.append("frozen, left as it is: " + frozen.joined(separator: ", ")) }
    let learned = scene.layers.flatMap(\.specs).filter(\.isTrainable).reduce(0) { $0 + $1.count }
    if learned > 2 {
      notes.append("the other parameters of \(grouped(learned)) change in the same way: `explain \(example(stops))` follows one")
    }
    return notes
  }

  private func example(_ stops: [UpdatePath.Stop]) -> String {
    guard let stop = stops.last(where: { $0.weight != nil }), let weight = stop.weight else { return "LAYER.PART[PLACE]" }
    return "\(stop.layer.name).kernel[\(weight.map { String($0) }.joined(separator: ","))]"
  }
}
