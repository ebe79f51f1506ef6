import Foundation
import Study
import Testing

/// A small seeded source, so that the draws are the same in every run.
struct Draws: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

@Suite("The scheduler")
struct SchedulerTests {
  @Test("counts whole days since the last review", arguments: [(23.999, 0), (24, 1), (47.999, 1), (48, 2), (-30, 0)])
  func wholeDays(hours: Double, days: Int) throws {
    let scheduler = try Scheduler()
    let state = scheduler.review(.new, grade: .easy, at: start)
    let now = start + hours * 3600
    #expect(state.elapsedDays(at: now) == days)
    let stability = try #require(state.memory).stability
    #expect(scheduler.retrievability(state, at: now) == scheduler.model.retrievability(stability: stability, days: Double(days)))
    let sameDay = scheduler.model.sameDayStability(stability, grade: .good)
    #expect((scheduler.review(state, grade: .good, at: now).memory?.stability == sameDay) == (days == 0))
  }

  @Test("a same-day review of at least Hard never lowers the stability", arguments: [0.001, 0.5, 5, 300, 36_500])
  func sameDay(stability: Double) {
    for grade in Grade.allCases where grade >= .hard { #expect(MemoryModel().sameDayStability(stability, grade: grade) >= stability) }
  }

  @Test("keeps the memory within its bounds whatever comes", arguments: 1...8)
  func bounds(seed: UInt64) throws {
    var draws = Draws(state: seed)
    let scheduler = try Scheduler()
    var state = CardState.new
    var now = start
    for _ in 0..<300 {
      let grade = try #require(Grade.allCases.randomElement(using: &draws))
      state = scheduler.review(state, grade: grade, at: now, random: &draws)
      let memory = try #require(state.memory)
      #expect(MemoryModel.stabilities.contains(memory.stability) && MemoryModel.difficulties.contains(memory.difficulty))
      #expect(try #require(state.due) > now && state.lastReview == now)
      now += Double.random(in: 0...200, using: &draws) * day
    }
  }

  @Test(
    "fuzz draws from the published range",
    arguments: [
      (1, nil), (2, nil), (3, 2...4), (5, 4...6), (7, 5...9), (10, 8...12), (20, 17...23), (100, 93...107), (36_500, 34_673...36_500),
    ])
  func fuzzRange(days: Int, range: ClosedRange<Int>?) throws { #expect(try Scheduler().fuzzRange(days: days) == range) }

  @Test("fuzz reaches both ends of its range, and no random source means none")
  func fuzz() throws {
    let scheduler = try Scheduler()
    let state = scheduler.review(.new, grade: .easy, at: start)
    let plain = try #require(scheduler.review(state, grade: .good, at: start + 8 * day).due).timeIntervalSince(start + 8 * day) / day
    let range = try #require(scheduler.fuzzRange(days: Int(plain)))
    var draws = Draws(state: 1)
    let drawn = try (0..<500).map { _ in
      Int(
        try #require(scheduler.review(state, grade: .good, at: start + 8 * day, random: &draws).due).timeIntervalSince(start + 8 * day)
          / day)
    }
    #expect(drawn.min() == range.lowerBound && drawn.max() == range.upperBound)
    let still = try Scheduler(hasFuzz: false)
    #expect(still.review(state, grade: .good, at: start + 8 * day, random: &draws).due == start + (8 + plain) * day)
    #expect(
      Int(plain) == scheduler.interval(stability: try #require(scheduler.review(state, grade: .good, at: start + 8 * day).memory).stability)
    )
  }

  @Test("fuzz never passes the greatest interval")
  func fuzzMaximum() throws {
    let scheduler = try Scheduler(maximumInterval: 3)
    #expect(scheduler.fuzzRange(days: 3) == 2...3)
    var draws = Draws(state: 3)
    for _ in 0..<50 {
      let due = try #require(scheduler.review(.new, grade: .easy, at: start, random: &draws).due)
      #expect((2.0...3.0).contains(due.timeIntervalSince(start) / day))
    }
  }

  @Test("a lower wanted retention makes longer intervals")
  func retention() throws {
    let intervals = try [0.95, 0.9, 0.8, 0.7].map { try Scheduler(retention: $0).interval(stability: 10) }
    #expect(intervals == intervals.sorted() && Set(intervals).count == 4 && intervals[1] == 10)
  }

  @Test("the least retention still gives an interval within the greatest one")
  func leastRetention() throws {
    let scheduler = try Scheduler(retention: .leastNonzeroMagnitude, maximumInterval: 100_000_000)
    #expect(scheduler.interval(stability: 36_500) == 100_000_000)
    #expect(scheduler.fuzzRange(days: 100_000_000)?.upperBound == 100_000_000)
  }

  @Test("a scheduler of whole days gives a better grade a longer interval, whatever the weights", arguments: [5, 100])
  func ordered(maximum: Int) throws {
    let weights = try Weights([20, 4, 3, 2] + Weights.standard.values.dropFirst(4))
    let scheduler = try Scheduler.longTerm(weights: weights, maximumInterval: maximum)
    let days = try Grade.allCases.map {
      Int(try #require(scheduler.review(.new, grade: $0, at: start).due).timeIntervalSince(start) / day)
    }
    #expect(days == [4, 5, 6, 7].map { min($0, maximum) })
  }

  @Test("settings out of range are refused")
  func settings() {
    for retention in [0, -1, 1.01, .nan, .infinity] { #expect(throws: Scheduler.Fault.self) { try Scheduler(retention: retention) } }
    for days in [0, -1, 100_000_001, .max] {
      #expect(throws: Scheduler.Fault.maximumInterval(days)) { try Scheduler(maximumInterval: days) }
    }
    #expect(throws: Scheduler.Fault.step(0)) { try Scheduler(learningSteps: [60, 0]) }
    #expect(throws: Scheduler.Fault.step(-1)) { try Scheduler(relearningSteps: [-1]) }
    #expect(throws: Weights.Fault.outOfBounds(index: 7, value: 0, bounds: 0.001...0.75)) {
      var values = Weights.standard.values
      values[7] = 0
      _ = try Weights(values)
    }
    #expect(throws: Weights.Fault.self) { try Weights([.nan] + Weights.standard.values.dropFirst()) }
    #expect(throws: Weights.Fault.count(21)) { try Weights.fsrs5(Weights.standard.values) }
  }

  @Test("a card on a step that its settings no longer have goes on to days")
  func fewerSteps() throws {
    let state = try Scheduler(learningSteps: [60, 600, 1200]).review(
      CardState(phase: .learning, step: 1, memory: MemoryState(stability: 1, difficulty: 5), lastReview: start), grade: .good, at: start)
    #expect(state.step == 2)
    let scheduler = try Scheduler(learningSteps: [60])
    #expect(scheduler.review(state, grade: .hard, at: start).phase == .review)
    #expect(scheduler.review(state, grade: .again, at: start).step == 0)
  }

  @Test("replaying a log gives the state that the reviews gave, in whatever order the log is")
  func replay() throws {
    var draws = Draws(state: 5)
    let scheduler = try Scheduler()
    var state = CardState.new
    var log: [ReviewLog] = []
    var now = start
    for grade in [Grade.good, .again, .good, .good, .hard, .again, .easy, .good] {
      state = scheduler.review(state, grade: grade, at: now, random: &draws)
      log.append(ReviewLog(cardID: "abc", grade: grade, reviewedAt: now, duration: 1200, state: state))
      now = try #require(state.due) + 3600
    }
    let replayed = scheduler.replay(log.shuffled(using: &draws))
    #expect(replayed.memory == state.memory && replayed.phase == state.phase && replayed.lastReview == state.lastReview)
    let last = try #require(log.last)
    #expect(last.version == "FSRS-6" && last.stability == state.memory?.stability && last.due == state.due)
    #expect(scheduler.replay([]) == .new)
    let other = try Scheduler.longTerm().replay(log)
    #expect(other.memory != state.memory)
  }
}
