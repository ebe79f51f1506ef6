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

  /// The table of a summary in a block of code.
  static func listing(_ summary: NetworkSummary) -> String {
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
