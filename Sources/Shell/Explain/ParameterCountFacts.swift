import Engine
import Language

/// How the counts of the summary arise, for all layers or for one.
public struct ParameterCountFacts: Facts {
  /// The layers.
  public let layers: [ParameterCount]
  /// Whether they are all of the network's.
  public let isWhole: Bool
  /// The sum over all layers of the network.
  public let total: Int
  /// Those of them that the optimizer changes.
  public let trainable: Int

  /// The counts of a network, or of the layer of that name or number.
  ///
  /// - Throws: A `Complaint` when there is no such layer, or the input's shape is not known.
  init(_ network: Network, only: String?) throws {
    guard !network.layers.isEmpty else { throw Complaint.noLayers() }
    let wanted = try only.map { try network.layer(LayerReference($0)).name }
    guard let input = network.inputShape else { throw Complaint.noInput() }
    let outputs = try network.shapes()
    let byName = Dictionary(uniqueKeysWithValues: zip(network.layers.map(\.name), outputs))
    let summary = network.summary
    layers = network.layers.indices.filter { wanted == nil || network.layers[$0].name == wanted }.map { index in
      let source = network.connections[index][0]
      return ParameterCount(
        network.layers[index], input: source.flatMap { byName[$0] } ?? input, output: outputs[index], row: summary.rows[index])
    }
    isWhole = wanted == nil
    total = summary.total
    trainable = summary.trainable
  }

  /// Each layer with the formula of its count; the sums.
  public var json: [(String, JSONValue)] {
    [
      (
        "layers",
        .array(
          layers.map { layer in
            .object([
              ("name", .string(layer.name)), ("kind", .string(layer.kind)), ("formula", .string(layer.formula)),
              ("parameters", .integer(layer.count)), ("trainable", .integer(layer.trainable)), ("bytes", .integer(layer.bytes)),
              (
                "output",
                .array(
                  layer.lengths.map {
                    .object([("name", .string($0.name)), ("formula", .string($0.formula)), ("value", .integer($0.value))])
                  })
              ),
            ])
          })
      ), ("total", .integer(total)), ("trainable", .integer(trainable)), ("bytes", .integer(4 * total)),
    ]
  }
}
