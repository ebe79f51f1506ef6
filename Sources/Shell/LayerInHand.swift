import Engine
import Language

/// A layer of the session's network with its shapes and its numbers.
struct LayerInHand {
  let named: NamedLayer
  /// Its place in the network, from 0.
  let index: Int
  /// The shapes of a sample before and after it.
  let input, output: [Int]
  /// Its parameters in order, by their part: "kernel", "bias".
  let parameters: [(part: String, tensor: Tensor)]

  var name: String { named.name }

  /// The layer that a word names; the first weights are made where there are none.
  ///
  /// - Throws: A `Complaint` when there is no such layer or the shapes are not known yet.
  @MainActor init(_ word: String, _ session: inout Session) throws {
    let network = session.model.network
    guard !network.layers.isEmpty else { throw Complaint.noLayers() }
    index = try network.position(of: LayerReference(word))
    if network.inputShape == nil, let shape = session.data?.dataset.sampleShape { try session.model.edit { try $0.setInput(shape) } }
    let state = try session.model.ensureState(seed: session.settings.seed)
    named = network.layers[index]
    let outputs = try session.model.network.shapes()
    output = outputs[index]
    let source = network.connections[index].first.flatMap { $0 }.flatMap { name in network.layers.firstIndex { $0.name == name } }
    input = source.map { outputs[$0] } ?? session.model.network.inputShape ?? []
    let prefix = named.name + "."
    parameters = state.parameters.names.filter { $0.hasPrefix(prefix) }.compactMap { name in
      state.parameters[name].map { (String(name.dropFirst(prefix.count)), $0) }
    }
  }

  /// A parameter.
  subscript(part: String) -> Tensor? { parameters.first { $0.part == part }?.tensor }

  /// The shape of the image whose pixels the inputs of this layer are, in their order; nil where they are something else.
  @MainActor func pixelsRead(_ session: Session) -> [Int]? {
    let network = session.model.network
    // A layer on something with axes works on the last one alone.
    guard let image = network.inputShape, image.count == 3, input == [Tensor.count(of: image)] else { return nil }
    // What stands between leaves every number at its place.
    let kinds: Set = ["Flatten", "Reshape", "Rescaling", "Normalization", "Dropout", "GaussianNoise", "RandomContrast", "RandomBrightness"]
    return network.layers[..<index].allSatisfy { kinds.contains($0.layer.kind) } ? image : nil
  }
}

extension Session {
  /// What is to be said of numbers that no training, and no hand, has changed yet.
  var remarkOnUntrained: [String] {
    model.hasFirstWeights ? ["the model is not trained yet: these are its first weights"] : []
  }
}
