import Foundation
import Kernels
import Language

/// One period of a sine: the smallest problem of fitting a curve.
///
///     y = sin(x) + noise        x evenly from -pi to pi, the rows shuffled
public struct Sine: DatasetRecipe, Equatable {
  /// How many samples, how noisy, from which seed.
  public var options: DrawnOptions

  /// A sine of the given options.
  public init(_ options: DrawnOptions = DrawnOptions()) { self.options = options }

  /// `sine`.
  public var name: String { "sine" }

  /// The command line that draws these samples.
  public var description: String { "data sine " + options.words() }

  /// Draws the samples; throws a `Complaint` when an option is out of its range.
  public func load(_ environment: DataEnvironment) throws -> Dataset {
    let options = try options.resolved(in: environment, features: 1)
    var order = options.source("order")
    let x = try order.permutation(of: options.count).enumerated().map { place, number in
      try Interruption.check(every: 65_536, at: place)
      return Float(evenlySpaced(number, of: options.count, from: -.pi, to: .pi))
    }
    var y = x.map { Float(sin(Double($0))) }
    try options.addNoise(to: &y)
    return Dataset(
      name: name, recipe: Sine(options), features: Tensor(shape: [options.count, 1], values: x), featureNames: ["x"],
      target: .numbers(y), targetName: "y", law: "y = sin(x)" + (options.noise > 0 ? " + noise" : ""))
  }
}

extension Sine {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "sine", "One period of a sine with noise, to be fitted.",
    formula: "y = sin(x) + noise", examples: ["data sine 200"],
    DrawnOptions.countArgument, DrawnOptions.noiseArgument,
    DrawnOptions.seedArgument
  ) { count, noise, seed in Sine(DrawnOptions(count: count, noise: noise, seed: seed)) }
}
