import Language

/// The exclusive or: the four corners of the unit square, class 1 where exactly one coordinate is 1.
///
///     (0, 0) -> 0    (0, 1) -> 1    (1, 0) -> 1    (1, 1) -> 0
///
/// The rows walk round the corners in this order, with normal noise added: `data xor 4 noise=0` is the truth table. No single neuron
/// learns it.
public struct Xor: DatasetRecipe, Equatable {
  /// How many points, how noisy, from which seed.
  public var options: DrawnOptions

  /// Corners of the given options.
  public init(_ options: DrawnOptions = DrawnOptions()) { self.options = options }

  /// `xor`.
  public var name: String { "xor" }

  /// The command line that draws these points.
  public var description: String { "data xor " + options.words() }

  /// Draws the points; throws a `Complaint` when an option is out of its range.
  public func load(_ environment: DataEnvironment) throws -> Dataset {
    let options = try options.resolved(in: environment, features: 2)
    var points = LabelledPoints(capacity: options.count)
    for i in 0..<options.count {
      let (a, b) = (i / 2 % 2, i % 2)
      try points.append(Float(a), Float(b), label: a ^ b)
    }
    return try points.dataset(of: Xor(options), options, shuffled: false)
  }
}

extension Xor {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "xor", "The corners of a square, class 1 where exactly one coordinate is 1.",
    formula: "class = a xor b", examples: ["data xor 400", "data xor 4 noise=0"], notes: "Without noise, four points are the truth table.",
    DrawnOptions.countArgument, DrawnOptions.noiseArgument,
    DrawnOptions.seedArgument
  ) { count, noise, seed in Xor(DrawnOptions(count: count, noise: noise, seed: seed)) }
}
