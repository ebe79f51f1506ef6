import Engine
import Language

/// How the gradient by one value of a parameter comes about, and what the optimizer makes of it.
struct ParameterTerms {
  let scene: UpdateScene

  /// One sample's and one place's part of a gradient: dJ/dz there, and what it is multiplied by.
  private struct Part {
    let slope: Double
    let factor: Double?
  }

  /// The gradient, with its finite difference; what penalties add.
  ///
  /// - Parameter differs: Whether the finite difference is wanted, which takes time.
  func gradient(of layer: UpdateScene.Layer, _ part: String, at place: [Int], differs: Bool = true) throws -> [Quantity] {
    let full = "\(layer.name).\(part)", name = scene.notation.parameter(part, of: layer.name)
    let tensor = try scene.tensor("\(full).gradient"), weights = try scene.tensor(full), weight = weights[place]
    let at = name.at(tensor.count == 1 ? [] : place)
    let (parts, formula) = try self.parts(layer, part, place)
    var numbers = ""
    if !parts.isEmpty {
      // Of a long sum the largest terms tell most.
      let ranked = parts.count > 4 ? parts.sorted { abs($0.slope * ($0.factor ?? 1)) > abs($1.slope * ($1.factor ?? 1)) } : parts
      let shown = ranked.prefix(4).map { piece in
        piece.factor.map { "\(Figure.text(piece.slope)) \\cdot \(Figure.factor($0))" } ?? Figure.text(piece.slope)
      }
      numbers = Figure.sum(shown + Array(repeating: "", count: max(0, parts.count - shown.count)))
    }
    var formula2 = formula, rows: [Quantity] = []
    let penalty = self.penalty(layer.spec(part), weight)
    if let chain = try chainNumbers(layer, part, place, parts.count) { numbers = chain }
    if let penalty {
      let penalties = weights.values.map { Float(self.slope(of: layer.spec(part), Double($0))) }
      rows.append(
        Quantity(
          symbol: "penalty_\(name.symbol)", notation: "p", meaning: "what the penalty adds to the gradient", formula: penalty.formula,
          numbers: penalty.numbers, value: .tensor(Tensor(shape: weights.shape, values: penalties)), shown: penalty.value))
      formula2 = formula.isEmpty ? "" : formula + " + p"
      numbers = numbers.isEmpty ? "" : "\(parts.count > 1 ? "(\(numbers))" : numbers) + \(Figure.factor(penalty.value))"
    }
    rows.append(
      Quantity(
        symbol: "dJ/d\(name.symbol)", notation: derivative("J", by: at), meaning: meaning(parts.count), formula: formula2, numbers: numbers,
        value: .tensor(tensor), shown: tensor[place], difference: differs ? scene.difference(full, at: place) : nil))
    return rows
  }

  private func meaning(_ count: Int) -> String {
    switch count {
    case 0: "how the loss changes with it"
    case 1: "the product along the chain"
    case scene.samples: "the sum over \(count) samples"
    default: "the sum of \(count) products"
    }
  }

  // What the gradient is the sum of, and how that is written.
  private func parts(_ layer: UpdateScene.Layer, _ part: String, _ place: [Int]) throws -> ([Part], String) {
    let z = scene.notation.sum(layer.name), x = scene.notation.output(layer.sources[0]), y = scene.notation.output(layer.name)
    switch (layer.kind, part) {
    case (let kind as any WeightedLayer, "kernel"):
      let slopes = try scene.tensor("\(layer.name).preactivation.gradient"), inputs = try scene.tensor("\(layer.sources[0]).output")
      let uses = try kind.uses(of: place, input: layer.inputs[0])
      let parts = order.flatMap { sample in
        uses.map { Part(slope: slopes[[sample] + $0.output], factor: inputs[[sample] + $0.input]) }
      }
      let chain = parts.count == 1 && z.symbol == "z" && !(kind.activation == .softmax)
      return (
        parts,
        chain
          ? chained(y, z, scene.notation.parameter(part, of: layer.name))
          : (parts.count == 1 ? "" : "\\sum ") + "\(derivative("J", by: z.latex)) \\cdot \(x.latex)"
      )
    case (is any WeightedLayer, "bias"), (is SeparableConv2D, "bias"):
      let slopes = try scene.tensor("\(layer.name).preactivation.gradient")
      let parts = pixels(layer).map { Part(slope: slopes[$0 + place], factor: nil) }
      return (parts, (parts.count == 1 ? "" : "\\sum ") + derivative("J", by: z.latex))
    case (is BatchNormalization, _), (is LayerNormalization, _):
      let slopes = try scene.tensor("\(layer.name).gradient"), outputs = try scene.tensor("\(layer.name).output")
      let gamma = try scene.tensor("\(layer.name).gamma")[place], beta = try scene.tensor("\(layer.name).beta")[place]
      if part == "beta" {
        return (pixels(layer).map { Part(slope: slopes[$0 + place], factor: nil) }, "\\sum \(derivative("J", by: y.latex))")
      }
      guard gamma != 0 else { return ([], "\\sum \(derivative("J", by: y.latex)) \\cdot \\hat{x}") }
      let parts = pixels(layer).map { Part(slope: slopes[$0 + place], factor: (outputs[$0 + place] - beta) / gamma) }
      return (parts, "\\sum \(derivative("J", by: y.latex)) \\cdot \\hat{x}")
    case (is PReLU, _):
      let slopes = try scene.tensor("\(layer.name).gradient"), inputs = try scene.tensor("\(layer.sources[0]).output")
      let parts = order.map { Part(slope: slopes[[$0] + place], factor: min(0, inputs[[$0] + place])) }
      return (parts, "\\sum \(derivative("J", by: y.latex)) \\cdot \\min(0, \(x.latex))")
    default: return ([], "")
    }
  }

  private func chained(_ y: Notation.Name, _ z: Notation.Name, _ w: Notation.Name) -> String {
    "\(derivative("J", by: y.latex)) \\cdot \(derivative(y.latex, by: z.latex)) \\cdot \(derivative(z.latex, by: w.latex))"
  }

  // The single neuron's chain, factor by factor.
  private func chainNumbers(_ layer: UpdateScene.Layer, _ part: String, _ place: [Int], _ count: Int) throws -> String? {
    guard count == 1, part == "kernel", scene.notation.sum(layer.name).symbol == "z", let kind = layer.kind as? Dense,
      let terms = ActivationTerms(kind.activation)
    else { return nil }
    let unit = [place[1]]
    let (z, y) = (try scene.value("\(layer.name).preactivation", unit), try scene.value("\(layer.name).output", unit))
    let factors = [
      try scene.value("\(layer.name).gradient", unit), terms.slopeValue(z, y), try scene.value("\(layer.sources[0]).output", [place[0]]),
    ]
    return Figure.text(factors[0]) + factors.dropFirst().map { " \\cdot \(Figure.factor($0))" }.joined()
  }

  // The followed sample first, then the others.
  private var order: [Int] { [scene.sample] + (0..<scene.samples).filter { $0 != scene.sample } }

  // Every place but the last axis', of every sample.
  private func pixels(_ layer: UpdateScene.Layer) -> [[Int]] {
    let inner = Tensor.places(of: layer.output.dropLast())
    return order.flatMap { sample in inner.map { [sample] + $0 } }
  }

  // l1 sign(w) + 2 l2 w
  private func slope(of spec: ParameterSpec?, _ weight: Double) -> Double {
    guard let spec else { return 0 }
    return Double(spec.l1) * (weight > 0 ? 1 : weight < 0 ? -1 : 0) + 2 * Double(spec.l2) * weight
  }

  private func penalty(_ spec: ParameterSpec?, _ weight: Double) -> (value: Double, formula: String, numbers: String)? {
    guard let spec, spec.l1 != 0 || spec.l2 != 0 else { return nil }
    let l1 = Double(spec.l1), l2 = Double(spec.l2), sign = weight > 0 ? 1.0 : weight < 0 ? -1 : 0
    var formulas: [String] = [], numbers: [String] = []
    if l1 != 0 {
      formulas.append("l_1 \\text{sign}(w)")
      numbers.append("\(Figure.text(l1)) \\cdot \(Figure.factor(sign))")
    }
    if l2 != 0 {
      formulas.append("2 l_2 w")
      numbers.append("2 \\cdot \(Figure.text(l2)) \\cdot \(Figure.factor(weight))")
    }
    return (slope(of: spec, weight), formulas.joined(separator: " + "), numbers.joined(separator: " + "))
  }

  /// The optimizer's lines for one value, the new value last.
  ///
  /// - Parameter isFull: Whether the text shows every line, or the last alone.
  func update(of layer: UpdateScene.Layer, _ part: String, at place: [Int], isFull: Bool) throws -> [Quantity] {
    let full = "\(layer.name).\(part)", name = scene.notation.parameter(part, of: layer.name)
    guard let before = scene.update.before[full], let after = scene.update.after[full] else { return [] }
    let tensor = try scene.tensor("\(full).gradient"), at = name.at(before.count == 1 ? [] : place)
    let clipping = scene.update.clipping[full], number = Tensor.number(of: place, in: before.shape)
    func lines(_ index: Int) -> [UpdateRule.Line] {
      UpdateRule.lines(scene.update.optimizer, self.place(full, index, before, tensor), clipping: clipping)
    }
    let shown = lines(number)
    let isSmall = before.count > 1 && before.count <= 4096
    let all = isSmall ? (0..<before.count).map { lines($0).map(\.value) } : []
    let isLimited = (layer.spec(part)?.maxNorm ?? 0) > 0
    var quantities = shown.enumerated().map { index, line -> Quantity in
      let values = all.isEmpty ? nil : Tensor(shape: before.shape, values: all.map { Float($0[index]) })
      var quantity = Quantity(
        symbol: "\(line.symbol)_\(name.symbol)", notation: line.notation, meaning: line.meaning, formula: line.formula,
        numbers: line.numbers, value: values.map { .tensor($0) } ?? .number(line.value), shown: line.value)
      if before.count > 1, all.isEmpty { quantity.value = .none }
      quantity.relation = ["m", "v", "u", "s", "D", "mean", "g", "decayed"].contains(line.symbol) ? "\\leftarrow" : "="
      quantity.isSilent = !isFull
      return quantity
    }
    guard var last = quantities.popLast() else { return [] }
    last.notation = at
    last.relation = "\\leftarrow"
    last.isSilent = false
    last.formula =
      shown.count == 1 && last.formula == "w - \\eta g" ? "\(at) - \\eta \\cdot \(derivative("J", by: at))" : at + last.formula.dropFirst()
    if isLimited {
      last.isTextOnly = true
      quantities.append(last)
      last.meaning = "brought within max_norm"
      last.formula = "\(at) \\cdot \\min(1, c / \\|w\\|)"
      last.numbers = ""
    }
    last.symbol = name.new.symbol
    last.value = .tensor(after)
    last.shown = after[place]
    return quantities + [last]
  }

  private func place(_ full: String, _ index: Int, _ before: Tensor, _ gradient: Tensor) -> UpdateRule.Place {
    func slots(_ parameters: Parameters) -> [String: Double] {
      Dictionary(
        uniqueKeysWithValues: scene.update.optimizer.slotNames.compactMap { slot in
          parameters["\(full)/\(slot)"].map { (slot, Double($0.values[index])) }
        })
    }
    return UpdateRule.Place(
      w: Double(before.values[index]), g: Double(gradient.values[index]), before: slots(scene.update.remembered),
      after: slots(scene.update.remembers), rate: Double(scene.update.optimizer.rate), number: scene.update.number)
  }
}
