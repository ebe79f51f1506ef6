import Kernels
import Language

/// Global average pooling: each channel of an image becomes its mean.
///
///     y[k] = mean over r, c of x[r, c, k]
public struct GlobalAveragePooling2D: GlobalPooling {
  /// A global pooling.
  public init() {}

  public var kind: String { "GlobalAveragePooling2D" }
  public var baseName: String { "global_average_pooling2d" }

  static var word: String { "globalavgpool" }
  static var isMaximum: Bool { false }

  public func makeStep(at site: LayerSite) -> any LayerStep {
    AveragePoolingStep(site, window: .whole(of: site.inputShape))
  }
}

extension GlobalAveragePooling2D {
  /// `layer globalavgpool`.
  public static let declaration = declaration(
    aliases: ["globalaveragepooling2d"], "Each channel of an image becomes its mean.",
    formula: "y[k] = mean over r, c of x[r, c, k]")
}
