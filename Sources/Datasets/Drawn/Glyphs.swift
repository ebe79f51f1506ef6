import Language

/// Drawn digits from 0 to 9, each different: of several ways to write it, with its own slant, width, thickness, place and rotation.
///
/// Images are size x size x 1 with intensities from 0 to 1, light on dark, antialiased.
public struct Glyphs: DatasetRecipe, Equatable {
  /// How many, how large, how noisy, how much turned, from which seed.
  public var options: PictureOptions

  /// Digits of the given options.
  public init(_ options: PictureOptions = PictureOptions(rotation: 10)) { self.options = options }

  /// `glyphs`.
  public var name: String { "glyphs" }

  /// The command line that draws these images.
  public var description: String { "data glyphs " + options.words }

  /// Draws the images; throws a `Complaint` when an option is out of its range.
  public func load(_ environment: DataEnvironment) throws -> Dataset {
    let options = try options.resolved(in: environment)
    return try options.dataset(of: Glyphs(options), classes: (0...9).map(String.init)) { digit, sketch in
      sketch.style = .line(radius: sketch.random.uniform(0.026, 0.062))
      sketch.slant = 0.16
      let ways = GlyphStrokes.digits[digit]
      for stroke in ways[Int(sketch.random.next() % UInt64(ways.count))] {
        switch stroke {
        case .line(let points): sketch.addLine(points, unsteadiness: 0.05)
        case .curve(let points): sketch.addCurve(points, unsteadiness: 0.05)
        case .ring(let points): sketch.addCurve(points, unsteadiness: 0.04, isClosed: true)
        }
      }
    }
  }
}

extension Glyphs {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "glyphs", "Drawn digits from 0 to 9, as images.",
    examples: ["data glyphs 200", "data glyphs 100 size=16 noise=0.2 rotation=20 seed=3"],
    PictureOptions.countArgument, PictureOptions.sizeArgument, PictureOptions.noiseArgument,
    PictureOptions.rotationArgument(default: 10), DrawnOptions.seedArgument
  ) { count, size, noise, rotation, seed in
    Glyphs(PictureOptions(count: count, size: size, noise: noise, rotation: rotation, seed: seed))
  }
}
