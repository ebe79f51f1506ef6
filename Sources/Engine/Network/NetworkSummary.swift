/// What a summary says of a network, as facts. It costs no weights.
public struct NetworkSummary: Sendable, Equatable {
  /// A layer's line.
  public struct Row: Sendable, Equatable {
    /// The layer's name.
    public let name: String
    /// Keras' class name.
    public let kind: String
    /// The output's shape with nil for the batch: [nil, 8]; nil while unbuilt.
    public let outputShape: [Int?]?
    /// How many numbers the layer holds.
    public let parameters: Int
    /// How many of them the optimizer changes.
    public let trainable: Int
    /// The names of the layers whose outputs it reads; nil for the network's input.
    public let reads: [String?]
    /// Whether the layer is frozen.
    public let isFrozen: Bool
    /// How many products a sample's forward pass adds up; see `LayerDescription.multiplyAdds`.
    public let multiplyAdds: Double
    /// The window that the layer moves over its input; nil where it has none.
    public let window: SlidingWindow?
    /// The activation that it ends in; nil where it has none.
    public let activation: String?
    /// The bytes of its parameters, four each.
    public var parameterBytes: Double { 4 * Double(parameters) }
    /// The bytes of one sample's output, four a value; 0 while unbuilt.
    public var activationBytes: Double { (outputShape ?? [0]).reduce(4) { $0 * Double($1 ?? 1) } }
    /// How many it does not.
    public var nonTrainable: Int { parameters - trainable }
  }

  /// The shape of one sample; nil until it is known.
  public let inputShape: [Int]?
  /// The layers, without the input.
  public let rows: [Row]
  /// Whether each layer reads the one before it.
  public let isSequence: Bool

  /// The facts of a network.
  public init(_ network: Network) {
    inputShape = network.inputShape
    isSequence = network.isSequence
    let input = network.inputShape ?? []
    let shapes = try? network.shapes()
    let connections = network.connections, places = network.readPlaces
    rows = network.layers.enumerated().map { index, named in
      let shape = shapes?[index]
      let first = places[index][0]
      let read = shapes.map { first < 0 ? input : $0[first] }
      let specs = read.map { named.parameterSpecs(for: $0) } ?? []
      return Row(
        name: named.name, kind: named.layer.kind, outputShape: shape.map { [nil] + $0 }, parameters: specs.reduce(0) { $0 + $1.count },
        trainable: specs.reduce(0) { $0 + ($1.isTrainable ? $1.count : 0) }, reads: connections[index], isFrozen: named.isFrozen,
        multiplyAdds: read.map { named.layer.multiplyAdds(for: $0) } ?? 0, window: named.layer.slidingWindow,
        activation: (named.layer as? any ActivatedLayer)?.activation.name)
    }
  }

  /// All parameters.
  public var total: Int { rows.reduce(0) { $0 + $1.parameters } }
  /// Those that the optimizer changes.
  public var trainable: Int { rows.reduce(0) { $0 + $1.trainable } }
  /// Those that it does not.
  public var nonTrainable: Int { total - trainable }
  /// The products that a sample's forward pass adds up.
  public var multiplyAdds: Double { rows.reduce(0) { $0 + $1.multiplyAdds } }
  /// The parameters' size: four bytes each.
  public var bytes: Int { 4 * total }
}

extension Network {
  /// What a summary says of this network.
  public var summary: NetworkSummary { NetworkSummary(self) }
}
