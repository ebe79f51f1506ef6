import Foundation

/// How well predicted retrievabilities agree with what was remembered.
public struct FitQuality: Sendable, Hashable {
  /// The mean of -ln of the probability that was given to what happened.
  public var logLoss: Double
  /// The root of the mean squared difference between predicted and remembered shares, over bins of like reviews.
  public var binError: Double

  /// The quality of weights on histories, counted over the reviews that came a day or more after the one before; nil without any.
  ///
  /// Bins are those of the open-spaced-repetition benchmark: reviews with about the same days since the review before, number of reviews and
  /// number of lapses fall into one, each on a scale that widens by a constant factor; a bin counts as often as it has reviews.
  public init?(of weights: Weights, on histories: ReviewHistories) {
    struct Bin: Hashable { let days, reviews, lapses: Int }
    var bins: [Bin: (count: Double, predicted: Double, remembered: Double)] = [:]
    let model = MemoryModel(weights: weights)
    var (loss, count) = (0.0, 0.0)
    for card in histories.cards {
      var memory: MemoryState?
      var lapses = 0
      for (place, review) in histories.reviews[card].enumerated() {
        let remembered = review.grade != .again
        if review.days > 0, let memory {
          let predicted = model.retrievability(stability: memory.stability, days: Double(review.days))
          loss -= max(log(remembered ? predicted : 1 - predicted), -100)
          count += 1
          let bin = Bin(
            days: FitQuality.step(review.days, 3.62), reviews: FitQuality.step(place + 1, 1.89),
            lapses: lapses == 0 ? -1 : FitQuality.step(lapses, 1.73))
          let old = bins[bin] ?? (0, 0, 0)
          bins[bin] = (old.count + 1, old.predicted + predicted, old.remembered + (remembered ? 1 : 0))
          if !remembered { lapses += 1 }
        }
        memory = model.memory(after: review.grade, before: memory, days: max(review.days, 0))
      }
    }
    guard count > 0 else { return nil }
    logLoss = loss / count
    binError = (bins.values.reduce(0) { $0 + ($1.predicted - $1.remembered) * ($1.predicted - $1.remembered) / $1.count } / count)
      .squareRoot()
  }

  private static func step(_ number: Int, _ factor: Double) -> Int { Int((log(Double(number)) / log(factor)).rounded(.down)) }
}
