import Foundation
import Kernels
import Language

/// In training, turns each image around its middle by up to a part of a whole turn.
///
///     y[r, c] = x at the place turned by u 2 pi,   u from -factor to factor
public struct RandomRotation: WarpingLayer {
  /// The greatest part of a turn.
  public var factor: Float

  /// A layer of that strength.
  public init(factor: Float) { self.factor = factor }

  public var kind: String { "RandomRotation" }
  public var baseName: String { "random_rotation" }
  public var word: String { "rotate" }

  public func map(height: Float, width: Float, from source: inout RandomSource) -> AffineMap {
    RandomRotation.map(turn: source.uniform(-factor, factor), height: height, width: width)
  }

  /// The map of that part of a whole turn.
  static func map(turn: Float, height: Float, width: Float) -> AffineMap {
    let angle = turn * 2 * .pi
    return AffineMap.centred(cos(angle), -sin(angle), sin(angle), cos(angle), height: height, width: width)
  }
}

extension RandomRotation {
  /// `layer rotate`.
  public static let declaration = Declaration<any LayerDescription>(
    "rotate", "In training, turns each image around its middle by up to a part of a turn.",
    formula: "y[r, c] = x at the place turned by u 2 pi", examples: ["input 28x28x1; layer rotate 0.1"],
    .decimal("factor", "the greatest part of a whole turn", .from(0, to: 1))
  ) { factor in RandomRotation(factor: Float(factor)) }
}
