/// The 21 weights w0...w20 of FSRS-6.
public struct Weights: Sendable, Hashable {
  /// Why numbers are no weights.
  public enum Fault: Error, Sendable, Hashable {
    /// There are so many numbers, not 21.
    case count(Int)
    /// The weight of this index lies outside its bounds.
    case outOfBounds(index: Int, value: Double, bounds: ClosedRange<Double>)
  }

  /// The weights w0...w20.
  public let values: [Double]

  /// The weights that FSRS-6 starts from.
  public static let standard = Weights(unchecked: [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729,
    0.5425,
    0.0912, 0.0658, 0.1542,
  ])

  /// The bounds of each weight.
  public static let bounds: [ClosedRange<Double>] = [
    0.001...100, 0.001...100, 0.001...100, 0.001...100, 1...10, 0.001...4, 0.001...4, 0.001...0.75, 0...4.5, 0...0.8, 0.001...3.5,
    0.001...5,
    0.001...0.25, 0.001...0.9, 0...4, 0...1, 1...6, 0...2, 0...2, 0...0.8, 0.1...0.8,
  ]

  /// The given weights.
  ///
  /// - Throws: a `Fault` unless there are 21 and each lies within its bounds.
  public init(_ values: [Double]) throws(Fault) {
    guard values.count == Weights.bounds.count else { throw .count(values.count) }
    for (index, (value, bounds)) in zip(values, Weights.bounds).enumerated() where !bounds.contains(value) {
      throw .outOfBounds(index: index, value: value, bounds: bounds)
    }
    self.values = values
  }

  /// The weights of FSRS-5, which had 19: its forgetting curve had the fixed exponent -0.5 (w20 = 0.5), and its same-day reviews did not
  /// depend on the stability (w19 = 0).
  ///
  /// - Throws: a `Fault` unless there are 19 and each lies within its bounds.
  public static func fsrs5(_ values: [Double]) throws(Fault) -> Weights {
    guard values.count == 19 else { throw .count(values.count) }
    return try Weights(values + [0, 0.5])
  }

  /// The numbers, each moved to the nearest that its bounds allow.
  init(clamping values: [Double]) { self.values = zip(values, Weights.bounds).map { $0.clamped(to: $1) } }

  /// The weights with so many decimals.
  public func rounded(decimals: Int) -> Weights {
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    return Weights(clamping: values.map { ($0 * scale).rounded() / scale })
  }

  private init(unchecked values: [Double]) { self.values = values }

  /// A weight by its index.
  subscript(index: Int) -> Double { values[index] }
}
