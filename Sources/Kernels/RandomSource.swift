import Foundation

/// A seeded source of random numbers: SplitMix64, a counter passed through a mixing function.
///
/// One seed decides everything that is random in a session. Independent uses draw from streams of their own, so that a further draw in
/// one (a dropout mask) does not change another (the order of the samples).
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
public struct RandomSource: RandomNumberGenerator, Sendable, Equatable {
  private var state: UInt64

  /// The stream of a seed that is known by a name.
  public init(seed: UInt64, stream: String = "") {
    // FNV-1a over the stream's name, so that the streams of a seed differ.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in stream.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    state = RandomSource.mixed(seed &+ 0x9e37_79b9_7f4a_7c15) ^ hash
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return RandomSource.mixed(state)
  }

  /// A number drawn evenly from [0, 1).
  public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A number drawn evenly from [low, high).
  public mutating func uniform(_ low: Float, _ high: Float) -> Float { low + (high - low) * uniform() }

  /// A number drawn from the normal distribution with mean 0 and deviation 1 (Box and Muller's method).
  public mutating func normal() -> Float {
    let radius = (-2 * Foundation.log(1 - Double(next() >> 11) * 0x1p-53)).squareRoot()
    let angle = 2 * Double.pi * Double(next() >> 11) * 0x1p-53
    return Float(radius * Foundation.cos(angle))
  }

  /// The numbers 0..<count in random order.
  public mutating func permutation(of count: Int) -> [Int] { Array(0..<count).shuffled(using: &self) }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
