import Kernels
import Language

/// A straight line, or a plane: the problem that one linear neuron solves.
///
///     y = w . x + b + noise        x even in [-1, 1],  w and b even in [-2, 2]
///
/// The seed draws w and b; the data set's `law` tells them, so that what a network found can be compared.
public struct Linear: DatasetRecipe, Equatable {
  /// How many features a sample may have.
  public static let featureCounts = 1...100_000

  /// How many samples, how noisy, from which seed.
  public var options: DrawnOptions
  /// The number of features of a sample.
  public var features: Int

  /// A line of the given options and features.
  public init(_ options: DrawnOptions = DrawnOptions(), features: Int = 1) {
    self.options = options
    self.features = features
  }

  /// `linear`.
  public var name: String { "linear" }

  /// The command line that draws these samples.
  public var description: String { "data linear " + options.words(" features=\(features)") }

  /// Draws the samples; throws a `Complaint` when an option is out of its range.
  public func load(_ environment: DataEnvironment) throws -> Dataset {
    guard Linear.featureCounts.contains(features) else { throw Complaint.featureCount(features, in: Linear.featureCounts) }
    let options = try options.resolved(in: environment, features: features)
    var coefficients = options.source("coefficients")
    // Two decimals make a law that can be read and compared.
    let weights = (0..<features).map { _ in twoDecimals(coefficients.uniform(-2, 2)) }
    let bias = twoDecimals(coefficients.uniform(-2, 2))
    var source = options.source("positions")
    let x = try (0..<options.count * features).map { place in
      try Interruption.check(every: 65_536, at: place)
      return source.uniform(-1, 1)
    }
    var y = try (0..<options.count).map { row in
      try Interruption.check(every: 1024, at: row)
      return weights.indices.reduce(bias) { sum, feature in sum + weights[feature] * x[row * features + feature] }
    }
    try options.addNoise(to: &y)
    return Dataset(
      name: name, recipe: Linear(options, features: features), features: Tensor(shape: [options.count, features], values: x),
      featureNames: (1...features).map { "x\($0)" }, target: .numbers(y), targetName: "y",
      law: law(weights, bias) + (options.noise > 0 ? " + noise" : ""))
  }

  private func twoDecimals(_ value: Float) -> Float { (value * 100).rounded() / 100 }

  private func law(_ weights: [Float], _ bias: Float) -> String {
    let terms = weights.enumerated().map { place, weight in (weight, " x\(place + 1)") } + [(bias, "")]
    let shown = terms.count > 7 ? Array(terms.prefix(5)) : terms
    let text = shown.enumerated().map { place, term in
      let sign = term.0 < 0 ? (place == 0 ? "-" : " - ") : (place == 0 ? "" : " + ")
      return sign + numberText(abs(term.0)) + term.1
    }
    return "y = " + text.joined() + (shown.count < terms.count ? " + ..." : "")
  }
}

extension Linear {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "linear", "A straight line or a plane with noise, to be fitted.",
    formula: "y = w . x + b + noise", examples: ["data linear 200", "data linear 500 noise=0.5 features=3"],
    notes: "The seed draws w and b, and the answer tells them.",
    DrawnOptions.countArgument, DrawnOptions.noiseArgument,
    .integer("features", "how many numbers a sample has", in: Linear.featureCounts, default: 1).named,
    DrawnOptions.seedArgument
  ) { count, noise, features, seed in Linear(DrawnOptions(count: count, noise: noise, seed: seed), features: features) }
}
