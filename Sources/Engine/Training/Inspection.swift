import Kernels
import Language

/// Every quantity of the update that the next `step` would make, which is not made: nothing fused, every buffer kept.
public struct Inspection: Sendable {
  /// What can be looked at, in the network's order: "input.output", "dense.preactivation", "dense.output", "dense.gradient" (the loss by the
  /// output), "dense.kernel", "dense.kernel.gradient", ...
  public let names: [String]
  /// The mean loss of the mini-batch, penalties included.
  public let loss: Double
  /// The rows of the data that the mini-batch holds.
  public let rows: [Int]
  private let values: [String: Tensor]

  /// A quantity; those of samples have the batch as their first axis.
  public subscript(name: String) -> Tensor? { values[name] }

  /// The quantities of the next update.
  public static func nextUpdate(
    network: Network, settings: TrainingSettings, state: TrainingState, samples: Samples, batch: Int = 32, shuffle: Bool = true
  ) throws -> Inspection {
    let done = state.position >= samples.count
    let epoch = done ? state.epoch + 1 : state.epoch
    let start = done ? 0 : state.position
    let order = TrainingState.order(seed: state.seed, epoch: epoch, samples: samples.count, shuffle: shuffle)
    let rows = order[start..<min(start + batch, samples.count)]
    let plan = try Plan(network, batch: rows.count, settings: settings, keepsEverything: true)
    try samples.check(input: plan.inputShape, output: plan.outputShape, loss: settings.loss)
    try plan.load(state.parameters)
    try plan.adapt(to: samples)
    plan.gather(rows, of: samples)
    let key = TrainingState.dropoutKey(seed: state.seed, update: state.updates)
    let pass = Pass(rows: rows.count, isTraining: true, dropsOut: true, key: key)
    do {
      _ = try plan.forward(pass)
      let loss = plan.evaluateLoss(rows: rows.count, isWeighted: samples.weights != nil)
      _ = try plan.backward(pass)
      return Inspection(plan, rows: Array(rows), loss: loss)
    } catch let failure as KernelFailure {
      throw Complaint.kernelFailed(failure)
    }
  }

  private init(_ plan: Plan, rows: [Int], loss: Double) {
    self.rows = rows
    self.loss = loss
    names = plan.quantityNames
    values = Dictionary(
      uniqueKeysWithValues: plan.quantityNames.compactMap { name in plan.quantity(name, rows: rows.count).map { (name, $0) } })
  }
}
