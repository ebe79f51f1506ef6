import Engine

/// What an edit of the network did.
public struct ModelFacts: Facts {
  /// The edit.
  public enum Edit: Sendable, Equatable {
    /// The input got a shape.
    case input([Int])
    /// A layer was appended, inserted or put in another's place.
    case layer(String)
    /// A layer is gone.
    case removed(String)
    /// A preset took the model's place.
    case preset(String)
    /// Training leaves a layer as it is.
    case frozen(String)
    /// Training changes a layer again.
    case unfrozen(String)
    /// The weights are again the initial ones.
    case rewound
  }
  /// The edit.
  public let edit: Edit
  /// The network after it.
  public let summary: NetworkSummary
  /// The layer that was added, as a row of the summary.
  public var row: NetworkSummary.Row? {
    guard case .layer(let name) = edit else { return nil }
    return summary.rows.first { $0.name == name }
  }

  init(_ edit: Edit, _ network: Network) {
    self.edit = edit
    summary = network.summary
  }

  /// What the edit touched, and the number of layers and parameters after it.
  public var json: [(String, JSONValue)] {
    var members: [(String, JSONValue)] = []
    switch edit {
    case .input(let shape): members.append(("input", .integers(shape)))
    case .layer: if let row { members.append(("layer", SummaryFacts.json(of: row))) }
    case .removed(let name): members.append(("removed", .string(name)))
    case .preset(let name): members.append(("preset", .string(name)))
    case .frozen(let name): members.append(("frozen", .string(name)))
    case .unfrozen(let name): members.append(("unfrozen", .string(name)))
    case .rewound: break
    }
    return members + [
      ("layers", .integer(summary.rows.count)), ("total", .integer(summary.total)), ("trainable", .integer(summary.trainable)),
    ]
  }
}

/// The table of the layers.
public struct SummaryFacts: Facts {
  /// How the table looks.
  public enum Style: String, Sendable, CaseIterable {
    /// As Keras 3 prints it.
    case keras
    /// As Keras 2 printed it.
    case classic
    /// A line a layer.
    case short
  }
  /// A layer's line.
  public typealias Row = NetworkSummary.Row
  /// A column besides those of Keras.
  public enum Column: String, Sendable, CaseIterable {
    /// The layer's part of all parameters.
    case share
    /// The products that a sample's forward pass adds up.
    case macs
    /// The bytes of its parameters, and of its output for one sample.
    case memory
    /// The size of its window.
    case kernel
    /// How far the window moves.
    case stride
    /// What its output goes through.
    case activation

    /// What it tells, for completion.
    var meaning: String {
      switch self {
      case .share: "the layer's part of all parameters"
      case .macs: "the products that a forward pass adds up"
      case .memory: "the bytes of parameters and output"
      case .kernel: "the size of its window"
      case .stride: "how far the window moves"
      case .activation: "what its output goes through"
      }
    }
  }
  /// The layers and totals.
  public let summary: NetworkSummary
  /// How the table looks.
  public let style: Style
  /// The columns that were asked for besides those of Keras.
  public var columns: [Column] = []
  /// What training holds in memory; nil until the model is compiled and its input known.
  public let memory: MemoryNeed?

  static func json(of row: NetworkSummary.Row, total: Int? = nil) -> JSONValue {
    let shape: JSONValue = row.outputShape.map { .array($0.map { $0.map { .integer($0) } ?? .null }) } ?? .null
    return .object(
      [
        ("name", .string(row.name)), ("kind", .string(row.kind)), ("output_shape", shape), ("parameters", .integer(row.parameters)),
        ("trainable", .integer(row.trainable)), ("frozen", .bool(row.isFrozen)),
        ("reads", .array(row.reads.map { .string($0 ?? "input") })),
        ("multiply_adds", count(row.multiplyAdds)), ("parameter_bytes", count(row.parameterBytes)),
        ("activation_bytes", count(row.activationBytes)), ("kernel", row.window.map { .integers($0.size) } ?? .null),
        ("stride", row.window.map { .integers($0.stride) } ?? .null), ("activation", .optional(row.activation)),
      ] + (total.map { [("share", $0 > 0 ? .number(Double(row.parameters) / Double($0)) : .null)] } ?? []))
  }

  /// A whole number that may be larger than 64 bits.
  private static func count(_ value: Double) -> JSONValue { Int(exactly: value).map { .integer($0) } ?? .number(value) }

  private var memoryJSON: JSONValue {
    guard let memory else { return .null }
    return .object([
      ("batch", .integer(memory.batch)), ("parameters", .integer(memory.parameters)), ("gradients", .integer(memory.gradients)),
      ("optimizer", .integer(memory.optimizer)), ("activations", .integer(memory.activations)), ("total", .integer(memory.total)),
    ])
  }

  /// The layers without the input, the totals, the bytes of all parameters, and those of the buffers that training needs.
  public var json: [(String, JSONValue)] {
    [
      ("layers", .array(summary.rows.map { SummaryFacts.json(of: $0, total: summary.total) })), ("total", .integer(summary.total)),
      ("trainable", .integer(summary.trainable)), ("non_trainable", .integer(summary.nonTrainable)), ("bytes", .integer(summary.bytes)),
      ("multiply_adds", SummaryFacts.count(summary.multiplyAdds)), ("memory", memoryJSON),
    ]
  }
}
