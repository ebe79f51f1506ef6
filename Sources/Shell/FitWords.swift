import Engine
import Language

/// What was typed after `fit`.
struct FitWords: Sendable {
  let request: TrainingRequest
  let rates: ScheduleWords

  /// The training that is asked for, of a model that learns with such settings; without any it has no schedule, and fails later with words of its own.
  func request(for settings: TrainingSettings?) throws -> TrainingRequest {
    var request = request
    if let settings { request.options.schedule = try rates.schedule(rate: settings.optimizer.rate) }
    return request
  }
}

/// What was typed of a schedule of the learning rate.
struct ScheduleWords: Sendable {
  let shape: String?
  let decay: Double?
  let every: Double?
  let warmup: Double
  let floor: Double
  let epochs: Int
  /// Whether reduce_lr multiplies by `decay`.
  let reduces: Bool

  /// The schedule, for a training that begins with that rate; nil when none was asked for. A warm-up alone leaves the rate as it is after it.
  func schedule(rate: Float) throws -> LearningRateSchedule? {
    let isPeriodic = shape == "exponential" || shape == "step"
    if every != nil, !isPeriodic { throw Complaint.withoutSchedule("every", "schedule=step or schedule=exponential") }
    if decay != nil, !isPeriodic, !reduces {
      throw Complaint.withoutSchedule("decay", "schedule=step, schedule=exponential or reduce_lr=3")
    }
    guard warmup < Double(epochs) else { throw Complaint.longWarmup(warmup, epochs: epochs) }
    switch shape {
    case "cosine":
      guard floor <= Double(rate) else { throw Complaint.highFloor(floor, rate: rate) }
      return LearningRateSchedule(.cosine(floor: floor / Double(rate)), warmup: warmup)
    case "exponential":
      return LearningRateSchedule(.exponential(factor: decay ?? 0.95, epochs: every ?? 1), warmup: warmup, minimum: floor)
    case "step": return LearningRateSchedule(.step(factor: decay ?? 0.5, epochs: every ?? 10), warmup: warmup, minimum: floor)
    default: return warmup > 0 ? LearningRateSchedule(.step(factor: 1, epochs: 1), warmup: warmup) : nil
    }
  }
}

extension ClassWeights {
  /// `balanced`, or a list of numbers.
  init(_ text: String) throws {
    if text == "balanced" {
      self = .balanced
      return
    }
    let inner = text.hasPrefix("[") && text.hasSuffix("]") ? text.dropFirst().dropLast() : Substring(text)
    let values = inner.split { $0 == "," || $0 == " " }.map { decimal($0) }
    guard !values.isEmpty, values.allSatisfy({ ($0 ?? -1) >= 0 }) else { throw Complaint.badClassWeights(text) }
    self = .given(values.map { Float($0 ?? 0) })
  }
}
