import Kernels
import Language

/// What every drawn data set is asked for: how many points, how noisy, and from which seed.
public struct DrawnOptions: Sendable, Equatable {
  /// How many points may be drawn.
  public static let counts = 1...10_000_000
  /// The largest deviation of the noise.
  static let mostNoise: Float = 1_000_000
  /// How many values a drawn data set may hold in all: points times features.
  static let mostValues = 100_000_000

  /// How many points.
  public var count: Int
  /// The standard deviation of the normal noise that is added; 0 for none.
  public var noise: Float
  /// The seed; nil takes the session's.
  public var seed: UInt64?

  /// Options of the given values.
  public init(count: Int = 500, noise: Float = 0.1, seed: UInt64? = nil) {
    self.count = count
    self.noise = noise
    self.seed = seed
  }

  /// The same with the session's seed where none was given.
  ///
  /// Throws a `Complaint` when the number of points or the noise is out of its range.
  func resolved(in environment: DataEnvironment, features: Int) throws -> DrawnOptions {
    guard DrawnOptions.counts.contains(count) else { throw Complaint.pointCount(count) }
    guard noise >= 0 && noise <= DrawnOptions.mostNoise else { throw Complaint.noise(noise) }
    guard count * features <= DrawnOptions.mostValues else { throw Complaint.tooManyValues(count: count, features: features) }
    return DrawnOptions(count: count, noise: noise, seed: seed ?? environment.seed)
  }

  /// The words of the command line after the name, with the options that only some sets have between noise and seed.
  func words(_ further: String = "") -> String {
    "\(count) noise=\(numberText(noise))" + further + (seed.map { " seed=\($0)" } ?? "")
  }

  /// The stream of random numbers for one purpose (positions, noise, order), so that changing the noise moves no point's place.
  func source(_ purpose: String) -> RandomSource { RandomSource(seed: seed ?? 0, stream: "data " + purpose) }
}

extension DrawnOptions {
  static let countArgument = Argument<Int>.integer("count", "how many points", in: counts, default: 500)

  static let noiseArgument = Argument<Double>.decimal(
    "noise", "the standard deviation of the noise", .from(0, to: Double(mostNoise)), default: 0.1
  ).named

  static let seedArgument = Argument<Int?>.optional(.integer("seed", "the seed, the session's where none is given", in: 0...Int.max).named)

  /// Options from what was typed.
  init(count: Int, noise: Double, seed: Int?) { self.init(count: count, noise: Float(noise), seed: seed.map(UInt64.init)) }
}
