import Kernels
import Language

/// In training, makes each image brighter or darker.
///
///     y = x + u high, held within 0...high;   u from -factor to factor
///
/// Keras takes 255 for the greatest value; here it is 1, as images are.
public struct RandomBrightness: ToningLayer {
  /// The strength.
  public var factor: Float
  /// The greatest value that an image may have.
  public var high: Float

  /// A layer of that strength.
  public init(factor: Float, high: Float = 1) {
    self.factor = factor
    self.high = high
  }

  public var kind: String { "RandomBrightness" }
  public var baseName: String { "random_brightness" }
  public var word: String { "brightness" }

  public func tone(from source: inout RandomSource) -> (scale: Float, shift: Float) { (1, source.uniform(-factor, factor) * high) }
}

extension RandomBrightness {
  /// `layer brightness`.
  public static let declaration = Declaration<any LayerDescription>(
    "brightness", "In training, makes each image brighter or darker.", formula: "y = x + u high, held within 0...high",
    examples: ["input 28x28x1; layer brightness 0.2"],
    notes: "Images here have values from 0 to 1; high=255 for those of bytes.",
    .decimal("factor", "the greatest change, as a part of the greatest value", .from(0, to: 1)),
    .decimal("high", "the greatest value of an image", .positive, default: 1).named
  ) { factor, high in RandomBrightness(factor: Float(factor), high: Float(high)) }
}
