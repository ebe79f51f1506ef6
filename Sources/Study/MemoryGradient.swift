import Foundation

/// The derivatives of the memory model, for the fit of its weights: what a change of S, D and each weight does to what follows.
///
/// The model's formulas are in `MemoryModel`; where a value is held at a bound, its derivative is 0. A tape is a run of reviews of one card;
/// it is walked backward with the derivatives of the loss by S and D in hand.
struct MemoryGradient {
  /// One review on the tape: what it found, what it left behind, and what counts of it.
  struct Entry {
    let before: MemoryState?
    let review: ReviewHistories.Review
    /// Whether the loss counts the prediction for this review.
    let counts: Bool
  }

  let model: MemoryModel
  /// The derivative of the loss by each weight, summed over what was walked.
  private(set) var byWeight = [Double](repeating: 0, count: Weights.bounds.count)
  private let decay: Double
  private let factor: Double
  /// dF/dw20.
  private let factorByDecay: Double

  init(_ model: MemoryModel) {
    self.model = model
    let exponent = model.weights[20]
    decay = -exponent
    let power = pow(0.9, -1 / exponent)
    factor = power - 1
    factorByDecay = power * log(0.9) / (exponent * exponent)
  }

  /// Walks a tape backward and adds to the derivatives. The memory before the first entry is held constant.
  mutating func walk(_ tape: ArraySlice<Entry>) {
    var (byStability, byDifficulty) = (0.0, 0.0)
    for entry in tape.reversed() {
      guard let before = entry.before else {
        first(entry.review.grade, byStability, byDifficulty)
        (byStability, byDifficulty) = (0, 0)
        continue
      }
      let days = Double(max(entry.review.days, 0))
      var byRetrievability = 0.0
      let retrievability = model.retrievability(stability: before.stability, days: days)
      let old = (stability: byStability, difficulty: byDifficulty)
      (byStability, byDifficulty) = difficulty(entry.review.grade, before, old.difficulty)
      if entry.review.days < 1 {
        byStability += sameDay(entry.review.grade, before.stability, old.stability)
      } else if entry.review.grade == .again {
        lapsed(before, retrievability, old.stability, &byStability, &byDifficulty, &byRetrievability)
      } else {
        recalled(entry.review.grade, before, retrievability, old.stability, &byStability, &byDifficulty, &byRetrievability)
      }
      if entry.counts {
        // d(-ln R)/dR and d(-ln(1-R))/dR.
        byRetrievability += entry.review.grade != .again ? -1 / retrievability : 1 / (1 - retrievability)
      }
      // R = (1 + F t/S)^d.
      let base = 1 + factor * days / before.stability
      let byBase = byRetrievability * decay * retrievability / base
      byStability -= byBase * factor * days / (before.stability * before.stability)
      byWeight[20] += byBase * days / before.stability * factorByDecay - byRetrievability * retrievability * log(base)
    }
  }

  /// S0 = w[G-1]; D0(G) = w4 - e^(w5 (G-1)) + 1.
  private mutating func first(_ grade: Grade, _ byStability: Double, _ byDifficulty: Double) {
    byWeight[grade.rawValue - 1] += byStability
    guard MemoryModel.difficulties.contains(model.initialDifficulty(grade)) else { return }
    initialDifficulty(grade, byDifficulty)
  }

  private mutating func initialDifficulty(_ grade: Grade, _ by: Double) {
    let steps = Double(grade.rawValue - 1)
    byWeight[4] += by
    byWeight[5] -= by * steps * exp(model.weights[5] * steps)
  }

  /// D' = w7 D0(4) + (1 - w7) (D - w6 (G-3) (10-D)/9): what goes back to S (nothing) and D.
  private mutating func difficulty(_ grade: Grade, _ before: MemoryState, _ by: Double) -> (Double, Double) {
    let steps = Double(grade.rawValue - 3)
    let share = (10 - before.difficulty) / 9
    let moved = before.difficulty - model.weights[6] * steps * share
    let easy = model.initialDifficulty(.easy)
    let keep = 1 - model.weights[7]
    guard MemoryModel.difficulties.contains(model.weights[7] * easy + keep * moved) else { return (0, 0) }
    byWeight[7] += by * (easy - moved)
    initialDifficulty(.easy, by * model.weights[7])
    byWeight[6] -= by * keep * steps * share
    return (0, by * keep * (1 + model.weights[6] * steps / 9))
  }

  /// S' = S k, k = e^(w17 (G-3+w18)) S^(-w19), k >= 1 for G >= 2: what goes back to S.
  private mutating func sameDay(_ grade: Grade, _ stability: Double, _ by: Double) -> Double {
    let steps = Double(grade.rawValue) - 3 + model.weights[18]
    let growth = exp(model.weights[17] * steps) * pow(stability, -model.weights[19])
    guard MemoryModel.stabilities.contains(stability * growth) else { return 0 }
    if grade >= .hard && growth < 1 { return by }
    let whole = by * stability * growth
    byWeight[17] += whole * steps
    byWeight[18] += whole * model.weights[17]
    byWeight[19] -= whole * log(stability)
    return by * growth * (1 - model.weights[19])
  }

  /// S' = S (1 + g), g = e^w8 (11-D) S^(-w9) (e^(w10 (1-R)) - 1) [w15 Hard] [w16 Easy].
  private mutating func recalled(
    _ grade: Grade, _ before: MemoryState, _ retrievability: Double, _ by: Double, _ byStability: inout Double,
    _ byDifficulty: inout Double,
    _ byRetrievability: inout Double
  ) {
    let weights = model.weights
    let bonus = grade == .hard ? weights[15] : grade == .easy ? weights[16] : 1
    let power = exp(weights[10] * (1 - retrievability))
    let scale = exp(weights[8]) * pow(before.stability, -weights[9])
    let plain = scale * (11 - before.difficulty) * (power - 1)
    guard MemoryModel.stabilities.contains(before.stability * (1 + plain * bonus)) else { return }
    let whole = by * before.stability
    byStability += by * (1 + plain * bonus * (1 - weights[9]))
    byDifficulty -= whole * scale * (power - 1) * bonus
    byRetrievability -= whole * scale * (11 - before.difficulty) * bonus * power * weights[10]
    byWeight[8] += whole * plain * bonus
    byWeight[9] -= whole * plain * bonus * log(before.stability)
    byWeight[10] += whole * scale * (11 - before.difficulty) * bonus * power * (1 - retrievability)
    if grade == .hard { byWeight[15] += whole * plain }
    if grade == .easy { byWeight[16] += whole * plain }
  }

  /// S' = min(w11 D^(-w12) ((S+1)^w13 - 1) e^(w14 (1-R)), S / e^(w17 w18)).
  private mutating func lapsed(
    _ before: MemoryState, _ retrievability: Double, _ by: Double, _ byStability: inout Double, _ byDifficulty: inout Double,
    _ byRetrievability: inout Double
  ) {
    let weights = model.weights
    let grown = pow(before.stability + 1, weights[13])
    let scale = pow(before.difficulty, -weights[12]) * exp(weights[14] * (1 - retrievability))
    let forgotten = weights[11] * scale * (grown - 1)
    let shrink = exp(-weights[17] * weights[18])
    guard MemoryModel.stabilities.contains(min(forgotten, before.stability * shrink)) else { return }
    guard forgotten <= before.stability * shrink else {
      byStability += by * shrink
      byWeight[17] -= by * before.stability * shrink * weights[18]
      byWeight[18] -= by * before.stability * shrink * weights[17]
      return
    }
    byStability += by * weights[11] * scale * weights[13] * grown / (before.stability + 1)
    byDifficulty -= by * forgotten * weights[12] / before.difficulty
    byRetrievability -= by * forgotten * weights[14]
    byWeight[11] += by * scale * (grown - 1)
    byWeight[12] -= by * forgotten * log(before.difficulty)
    byWeight[13] += by * weights[11] * scale * grown * log(before.stability + 1)
    byWeight[14] += by * forgotten * (1 - retrievability)
  }
}
