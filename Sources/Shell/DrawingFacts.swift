import Engine

/// A network as it is drawn: its layers, the input first, who reads whom, and how many units of each are shown.
public struct DrawingFacts: Facts {
  /// How the layers are placed where characters draw them.
  public enum Placement: String, Sendable, CaseIterable {
    /// Side by side while they fit, else a layer a line.
    case auto
    /// Side by side, in as many rows as it takes.
    case columns
    /// A layer a line.
    case list
  }

  /// One layer.
  public struct Layer: Sendable, Equatable {
    /// Its name; `input` for the network's input.
    public let name: String
    /// Keras' class name; `Input` for the input.
    public let kind: String
    /// What sort of layer it is.
    public let family: LayerFamily
    /// The shape of one sample's output, nil for an axis that is not known yet; nil as a whole where nothing is known.
    public let shape: [Int?]?
    /// How many numbers it holds; nil while unbuilt, and for the input.
    public let parameters: Int?
    /// The activation that it ends in, nil for none or the linear one.
    public let activation: String?
    /// The window that it moves over its input.
    public let window: SlidingWindow?
    /// The places of the layers that it reads, among the drawing's layers.
    public let reads: [Int]
    /// Whether training leaves it as it is.
    public let isFrozen: Bool
    /// The weights of a small dense layer, (in, units); nil for others, and while there are none.
    public let kernel: Tensor?
    /// What units see, by their numbers; none where the network has no two inputs, or no weights.
    public var views: [Int: UnitView] = [:]

    /// The length of the last axis: neurons, or maps of an image; nil while unknown.
    public var units: Int? { shape?.last.flatMap(\.self) }
    /// Whether the output is a row of numbers, not an image.
    public var isFlat: Bool { shape.map { $0.count == 1 } ?? true }
    /// The units that a drawing shows, from 0: all of them up to 8, else the first four and the last. One that is not known is shown as one.
    public var shownUnits: [Int] {
      guard let units else { return [0] }
      return units <= 8 ? Array(0..<units) : [0, 1, 2, 3, units - 1]
    }
  }

  /// A connection.
  public struct Edge: Sendable, Equatable {
    /// The places of the layers.
    public let from, to: Int
  }

  /// The layers, the input first.
  public internal(set) var layers: [Layer]
  /// The samples that go through at once; nil when the drawing is of one.
  public let batch: Int?
  /// The picture that was written; nil when the drawing is to be shown.
  public let file: String?
  /// How characters place the layers.
  public let placement: Placement
  /// Where pictures go: `auto`, `window`, `inline`, `ascii` or `off`.
  public let style: String
  /// What stands above a picture.
  public let title: String

  /// Who reads whom.
  public var edges: [Edge] { layers.enumerated().flatMap { to, layer in layer.reads.map { Edge(from: $0, to: to) } } }

  /// Whether each layer reads the one before it and no other.
  public var isSequence: Bool { layers.enumerated().allSatisfy { $0.offset == 0 || $0.element.reads == [$0.offset - 1] } }

  /// The parameters of all layers.
  public var parameters: Int { layers.reduce(0) { $0 + ($1.parameters ?? 0) } }

  /// Kind, file, layers with their tensors, and edges by the layers' places.
  public var json: [(String, JSONValue)] {
    [
      ("kind", .string("network")), ("file", .optional(file)), ("batch", batch.map { .integer($0) } ?? .null),
      ("layers", .array(layers.map { $0.json(batch: batch) })),
      ("edges", .array(edges.map { .object([("from", .integer($0.from)), ("to", .integer($0.to))]) })),
    ]
  }
}

extension DrawingFacts.Layer {
  fileprivate func json(batch: Int?) -> JSONValue {
    let axes: [Int?]? = shape.map { [batch] + $0 }
    let shape: JSONValue = axes.map { .array($0.map { $0.map { .integer($0) } ?? .null }) } ?? .null
    return .object([
      ("name", .string(name)), ("kind", .string(kind)), ("family", .string(family.rawValue)), ("shape", shape),
      ("shown", .integers(shownUnits)), ("parameters", parameters.map { .integer($0) } ?? .null), ("activation", .optional(activation)),
      ("kernel", window.map { .integers($0.size) } ?? .null), ("stride", window.map { .integers($0.stride) } ?? .null),
      ("frozen", .bool(isFrozen)),
    ])
  }
}

extension DrawingFacts {
  /// The greatest number of weights of a layer whose weights are drawn; larger layers would be a grey veil.
  static let drawnWeights = 4096

  /// The drawing of a network.
  ///
  /// - Parameter values: the parameters, where there are any yet.
  init(
    _ network: Network, values: Parameters?, batch: Int?, file: String?, placement: Placement, style: String, title: String
  ) {
    let summary = network.summary
    var places = [Network.inputName: 0]
    var layers = [
      Layer(
        name: Network.inputName, kind: "Input", family: .input, shape: summary.inputShape.map { $0.map { $0 } }, parameters: nil,
        activation: nil, window: nil, reads: [], isFrozen: false, kernel: nil)
    ]
    for (index, (row, named)) in zip(summary.rows, network.layers).enumerated() {
      let reads = row.reads.map { places[$0 ?? Network.inputName] ?? 0 }
      let family = LayerFamily(kind: row.kind)
      let shape = row.outputShape.map { Array($0.dropFirst()) } ?? named.layer.knownShape(after: layers[reads.first ?? 0].shape, family)
      let kernel = family == .dense ? values?["\(row.name).kernel"].flatMap { $0.count <= DrawingFacts.drawnWeights ? $0 : nil } : nil
      layers.append(
        Layer(
          name: row.name, kind: row.kind, family: family, shape: shape, parameters: row.outputShape == nil ? nil : row.parameters,
          activation: row.activation == "linear" ? nil : row.activation, window: row.window, reads: reads, isFrozen: row.isFrozen,
          kernel: kernel))
      places[row.name] = index + 1
    }
    self.layers = layers
    (self.batch, self.file, self.placement, self.style, self.title) = (batch, file, placement, style, title)
  }
}

extension LayerDescription {
  /// What is known of the output's shape before the input has one: the units of a dense layer, the filters of a convolution.
  fileprivate func knownShape(after input: [Int?]?, _ family: LayerFamily) -> [Int?]? {
    switch self {
    case let layer as Dense: return [layer.units]
    case let layer as Conv2D: return [nil, nil, layer.filters]
    case let layer as Conv2DTranspose: return [nil, nil, layer.filters]
    case let layer as SeparableConv2D: return [nil, nil, layer.filters]
    default: return family.keepsShape ? input : nil
    }
  }
}
