import Engine

/// Keeps the compiled plan of the last training, so that `step` after `step` costs no new one.
@MainActor final class TrainerCache {
  static let shared = TrainerCache()
  private var held: (network: Network, settings: TrainingSettings, batch: Int, trainer: Trainer)?

  func trainer(_ network: Network, _ settings: TrainingSettings, batch: Int) throws -> Trainer {
    if let held, held.batch == batch, held.network == network {
      // A new learning rate needs no new plan.
      var alike = settings
      alike.optimizer.rate = held.settings.optimizer.rate
      if alike == held.settings {
        held.trainer.rate = settings.optimizer.rate
        return held.trainer
      }
    }
    let trainer = try Trainer(network: network, settings: settings, batch: batch)
    held = (network, settings, batch, trainer)
    return trainer
  }
}
