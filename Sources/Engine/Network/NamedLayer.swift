/// A layer at its place in a network.
public struct NamedLayer: Sendable, Equatable {
  /// Its name, unique in the network and kept for its life.
  public let name: String
  /// What it is.
  public let layer: any LayerDescription
  /// The earlier layer that it reads ("input" for the network's input); nil for the layer before it.
  public let source: String?
  /// Whether training leaves its parameters as they are.
  public var isFrozen: Bool

  /// A layer under its name.
  init(name: String, layer: any LayerDescription, source: String? = nil, isFrozen: Bool = false) {
    self.name = name
    self.layer = layer
    self.source = source
    self.isFrozen = isFrozen
  }

  /// What it reads, in order: names of earlier layers, nil for the layer before it.
  public var inputs: [String?] { [source] + layer.joins }

  /// The layer as it runs.
  var running: any LayerDescription { isFrozen ? layer.frozen : layer }

  /// Its parameters for inputs of that shape; those of a frozen layer are not trainable.
  func parameterSpecs(for input: [Int]) -> [ParameterSpec] {
    let specs = layer.parameterSpecs(for: input)
    return isFrozen ? specs.map(\.frozen) : specs
  }

  /// Equal names, equal layers at equal places.
  public static func == (left: NamedLayer, right: NamedLayer) -> Bool {
    left.name == right.name && left.source == right.source && left.isFrozen == right.isFrozen && left.layer.isEqual(to: right.layer)
  }
}

extension ParameterSpec {
  /// The same parameter, left as it is by training.
  var frozen: ParameterSpec { ParameterSpec(part, shape, isTrainable: false, initializer, l1: l1, l2: l2, maxNorm: maxNorm) }
}
