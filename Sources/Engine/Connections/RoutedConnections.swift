import Kernels

/// A layer that chooses, moves, averages or adds values without weights: which values an element is made of.
public protocol RoutedLayer: LayerDescription {
  /// The places that one element is made of, each in a sample of one of the inputs (0 for the first); none where zeros were put.
  func sources(of output: [Int], inputs: [[Int]]) throws -> [(input: Int, place: [Int])]
}

extension MaxPooling2D: RoutedLayer {
  public func sources(of output: [Int], inputs: [[Int]]) throws -> [(input: Int, place: [Int])] { try windowSources(output, inputs[0]) }
}

extension AveragePooling2D: RoutedLayer {
  public func sources(of output: [Int], inputs: [[Int]]) throws -> [(input: Int, place: [Int])] { try windowSources(output, inputs[0]) }
}

extension WindowPooling {
  fileprivate func windowSources(_ output: [Int], _ input: [Int]) throws -> [(input: Int, place: [Int])] {
    try window(on: input).window.cells(at: output, on: input).map { (0, $0.pixel + [output[2]]) }
  }
}

extension GlobalMaxPooling2D: RoutedLayer {
  public func sources(of output: [Int], inputs: [[Int]]) -> [(input: Int, place: [Int])] {
    Tensor.places(of: Array(inputs[0].prefix(2))).map { (0, $0 + output) }
  }
}

extension GlobalAveragePooling2D: RoutedLayer {
  public func sources(of output: [Int], inputs: [[Int]]) -> [(input: Int, place: [Int])] {
    Tensor.places(of: Array(inputs[0].prefix(2))).map { (0, $0 + output) }
  }
}

extension Flatten: RoutedLayer {
  public func sources(of output: [Int], inputs: [[Int]]) -> [(input: Int, place: [Int])] { [(0, Tensor.place(output[0], in: inputs[0]))] }
}

extension Reshape: RoutedLayer {
  public func sources(of output: [Int], inputs: [[Int]]) throws -> [(input: Int, place: [Int])] {
    let shape = try outputShape(of: inputs[0])
    return [(0, Tensor.place(zip(output, shape).reduce(0) { $0 * $1.1 + $1.0 }, in: inputs[0]))]
  }
}

extension ZeroPadding2D: RoutedLayer {
  public func sources(of output: [Int], inputs: [[Int]]) -> [(input: Int, place: [Int])] {
    let pixel = [output[0] - size[0], output[1] - size[1]]
    return zip(pixel, inputs[0]).allSatisfy { $0 >= 0 && $0 < $1 } ? [(0, pixel + [output[2]])] : []
  }
}

extension UpSampling2D: RoutedLayer {
  public func sources(of output: [Int], inputs: [[Int]]) -> [(input: Int, place: [Int])] {
    [(0, [output[0] / size[0], output[1] / size[1], output[2]])]
  }
}

extension Add: RoutedLayer {
  public func sources(of output: [Int], inputs: [[Int]]) -> [(input: Int, place: [Int])] { inputs.indices.map { ($0, output) } }
}

extension Concatenate: RoutedLayer {
  public func sources(of output: [Int], inputs: [[Int]]) -> [(input: Int, place: [Int])] {
    var place = output.last ?? 0
    for (index, input) in inputs.enumerated() {
      let width = input.last ?? 1
      if place < width { return [(index, output.dropLast() + [place])] }
      place -= width
    }
    return []
  }
}
