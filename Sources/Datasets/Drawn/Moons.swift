import Foundation
import Language

/// Two half circles that reach into each other: a problem that no straight line solves.
///
///     class 0:  (cos t, sin t)            class 1:  (1 - cos t, 1/2 - sin t)            t evenly from 0 to pi
///
/// Normal noise is added to both coordinates; the rows are shuffled. Source: the `make_moons` of scikit-learn.
public struct Moons: DatasetRecipe, Equatable {
  /// How many points, how noisy, from which seed.
  public var options: DrawnOptions

  /// Moons of the given options.
  public init(_ options: DrawnOptions = DrawnOptions()) { self.options = options }

  /// `moons`.
  public var name: String { "moons" }

  /// The command line that draws these points.
  public var description: String { "data moons " + options.words() }

  /// Draws the points; throws a `Complaint` when an option is out of its range.
  public func load(_ environment: DataEnvironment) throws -> Dataset {
    let options = try options.resolved(in: environment, features: 2)
    var points = LabelledPoints(capacity: options.count)
    let outer = options.count / 2
    let inner = options.count - outer
    for i in 0..<outer {
      let t = evenlySpaced(i, of: outer, from: 0, to: .pi)
      try points.append(Float(cos(t)), Float(sin(t)), label: 0)
    }
    for i in 0..<inner {
      let t = evenlySpaced(i, of: inner, from: 0, to: .pi)
      try points.append(Float(1 - cos(t)), Float(0.5 - sin(t)), label: 1)
    }
    return try points.dataset(of: Moons(options), options)
  }
}

extension Moons {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "moons", "Two half circles that reach into each other: no straight line parts them.",
    formula: "(cos t, sin t) and (1 - cos t, 1/2 - sin t)", examples: ["data moons 500", "data moons 1000 noise=0.2 seed=7"],
    DrawnOptions.countArgument, DrawnOptions.noiseArgument,
    DrawnOptions.seedArgument
  ) { count, noise, seed in Moons(DrawnOptions(count: count, noise: noise, seed: seed)) }
}
