import Kernels
import Language

/// Max pooling: of each window the greatest value stays, a channel on its own.
///
///     y = max over the window of x;   dx = dy where that value was, else 0
public struct MaxPooling2D: LayerDescription {
  /// The height and width of the window.
  public var size: [Int]
  /// How far it moves; nil for as far as it is large.
  public var stride: [Int]?
  /// What happens at the edges.
  public var padding: Padding

  /// A pooling with Keras' defaults.
  public init(size: [Int] = [2, 2], stride: [Int]? = nil, padding: Padding = .valid) {
    self.size = pair(size)
    self.stride = stride.map(pair)
    self.padding = padding
  }

  public var kind: String { "MaxPooling2D" }
  public var baseName: String { "max_pooling2d" }
  public var takesOverReLU: Bool { true }

  private func window(_ input: [Int]) throws -> (window: Window2D, output: [Int]) {
    let image = try input.image(for: "maxpool")
    let (window, output) = try padding.window(size: size, stride: stride ?? size, on: image)
    return (window, output + [image[2]])
  }

  public func outputShape(of input: [Int]) throws -> [Int] { try window(input).output }

  public func makeStep(at site: LayerSite) throws -> any LayerStep {
    MaxPoolingStep(site, window: try window(site.inputShape).window)
  }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) throws -> ReferenceTensor {
    let shape = Array(input.shape.dropFirst())
    let (window, output) = try window(shape)
    return input.pooled(window, from: shape, to: output, isMaximum: true)
  }
}

extension MaxPooling2D {
  /// `layer maxpool`.
  public static let declaration = Declaration<any LayerDescription>(
    "maxpool", aliases: ["maxpooling2d"],
    "Of each window the greatest value stays, a channel on its own.",
    formula: "y = max over the window of x", examples: ["input 28x28x1; layer maxpool 2"],
    .size("size", "height and width of the window", axes: 1...2, each: 1...10_000, default: [2]),
    .optional(.size("stride", "how far it moves: as far as it is large unless given", axes: 1...2, each: 1...10_000)).named,
    .choice("padding", "what happens at the edges", from: Padding.choices, default: "valid").named
  ) { (size: [Int], stride: [Int]?, padding: String) -> any LayerDescription in
    MaxPooling2D(size: size, stride: stride, padding: Padding(rawValue: padding) ?? .valid)
  }
}
