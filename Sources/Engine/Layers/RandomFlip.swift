import Kernels
import Language

/// In training, turns each image over with probability 1/2: left and right, or top and bottom, or both, each on its own.
///
///     y[r, c] = x[r, width - 1 - c]
public struct RandomFlip: WarpingLayer {
  /// The directions in which an image may be turned over.
  public enum Mode: String, Sendable, CaseIterable {
    /// Left becomes right.
    case horizontal
    /// Top becomes bottom.
    case vertical
    /// Either, each with probability 1/2.
    case both
  }

  /// The directions.
  public var mode: Mode

  /// A random flip.
  public init(mode: Mode) { self.mode = mode }

  public var kind: String { "RandomFlip" }
  public var baseName: String { "random_flip" }
  public var word: String { "flip" }

  public func map(height: Float, width: Float, from source: inout RandomSource) -> AffineMap {
    let (across, down) = (source.uniform() < 0.5, source.uniform() < 0.5)
    return RandomFlip.map(across: across && mode != .vertical, down: down && mode != .horizontal, height: height, width: width)
  }

  /// The map that exchanges left and right, or top and bottom.
  static func map(across: Bool, down: Bool, height: Float, width: Float) -> AffineMap {
    AffineMap.centred(across ? -1 : 1, 0, 0, down ? -1 : 1, height: height, width: width)
  }
}

extension RandomFlip {
  /// `layer flip`.
  public static let declaration = Declaration<any LayerDescription>(
    "flip", "In training, turns half of the images over.", formula: "y[r, c] = x[r, width - 1 - c] for half of the images",
    examples: ["input 28x28x1; layer flip horizontal"],
    .choice(
      "mode", "the directions", from: [("horizontal", "left becomes right"), ("vertical", "top becomes bottom"), ("both", "either")],
      default: "both")
  ) { mode in RandomFlip(mode: Mode(rawValue: mode) ?? .both) }
}
