import Foundation
import Study
import Testing

@Suite("Published vectors of FSRS")
struct GoldenTests {
  let golden: Golden

  init() throws { golden = try Golden.read() }

  @Test("each vector of the file but the optimizer's has a test here")
  func complete() throws {
    let names = try #require(try JSONSerialization.jsonObject(with: Golden.file()) as? [String: Any]).keys
    let tested = Mirror(reflecting: golden).children.compactMap(\.label)
    #expect(Set(names).subtracting(tested) == ["note", "optimizer"])
  }

  @Test("weights6: the weights that FSRS-6 starts from")
  func weights() { #expect(Weights.standard.values == golden.weights6) }

  @Test("interval_history: thirteen reviews, each when due")
  func intervalHistory() throws {
    let vector = golden.interval_history
    let scheduler = try Scheduler(retention: vector.retention)
    var state = CardState.new
    var now = vector.start
    var days: [Int] = []
    for grade in try grades(vector.ratings) {
      state = scheduler.review(state, grade: grade, at: now)
      let due = try #require(state.due)
      days.append(Int(due.timeIntervalSince(now) / day))
      now = due
    }
    #expect(days == vector.interval_days)
  }

  @Test("memory_state: after six reviews, with and without the formula of the same day", arguments: [true, false])
  func memoryState(isShortTerm: Bool) throws {
    let vector = golden.memory_state
    let scheduler = try isShortTerm ? Scheduler() : Scheduler.longTerm()
    var state = CardState.new
    var now = start
    for (grade, gap) in zip(try grades(vector.ratings), vector.days_since_previous) {
      now += Double(gap) * day
      state = scheduler.review(state, grade: grade, at: now)
    }
    let expected = isShortTerm ? vector.short_term : vector.long_term
    let memory = try #require(state.memory)
    var differences = Differences()
    differences.note("S", memory.stability, expected.stability)
    differences.note("D", memory.difficulty, expected.difficulty)
    differences.expect(within: vector.tolerance)
  }

  @Test("easy_x10_same_day_difficulty: ten times Easy is as easy as can be")
  func easy() throws {
    let vector = golden.easy_x10_same_day_difficulty
    let state = try grades(vector.ratings).reduce(CardState.new) { try Scheduler().review($0, grade: $1, at: start) }
    #expect(state.memory?.difficulty == vector.expected_difficulty)
  }

  @Test("first_review and retrievability_after_first: one review of each grade")
  func firstReview() throws {
    let vector = golden.first_review
    let scheduler = try Scheduler()
    var differences = Differences()
    for (index, grade) in Grade.allCases.enumerated() {
      let state = scheduler.review(.new, grade: grade, at: start)
      let memory = try #require(state.memory)
      let due = try #require(state.due)
      differences.note("S", memory.stability, vector.stability[index])
      differences.note("D", memory.difficulty, vector.difficulty[index])
      #expect(Int(due.timeIntervalSince(start) / day) == vector.scheduled_days[index])
      #expect(named(state.phase) == vector.states[index])
      differences.note("R", try #require(scheduler.retrievability(state, at: due)), golden.retrievability_after_first.values[index])
    }
    differences.expect(within: 5e-8)
  }

  @Test("forgetting_curve")
  func forgettingCurve() throws {
    var differences = Differences()
    for vector in golden.forgetting_curve {
      let model = MemoryModel(weights: try Weights(golden.weights6.dropLast() + [vector.decay]))
      for (days, expected) in zip(vector.t, vector.R) {
        differences.note("R at decay \(vector.decay)", model.retrievability(stability: vector.stability, days: days), expected)
      }
    }
    differences.expect(within: 2e-7)
  }

  @Test("next_difficulty")
  func nextDifficulty() {
    var differences = Differences()
    for (grade, expected) in zip(Grade.allCases, golden.next_difficulty.by_rating) {
      differences.note("D", MemoryModel().difficulty(after: grade, before: golden.next_difficulty.d), expected)
    }
    differences.expect(within: 1e-8)
  }

  @Test("stability: recalled, lapsed, same day")
  func stability() throws {
    let vector = golden.stability
    let model = MemoryModel()
    var differences = Differences()
    for (index, grade) in try grades(vector.grade).enumerated() {
      let before = MemoryState(stability: vector.s[index], difficulty: vector.d[index])
      differences.note("recall", model.recalledStability(before, grade, retrievability: vector.r[index]), vector.recall[index])
      differences.note("forget", model.lapsedStability(before, retrievability: vector.r[index]), vector.forget[index])
      differences.note("short_term", model.sameDayStability(vector.s[index], grade: grade), vector.short_term[index])
    }
    differences.expect(within: 5e-8)
  }

  @Test("next_interval: by wanted retention")
  func nextInterval() throws {
    let vector = golden.next_interval
    for (retention, expected) in zip(vector.retention, vector.days_f64) {
      let scheduler = try Scheduler(retention: retention, maximumInterval: 10_000_000)
      #expect(scheduler.interval(stability: vector.stability) == expected)
      #expect(try Scheduler(retention: retention).interval(stability: vector.stability) == min(expected, 36_500))
    }
  }

  @Test("learning_steps: the waits and phases that the words of the vector name")
  func learningSteps() throws {
    let names: Set = ["source", "good_good", "again", "hard_first_step", "hard_single_step", "hard_second_step", "easy", "lapse_in_review"]
    #expect(Set(golden.learning_steps.keys) == names)
    let paths: [(grades: [Grade], steps: [Double], phase: CardState.Phase, step: Int, wait: Double?)] = [
      ([.good], [60, 600], .learning, 1, 600), ([.good, .good], [60, 600], .review, 0, nil), ([.again], [60, 600], .learning, 0, 60),
      ([.hard], [60, 600], .learning, 0, 330), ([.hard], [60], .learning, 0, 90), ([.good, .hard], [60, 600], .learning, 1, 600),
      ([.easy], [60, 600], .review, 0, nil), ([.easy, .again], [60, 600], .relearning, 0, 600),
      ([.easy, .again, .good], [60, 600], .review, 0, nil), ([.easy, .again, .hard], [60, 600], .relearning, 0, 900),
      ([.good, .again], [60, 600], .learning, 0, 60),
    ]
    for path in paths {
      let scheduler = try Scheduler(learningSteps: path.steps)
      var now = start
      var state = CardState.new
      for grade in path.grades {
        now = state.due ?? start
        state = scheduler.review(state, grade: grade, at: now)
      }
      let wait = try #require(state.due).timeIntervalSince(now)
      #expect(state.phase == path.phase && state.step == path.step, "\(path)")
      if let expected = path.wait { #expect(wait == expected, "\(path)") } else { #expect(wait >= day, "\(path)") }
    }
  }

  @Test("no_steps: a first Again goes to days at once")
  func noSteps() throws {
    let vector = golden.no_steps
    let scheduler = try Scheduler(learningSteps: vector.learning_steps)
    let state = scheduler.review(.new, grade: try #require(Grade(rawValue: vector.rating)), at: start)
    #expect(named(state.phase) == vector.expected_state)
    #expect(try #require(state.due).timeIntervalSince(start) >= Double(vector.min_interval_days) * day)
    let lapsed = try Scheduler(relearningSteps: []).review(state, grade: .again, at: start + 5 * day)
    #expect(lapsed.phase == .review)
  }

  @Test("bounds: after a thousand Again, and of the greatest interval")
  func bounds() throws {
    let scheduler = try Scheduler(maximumInterval: golden.bounds.maximum_interval)
    var state = CardState.new
    var now = start
    for _ in 0..<1000 {
      state = scheduler.review(state, grade: .again, at: now)
      now = try #require(state.due) + day
      let memory = try #require(state.memory)
      #expect(memory.stability >= 0.001)
      #expect((golden.bounds.difficulty[0]...golden.bounds.difficulty[1]).contains(memory.difficulty))
    }
    state = .new
    for grade in [Grade.good, .good, .easy, .easy, .easy, .easy, .easy, .easy] {
      state = scheduler.review(state, grade: grade, at: now)
      let due = try #require(state.due)
      #expect(due.timeIntervalSince(now) <= Double(golden.bounds.maximum_interval) * day)
      now = due
    }
    #expect(state.due == state.lastReview?.addingTimeInterval(Double(golden.bounds.maximum_interval) * day))
    #expect(MemoryModel.difficulties == golden.bounds.difficulty[0]...golden.bounds.difficulty[1])
  }

  @Test("parameter_validation: weights that are refused")
  func validation() throws {
    func weights(_ changes: [Int: Double], count: Int = 21) -> [Double] {
      var values = Array((golden.weights6 + [0.5, 0.5, 0.5]).prefix(count))
      for (index, value) in changes { values[index] = value }
      return values
    }
    let refused: [String: [Double]] = [
      "w6=100": weights([6: 100]), "w10=-42": weights([10: -42]), "w0=0 and w3=101": weights([0: 0, 3: 101]), "[]": [],
      "20 values": weights([:], count: 20), "24 values": weights([:], count: 24),
    ]
    #expect(Set(refused.keys) == Set(golden.parameter_validation.reject))
    for (name, values) in refused { #expect(throws: Weights.Fault.self, "\(name)") { try Weights(values) } }
    #expect(try Weights(golden.weights6) == .standard)
  }

  @Test("long_term_scheduler: five histories under the weights of FSRS-5")
  func longTerm() throws {
    let scheduler = try Scheduler.longTerm(weights: .fsrs5(golden.long_term_scheduler.weights_19))
    var differences = Differences()
    for vector in golden.long_term_scheduler.cases {
      var state = CardState.new
      var now = start
      var days: [Int] = []
      for (index, grade) in try grades(vector.ratings).enumerated() {
        state = scheduler.review(state, grade: grade, at: now)
        let memory = try #require(state.memory)
        let due = try #require(state.due)
        differences.note("S'/S", memory.stability / vector.s[index], 1)
        differences.note("D", memory.difficulty, vector.d[index])
        days.append(Int(due.timeIntervalSince(now) / day))
        now = due
      }
      #expect(days == vector.ivl)
    }
    // The published numbers come from a program that rounds every step to eight decimals.
    differences.expect(within: 1e-7)
  }
}
