import Engine

/// A network together with the commands that build it, as an exercise shows them.
struct DrawnNetwork {
  private(set) var network: Network
  private(set) var commands: [String]

  init(input: [Int]) throws {
    network = try Network(inputShape: input)
    commands = ["input " + input.map { String($0) }.joined(separator: "x")]
  }

  mutating func dense(_ units: Int, _ activation: Activation = .linear) throws {
    try network.append(Dense(units: units, activation: activation))
    commands.append("layer dense \(units)" + (activation == .linear ? "" : " \(activation.name)"))
  }

  mutating func convolution(_ filters: Int, _ size: Int, stride: Int = 1, padding: Padding = .valid, _ activation: Activation = .linear)
    throws
  {
    try network.append(
      Conv2D(filters: filters, kernelSize: [size, size], activation: activation, stride: [stride, stride], padding: padding))
    commands.append(
      "layer conv2d \(filters) \(size)x\(size)" + (activation == .linear ? "" : " \(activation.name)") + " stride=\(stride)"
        + " padding=\(padding.rawValue)")
  }

  mutating func maxPooling(_ size: Int, stride: Int, padding: Padding) throws {
    try network.append(MaxPooling2D(size: [size, size], stride: [stride, stride], padding: padding))
    commands.append("layer maxpool \(size) stride=\(stride) padding=\(padding.rawValue)")
  }

  mutating func batchNormalization() throws {
    try network.append(BatchNormalization())
    commands.append("layer batchnorm")
  }

  mutating func dropout(_ rate: Double) throws {
    try network.append(Dropout(rate: Float(rate)))
    commands.append("layer dropout \(decimal(rate))")
  }

  mutating func flatten() throws {
    try network.append(Flatten())
    commands.append("layer flatten")
  }

  /// The shape that each layer reads.
  var inputs: [[Int]] {
    [network.inputShape ?? []] + network.summary.rows.dropLast().map { ($0.outputShape ?? []).compactMap(\.self) }
  }

  /// How the count of each layer arises, a line a layer that has parameters.
  var work: [String] {
    zip(zip(network.layers, inputs), network.summary.rows).compactMap { layer, row in
      guard row.parameters > 0 else { return nil }
      return "`\(row.name)`: " + DrawnNetwork.work(layer.0.layer, layer.1, row)
    }
  }

  /// How the count of one layer arises: "8 units x (2 inputs + 1 bias) = 24".
  static func work(_ layer: any LayerDescription, _ input: [Int], _ row: NetworkSummary.Row) -> String {
    let channels = input.last ?? 1
    switch layer {
    case let layer as Dense: return "\(plural(layer.units, "unit")) x (\(plural(channels, "input")) + 1 bias) = \(row.parameters)"
    case let layer as Conv2D:
      let window = layer.kernelSize.map { String($0) }.joined(separator: " x ")
      return "\(plural(layer.filters, "filter")) x (\(window) x \(plural(channels, "channel")) + 1 bias) = \(row.parameters)"
    case is BatchNormalization:
      return
        "\(channels) x 4 (gamma, beta, moving mean, moving variance) = \(row.parameters), of which gamma and beta, \(row.trainable), are trainable"
    default: return "\(row.parameters)"
    }
  }

  /// The table of a summary in a block of code.
  static func listing(_ summary: NetworkSummary, showsShapes: Bool = true) -> String {
    let rows =
      [["Layer (type)", "Output Shape", "Param #"]]
      + summary.rows.map { row in
        let shape = (row.outputShape ?? []).map { $0.map { String($0) } ?? "None" }.joined(separator: ", ")
        return ["\(row.name) (\(row.kind))", "(\(shape))", "\(row.parameters)"]
      }
    let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      row[0].padding(to: widths[0]) + "   " + row[1].padding(to: widths[1]) + "   "
        + String(repeating: " ", count: widths[2] - row[2].count) + row[2]
    }
    let totals = [
      "Total params: \(summary.total)", "Trainable params: \(summary.trainable)", "Non-trainable params: \(summary.nonTrainable)",
    ]
    return Drills.commands(lines + totals)
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }
}
