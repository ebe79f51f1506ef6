import Kernels
import Language

/// In training, makes each image's channels stand out more or less from their means.
///
///     y = u (x - mean) + mean, held within 0...high;   u from 1 - factor to 1 + factor
///
/// Keras takes 255 for the greatest value; here it is 1, as images are.
public struct RandomContrast: ToningLayer {
  /// The strength.
  public var factor: Float
  /// The greatest value that an image may have.
  public var high: Float

  /// A layer of that strength.
  public init(factor: Float, high: Float = 1) {
    self.factor = factor
    self.high = high
  }

  public var kind: String { "RandomContrast" }
  public var baseName: String { "random_contrast" }
  public var word: String { "contrast" }

  public func tone(from source: inout RandomSource) -> (scale: Float, shift: Float) { (1 + source.uniform(-factor, factor), 0) }
}

extension RandomContrast {
  /// `layer contrast`.
  public static let declaration = Declaration<any LayerDescription>(
    "contrast", "In training, makes each image stand out more or less from its mean.",
    formula: "y = u (x - mean) + mean, held within 0...high", examples: ["input 28x28x1; layer contrast 0.2"],
    notes: "Images here have values from 0 to 1; high=255 for those of bytes.",
    .decimal("factor", "how far the factor may lie from 1", .from(0, to: 1)),
    .decimal("high", "the greatest value of an image", .positive, default: 1).named
  ) { factor, high in RandomContrast(factor: Float(factor), high: Float(high)) }
}
