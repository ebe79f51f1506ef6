import Kernels
import Language

/// Every quantity of an update, which is made on a plan of its own: nothing fused, every buffer kept, nothing outside changed.
public struct Inspection: Sendable {
  /// What can be looked at, in the network's order: "input.output", "dense.preactivation", "dense.output", "dense.gradient" (the loss by the
  /// output), "dense.kernel", "dense.kernel.gradient", ...
  public let names: [String]
  /// The mean loss of the mini-batch, penalties included.
  public let loss: Double
  /// The rows of the data that the mini-batch holds.
  public let rows: [Int]
  /// The targets of the mini-batch as the loss takes them, the samples along the first axis.
  public let targets: Tensor
  /// What the loss of each sample is multiplied by; nil when they count alike.
  public let weights: [Float]?
  /// What the optimizer made of the gradients; nil when it was not asked.
  public let update: UpdateInspection?
  private let values: [String: Tensor]

  /// A quantity; those of samples have the batch as their first axis.
  public subscript(name: String) -> Tensor? { values[name] }

  /// The quantities of the next update.
  ///
  /// - Parameter updates: Whether the optimizer is asked too, which takes memory for parameters before and after.
  public static func nextUpdate(
    network: Network, settings: TrainingSettings, state: TrainingState, samples: Samples, batch: Int = 32, shuffle: Bool = true,
    updates: Bool = false
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
      try plan.computeOutput(pass)
      let loss = plan.evaluateLoss(rows: rows.count, isWeighted: samples.weights != nil)
      try plan.computeGradients(pass)
      let targets = plan.target.values(count: rows.count * samples.targetWidth)
      let shape = [rows.count] + settings.loss.targetShape(for: plan.outputShape)
      // What the gradients were, before the optimizer clips them where they lie.
      let values = plan.everyQuantity(rows: rows.count)
      let update = updates ? try UpdateInspection(plan, settings.optimizer, state.optimizer) : nil
      return Inspection(
        names: plan.quantityNames, loss: loss, rows: Array(rows), targets: Tensor(shape: shape, values: targets),
        weights: samples.weights.map { weights in rows.map { weights[$0] } }, update: update, values: values)
    } catch let failure as KernelFailure {
      throw Complaint.kernelFailed(failure)
    }
  }
}

extension Plan {
  fileprivate func everyQuantity(rows: Int) -> [String: Tensor] {
    Dictionary(uniqueKeysWithValues: quantityNames.compactMap { name in quantity(name, rows: rows).map { (name, $0) } })
  }
}

/// What an optimizer made of an update's gradients.
public struct UpdateInspection: Sendable {
  /// The optimizer.
  public let optimizer: any OptimizerDescription
  /// The number of the update since `compile`, from 1.
  public let number: Int
  /// The parameters before it.
  public let before: Parameters
  /// The parameters after it.
  public let after: Parameters
  /// What the optimizer remembered of each parameter before it: "dense.kernel/m".
  public let remembered: Parameters
  /// What it remembers after it.
  public let remembers: Parameters
  /// What each gradient was multiplied by to keep its norm within the limit; those that are missing were left as they are.
  public let clipping: [String: Double]

  /// Makes the update on the plan, which holds parameters and gradients.
  init(_ plan: Plan, _ optimizer: any OptimizerDescription, _ state: OptimizerState) throws {
    self.optimizer = optimizer
    number = state.updates + 1
    before = try plan.currentParameters()
    try plan.load(state, of: optimizer)
    remembered = plan.currentState(of: optimizer, updates: state.updates).slots
    clipping = plan.clipping(by: optimizer.options.clipping)
    plan.update(optimizer, update: number)
    after = try plan.currentParameters()
    remembers = plan.currentState(of: optimizer, updates: number).slots
  }
}

extension Plan {
  /// What the norms' limits multiply each gradient by.
  fileprivate func clipping(by clipping: GradientClipping?) -> [String: Double] {
    let entries = layout.entries.filter(\.parameter.spec.isTrainable)
    func factor(_ norm: Double, _ limit: Float) -> Double? { norm > Double(limit) ? Double(limit) / norm : nil }
    switch clipping {
    case .norm(let limit):
      return Dictionary(
        uniqueKeysWithValues: entries.compactMap { entry in
          let norm = NormKernel.norm(of: FloatBuffer(entry.range, of: gradients), count: entry.range.count)
          return factor(norm, limit).map { (entry.parameter.name, $0) }
        })
    case .globalNorm(let limit):
      guard let factor = factor(NormKernel.norm(of: gradients, count: layout.trainableCount), limit) else { return [:] }
      return Dictionary(uniqueKeysWithValues: entries.map { ($0.parameter.name, factor) })
    case .value, nil: return [:]
    }
  }
}
