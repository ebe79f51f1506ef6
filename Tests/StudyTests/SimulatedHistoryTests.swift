import Foundation
import Testing

@testable import Study

/// Histories that py-fsrs made, as `scripts/golden/fsrs_reviews.py` packs them: a row a card, the numbers of its reviews after each other.
private struct PackedHistories: Decodable {
  struct Loss: Decodable { let before, after: Double }
  let weights: [Double]?
  let orders: [[Int]]?
  let log_loss, log_loss_apart: Loss?
  let apart_from: Int?
  let cards: [[[Double]]]

  static func read(_ name: String) throws -> PackedHistories {
    let url = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Golden"))
    return try JSONDecoder().decode(PackedHistories.self, from: Data(contentsOf: url))
  }

  /// The moments and grades of some cards.
  func histories(_ range: Range<Int>) -> ReviewHistories {
    ReviewHistories(
      cards: cards[range].map { columns in
        var now = start
        return zip(columns[0], columns[1]).map { seconds, grade in
          now += seconds
          return (now, Grade(rawValue: Int(grade)) ?? .again)
        }
      })
  }
}

@Suite("Simulated histories")
struct SimulatedHistoryTests {
  @Test("10,000 reviews leave the stabilities, difficulties and due dates of py-fsrs behind")
  func agrees() throws {
    let scheduler = try Scheduler(hasFuzz: false)
    var (count, greatest, wrongDates) = (0, 0.0, 0)
    for columns in try PackedHistories.read("fsrs_histories").cards {
      var (state, now) = (CardState.new, start)
      for index in columns[0].indices {
        now += columns[0][index]
        state = scheduler.review(state, grade: try #require(Grade(rawValue: Int(columns[1][index]))), at: now)
        let memory = try #require(state.memory)
        // To 1e-6 of the number for the long stabilities, as they are packed with seven decimals.
        greatest = max(greatest, abs(memory.stability - columns[2][index]) / max(1, columns[2][index]))
        greatest = max(greatest, abs(memory.difficulty - columns[3][index]))
        if abs(try #require(state.due).timeIntervalSince(now) - columns[4][index]) > 1e-3 { wrongDates += 1 }
        count += 1
      }
    }
    #expect(count == 10_000)
    #expect(greatest < 1e-6)
    #expect(wrongDates == 0)
  }
}

@Suite("The fit of the weights")
struct WeightFitTests {
  @Test("takes the steps of py-fsrs: cards in the same order, the same weights, the same log loss apart from them")
  func agrees() throws {
    let packed = try PackedHistories.read("fsrs_optimizer")
    let (orders, expected) = (try #require(packed.orders), try #require(packed.weights))
    let apartFrom = try #require(packed.apart_from)
    let training = packed.histories(0..<apartFrom)
    let apart = packed.histories(apartFrom..<packed.cards.count)
    var (random, order) = (MersenneTwister(seed: 42), Array(training.cards.indices))
    for wanted in orders {
      random.shuffle(&order)
      #expect(order == wanted)
    }
    let fitted = try #require(WeightFit.weights(for: training))
    for (index, (value, wanted)) in zip(fitted.values, expected).enumerated() { #expect(abs(value - wanted) < 1e-6, "w\(index)") }
    for (weights, on, wanted) in [
      (Weights.standard, training, packed.log_loss?.before), (fitted, training, packed.log_loss?.after),
      (.standard, apart, packed.log_loss_apart?.before), (fitted, apart, packed.log_loss_apart?.after),
    ] {
      let loss = try #require(FitQuality(of: weights, on: on)).logLoss
      #expect(abs(loss - (try #require(wanted))) < 1e-9)
    }
    let loss = try #require(FitQuality(of: fitted.rounded(decimals: 4), on: apart)).logLoss
    let wanted = try #require(packed.log_loss_apart?.after)
    #expect(loss <= 1.005 * wanted)
  }

  @Test("has the derivatives that small changes of each weight show")
  func derivatives() throws {
    let histories = try PackedHistories.read("fsrs_optimizer").histories(0..<60)
    var values = Weights.standard.values
    // Off the bounds, where one-sided changes would show other slopes.
    (values[7], values[17], values[18]) = (0.05, 0.5, 0.3)
    let loss = { (values: [Double]) throws -> Double in
      try #require(FitQuality(of: Weights(clamping: values), on: histories)).logLoss * Double(histories.count)
    }
    let model = MemoryModel(weights: Weights(clamping: values))
    var gradient = MemoryGradient(model)
    for card in histories.cards {
      var memory: MemoryState?
      var tape: [MemoryGradient.Entry] = []
      for review in histories.reviews[card] {
        tape.append(MemoryGradient.Entry(before: memory, review: review, counts: review.days > 0))
        memory = model.memory(after: review.grade, before: memory, days: max(review.days, 0))
      }
      gradient.walk(tape[...])
    }
    for index in values.indices {
      let change = 1e-6 * max(1, values[index])
      var (up, down) = (values, values)
      up[index] += change
      down[index] -= change
      let slope = (try loss(up) - loss(down)) / (2 * change)
      #expect(abs(gradient.byWeight[index] - slope) < 1e-4 * max(1, abs(slope)), "w\(index)")
    }
  }

  @Test("needs 512 reviews that came a day or more after the one before")
  func needs() throws {
    let days = { (count: Int) in
      ReviewHistories(cards: (0..<count).map { _ in [(start, Grade.good), (start + 600, .good), (start + 2 * day, .good)] })
    }
    #expect(days(511).count == 511)
    #expect(WeightFit.weights(for: days(511), check: {}) { _ in Array(0..<511) } == nil)
    #expect(WeightFit.weights(for: days(512), check: {}) { _ in Array(0..<512) } != nil)
    #expect(FitQuality(of: .standard, on: days(0)) == nil)
  }

  @Test("measures the error of bins: none where every bin is remembered as often as predicted, the difference where one is not")
  func binError() throws {
    // After Good, R at 11 days is known; a single bin of 1,000 cards remembered in a share of its own.
    let retrievability = MemoryModel().retrievability(stability: Weights.standard.values[2], days: 11)
    for share in [0.2, 0.5, 0.9] {
      let cards = (0..<1000).map { [(start, Grade.good), (start + 11 * day, Double($0) < share * 1000 ? Grade.good : .again)] }
      let quality = try #require(FitQuality(of: .standard, on: ReviewHistories(cards: cards)))
      #expect(abs(quality.binError - abs(share - retrievability)) < 1e-9)
    }
  }
}
