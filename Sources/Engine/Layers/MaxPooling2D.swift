import Kernels
import Language

/// Max pooling: of each window the greatest value stays, a channel on its own.
///
///     y = max over the window of x;   dx = dy where that value was, else 0
public struct MaxPooling2D: WindowPooling {
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
  public var releasesInput: Bool { true }
  public var takesOverReLU: Bool { true }

  static var word: String { "maxpool" }
  static var isMaximum: Bool { true }

  public func keptCount(for input: [Int], trains: Bool) -> Int {
    trains ? (try? outputShape(of: input)).map { Tensor.count(of: $0) } ?? 0 : 0
  }

  public func makeStep(at site: LayerSite) throws -> any LayerStep {
    MaxPoolingStep(site, window: try window(on: site.inputShape).window)
  }
}

extension MaxPooling2D {
  /// `layer maxpool`.
  public static let declaration = declaration(
    aliases: ["maxpooling2d"], "Of each window the greatest value stays, a channel on its own.",
    formula: "y = max over the window of x")
}
