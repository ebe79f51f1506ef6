/// A number under a name: "loss", "val_accuracy".
public struct NamedValue: Sendable, Equatable {
  /// The name.
  public let name: String
  /// The number.
  public let value: Double

  /// A number under a name.
  public init(name: String, value: Double) {
    self.name = name
    self.value = value
  }
}

/// Why a training ended.
public enum TrainingEnding: Sendable, Equatable {
  /// Everything asked for was done.
  case completed
  /// The caller said so after an epoch.
  case stopped
  /// What was watched had not improved for long enough.
  case stoppedEarly
  /// The user did, between two layers; the unfinished update was dropped whole.
  case interrupted
  /// The loss was no longer finite in that epoch and update (from 1); the update was not made, the state is the one before it.
  case notFinite(epoch: Int, update: Int)
}

/// What is known after a mini-batch of a `fit`.
public struct BatchReport: Sendable, Equatable {
  /// The epoch, from 1.
  public let epoch: Int
  /// How many epochs there will be.
  public let epochs: Int
  /// The batch, from 1.
  public let batch: Int
  /// How many batches an epoch has.
  public let batches: Int
  /// The mean loss of the epoch so far.
  public let loss: Double
}

/// What is known after an epoch.
public struct EpochReport: Sendable, Equatable {
  /// The epoch, from 1.
  public let epoch: Int
  /// How many epochs there will be.
  public let epochs: Int
  /// loss, the metrics, and each again with `val_` where there is held-out data.
  public let values: [NamedValue]
  /// The learning rate.
  public let rate: Float
  /// How many updates this `fit` has made.
  public let updates: Int

  /// The value of a name.
  public subscript(name: String) -> Double? { values.first { $0.name == name }?.value }
}

/// What a `fit` has done.
public struct FitReport: Sendable, Equatable {
  /// Loss and metrics, epoch by epoch.
  public let history: TrainingHistory
  /// How many epochs were completed.
  public let epochs: Int
  /// How many updates were made.
  public let updates: Int
  /// Why it ended.
  public let ending: TrainingEnding
  /// The learning rate of each epoch's last update.
  public let rates: [Double]
  /// The learning rate that a further training would begin with: lower than before where it was reduced.
  public let rate: Float
  /// The best epoch by what was watched; nil when nothing was.
  public let best: BestEpoch?
  /// Whether the parameters are those of the best epoch rather than of the last.
  public let isRestored: Bool
  /// Why the loss was no longer finite.
  public let diagnosis: Diagnosis?
  /// How to make the last update again; nil when nobody asked for it, or there was none.
  public let trail: UpdateTrail?
}

/// What a `step` has done.
public struct StepReport: Sendable, Equatable {
  /// One update.
  public struct Update: Sendable, Equatable {
    /// The loss on the mini-batch before the update.
    public let lossBefore: Double
    /// The loss on the same mini-batch after it, with the same dropout; nil when it was interrupted before that was known.
    public let lossAfter: Double?
    /// Which epoch it belongs to, from 0.
    public let epoch: Int
    /// The rows of the data that it learned from.
    public let samples: [Int]
  }

  /// The updates in order.
  public let updates: [Update]
  /// Why it ended.
  public let ending: TrainingEnding
  /// Why the loss was no longer finite.
  public let diagnosis: Diagnosis?
  /// How to make the last update again; nil when nobody asked for it, or there was none.
  public let trail: UpdateTrail?
}

/// Curves: the values of each name, epoch by epoch.
public struct TrainingHistory: Sendable, Equatable {
  /// The names in the order in which they came.
  public private(set) var names: [String] = []
  private var curves: [String: [Double]] = [:]

  /// No curves yet.
  public init() {}

  /// The curve of a name; empty when there is none.
  public subscript(name: String) -> [Double] { curves[name] ?? [] }

  /// How many epochs the longest curve has.
  public var epochs: Int { curves.values.lazy.map(\.count).max() ?? 0 }

  /// Goes on with another history's curves.
  public mutating func append(_ later: TrainingHistory) {
    for name in later.names {
      if curves[name] == nil { names.append(name) }
      curves[name, default: []] += later[name]
    }
  }

  /// Goes on with one curve.
  public mutating func append(_ name: String, _ values: some Sequence<Double>) {
    if curves[name] == nil { names.append(name) }
    curves[name, default: []] += values
  }

  /// Adds a point to each curve.
  public mutating func append(_ values: [NamedValue]) {
    for value in values {
      if curves[value.name] == nil { names.append(value.name) }
      curves[value.name, default: []].append(value.value)
    }
  }
}
