import Engine
import Language

/// `explain loss`: what the mini-batch's loss is the mean of.
@MainActor enum LossExplanation {
  static func facts(sample: Int?, _ session: inout Session) throws -> ExplanationFacts {
    let scene = try UpdateScene(try Training.record(.next, &session), sample: sample, isLast: false)
    let place = try UpdatePath(scene).stops.first?.place ?? []
    let loss = scene.settings.loss
    let name = "\(loss.name): \(LossExplanation.summary(of: loss))"
    let gradient = try BackwardTerms(scene: scene, isAlone: sample != nil).outputGradient(at: place)
    let samples = try samples(scene, of: "the next mini-batch of \(scene.samples == 1 ? "1 sample" : "\(scene.samples) samples")")
    var facts = ExplanationFacts(
      subject: "loss", title: name,
      sections: samples
        + [ExplanationFacts.Section("its slope", [gradient], notes: try notes(scene, at: place))].filter { !$0.quantities.isEmpty })
    facts.more = [
      ("loss", .number(scene.inspection.loss)), ("losses", .numbers(losses(scene))), ("rows", .integers(scene.inspection.rows)),
    ]
    return facts
  }

  /// The loss of the followed sample and of all together under a title, then that of each.
  static func samples(_ scene: UpdateScene, of title: String) throws -> [ExplanationFacts.Section] {
    let place = try UpdatePath(scene).stops.first?.place ?? []
    var quantities = try LossExplanation.quantities(scene, at: place)
    let losses = LossExplanation.losses(scene)
    let shown = losses.indices.prefix(5)
    let rows = try shown.map { index -> Quantity in
      Quantity(
        symbol: "J_\(index)", notation: "J_{\(index)}", meaning: "row \(scene.inspection.rows[index]) of the data to train on",
        formula: "", numbers: try BackwardTerms(scene: scene.following(index)).lossTerms(at: place).numbers, value: .number(losses[index]),
        isTextOnly: true)
    }
    quantities[0].meaning = "sample \(scene.sample)"
    return [
      ExplanationFacts.Section(title, quantities),
      ExplanationFacts.Section(scene.samples > 5 ? "the first samples" : "the samples", scene.samples == 1 ? [] : rows),
    ].filter { !$0.quantities.isEmpty }
  }

  /// What is to be known about the loss of the followed sample.
  nonisolated static func notes(_ scene: UpdateScene, at place: [Int]) throws -> [String] {
    try BackwardTerms(scene: scene).lossTerms(at: place).hasClipped ? [ClippedProbability.note] : []
  }

  private static func summary(of loss: any LossDescription) -> String {
    EngineDeclarations.losses.first { $0.outline.name == loss.name }?.outline.summary ?? ""
  }

  /// The loss of each sample, without penalties.
  nonisolated static func losses(_ scene: UpdateScene) -> [Double] {
    guard let output = scene.inspection["\(scene.outputName).output"] else { return [] }
    let targets = scene.inspection.targets, columns = output.shape.last ?? 1
    let width = output.count / scene.samples, targetWidth = targets.count / scene.samples
    return (0..<scene.samples).map { sample in
      scene.settings.loss.reference(
        output.values[sample * width..<(sample + 1) * width].map(Double.init),
        targets.values[sample * targetWidth..<(sample + 1) * targetWidth].map(Double.init), rows: 1, width: width, columns: columns)
    }
  }

  /// The followed sample's loss, the mean, and the penalties.
  nonisolated static func quantities(_ scene: UpdateScene, at place: [Int]) throws -> [Quantity] {
    let terms = try BackwardTerms(scene: scene).lossTerms(at: place)
    let losses = self.losses(scene), penalties = try self.penalties(scene)
    let total = Quantity(
      symbol: "J", notation: "J", meaning: "the loss that the update makes smaller", formula: "", value: .number(scene.inspection.loss))
    if scene.samples == 1, penalties.isEmpty, scene.sampleWeight == nil {
      var only = total
      only.formula = terms.formula
      only.numbers = terms.numbers
      return [only]
    }
    let first = Quantity(
      symbol: "J_sample", notation: "J_{\(scene.sample)}", meaning: "the loss of sample \(scene.sample)", formula: terms.formula,
      numbers: terms.numbers, value: .number(losses[scene.sample]))
    var whole = total
    let order = [scene.sample] + losses.indices.filter { $0 != scene.sample }
    let weights = scene.inspection.weights
    let products = order.map { index in
      weights.map { "\(Figure.text(Double($0[index]))) \\cdot \(Figure.factor(losses[index]))" } ?? Figure.text(losses[index])
    }
    let sum = Figure.sum(products)
    whole.formula =
      scene.samples == 1
      ? weights == nil ? "J_{0}" : "\\omega J_{0}"
      : "\\frac{1}{\(scene.samples)} \\sum_s \(weights == nil ? "" : "\\omega_s ")J_s"
    whole.numbers = scene.samples == 1 ? sum : "(\(sum)) / \(scene.samples)"
    for penalty in penalties {
      whole.formula += " + \(penalty.notation)"
      whole.numbers += " + \(Figure.text(penalty.number ?? 0))"
    }
    return [first] + penalties + [whole]
  }

  /// What each regularised parameter adds to the loss.
  private nonisolated static func penalties(_ scene: UpdateScene) throws -> [Quantity] {
    try scene.layers.flatMap { layer in
      try layer.specs.filter { $0.isTrainable && ($0.l1 != 0 || $0.l2 != 0) }.map { spec in
        let name = scene.notation.parameter(spec.part, of: layer.name), tensor = try scene.tensor("\(layer.name).\(spec.part)")
        let l1 = Double(spec.l1), l2 = Double(spec.l2)
        let values = tensor.values.map(Double.init)
        let size = values.reduce(0) { $0 + abs($1) }, squares = values.reduce(0) { $0 + $1 * $1 }
        let formulas = [l1 != 0 ? "l_1 \\sum |\(name.latex)|" : nil, l2 != 0 ? "l_2 \\sum \(name.latex)^2" : nil].compactMap(\.self)
        let numbers = [
          l1 != 0 ? "\(Figure.text(l1)) \\cdot \(Figure.text(size))" : nil,
          l2 != 0 ? "\(Figure.text(l2)) \\cdot \(Figure.text(squares))" : nil,
        ].compactMap(\.self)
        return Quantity(
          symbol: "penalty_of_\(name.symbol)", notation: "p(\(name.latex))", meaning: "what the penalty on \(layer.name).\(spec.part) adds",
          formula: formulas.joined(separator: " + "), numbers: numbers.joined(separator: " + "), value: .number(l1 * size + l2 * squares))
      }
    }
  }
}
