import Engine
import Foundation

/// A fit as it is kept: what was trained on what, how, and how it went.
public struct TrainingRun: Sendable, Equatable {
  /// The curves of a run.
  public typealias Curves = TrainingHistory

  /// A layer's line: enough to tell two models apart.
  public struct Layer: Sendable, Equatable, Codable {
    /// The layer's name and Keras' class name.
    public var name, kind: String
    /// The output's shape as Python writes it, and how many parameters there are.
    public var shape: String
    public var parameters: Int

    /// A line of the given parts.
    public init(name: String, kind: String, shape: String, parameters: Int) {
      (self.name, self.kind, self.shape, self.parameters) = (name, kind, shape, parameters)
    }
  }

  /// What is kept beside the curves.
  public struct Details: Sendable, Equatable, Codable {
    /// When it began.
    public var began: Date
    /// The data and the network in short: "moons", "2-8-1".
    public var data, model: String
    /// The command that drew or read the data.
    public var recipe: String
    /// The layers.
    public var layers: [Layer]
    /// How it was trained: optimizer, rate, loss, batch, ... in the order in which they are told.
    public var settings: [Setting]
    /// The seed of weights, shuffles and dropout.
    public var seed: UInt64
    /// The seconds of the training loop.
    public var seconds: Double
    /// Epochs and updates made.
    public var epochs, updates: Int
    /// Why it ended.
    public var ended: String
    /// What the learner wrote about it; nil for nothing.
    public var note: String?

    /// Details of the given parts.
    public init(
      began: Date, data: String, model: String, recipe: String, layers: [Layer], settings: [Setting], seed: UInt64, seconds: Double,
      epochs: Int, updates: Int, ended: String
    ) {
      (self.began, self.data, self.model, self.recipe, self.layers, self.settings) = (began, data, model, recipe, layers, settings)
      (self.seed, self.seconds, self.epochs, self.updates, self.ended) = (seed, seconds, epochs, updates, ended)
    }
  }

  /// A setting by its name.
  public struct Setting: Sendable, Equatable, Codable {
    /// The name, as `fit` or `compile` take it.
    public var name: String
    /// The value as it is typed.
    public var value: String

    /// A setting of a value.
    public init(name: String, value: String) { (self.name, self.value) = (name, value) }
  }

  /// Its number, from 1.
  public var id: Int
  /// What is kept beside the curves.
  public var details: Details
  /// The curves: loss and metrics, epoch by epoch.
  public var history: TrainingHistory

  /// A run of the given parts.
  public init(id: Int, details: Details, history: TrainingHistory) {
    self.id = id
    self.details = details
    self.history = history
  }

  /// The last value of each curve that has one.
  public var metrics: [NamedValue] {
    history.names.filter { $0 != "lr" }.compactMap { name in history[name].last.map { NamedValue(name: name, value: $0) } }
  }
}

/// Keeps runs, each safely before the call returns.
@MainActor public protocol RunStore: SweepStore {
  /// Keeps a run, where it began, and how it went as a part of a sweep: all of it or nothing, so that what ends the program in between leaves no
  /// run that its sweep knows nothing of.
  ///
  /// - Returns: The run's number, the next one.
  func keep(_ details: TrainingRun.Details, _ history: TrainingHistory, from start: RunStart?, as part: SweepPart?) throws -> Int
  /// The newest runs, at most so many, the newest last.
  func newest(_ count: Int) throws -> [TrainingRun]
  /// A run by its number; nil when there is none.
  func run(_ number: Int) throws -> TrainingRun?
  /// Writes a note to a run; false when there was none.
  func note(_ number: Int, _ text: String?) throws -> Bool
  /// Where a run began; nil when that is not kept.
  func start(of number: Int) throws -> RunStart?
  /// Forgets a run; false when there was none.
  func remove(_ number: Int) throws -> Bool
}

/// A run's place in a sweep, and how it went there.
public struct SweepPart: Sendable {
  /// The sweep's number, and the run's place in it.
  public let sweep, place: Int
  /// How it went; the run's number is not known yet.
  public let outcome: SweepOutcome
  /// The same under the number of the run.
  public func outcome(of run: Int) -> SweepOutcome {
    var outcome = outcome
    outcome.run = run
    return outcome
  }

  /// A part of a sweep.
  public init(of sweep: Int, at place: Int, _ outcome: SweepOutcome) { (self.sweep, self.place, self.outcome) = (sweep, place, outcome) }
}

extension RunStore {
  /// Keeps a run that is no part of a sweep, and of which nobody asks where it began.
  public func keep(_ details: TrainingRun.Details, _ history: TrainingHistory) throws -> Int {
    try keep(details, history, from: nil, as: nil)
  }
}

/// Runs that last as long as the program: for lessons, checks and tests.
@MainActor public final class MemoryRuns: RunStore {
  private var runs: [TrainingRun] = []
  private var starts: [Int: RunStart] = [:]
  private var last = 0
  var sweeps: [KeptSweep] = []
  var lastSweep = 0

  /// No runs yet.
  public init() {}

  /// Keeps a run.
  public func keep(_ details: TrainingRun.Details, _ history: TrainingHistory, from start: RunStart?, as part: SweepPart?) -> Int {
    last += 1
    runs.append(TrainingRun(id: last, details: details, history: history))
    starts[last] = start
    if let part { keep(part.outcome(of: last), at: part.place, of: part.sweep) }
    return last
  }
  /// The newest runs.
  public func newest(_ count: Int) -> [TrainingRun] { Array(runs.suffix(count)) }
  /// A run by its number.
  public func run(_ number: Int) -> TrainingRun? { runs.first { $0.id == number } }
  /// Writes a note to a run.
  public func note(_ number: Int, _ text: String?) -> Bool {
    guard let index = runs.firstIndex(where: { $0.id == number }) else { return false }
    runs[index].details.note = text
    return true
  }
  /// Where a run began.
  public func start(of number: Int) -> RunStart? { starts[number] }
  /// Forgets a run.
  public func remove(_ number: Int) -> Bool {
    starts[number] = nil
    let before = runs.count
    runs.removeAll { $0.id == number }
    return runs.count < before
  }
}
