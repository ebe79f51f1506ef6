import Engine

/// How a training went: `fit`, `epoch` and `step`.
public struct TrainingFacts: Facts {
  /// What was asked for.
  public enum Kind: Sendable, Equatable {
    /// Epochs.
    case epochs
    /// Single updates.
    case updates
  }
  /// What was asked for.
  public let kind: Kind
  /// The curves of this command: a value an epoch, or for `step` the loss before each update.
  public let history: TrainingHistory
  /// Epochs made; 0 for `step`.
  public let epochs: Int
  /// Updates made.
  public let updates: Int
  /// The seconds of the training loop alone.
  public let seconds: Double
  /// Why it ended.
  public let ending: TrainingEnding
  /// For `step`: the loss on the last mini-batch before and after its update.
  public let lastUpdate: (before: Double, after: Double?)?
  /// The condition of `until` that was met.
  public let metCondition: String?
  /// Samples in training and held out.
  public let samples: Int
  /// Samples held out; 0 when none are.
  public let heldOut: Int
  /// The learning rate of each epoch's last update.
  public var rates: [Double] = []
  /// The best epoch by what was watched; nil when nothing was.
  public var best: BestEpoch?
  /// Whether the parameters are those of the best epoch rather than of the last.
  public var isRestored = false
  /// Why the loss was no longer finite.
  public var diagnosis: Diagnosis?
  /// The number under which the fit is kept; nil when it is not.
  public var run: Int?
  /// What was predicted before it, and what came of that; nil when nothing was.
  public var forecast: Forecast?

  /// The curves, the updates and the seconds.
  public var json: [(String, JSONValue)] {
    // A training that broke off in its first epoch has a curve too, an empty one.
    let names = history.names.isEmpty ? ["loss"] : history.names
    var members: [(String, JSONValue)] = [
      ("history", .object(names.map { ($0, .numbers(history[$0])) })), ("steps", .integer(updates)), ("seconds", .number(seconds)),
    ]
    if kind == .epochs { members += [("epochs", .integer(epochs)), ("lr", .numbers(rates))] }
    if let best {
      members.append(
        ("best", .object([("epoch", .integer(best.epoch)), ("monitor", .string(best.monitor)), ("value", .number(best.value))])))
      members.append(("restored", .bool(isRestored)))
    }
    if let diagnosis {
      members.append(("diagnosis", .object([("layer", .string(diagnosis.layer)), ("cause", .string(diagnosis.cause.name))])))
    }
    if let lastUpdate {
      members.append(("loss_before", .number(lastUpdate.before)))
      members.append(("loss_after", lastUpdate.after.map { .number($0) } ?? .null))
    }
    if let run { members.append(("run", .integer(run))) }
    if let forecast { members.append(("prediction", forecast.json)) }
    members.append(("ended", .string(ended)))
    return members
  }

  var ended: String {
    switch ending {
    case .completed: "completed"
    case .stopped: "until"
    case .stoppedEarly: "early_stopping"
    case .interrupted: "interrupted"
    case .notFinite: "not_finite"
    }
  }
}

extension Diagnosis.Cause {
  /// A name for scripts.
  var name: String {
    switch self {
    case .logarithm: "logarithm"
    case .unscaledInputs: "unscaled_inputs"
    case .unscaledTargets: "unscaled_targets"
    case .rate: "rate"
    case .largeWeights: "large_weights"
    }
  }
}

/// How good the model is on some samples.
public struct EvaluationFacts: Facts {
  /// The loss, then the metrics by the names they were given.
  public let values: [NamedValue]
  /// The number of samples.
  public let samples: Int
  /// `train`, `val` or `all`.
  public let on: String
  /// Whether none are held out, so that the training part is all there is.
  public let isWhole: Bool
  /// The seconds of the passes through the network.
  public let seconds: Double

  /// Each value by its name, the samples, on what, and the seconds.
  public var json: [(String, JSONValue)] {
    values.map { ($0.name, .number($0.value)) }
      + [("samples", .integer(samples)), ("on", .string(on)), ("seconds", .number(seconds))]
  }
}

/// What the model answers.
public struct PredictionFacts: Facts {
  /// One list of outputs a sample.
  public let outputs: [[Float]]
  /// The class that each sample most probably belongs to, where the data have classes.
  public let classes: [String]

  /// The outputs of the samples, and their classes.
  public var json: [(String, JSONValue)] {
    [("outputs", .array(outputs.map { .floats($0) }))] + (classes.isEmpty ? [] : [("classes", .strings(classes))])
  }
}
