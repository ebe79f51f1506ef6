import Kernels
import Language

/// A pooling over windows: what maximum and mean share, which is all but the step that computes them.
protocol WindowPooling: LayerDescription {
  /// The height and width of the window.
  var size: [Int] { get }
  /// How far it moves; nil for as far as it is large.
  var stride: [Int]? { get }
  /// What happens at the edges.
  var padding: Padding { get }
  /// What is typed after `layer`, for complaints.
  static var word: String { get }
  /// Whether the greatest value stays, or the mean.
  static var isMaximum: Bool { get }

  init(size: [Int], stride: [Int]?, padding: Padding)
}

extension WindowPooling {
  /// The window on an input of that shape, and the shape of what comes out.
  func window(on input: [Int]) throws -> (window: Window2D, output: [Int]) {
    let image = try input.image(for: Self.word)
    let (window, output) = try padding.window(size: size, stride: stride ?? size, on: image)
    return (window, output + [image[2]])
  }

  public var slidingWindow: SlidingWindow? { SlidingWindow(size: size, stride: stride ?? size, padding: padding) }

  public func outputShape(of input: [Int]) throws -> [Int] { try window(on: input).output }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) throws -> ReferenceTensor {
    let shape = Array(input.shape.dropFirst())
    let (window, output) = try window(on: shape)
    return input.pooled(window, from: shape, to: output, isMaximum: Self.isMaximum)
  }

  /// `layer WORD [SIZE] [stride=] [padding=]`.
  static func declaration(aliases: [String], _ summary: String, formula: String) -> Declaration<any LayerDescription> {
    Declaration<any LayerDescription>(
      word, aliases: aliases, summary, formula: formula, examples: ["input 28x28x1; layer \(word) 2"],
      .size("size", "height and width of the window", axes: 1...2, each: 1...10_000, default: [2]),
      .optional(.size("stride", "how far it moves: as far as it is large unless given", axes: 1...2, each: 1...10_000)).named,
      .choice("padding", "what happens at the edges", from: Padding.choices, default: "valid").named
    ) { (size: [Int], stride: [Int]?, padding: String) -> any LayerDescription in
      Self(size: size, stride: stride, padding: Padding(rawValue: padding) ?? .valid)
    }
  }
}
