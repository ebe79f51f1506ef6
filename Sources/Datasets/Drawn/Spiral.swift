import Foundation
import Language

/// Arms that wind around the origin, one a class: a problem that asks for several layers.
///
///     arm k of K:  r (sin t, cos t)        r evenly from 0 to 3,   t = 2 pi (1.75 r/3 + k/K)
///
/// Normal noise is added to both coordinates; the rows are shuffled. Source: the spiral of TensorFlow Playground (two arms, 1.75 turns),
/// with the number of arms free.
public struct Spiral: DatasetRecipe, Equatable {
  /// How many arms there may be.
  public static let classCounts = 1...100
  static let radius = 3.0
  static let turns = 1.75

  /// How many points, how noisy, from which seed.
  public var options: DrawnOptions
  /// The number of arms.
  public var classes: Int

  /// A spiral of the given options and number of arms.
  public init(_ options: DrawnOptions = DrawnOptions(), classes: Int = 2) {
    self.options = options
    self.classes = classes
  }

  /// `spiral`.
  public var name: String { "spiral" }

  /// The command line that draws these points.
  public var description: String { "data spiral " + options.words(" classes=\(classes)") }

  /// Draws the points; throws a `Complaint` when an option is out of its range.
  public func load(_ environment: DataEnvironment) throws -> Dataset {
    let options = try options.resolved(in: environment, features: 2)
    guard Spiral.classCounts.contains(classes) else { throw Complaint.classCount(classes, in: Spiral.classCounts) }
    var points = LabelledPoints(capacity: options.count, classes: classes)
    for arm in 0..<classes {
      let count = share(arm, of: options.count, among: classes)
      for i in 0..<count {
        let fraction = evenlySpaced(i, of: count, from: 0, to: 1)
        let t = 2 * Double.pi * (Spiral.turns * fraction + Double(arm) / Double(classes))
        try points.append(Float(Spiral.radius * fraction * sin(t)), Float(Spiral.radius * fraction * cos(t)), label: arm)
      }
    }
    return try points.dataset(of: Spiral(options, classes: classes), options)
  }
}

/// How many of `count` points the group gets when all groups get the same number as nearly as can be, the first ones one more.
func share(_ group: Int, of count: Int, among groups: Int) -> Int { count / groups + (group < count % groups ? 1 : 0) }

extension Spiral {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "spiral", "Arms that wind around the origin, one a class.",
    formula: "r (sin t, cos t), t = 2 pi (1.75 r/3 + k/K)", examples: ["data spiral 600 classes=3"],
    DrawnOptions.countArgument, DrawnOptions.noiseArgument,
    .integer("classes", "how many arms", in: Spiral.classCounts, default: 2).named,
    DrawnOptions.seedArgument
  ) { count, noise, classes, seed in Spiral(DrawnOptions(count: count, noise: noise, seed: seed), classes: classes) }
}
