import Kernels
import Language

/// In training, makes each image larger or smaller by up to a part, height and width alike.
///
///     y[r, c] = x at (1 + u) times the distance from the middle,   u from -factor to factor: below 0 it is enlarged
public struct RandomZoom: WarpingLayer {
  /// The greatest part.
  public var factor: Float

  /// A layer of that strength.
  public init(factor: Float) { self.factor = factor }

  public var kind: String { "RandomZoom" }
  public var baseName: String { "random_zoom" }
  public var word: String { "zoom" }

  public func map(height: Float, width: Float, from source: inout RandomSource) -> AffineMap {
    RandomZoom.map(part: source.uniform(-factor, factor), height: height, width: width)
  }

  /// The map that shows the image larger by that part where it is below 0, else smaller.
  static func map(part: Float, height: Float, width: Float) -> AffineMap {
    let scale = 1 + part
    return AffineMap.centred(scale, 0, 0, scale, height: height, width: width)
  }
}

extension RandomZoom {
  /// `layer zoom`.
  public static let declaration = Declaration<any LayerDescription>(
    "zoom", "In training, makes each image larger or smaller by up to a part.",
    formula: "y[r, c] = x at (1 + u) times the distance from the middle", examples: ["input 28x28x1; layer zoom 0.1"],
    .decimal("factor", "the greatest part by which an image grows or shrinks", .from(0, to: 1))
  ) { factor in RandomZoom(factor: Float(factor)) }
}
