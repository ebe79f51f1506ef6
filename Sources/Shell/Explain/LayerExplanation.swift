import Engine
import Language

/// `explain LAYER`: what it does, with its own sizes, and what it sees.
@MainActor enum LayerExplanation {
  static func facts(of layer: NamedLayer, _ session: inout Session) throws -> any Facts {
    let network = session.model.network
    // Statistics need data and a loss; what the layer is does not.
    let scene =
      session.data != nil && session.model.settings != nil
      ? try? UpdateScene(try Training.record(.next, &session), sample: nil, isLast: false) : nil
    let counts = network.inputShape == nil ? nil : try ParameterCountFacts(network, only: layer.name)
    return LayerFacts(
      layer: layer, reads: reads(layer, network), count: counts?.layers.first, shapes: try shapes(layer, network), scene: scene)
  }

  private static func reads(_ layer: NamedLayer, _ network: Network) -> [String] {
    guard let index = network.layers.firstIndex(where: { $0.name == layer.name }) else { return [] }
    return network.connections[index].map { $0 ?? Network.inputName }
  }

  private static func shapes(_ layer: NamedLayer, _ network: Network) throws -> (input: [Int], output: [Int])? {
    guard let input = network.inputShape, let index = network.layers.firstIndex(where: { $0.name == layer.name }) else { return nil }
    let outputs = try network.shapes(), source = network.connections[index][0]
    let before = source.flatMap { name in network.layers.firstIndex { $0.name == name } }.map { outputs[$0] } ?? input
    return (before, outputs[index])
  }
}

/// A layer explained.
public struct LayerFacts: Facts {
  /// The numbers of a tensor in brief.
  public struct Statistics: Sendable {
    /// What they are of: "input", "output", "kernel", "gradient of the output".
    public let name: String
    /// The least, the mean, the greatest value and the standard deviation.
    public let minimum, mean, maximum, deviation: Double
    /// The share of values that are 0.
    public let zeros: Double
  }

  /// Its name and class.
  public let name, kind: String
  /// What it does, one sentence.
  public let summary: String
  /// What it computes, as its declaration writes it.
  public let formula: String
  /// What its activation computes; empty for none.
  public let activation: String
  /// The layers that it reads.
  public let reads: [String]
  /// The shapes of one sample's input and output; nil until known.
  public let shapes: (input: [Int], output: [Int])?
  /// Its parameters and their shapes.
  public let parameters: [(part: String, shape: [Int])]
  /// How its parameters are counted.
  public let count: ParameterCount?
  /// What it saw and gave in the next mini-batch.
  public let statistics: [Statistics]
  /// The samples of that mini-batch.
  public let samples: Int
  /// Whether it is frozen.
  public let isFrozen: Bool

  init(
    layer: NamedLayer, reads: [String], count: ParameterCount?, shapes: (input: [Int], output: [Int])?, scene: UpdateScene?
  ) {
    name = layer.name
    kind = layer.layer.kind
    summary = EngineWords.summary(of: layer.layer)
    formula = EngineWords.formula(of: layer.layer)
    let own = (layer.layer as? any ActivatedLayer)?.activation
    activation =
      own == .linear || layer.layer is ActivationLayer
      ? "" : Activation.named.first { $0.name == own?.name }.map { "\($0.name): \($0.formula)" } ?? ""
    self.reads = reads
    self.count = count
    self.shapes = shapes
    parameters = (shapes.map { layer.layer.parameterSpecs(for: $0.input) } ?? []).map { ($0.part, $0.shape) }
    isFrozen = layer.isFrozen
    samples = scene?.samples ?? 0
    let tensors =
      [("input", "\(reads.first ?? "").output")]
      + (count?.count ?? 0 > 0 ? scene?.layer(layer.name)?.specs.map { ($0.part, "\(layer.name).\($0.part)") } ?? [] : [])
      + [("output", "\(layer.name).output"), ("gradient by the output", "\(layer.name).gradient")]
    statistics = tensors.compactMap { name, tensor in scene?.inspection[tensor].flatMap { Statistics(name, $0) } }
  }

  /// All of it.
  public var json: [(String, JSONValue)] {
    [
      ("name", .string(name)), ("kind", .string(kind)), ("summary", .string(summary)), ("formula", .string(formula)),
      ("reads", .strings(reads)), ("input_shape", shapes.map { .integers($0.input) } ?? .null),
      ("output_shape", shapes.map { .integers($0.output) } ?? .null), ("parameters", count.map { .integer($0.count) } ?? .null),
      ("count", count.map { .string($0.formula) } ?? .null), ("frozen", .bool(isFrozen)),
      (
        "statistics",
        .array(
          statistics.map {
            .object([
              ("name", .string($0.name)), ("min", .number($0.minimum)), ("mean", .number($0.mean)), ("max", .number($0.maximum)),
              ("deviation", .number($0.deviation)), ("zeros", .number($0.zeros)),
            ])
          })
      ),
    ]
  }
}

extension LayerFacts.Statistics {
  init?(_ name: String, _ tensor: Tensor) {
    guard tensor.count > 0, let low = tensor.values.min(), let high = tensor.values.max() else { return nil }
    let count = Double(tensor.count)
    let mean = tensor.values.reduce(0.0) { $0 + Double($1) } / count
    let squares = tensor.values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    self.init(
      name: name, minimum: Double(low), mean: mean, maximum: Double(high), deviation: squares.squareRoot(),
      zeros: Double(tensor.values.count { $0 == 0 }) / count)
  }
}
