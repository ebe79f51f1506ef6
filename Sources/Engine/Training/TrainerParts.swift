import Kernels
import Language

// The parts of a training.
extension Trainer {
  /// What an update changes, kept apart from the state until the work is over.
  struct Run {
    var epoch: Int
    var position: Int
    var updates: Int
    var optimizerUpdates: Int
    let seed: UInt64

    func key(update: Int) -> UInt64 { TrainingState.dropoutKey(seed: seed, update: update) }
  }

  func begin(_ state: TrainingState, _ samples: Samples) throws {
    try check(samples)
    try plan.load(state.parameters)
    try failing { try plan.adapt(to: samples) }
    try plan.load(state.optimizer, of: settings.optimizer)
  }

  /// Whether samples fit the network and its loss.
  ///
  /// - Throws: A `Complaint` that says what does not.
  public func check(_ samples: Samples) throws {
    try samples.check(input: plan.inputShape, output: plan.outputShape, loss: settings.loss)
  }

  func working(
    _ state: inout TrainingState, _ atLoop: (LoopEdge) -> Void, _ interrupted: () -> Bool, _ body: (inout Run) throws -> TrainingEnding
  ) throws -> TrainingEnding {
    var run = Run(
      epoch: state.epoch, position: state.position, updates: state.updates, optimizerUpdates: state.optimizer.updates, seed: state.seed)
    atLoop(.begins)
    let ending = try Interruption.asking(interrupted) { try failing { try body(&run) } }
    atLoop(.ends)
    state = try self.state(at: run, from: state)
    return ending
  }

  /// The state that a run has come to; before its first update that is where it started, and nothing has to be copied.
  func state(at run: Run, from start: TrainingState) throws -> TrainingState {
    var now = start
    if run.updates > start.updates {
      try take(run, into: &now)
    } else {
      now.epoch = run.epoch
      now.position = run.position
    }
    return now
  }

  // Makes a state what plan and run have come to.
  private func take(_ run: Run, into state: inout TrainingState) throws {
    state.parameters = try plan.currentParameters()
    state.optimizer = plan.currentState(of: settings.optimizer, updates: run.optimizerUpdates)
    state.epoch = run.epoch
    state.position = run.position
    state.updates = run.updates
  }

  func failing<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let failure as KernelFailure {
      throw Complaint.kernelFailed(failure)
    }
  }

  func nextRows(_ run: Run, _ samples: Samples, _ shuffle: Bool) -> ArraySlice<Int> {
    let key = OrderKey(seed: run.seed, epoch: run.epoch, count: samples.count, shuffle: shuffle)
    if orderKey != key {
      order = TrainingState.order(seed: run.seed, epoch: run.epoch, samples: samples.count, shuffle: shuffle)
      orderKey = key
    }
    return order[run.position..<min(run.position + batch, samples.count)]
  }

  /// One update, or none at all: nothing that lasts is changed before the gradients are complete.
  func update(
    _ run: inout Run, _ samples: Samples, _ rows: ArraySlice<Int>, rate: Float, _ interrupted: () -> Bool, _ loss: inout Double
  ) throws -> TrainingEnding {
    plan.gather(rows, of: samples)
    let pass = Pass(rows: rows.count, isTraining: true, dropsOut: true, key: run.key(update: run.updates))
    guard try plan.forward(pass, interrupted: interrupted) else { return .interrupted }
    loss = plan.evaluateLoss(rows: rows.count, isWeighted: samples.weights != nil)
    // The sum is in double precision; the gradients it stands for are not.
    guard Float(loss).isFinite else { return .notFinite(epoch: run.epoch + 1, update: run.updates + 1) }
    guard try plan.backward(pass, interrupted: interrupted) else { return .interrupted }
    // From here on the update counts.
    if interrupted() { return .interrupted }
    for meter in meters { meter.add(plan.output, plan.target, rows: rows.count) }
    run.optimizerUpdates += 1
    run.updates += 1
    run.position += rows.count
    plan.update(settings.optimizer, update: run.optimizerUpdates, rate: rate, interrupted: interrupted)
    return .completed
  }

  /// Why the loss of these rows is not finite; nil where that cannot be found out, which must not cost the report.
  func diagnose(_ run: Run, _ samples: Samples, _ rows: ArraySlice<Int>, rate: Float, updates: Int) throws -> Diagnosis? {
    let now = try plan.currentParameters()
    return try? Diagnosis.of(
      network: network, settings: settings, parameters: now, samples: samples, rows: rows, key: run.key(update: run.updates), rate: rate,
      updates: updates)
  }

  /// The metrics over the batches of the epoch so far.
  public func measured() -> [NamedValue] { zip(settings.metrics, meters).map { NamedValue(name: $0.name, value: $1.value) } }

  /// Over the plan's parameters as they are.
  func judge(_ samples: Samples, _ interrupted: () -> Bool) throws -> [NamedValue]? {
    for meter in meters { meter.reset() }
    var total = 0.0
    let isWhole = try plan.eachBatch(of: samples.inputs) { rows in
      plan.takeTargets(rows, of: samples)
      let pass = Pass(rows: rows.count, isTraining: false, dropsOut: false, key: 0)
      guard try plan.forward(pass, interrupted: interrupted) else { return false }
      total += plan.evaluateLoss(rows: rows.count, isWeighted: samples.weights != nil) * Double(rows.count)
      for meter in meters { meter.add(plan.output, plan.target, rows: rows.count) }
      return true
    }
    guard isWhole else { return nil }
    return [NamedValue(name: "loss", value: total / Double(samples.count))] + measured()
  }
}
