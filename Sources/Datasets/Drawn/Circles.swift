import Foundation
import Language

/// A circle within a circle: a problem whose boundary is closed.
///
///     class 0:  (cos t, sin t)            class 1:  1/2 (cos t, sin t)            t evenly from 0 to 2 pi, the end left out
///
/// Normal noise is added to both coordinates; the rows are shuffled. Source: the `make_circles` of scikit-learn, with the inner radius 0.5
/// rather than 0.8, so that the default noise leaves a gap.
public struct Circles: DatasetRecipe, Equatable {
  /// The radius of the inner circle; that of the outer one is 1.
  static let innerRadius = 0.5

  /// How many points, how noisy, from which seed.
  public var options: DrawnOptions

  /// Circles of the given options.
  public init(_ options: DrawnOptions = DrawnOptions()) { self.options = options }

  /// `circles`.
  public var name: String { "circles" }

  /// The command line that draws these points.
  public var description: String { "data circles " + options.words() }

  /// Draws the points; throws a `Complaint` when an option is out of its range.
  public func load(_ environment: DataEnvironment) throws -> Dataset {
    let options = try options.resolved(in: environment, features: 2)
    var points = LabelledPoints(capacity: options.count)
    let outer = options.count / 2
    for (label, count, radius) in [(0, outer, 1), (1, options.count - outer, Circles.innerRadius)] {
      for i in 0..<count {
        let t = 2 * Double.pi * Double(i) / Double(count)
        try points.append(Float(radius * cos(t)), Float(radius * sin(t)), label: label)
      }
    }
    return try points.dataset(of: Circles(options), options)
  }
}

extension Circles {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "circles", "A circle within a circle: the boundary is closed.",
    formula: "(cos t, sin t) and 1/2 (cos t, sin t)", examples: ["data circles 500"],
    DrawnOptions.countArgument, DrawnOptions.noiseArgument,
    DrawnOptions.seedArgument
  ) { count, noise, seed in Circles(DrawnOptions(count: count, noise: noise, seed: seed)) }
}
