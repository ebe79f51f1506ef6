import Engine
import Language

/// The part of a session that `undo` takes back: the network, how it is compiled, and what it has learned.
public struct Model: Sendable, Equatable {
  /// The layers.
  public internal(set) var network = Network()
  /// Whether the user named the input; else the data decide it.
  var inputIsDeclared = false
  /// The optimizer, loss and metrics; nil before `compile`.
  public internal(set) var settings: TrainingSettings?
  /// The commands that made network and settings.
  var steps: [BuildStep] = []
  /// Weights, optimizer state and the place in the epoch; nil until they are first needed.
  public internal(set) var state: TrainingState?
  /// Whether `set` changed a weight since they were drawn.
  var hasWeightsByHand = false
  /// What the last update began with; nil when there was none, or it was not kept.
  var lastUpdate: UpdateRecord?
  /// The curves since the weights were made.
  public internal(set) var history = TrainingHistory()
  /// Epochs trained since the weights were made.
  public internal(set) var epochs = 0
  /// What the trainings since then left of their way.
  var trace: TrainingTrace?
  /// The rates that the last fit with a schedule was to have.
  var lastSchedule: PlannedRates?
  /// What the last `fit` was asked for.
  var lastFit: TrainingRequest?

  /// An empty model.
  public init() {}

  /// The same, as `undo` keeps it: what the last update began with would hold samples and weights once more.
  var withoutLastUpdate: Model {
    var copy = self
    copy.lastUpdate = nil
    return copy
  }

  /// Whether the weights are still those that were drawn: neither trained nor set by hand.
  var hasFirstWeights: Bool { !hasWeightsByHand && (state?.updates ?? 0) == 0 }

  /// Makes the weights if there are none.
  ///
  /// - Throws: A `Complaint` when the network has no layer or no input shape.
  mutating func ensureState(seed: UInt64) throws -> TrainingState {
    if let state { return state }
    guard !network.layers.isEmpty else { throw Complaint.noLayers() }
    guard network.inputShape != nil else { throw Complaint.noInput() }
    let made = try TrainingState(network: network, seed: seed)
    state = made
    return made
  }

  /// Changes the network; weights of layers that stay keep their values.
  mutating func edit(_ change: (inout Network) throws -> Void) throws {
    var changed = network
    try change(&changed)
    if network != changed { trace = nil }
    network = changed
    guard let old = state else { return }
    if network.inputShape != nil && !network.layers.isEmpty {
      state = try old.adapted(to: network)
    } else {
      state = nil
    }
  }
}
