/// Ends a training when what is watched has not improved for some epochs, as Keras' callback does.
public struct EarlyStopping: Sendable, Equatable {
  /// After how many epochs without improvement it ends the training.
  public let patience: Int
  /// Whether greater is better.
  public let isBetterHigher: Bool
  /// The best value so far; nil before the first.
  public private(set) var best: Double?
  private var waited = 0

  /// - Parameter isBetterHigher: Whether greater is better: for an accuracy, not for a loss.
  public init(patience: Int, isBetterHigher: Bool = false) {
    self.patience = patience
    self.isBetterHigher = isBetterHigher
  }

  /// Takes in the value of an epoch: whether it is the best so far, and whether the training is to end.
  public mutating func observe(_ value: Double) -> (isBest: Bool, stops: Bool) {
    waited += 1
    // NaN is no improvement on anything.
    let improves = best.map { isBetterHigher ? value > $0 : value < $0 } ?? !value.isNaN
    if improves {
      best = value
      waited = 0
      return (true, false)
    }
    return (false, waited >= patience)
  }
}
