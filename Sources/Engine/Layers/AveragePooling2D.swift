import Kernels
import Language

/// Average pooling: each window becomes its mean, a channel on its own. Cells beyond the edges are not counted.
///
///     y = mean over the window of x;   dx = dy / (cells of the window on the image), summed over the windows
public struct AveragePooling2D: WindowPooling {
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

  public var kind: String { "AveragePooling2D" }
  public var baseName: String { "average_pooling2d" }
  public var releasesInput: Bool { true }
  public var yieldsOutput: Bool { true }

  static var word: String { "avgpool" }
  static var isMaximum: Bool { false }

  public func makeStep(at site: LayerSite) throws -> any LayerStep {
    AveragePoolingStep(site, window: try window(on: site.inputShape).window)
  }
}

extension AveragePooling2D {
  /// `layer avgpool`.
  public static let declaration = declaration(
    aliases: ["averagepooling2d"], "Each window becomes its mean, a channel on its own.",
    formula: "y = mean over the window of x")
}
