import Kernels
import Language

/// Round clouds of points, one a class: the easiest problem there is.
///
///     x = centre of its class + noise * normal
///
/// The centres are drawn from the cube [-1, 1] in every feature, each the one of ten candidates that lies farthest from the centres before
/// it; the rows are shuffled. Source: the `make_blobs` of scikit-learn, at the scale that a network's inputs should have.
public struct Blobs: DatasetRecipe, Equatable {
  /// How many clouds there may be.
  public static let classCounts = 1...100
  /// How many features a point may have.
  public static let featureCounts = 1...100_000

  /// How many points, how noisy, from which seed.
  public var options: DrawnOptions
  /// The number of clouds.
  public var classes: Int
  /// The number of features of a point.
  public var features: Int

  /// Clouds of the given options, number and features.
  public init(_ options: DrawnOptions = DrawnOptions(), classes: Int = 3, features: Int = 2) {
    self.options = options
    self.classes = classes
    self.features = features
  }

  /// `blobs`.
  public var name: String { "blobs" }

  /// The command line that draws these points.
  public var description: String { "data blobs " + options.words(" classes=\(classes) features=\(features)") }

  /// Draws the points; throws a `Complaint` when an option is out of its range.
  public func load(_ environment: DataEnvironment) throws -> Dataset {
    guard Blobs.classCounts.contains(classes) else { throw Complaint.classCount(classes, in: Blobs.classCounts) }
    guard Blobs.featureCounts.contains(features) else { throw Complaint.featureCount(features, in: Blobs.featureCounts) }
    let options = try options.resolved(in: environment, features: features)
    let centres = centres(options)
    var points = LabelledPoints(capacity: options.count, features: features, classes: classes)
    for i in 0..<options.count {
      let label = i % classes
      try points.append(centres[label][...], label: label)
    }
    return try points.dataset(of: Blobs(options, classes: classes, features: features), options)
  }

  /// The middle of each cloud.
  private func centres(_ options: DrawnOptions) -> [[Float]] {
    var source = options.source("centres")
    var centres: [[Float]] = []
    for _ in 0..<classes {
      var best: [Float] = []
      var bestDistance: Float = -1
      for _ in 0..<10 {
        let candidate = (0..<features).map { _ in source.uniform(-1, 1) }
        let nearest = centres.map { squaredDistance($0, candidate) }.min() ?? 0
        if nearest > bestDistance { (best, bestDistance) = (candidate, nearest) }
      }
      centres.append(best)
    }
    return centres
  }

  private func squaredDistance(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).reduce(0) { sum, pair in sum + (pair.0 - pair.1) * (pair.0 - pair.1) }
  }
}

extension Blobs {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "blobs", "Round clouds of points, one a class.",
    formula: "x = centre + noise * normal", examples: ["data blobs 300 classes=4 features=2"],
    DrawnOptions.countArgument, DrawnOptions.noiseArgument,
    .integer("classes", "how many clouds", in: Blobs.classCounts, default: 3).named,
    .integer("features", "how many numbers a point has", in: Blobs.featureCounts, default: 2).named,
    DrawnOptions.seedArgument
  ) { count, noise, classes, features, seed in
    Blobs(DrawnOptions(count: count, noise: noise, seed: seed), classes: classes, features: features)
  }
}
