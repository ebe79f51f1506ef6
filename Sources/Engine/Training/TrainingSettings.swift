import Kernels
import Language

/// What `compile` decides: how to train.
public struct TrainingSettings: Sendable, Equatable {
  /// How gradients change parameters; its `rate` may be set between updates.
  public var optimizer: any OptimizerDescription
  /// What is made small.
  public var loss: any LossDescription
  /// What is measured beside it.
  public var metrics: [any MetricDescription]

  /// Settings of the given parts.
  public init(optimizer: any OptimizerDescription, loss: any LossDescription, metrics: [any MetricDescription] = []) {
    self.optimizer = optimizer
    self.loss = loss
    self.metrics = metrics
  }

  /// Equal parts.
  public static func == (left: TrainingSettings, right: TrainingSettings) -> Bool {
    left.optimizer.isEqual(to: right.optimizer) && left.loss.isEqual(to: right.loss) && left.metrics.count == right.metrics.count
      && zip(left.metrics, right.metrics).allSatisfy { $0.isEqual(to: $1) }
  }

  /// What is odd about the loss for the network's last layer without being wrong; nil when nothing is.
  public func doubt(about network: Network) -> Complaint? { loss.doubt(lastActivation: network.lastActivation) }

  /// Whether the loss fits the network's output, as far as that is known: without an input's shape only the last activation is.
  ///
  /// - Throws: A `Complaint` that says what would fit.
  public func check(_ network: Network) throws {
    try loss.check(lastActivation: network.lastActivation)
    guard network.inputShape != nil, let output = try network.shapes().last else { return }
    try loss.check(outputShape: output)
  }
}
