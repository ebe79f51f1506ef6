import Engine

/// What is needed to make an update again: what it began with.
public struct UpdateRecord: Sendable, Equatable {
  let network: Network
  private(set) var settings: TrainingSettings
  private(set) var state: TrainingState
  let samples: Samples
  let batch: Int
  let shuffle: Bool
  /// The epoch whose weights came back after the update; nil when the training stands where the update left it.
  let restoredEpoch: Int?
  // How the training came from a state before to the one that the update began with.
  private var trail: UpdateTrail?

  /// The update that a state comes to next.
  init(network: Network, settings: TrainingSettings, state: TrainingState, samples: Samples, batch: Int, shuffle: Bool = true) {
    (self.network, self.settings, self.state, self.samples, self.batch) = (network, settings, state, samples, batch)
    self.shuffle = shuffle
    restoredEpoch = nil
  }

  /// The last update of a training.
  init(
    network: Network, settings: TrainingSettings, trail: UpdateTrail, samples: Samples, batch: Int, shuffle: Bool = true,
    restoredEpoch: Int? = nil
  ) {
    (self.network, self.settings, self.samples, self.batch) = (network, settings, samples, batch)
    (self.trail, self.shuffle, self.restoredEpoch) = (trail, shuffle, restoredEpoch)
    state = trail.state
    self.settings.optimizer.rate = trail.lastRate
  }

  /// The same with the state that the update began with.
  @MainActor func reachingLast(interrupted: () -> Bool) throws -> UpdateRecord {
    guard let trail else { return self }
    var reached = self
    let trainer = try TrainerCache.shared.trainer(network, settings, batch: batch)
    reached.state = try trainer.stateBeforeLast(of: trail, on: samples, shuffle: shuffle, interrupted: interrupted)
    reached.trail = nil
    return reached
  }

  /// Whether weights and samples are few enough to be kept.
  static func isSmall(_ state: TrainingState, _ samples: Samples) -> Bool {
    state.parameters.count <= 4_000_000 && samples.inputs.count <= 16_000_000
  }
}
