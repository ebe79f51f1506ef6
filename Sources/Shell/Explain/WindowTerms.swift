import Engine
import Language

/// The window that an output of a convolution or a pooling sees, as matrices: the image, the weights, their products.
struct WindowTerms {
  let scene: UpdateScene
  let layer: UpdateScene.Layer
  let place: [Int]

  /// The widest window that is drawn, and the most channels.
  private static let widest = 7, mostChannels = 3

  /// The window; nothing for layers without one.
  func sections() throws -> [ExplanationFacts.Section] {
    switch layer.kind {
    case let kind as Conv2D: return try convolution(kind.connections(to: place, input: layer.inputs[0]), kind.kernelSize)
    case let kind as DepthwiseConv2D: return try convolution(kind.connections(to: place, input: layer.inputs[0]), kind.kernelSize)
    case let kind as MaxPooling2D: return try pooling(kind.sources(of: place, inputs: layer.inputs))
    case let kind as AveragePooling2D: return try pooling(kind.sources(of: place, inputs: layer.inputs))
    default: return []
    }
  }

  private func convolution(_ connections: [Connection], _ size: [Int]) throws -> [ExplanationFacts.Section] {
    guard size[0] * size[1] > 1, size[1] <= Self.widest, size[0] <= Self.widest else { return [] }
    let weights = try scene.tensor("\(layer.name).kernel")
    let channels = Array(Set(connections.map { $0.input[2] })).sorted()
    let x = scene.notation.output(layer.sources[0]), w = scene.notation.parameter("kernel", of: layer.name)
    let quantities = try channels.prefix(Self.mostChannels).flatMap { channel -> [Quantity] in
      var images = grid(size), kernels = grid(size), products = grid(size), total = 0.0
      for connection in connections where connection.input[2] == channel {
        let (row, column) = (connection.weight[0], connection.weight[1])
        let value = try scene.value("\(layer.sources[0]).output", connection.input), weight = weights[connection.weight]
        images[row][column] = Figure.text(value)
        kernels[row][column] = Figure.text(weight)
        products[row][column] = Figure.text(value * weight)
        total += value * weight
      }
      let suffix = channels.count == 1 && layer.inputs[0][2] == 1 ? "" : "\\text{ channel }\(channel)"
      return [
        matrix("x\(suffix)", "\(x.latex)\(suffix)", images), matrix("w\(suffix)", "\(w.latex)\(suffix)", kernels),
        matrix("products", "\\text{products}", products, total: total),
      ]
    }
    let rest = channels.count - Self.mostChannels
    return [
      ExplanationFacts.Section(
        "the window", quantities, notes: rest > 0 ? ["and \(rest) more \(plural(rest, "channel")) in the same way; then the bias"] : [])
    ]
  }

  // What lies beyond the image is padding.
  private func grid(_ size: [Int]) -> [[String]] { [[String]](repeating: [String](repeating: "0", count: size[1]), count: size[0]) }

  private func pooling(_ sources: [(input: Int, place: [Int])]) throws -> [ExplanationFacts.Section] {
    let rows = Array(Set(sources.map { $0.place[0] })).sorted(), columns = Array(Set(sources.map { $0.place[1] })).sorted()
    guard rows.count <= Self.widest, columns.count <= Self.widest else { return [] }
    let values = try rows.map { row in
      try columns.map { column in Figure.text(try scene.value("\(layer.sources[0]).output", [row, column, place[2]])) }
    }
    let x = scene.notation.output(layer.sources[0])
    return [ExplanationFacts.Section("the window", [matrix(x.symbol, x.latex, values)])]
  }

  private func matrix(_ symbol: String, _ latex: String, _ rows: [[String]], total: Double? = nil) -> Quantity {
    let body = rows.map { $0.joined(separator: " & ") }.joined(separator: " \\\\ ")
    var numbers = "\\begin{pmatrix} \(body) \\end{pmatrix}"
    if let total { numbers += " \\quad \\text{sum} = \(Figure.text(total))" }
    return Quantity(
      symbol: symbol, notation: latex, meaning: "", formula: "", numbers: numbers, value: .none, isDisplay: true, isTextOnly: true)
  }
}
