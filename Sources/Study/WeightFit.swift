import Foundation

/// Fits the 21 weights to a learner's own reviews, by the procedure of py-fsrs.
///
/// Adam (rate 0.04, falling by half a cosine to 0) lessens the log loss of the predicted retrievability at each review that came a day or more
/// after the one before; five passes over the cards in a shuffled order; an update after every 512 such reviews, after which the memory of the
/// card in hand is held constant; weights kept within their bounds; of the weights after each pass, those of the least loss are taken.
public enum WeightFit {
  /// The reviews, a day or more after the one before, that a fit needs.
  public static let needed = 512
  /// So many of a card's first reviews are looked at.
  public static let longestHistory = 64
  /// Passes over all cards.
  public static let passes = 5
  private static let rate = 0.04

  /// The fitted weights; nil when there are too few reviews. The cards come in the order in which py-fsrs takes them.
  public static func weights(for histories: ReviewHistories) -> Weights? { weights(for: histories) {} }

  /// The same; `check` is asked before each update, and what it throws ends the fit.
  public static func weights(for histories: ReviewHistories, check: () throws -> Void) rethrows -> Weights? {
    var random = MersenneTwister(seed: 42)
    var order = Array(histories.cards.indices)
    return try weights(for: histories, check: check) { _ in
      random.shuffle(&order)
      return order
    }
  }

  /// The fitted weights, with the cards in the order that is given for each pass.
  static func weights(
    for histories: ReviewHistories, check: () throws -> Void, order: (Int) -> [Int]
  ) rethrows -> Weights? {
    guard histories.count >= needed else { return nil }
    let updates = (histories.count + needed - 1) / needed * passes
    var adam = Adam(Weights.standard.values)
    var best: (weights: Weights, loss: Double)?
    for pass in 0..<passes {
      var batch = Batch(adam.weights)
      for card in order(pass) {
        var memory: MemoryState?
        batch.beginCard()
        for review in histories.reviews[histories.cards[card]] {
          let next = batch.model.memory(after: review.grade, before: memory, days: max(review.days, 0))
          batch.append(MemoryGradient.Entry(before: memory, review: review, counts: review.days > 0))
          memory = next
          guard batch.count == needed else { continue }
          try check()
          adam.update(batch.gradient(), of: updates, rate: rate)
          batch = Batch(adam.weights)
          batch.beginCard()
        }
      }
      if batch.count > 0 { adam.update(batch.gradient(), of: updates, rate: rate) }
      guard let loss = FitQuality(of: adam.weights, on: histories)?.logLoss else { return nil }
      if best.map({ loss < $0.loss }) ?? loss.isFinite { best = (adam.weights, loss) }
    }
    return best?.weights
  }

  /// The reviews between two updates, a tape a card.
  private struct Batch {
    let model: MemoryModel
    private var tape: [MemoryGradient.Entry] = []
    private var begins: [Int] = []
    private(set) var count = 0

    init(_ weights: Weights) { model = MemoryModel(weights: weights) }

    mutating func beginCard() { begins.append(tape.count) }

    mutating func append(_ entry: MemoryGradient.Entry) {
      tape.append(entry)
      if entry.counts { count += 1 }
    }

    func gradient() -> [Double] {
      var gradient = MemoryGradient(model)
      for (begin, end) in zip(begins, begins.dropFirst() + [tape.count]) { gradient.walk(tape[begin..<end]) }
      return gradient.byWeight
    }
  }

  /// Adam with a rate that falls by half a cosine, and bounds.
  private struct Adam {
    private(set) var weights: Weights
    private var mean: [Double]
    private var square: [Double]
    private var steps = 0

    init(_ values: [Double]) {
      weights = Weights(clamping: values)
      mean = values.map { _ in 0 }
      square = mean
    }

    mutating func update(_ gradient: [Double], of updates: Int, rate: Double) {
      let rate = rate * (1 + cos(.pi * Double(steps) / Double(updates))) / 2
      steps += 1
      var values = weights.values
      for (index, slope) in gradient.enumerated() {
        mean[index] = 0.9 * mean[index] + 0.1 * slope
        square[index] = 0.999 * square[index] + 0.001 * slope * slope
        let size = (square[index] / (1 - pow(0.999, Double(steps)))).squareRoot() + 1e-8
        values[index] -= rate * mean[index] / (1 - pow(0.9, Double(steps))) / size
      }
      weights = Weights(clamping: values)
    }
  }
}
