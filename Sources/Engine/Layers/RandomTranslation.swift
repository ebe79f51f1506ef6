import Kernels
import Language

/// In training, moves each image by up to a part of its height and width.
///
///     y[r, c] = x[r - u height, c - v width],   u and v from -factor to factor
public struct RandomTranslation: WarpingLayer {
  /// The greatest part of height and width.
  public var factor: Float

  /// A layer of that strength.
  public init(factor: Float) { self.factor = factor }

  public var kind: String { "RandomTranslation" }
  public var baseName: String { "random_translation" }
  public var word: String { "translate" }

  public func map(height: Float, width: Float, from source: inout RandomSource) -> AffineMap {
    let down = source.uniform(-factor, factor) * height, right = source.uniform(-factor, factor) * width
    return RandomTranslation.map(down: down, right: right, height: height, width: width)
  }

  /// The map that moves the image so many pixels down and to the right.
  static func map(down: Float, right: Float, height: Float, width: Float) -> AffineMap {
    AffineMap.centred(1, 0, 0, 1, right: -right, down: -down, height: height, width: width)
  }
}

extension RandomTranslation {
  /// `layer translate`.
  public static let declaration = Declaration<any LayerDescription>(
    "translate", "In training, moves each image by up to a part of its size.", formula: "y[r, c] = x[r - u height, c - v width]",
    examples: ["input 28x28x1; layer translate 0.1"],
    .decimal("factor", "the greatest part of height and width", .from(0, to: 1))
  ) { factor in RandomTranslation(factor: Float(factor)) }
}
