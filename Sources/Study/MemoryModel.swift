import Foundation

/// The formulas of FSRS-6: how a memory decays and what a review makes of it.
///
/// With grade G (1 to 4), t whole days since the last review, decay d = -w20 and F = 0.9^(1/d) - 1:
///
///     R = (1 + F t/S)^d                                                            retrievability
///     I = (S/F) (r^(1/d) - 1)                                                      days until R falls to r
///     S0 = w[G-1]         D0(G) = w4 - e^(w5 (G-1)) + 1                            first review
///     D' = w7 D0(4) + (1 - w7) (D - w6 (G-3) (10-D)/9)                             difficulty
///     S' = S (1 + e^w8 (11-D) S^(-w9) (e^(w10 (1-R)) - 1) [w15 Hard] [w16 Easy])   recalled
///     S' = min(w11 D^(-w12) ((S+1)^w13 - 1) e^(w14 (1-R)), S / e^(w17 w18))        lapsed
///     S' = S k, k = e^(w17 (G-3+w18)) S^(-w19), k >= 1 for G >= 2                  same day
///
/// S is kept in [0.001, 36500] days and D in [1, 10]. Source: the open-spaced-repetition project, FSRS-6.
public struct MemoryModel: Sendable, Hashable {
  /// The weights of the formulas.
  public var weights: Weights
  /// Whether a second review on the same day has a formula of its own. Without it, the formulas for whole days serve, and w17 = w18 = 0.
  public var hasSameDayFormula: Bool

  /// The range of stabilities, in days.
  public static let stabilities = 0.001...36_500.0
  /// The range of difficulties.
  public static let difficulties = 1.0...10.0

  /// A model of the given weights.
  public init(weights: Weights = .standard, hasSameDayFormula: Bool = true) {
    self.weights = weights
    self.hasSameDayFormula = hasSameDayFormula
  }

  private var decay: Double { -weights[20] }
  private var factor: Double { pow(0.9, 1 / decay) - 1 }

  /// R: the probability that the card is remembered after so many days.
  public func retrievability(stability: Double, days: Double) -> Double { pow(1 + factor * max(days, 0) / stability, decay) }

  /// I: the days, not rounded, until the retrievability has fallen to the wanted retention.
  public func interval(stability: Double, retention: Double) -> Double { stability / factor * (pow(retention, 1 / decay) - 1) }

  /// The memory after a review; `before` is nil at the first one.
  public func memory(after grade: Grade, before: MemoryState?, days: Int) -> MemoryState {
    guard let before else {
      return MemoryState(
        stability: weights[grade.rawValue - 1].clamped(to: MemoryModel.stabilities),
        difficulty: initialDifficulty(grade).clamped(to: MemoryModel.difficulties))
    }
    let stability: Double
    if days < 1 && hasSameDayFormula {
      stability = sameDayStability(before.stability, grade: grade)
    } else {
      let retrievability = retrievability(stability: before.stability, days: Double(days))
      stability =
        grade == .again
        ? lapsedStability(before, retrievability: retrievability) : recalledStability(before, grade, retrievability: retrievability)
    }
    return MemoryState(stability: stability, difficulty: difficulty(after: grade, before: before.difficulty))
  }

  /// D0(G), not clamped: its value for Easy is what difficulties return to.
  public func initialDifficulty(_ grade: Grade) -> Double { weights[4] - exp(weights[5] * Double(grade.rawValue - 1)) + 1 }

  /// D': the difficulty after a review.
  public func difficulty(after grade: Grade, before: Double) -> Double {
    let moved = before - weights[6] * Double(grade.rawValue - 3) * (10 - before) / 9
    return (weights[7] * initialDifficulty(.easy) + (1 - weights[7]) * moved).clamped(to: MemoryModel.difficulties)
  }

  /// S' of a card that was remembered.
  public func recalledStability(_ before: MemoryState, _ grade: Grade, retrievability: Double) -> Double {
    let bonus = grade == .hard ? weights[15] : grade == .easy ? weights[16] : 1
    let growth =
      exp(weights[8]) * (11 - before.difficulty) * pow(before.stability, -weights[9]) * (exp(weights[10] * (1 - retrievability)) - 1)
      * bonus
    return (before.stability * (1 + growth)).clamped(to: MemoryModel.stabilities)
  }

  /// S' of a card that was forgotten; never more than S.
  public func lapsedStability(_ before: MemoryState, retrievability: Double) -> Double {
    let forgotten =
      weights[11] * pow(before.difficulty, -weights[12]) * (pow(before.stability + 1, weights[13]) - 1)
      * exp(weights[14] * (1 - retrievability))
    let ceiling = hasSameDayFormula ? before.stability / exp(weights[17] * weights[18]) : before.stability
    return min(forgotten, ceiling).clamped(to: MemoryModel.stabilities)
  }

  /// S' of a card that was reviewed on the same day already.
  public func sameDayStability(_ before: Double, grade: Grade) -> Double {
    let growth = exp(weights[17] * (Double(grade.rawValue) - 3 + weights[18])) * pow(before, -weights[19])
    return (before * (grade >= .hard ? max(growth, 1) : growth)).clamped(to: MemoryModel.stabilities)
  }
}

extension Double {
  func clamped(to range: ClosedRange<Double>) -> Double { Swift.min(Swift.max(self, range.lowerBound), range.upperBound) }
}
