import Engine

/// What the engine computed for an exercise: the shell's `explain` tells it step by step.
public enum Working: Sendable {
  /// How the parameters and the shapes of a network come about, or those of one of its layers.
  case counts(Network, layer: String?)
  /// The outputs of some units, in the order in which they are computed, for the only sample.
  case outputs(Computation, units: [(layer: String, unit: Int)])
  /// The loss of all samples.
  case loss(Computation)
  /// One update on the only sample.
  case update(Computation)
}

/// A network with its numbers and what it is given.
public struct Computation: Sendable {
  /// The network.
  public let network: Network
  /// Loss and optimizer.
  public let settings: TrainingSettings
  /// The parameters.
  public let state: TrainingState
  /// The samples, which make one mini-batch.
  public let samples: Samples

  /// A network whose parameters have the given values, and samples of it.
  init(
    _ network: Network, _ parameters: [String: [Double]], optimizer: any OptimizerDescription = SGD(rate: 0.1),
    loss: any LossDescription = MeanSquaredError(), inputs: [[Double]], targets: [[Double]]
  ) throws {
    self.network = network
    settings = TrainingSettings(optimizer: optimizer, loss: loss)
    var state = try TrainingState(network: network, seed: 0)
    for spec in try network.parameterSpecs() {
      guard let values = parameters[spec.name] else { continue }
      try state.parameters.set(spec.name, to: Tensor(shape: spec.spec.shape, values: values.map { Float($0) }))
    }
    self.state = state
    samples = try Samples(inputs: Computation.tensor(inputs), targets: Computation.tensor(targets))
  }

  private static func tensor(_ rows: [[Double]]) -> Tensor {
    Tensor(shape: [rows.count, rows.first?.count ?? 0], values: rows.flatMap { $0.map { Float($0) } })
  }

  /// Every quantity of the update that these samples lead to.
  func inspected() throws -> Inspection {
    try Inspection.nextUpdate(network: network, settings: settings, state: state, samples: samples, batch: samples.count, updates: true)
  }
}
