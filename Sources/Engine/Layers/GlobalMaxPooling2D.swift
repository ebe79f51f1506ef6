import Kernels
import Language

/// Global max pooling: each channel of an image becomes its greatest value.
///
///     y[k] = max over r, c of x[r, c, k]
public struct GlobalMaxPooling2D: GlobalPooling {
  /// A global pooling.
  public init() {}

  public var kind: String { "GlobalMaxPooling2D" }
  public var baseName: String { "global_max_pooling2d" }

  static var word: String { "globalmaxpool" }
  static var isMaximum: Bool { true }

  public func makeStep(at site: LayerSite) -> any LayerStep {
    MaxPoolingStep(site, window: .whole(of: site.inputShape))
  }
}

extension GlobalMaxPooling2D {
  /// `layer globalmaxpool`.
  public static let declaration = declaration(
    aliases: ["globalmaxpooling2d"], "Each channel of an image becomes its greatest value.",
    formula: "y[k] = max over r, c of x[r, c, k]")
}
