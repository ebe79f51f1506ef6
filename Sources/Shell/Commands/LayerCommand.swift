import Engine
import Language

/// `layer dense 8 relu`, `layer remove dense_1`: appends a layer or edits the list of layers.
enum LayerCommand {
  static let command = Command(.build, [.changes, .builds], declaration)

  /// What `layer` does to the network.
  enum Edit: Sendable {
    case append(any LayerDescription)
    case insert(LayerReference, any LayerDescription)
    case replace(LayerReference, any LayerDescription)
    case remove(LayerReference)
  }

  private static let edits: [Declaration<Edit>] = [
    Declaration(
      "remove", "Removes a layer.", examples: ["input 2; layer dense 8; layer remove dense"],
      .word("layer", "the layer's name or number", from: .layers)
    ) { .remove(LayerReference($0)) },
    Declaration(
      "insert", "Puts a layer before another.", examples: ["input 2; layer dense 1; layer insert 1 dense 8 relu"],
      .word("layer", "the name or number of the layer that will follow", from: .layers),
      .declared("kind", "the kind of layer", from: EngineDeclarations.layers)
    ) { .insert(LayerReference($0), $1) },
    Declaration(
      "replace", "Puts a layer in the place of another.", examples: ["input 2; layer dense 1; layer replace dense dense 4 relu"],
      .word("layer", "the name or number of the layer to replace", from: .layers),
      .declared("kind", "the kind of layer", from: EngineDeclarations.layers)
    ) { .replace(LayerReference($0), $1) },
  ]

  /// The layers; `add` takes all words, because `layer add dense 8` is what many type first.
  private static let layers: [Declaration<Edit>] = EngineDeclarations.layers.map { member in
    guard member.name == "add" else { return member.map { .append($0) } }
    let outline = member.outline
    return Declaration<Edit>(
      outline.name, aliases: outline.aliases, outline.summary, formula: outline.formula, examples: outline.examples, notes: outline.notes,
      .text("other", "the earlier layer", from: .layers, isRequired: true)
    ) { words in
      guard !words.contains(" ") else { throw Complaint.appendLayer(words) }
      return .append(Add(words))
    }
  }

  private static let declaration = Declaration<Action>(
    "layer", "Appends a layer, or removes, inserts or replaces one.",
    examples: [
      "input 2; layer dense 8 relu", "layer dense 4 tanh bias=no name=hidden", "input 2; layer dense 8; layer batchnorm; layer dropout 0.2",
    ],
    notes: "`layer dense?` tells what a kind of layer takes. Layers are named as Keras names them, or by name=.",
    .declared(
      "kind", "the kind of layer", from: layers + edits),
    .optional(.word("name", "a name of your own")).named,
    .optional(.word("from", "the earlier layer that it reads, `input` for the network's input; else the one before it", from: .layers))
      .named
  ) { edit, name, source in
    Action { session, surroundings in
      var layer: NamedLayer?
      try session.model.edit { network in
        if case .append(let add as Add) = edit { try explainAdd(add.joins[0], network) }
        switch edit {
        case .append(let kind): layer = try network.append(kind, name: name, from: source)
        case .insert(let reference, let kind): layer = try network.insert(kind, at: reference, name: name, from: source)
        case .replace(let reference, let kind): layer = try network.replace(reference, with: kind, name: name, from: source)
        case .remove(let reference): layer = try network.remove(reference)
        }
      }
      guard let layer else { return Notice() }
      // Seldom is anything put after a softmax: then it is time to say that the loss does not want it.
      if session.model.network.lastActivation == .softmax { session.warnOfLoss(surroundings) }
      if case .remove = edit { return ModelFacts(.removed(layer.name), session.model.network) }
      return ModelFacts(.layer(layer.name), session.model.network)
    }
  }

  /// `layer add dense` where no layer has that name, but a kind: what was meant is to append one.
  private static func explainAdd(_ word: String, _ network: Network) throws {
    let isLayer = word == Network.inputName || network.layers.contains { $0.name == word }
    if !isLayer, EngineDeclarations.layers.contains(where: { $0.name == word }) { throw Complaint.appendLayer(word) }
  }
}
