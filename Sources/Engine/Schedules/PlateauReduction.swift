/// Lowers the learning rate when what is watched has not improved for some epochs, as Keras' ReduceLROnPlateau does.
public struct PlateauReduction: Sendable, Equatable {
  /// After how many epochs without improvement it lowers the rate.
  public var patience: Int
  /// What the rate is multiplied by.
  public var factor: Float
  /// The rate does not go below it.
  public var minimum: Float
  /// What counts as an improvement.
  public var leastChange: Double
  /// Whether greater is better.
  public var isBetterHigher: Bool
  private var best: Double?
  private var waited = 0

  /// A reduction with Keras' factor and least change.
  public init(patience: Int, factor: Float = 0.1, minimum: Float = 0, leastChange: Double = 1e-4, isBetterHigher: Bool = false) {
    self.patience = patience
    self.factor = factor
    self.minimum = minimum
    self.leastChange = leastChange
    self.isBetterHigher = isBetterHigher
  }

  /// Takes in the value of an epoch and gives the rate of the next.
  public mutating func rate(after value: Double, rate: Float) -> Float {
    let improves = best.map { isBetterHigher ? value - leastChange > $0 : value + leastChange < $0 } ?? !value.isNaN
    if improves {
      best = value
      waited = 0
      return rate
    }
    waited += 1
    guard waited >= patience, rate > minimum else { return rate }
    waited = 0
    return max(rate * factor, minimum)
  }
}
