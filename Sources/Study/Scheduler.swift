import Foundation

/// Decides when a card comes next: the memory model of FSRS-6, learning steps for the first minutes, a wanted retention.
public struct Scheduler: Sendable, Hashable {
  /// Why settings are refused.
  public enum Fault: Error, Sendable, Hashable {
    /// The wanted retention is no number over 0 and up to 1.
    case retention(Double)
    /// The greatest interval is not from 1 to 100,000,000 days.
    case maximumInterval(Int)
    /// A learning or relearning step is not over 0 seconds.
    case step(TimeInterval)
  }

  /// The name that is stored with every review, so that a log can be replayed under another model.
  public static let version = "FSRS-6"

  /// The memory model with its weights.
  public let model: MemoryModel
  /// r: the probability of remembering at which a card is due; over 0, up to 1.
  public let retention: Double
  /// The greatest interval in days.
  public let maximumInterval: Int
  /// The seconds between the first reviews of a new card; may be empty.
  public let learningSteps: [TimeInterval]
  /// The seconds between the first reviews of a forgotten card; may be empty.
  public let relearningSteps: [TimeInterval]
  /// Whether intervals of days are varied a little, so that cards learned together do not stay together.
  public let hasFuzz: Bool
  /// Whether a better grade always gives a longer interval than a worse one, by a day at least.
  public let ordersIntervals: Bool

  /// A scheduler with the standard settings: weights of FSRS-6, retention 0.9, steps of 1 and 10 minutes, a relearning step of 10 minutes.
  public static let standard = Scheduler()

  private init() {
    model = MemoryModel()
    (retention, maximumInterval, learningSteps, relearningSteps) = (0.9, 36_500, [60, 600], [600])
    (hasFuzz, ordersIntervals) = (true, false)
  }

  /// A scheduler of the given settings.
  ///
  /// - Throws: a `Fault` when a setting is out of range.
  public init(
    weights: Weights = .standard, retention: Double = 0.9, maximumInterval: Int = 36_500, learningSteps: [TimeInterval] = [60, 600],
    relearningSteps: [TimeInterval] = [600], hasFuzz: Bool = true
  ) throws(Fault) {
    try self.init(
      model: MemoryModel(weights: weights), retention: retention, maximumInterval: maximumInterval, learningSteps: learningSteps,
      relearningSteps: relearningSteps, hasFuzz: hasFuzz, ordersIntervals: false)
  }

  /// A scheduler of whole days only: no steps, no formula for reviews on the same day, intervals ordered by grade.
  ///
  /// - Throws: a `Fault` when a setting is out of range.
  public static func longTerm(
    weights: Weights = .standard, retention: Double = 0.9, maximumInterval: Int = 36_500, hasFuzz: Bool = true
  ) throws(Fault) -> Scheduler {
    try Scheduler(
      model: MemoryModel(weights: weights, hasSameDayFormula: false), retention: retention, maximumInterval: maximumInterval,
      learningSteps: [],
      relearningSteps: [], hasFuzz: hasFuzz, ordersIntervals: true)
  }

  private init(
    model: MemoryModel, retention: Double, maximumInterval: Int, learningSteps: [TimeInterval], relearningSteps: [TimeInterval],
    hasFuzz: Bool,
    ordersIntervals: Bool
  ) throws(Fault) {
    guard retention > 0 && retention <= 1 else { throw .retention(retention) }
    guard (1...100_000_000).contains(maximumInterval) else { throw .maximumInterval(maximumInterval) }
    for step in learningSteps + relearningSteps where !(step > 0 && step.isFinite) { throw .step(step) }
    self.model = model
    self.retention = retention
    self.maximumInterval = maximumInterval
    self.learningSteps = learningSteps
    self.relearningSteps = relearningSteps
    self.hasFuzz = hasFuzz
    self.ordersIntervals = ordersIntervals
  }

  /// The probability that the card is remembered now; nil for a new card. Counts whole days, so it is 1 on the day of the review.
  public func retrievability(_ state: CardState, at now: Date) -> Double? {
    state.memory.map { model.retrievability(stability: $0.stability, days: Double(state.elapsedDays(at: now))) }
  }

  /// The interval in whole days for a stability, without fuzz, in [1, maximumInterval].
  public func interval(stability: Double) -> Int {
    let days = model.interval(stability: stability, retention: retention).rounded()
    return Int(days.clamped(to: 1...Double(maximumInterval)))
  }

  /// The state after a review, without fuzz.
  public func review(_ state: CardState, grade: Grade, at now: Date) -> CardState { review(state, grade: grade, at: now) { _ in nil } }

  /// The state after a review, with the fuzz drawn from a random source when `hasFuzz`.
  public func review(_ state: CardState, grade: Grade, at now: Date, random: inout some RandomNumberGenerator) -> CardState {
    review(state, grade: grade, at: now) { range in hasFuzz ? Int.random(in: range, using: &random) : nil }
  }

  /// The state of a card whose reviews these are, in whatever order they are given: each one repeated under this scheduler, without fuzz.
  public func replay(_ log: [ReviewLog]) -> CardState {
    // Sorting is stable, so reviews of one moment keep their order.
    replayed(log).last?.state ?? .new
  }

  /// The reviews of one card in the order of their time, each with the state that this scheduler leaves behind, without fuzz.
  public func replayed(_ log: [ReviewLog]) -> [ReviewLog] {
    var state = CardState.new
    return log.sorted { $0.reviewedAt < $1.reviewedAt }.map { review in
      state = self.review(state, grade: review.grade, at: review.reviewedAt)
      var review = review
      (review.state, review.version) = (state, Scheduler.version)
      return review
    }
  }

  private func review(_ state: CardState, grade: Grade, at now: Date, draw: (ClosedRange<Int>) -> Int?) -> CardState {
    let memory = model.memory(after: grade, before: state.memory, days: state.elapsedDays(at: now))
    if let (phase, step, seconds) = step(after: grade, state) {
      return CardState(phase: phase, step: step, memory: memory, due: now.addingTimeInterval(seconds), lastReview: now)
    }
    var days = ordersIntervals ? orderedInterval(after: grade, state, at: now) : interval(stability: memory.stability)
    if let range = fuzzRange(days: days), let drawn = draw(range) { days = drawn }
    return CardState(phase: .review, memory: memory, due: now.addingTimeInterval(Double(days) * 86_400), lastReview: now)
  }

  /// The step that the card goes to, with its wait in seconds; nil when it goes on to days.
  private func step(after grade: Grade, _ state: CardState) -> (phase: CardState.Phase, step: Int, seconds: TimeInterval)? {
    let isForgotten = state.phase == .review || state.phase == .relearning
    let phase: CardState.Phase = isForgotten ? .relearning : .learning
    let steps = isForgotten ? relearningSteps : learningSteps
    if state.phase == .review && grade != .again { return nil }
    guard let first = steps.first else { return nil }
    // A log may come from settings with more steps.
    if state.step >= steps.count && grade != .again { return nil }
    switch grade {
    case .again: return (phase, 0, first)
    case .hard where state.step == 0: return (phase, 0, steps.count == 1 ? first * 1.5 : (first + steps[1]) / 2)
    case .hard: return (phase, state.step, steps[state.step])
    case .good where state.step + 1 < steps.count: return (phase, state.step + 1, steps[state.step + 1])
    case .good, .easy: return nil
    }
  }

  /// The interval of a grade once each grade's is a day longer than that of the worse one.
  private func orderedInterval(after grade: Grade, _ state: CardState, at now: Date) -> Int {
    let days = state.elapsedDays(at: now)
    var intervals = Grade.allCases.map { interval(stability: model.memory(after: $0, before: state.memory, days: days).stability) }
    intervals[0] = min(intervals[0], intervals[1])
    for index in 1..<intervals.count { intervals[index] = max(intervals[index], intervals[index - 1] + 1) }
    return min(intervals[grade.rawValue - 1], maximumInterval)
  }

  /// The intervals that fuzz draws from, or nil for an interval under 2.5 days, which has none.
  ///
  /// delta = 1 + 0.15 (part in [2.5, 7]) + 0.1 (part in [7, 20]) + 0.05 (part over 20); the range is
  /// [max(2, round(I - delta)), round(I + delta)], within the greatest interval.
  public func fuzzRange(days: Int) -> ClosedRange<Int>? {
    let interval = Double(days)
    guard interval >= 2.5 else { return nil }
    var delta = 1.0
    for (part, low, high) in [(0.15, 2.5, 7.0), (0.1, 7, 20), (0.05, 20, Double.infinity)] {
      delta += part * max(min(interval, high) - low, 0)
    }
    let highest = min(Int((interval + delta).rounded()), maximumInterval)
    return min(max(2, Int((interval - delta).rounded())), highest)...highest
  }
}
