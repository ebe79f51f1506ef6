import Foundation
import Language

/// Drawn geometric shapes, filled or as outlines, each of its own size, width, place and rotation.
///
/// Images are size x size x 1 with intensities from 0 to 1, light on dark, antialiased. The classes, in order: circle, cross, heart, moon,
/// pentagon, square, star, triangle.
public struct Shapes: DatasetRecipe, Equatable {
  static let names = ["circle", "cross", "heart", "moon", "pentagon", "square", "star", "triangle"]

  /// How many, how large, how noisy, how much turned, from which seed.
  public var options: PictureOptions

  /// Shapes of the given options.
  public init(_ options: PictureOptions = PictureOptions(rotation: 180)) { self.options = options }

  /// `shapes`.
  public var name: String { "shapes" }

  /// The command line that draws these images.
  public var description: String { "data shapes " + options.words }

  /// Draws the images; throws a `Complaint` when an option is out of its range.
  public func load(_ environment: DataEnvironment) throws -> Dataset {
    let options = try options.resolved(in: environment)
    return try options.dataset(of: Shapes(options), classes: Shapes.names) { shape, sketch in
      let isFilled = sketch.random.next() % 2 == 0
      sketch.style = isFilled ? .area : .line(radius: sketch.random.uniform(0.025, 0.05))
      sketch.slant = 0.04
      sketch.halfHeight = 0.24...0.46
      sketch.addLine(Shapes.outlines[shape], unsteadiness: 0.008)
    }
  }

  /// The corners of each shape, the first one again at the end.
  static let outlines: [[SketchPoint]] = [
    polygon(40), cross, heart, moon, polygon(5), polygon(4, turned: .pi / 4), star, polygon(3),
  ].map { $0 + [$0[0]] }

  private static func polygon(_ corners: Int, turned: Float = 0) -> [SketchPoint] {
    (0..<corners).map { point(2 * .pi * Float($0) / Float(corners) + turned, 1) }
  }

  /// The point at an angle from the top, clockwise.
  private static func point(_ angle: Float, _ radius: Float) -> SketchPoint { SketchPoint(radius * sinf(angle), -radius * cosf(angle)) }

  private static let star = (0..<10).map { point(.pi * Float($0) / 5, $0 % 2 == 0 ? 1 : 0.42) }

  private static let cross: [SketchPoint] = {
    let (arm, end): (Float, Float) = (0.3, 0.95)
    let quarter = [(-arm, -end), (arm, -end), (arm, -arm)]
    return (0..<4).flatMap { turn in
      quarter.map { x, y in
        switch turn {
        case 0: SketchPoint(x, y)
        case 1: SketchPoint(-y, x)
        case 2: SketchPoint(-x, -y)
        default: SketchPoint(y, -x)
        }
      }
    }
  }()

  /// x = 16 sin^3 t, y = 13 cos t - 5 cos 2t - 2 cos 3t - cos 4t, in seventeenths.
  private static let heart = (0..<40).map { i in
    let t = 2 * Float.pi * Float(i) / 40
    let y = 13 * cosf(t) - 5 * cosf(2 * t) - 2 * cosf(3 * t) - cosf(4 * t)
    return SketchPoint(powf(sinf(t), 3) * 16 / 17, -y / 17)
  }

  /// A disc less another one that lies to its right.
  private static let moon: [SketchPoint] = {
    // Both circles pass through the two tips, at this angle to either side of the left.
    let tip: Float = 0.75 * .pi
    let outer = (0...24).map { i in
      let angle = .pi - tip + 2 * tip * Float(i) / 24
      return SketchPoint(0.35 + cosf(angle), sinf(angle))
    }
    let (x, y) = (outer[24].x, outer[24].y)
    let centre: Float = 0.75
    let radius = hypotf(x - centre, y)
    let end = atan2f(y, x - centre)
    let inner = (1..<24).map { i in
      let angle = -abs(end) - (2 * .pi - 2 * abs(end)) * Float(i) / 24
      return SketchPoint(centre + radius * cosf(angle), radius * sinf(angle))
    }
    return outer + inner
  }()
}

extension Shapes {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "shapes", "Drawn geometric shapes as images: circle, cross, heart, moon, pentagon, square, star, triangle.",
    examples: ["data shapes 160", "data shapes 80 size=32 noise=0 rotation=0"],
    PictureOptions.countArgument, PictureOptions.sizeArgument, PictureOptions.noiseArgument,
    PictureOptions.rotationArgument(default: 180), DrawnOptions.seedArgument
  ) { count, size, noise, rotation, seed in
    Shapes(PictureOptions(count: count, size: size, noise: noise, rotation: rotation, seed: seed))
  }
}
