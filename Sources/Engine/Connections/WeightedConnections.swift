import Kernels

/// A product of an input and a weight, by their places: in one sample of the input, and in the weight's tensor.
public struct Connection: Sendable, Equatable {
  /// The place of the input in a sample.
  public let input: [Int]
  /// The place of the weight.
  public let weight: [Int]
}

/// A layer whose sum before the activation is made of products of inputs and weights: which ones is told one element at a time.
///
///     z[output] = sum over the connections of x[input] W[weight], plus b[the output's last place]
///     dJ/dW[weight] = sum over the samples and the uses of dJ/dz[output] x[input]
public protocol WeightedLayer: ActivatedLayer {
  /// Whether a bias is added.
  var useBias: Bool { get }
  /// The products that one element is the sum of; those with the zeros around an image are left out.
  func connections(to output: [Int], input: [Int]) throws -> [Connection]
  /// Where a weight is used: the elements of a sample's sum that it goes into, and what it is multiplied by there.
  func uses(of weight: [Int], input: [Int]) throws -> [(output: [Int], input: [Int])]
  /// Where an input is used: the elements of the sum that it goes into, and the weight it is multiplied by there.
  func readers(of place: [Int], input: [Int]) throws -> [(output: [Int], weight: [Int])]
}

extension Dense: WeightedLayer {
  public func connections(to output: [Int], input: [Int]) -> [Connection] {
    let unit = output.last ?? 0
    return (0..<(input.last ?? 1)).map { Connection(input: output.dropLast() + [$0], weight: [$0, unit]) }
  }

  public func uses(of weight: [Int], input: [Int]) -> [(output: [Int], input: [Int])] {
    Tensor.places(of: Array(input.dropLast())).map { ($0 + [weight[1]], $0 + [weight[0]]) }
  }

  public func readers(of place: [Int], input: [Int]) -> [(output: [Int], weight: [Int])] {
    (0..<units).map { (place.dropLast() + [$0], [place.last ?? 0, $0]) }
  }
}

extension Conv2D: WeightedLayer {
  public func connections(to output: [Int], input: [Int]) throws -> [Connection] {
    try geometry(input).window.cells(at: output, on: input).flatMap { cell, pixel in
      (0..<input[2]).map { Connection(input: pixel + [$0], weight: cell + [$0, output[2]]) }
    }
  }

  public func uses(of weight: [Int], input: [Int]) throws -> [(output: [Int], input: [Int])] {
    let geometry = try geometry(input)
    return geometry.window.pixels(under: Array(weight.prefix(2)), on: input, output: geometry.output).map { output, pixel in
      (output + [weight[3]], pixel + [weight[2]])
    }
  }

  public func readers(of place: [Int], input: [Int]) throws -> [(output: [Int], weight: [Int])] {
    let geometry = try geometry(input)
    return geometry.window.readers(of: place, output: geometry.output).flatMap { cell, pixel in
      (0..<filters).map { (pixel + [$0], cell + [place[2], $0]) }
    }
  }
}

extension DepthwiseConv2D: WeightedLayer {
  public func connections(to output: [Int], input: [Int]) throws -> [Connection] {
    let channel = output[2] / multiplier
    return try geometry(input).window.cells(at: output, on: input).map { cell, pixel in
      Connection(input: pixel + [channel], weight: cell + [channel, output[2] % multiplier])
    }
  }

  public func uses(of weight: [Int], input: [Int]) throws -> [(output: [Int], input: [Int])] {
    let geometry = try geometry(input)
    return geometry.window.pixels(under: Array(weight.prefix(2)), on: input, output: geometry.output).map { output, pixel in
      (output + [weight[2] * multiplier + weight[3]], pixel + [weight[2]])
    }
  }

  public func readers(of place: [Int], input: [Int]) throws -> [(output: [Int], weight: [Int])] {
    let geometry = try geometry(input)
    return geometry.window.readers(of: place, output: geometry.output).flatMap { cell, pixel in
      (0..<multiplier).map { (pixel + [place[2] * multiplier + $0], cell + [place[2], $0]) }
    }
  }
}

extension Conv2DTranspose: WeightedLayer {
  // The window of the convolution from output to input: each input pixel is spread over it.
  public func connections(to output: [Int], input: [Int]) throws -> [Connection] {
    let geometry = try geometry(input)
    let cells = geometry.window.readers(of: output, output: geometry.output)
    return cells.flatMap { cell, pixel in
      (0..<input[2]).map { Connection(input: pixel + [$0], weight: cell + [output[2], $0]) }
    }
  }

  public func uses(of weight: [Int], input: [Int]) throws -> [(output: [Int], input: [Int])] {
    let geometry = try geometry(input)
    return geometry.window.pixels(under: Array(weight.prefix(2)), on: geometry.input, output: geometry.output).map { small, large in
      (large + [weight[2]], small + [weight[3]])
    }
  }

  public func readers(of place: [Int], input: [Int]) throws -> [(output: [Int], weight: [Int])] {
    let geometry = try geometry(input)
    return geometry.window.cells(at: place, on: geometry.input).flatMap { cell, pixel in
      (0..<filters).map { (pixel + [$0], cell + [$0, place[2]]) }
    }
  }
}

extension Window2D {
  /// The cells of the window at an output pixel, each with the pixel of the image below it; cells beyond the image are left out.
  func cells(at output: [Int], on image: [Int]) -> [(cell: [Int], pixel: [Int])] {
    Tensor.places(of: size).compactMap { cell in
      let pixel = (0..<2).map { output[$0] * stride[$0] - before[$0] + cell[$0] * dilation[$0] }
      return zip(pixel, image).allSatisfy { $0 >= 0 && $0 < $1 } ? (cell, pixel) : nil
    }
  }

  /// The output pixels whose window has a cell on the image, each with the pixel below that cell.
  func pixels(under cell: [Int], on image: [Int], output: [Int]) -> [(output: [Int], pixel: [Int])] {
    Tensor.places(of: Array(output.prefix(2))).compactMap { place in
      let pixel = (0..<2).map { place[$0] * stride[$0] - before[$0] + cell[$0] * dilation[$0] }
      return zip(pixel, image).allSatisfy { $0 >= 0 && $0 < $1 } ? (place, pixel) : nil
    }
  }

  /// The output pixels whose window reaches a pixel of the image, each with the cell that lies above it.
  func readers(of pixel: [Int], output: [Int]) -> [(cell: [Int], output: [Int])] {
    Tensor.places(of: size).compactMap { cell in
      let shift = (0..<2).map { pixel[$0] + before[$0] - cell[$0] * dilation[$0] }
      guard zip(shift, stride).allSatisfy({ $0 >= 0 && $0 % $1 == 0 }) else { return nil }
      let place = zip(shift, stride).map { $0 / $1 }
      return zip(place, output).allSatisfy { $0 < $1 } ? (cell, place) : nil
    }
  }
}
