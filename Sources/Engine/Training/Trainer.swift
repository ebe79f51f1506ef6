import Kernels
import Language

/// The edges of a training loop, for who measures it.
public enum LoopEdge: Sendable {
  /// The first update is about to be made.
  case begins
  /// The last one is done.
  case ends
}

/// Trains a network by its settings, with mini-batches of a given size.
///
/// It owns a plan, and is worth keeping while network, settings (but for the rate) and batch stay the same. States are values that go in and
/// come out. The thread it is called on does the work.
public final class Trainer {
  /// What is trained.
  public let network: Network
  /// How; the optimizer's rate may be changed between calls.
  public private(set) var settings: TrainingSettings
  /// How many samples a mini-batch has.
  public let batch: Int

  let plan: Plan
  let meters: [any MetricMeter]
  // The order of the samples in an epoch, and what it was drawn for.
  var order: [Int] = []
  var orderKey: OrderKey?

  struct OrderKey: Equatable {
    let seed: UInt64
    let epoch: Int
    let count: Int
    let shuffle: Bool
  }

  /// A trainer for a network.
  ///
  /// - Throws: A `Complaint` when the loss does not fit the network, or memory would not hold the plan.
  public init(network: Network, settings: TrainingSettings, batch: Int = 32) throws {
    let plan = try Plan(network, batch: batch, settings: settings)
    self.plan = plan
    meters = settings.metrics.map { $0.makeMeter(for: settings.loss, outputShape: plan.outputShape) }
    self.network = network
    self.settings = settings
    self.batch = batch
  }

  /// The learning rate.
  public var rate: Float {
    get { settings.optimizer.rate }
    set { settings.optimizer.rate = newValue }
  }

  /// Updates on the next mini-batches, going on where the state stands.
  ///
  /// - Parameters:
  ///   - atLoop: Told when the updates begin and when they are over: what comes before and after is the copying of values.
  ///   - keepsTrail: Whether the report tells how to make the last update again.
  public func step(
    _ state: inout TrainingState, on samples: Samples, count: Int = 1, shuffle: Bool = true, interrupted: () -> Bool = { false },
    atLoop: (LoopEdge) -> Void = { _ in }, keepsTrail: Bool = false
  ) throws -> StepReport {
    try begin(state, samples)
    var updates: [StepReport.Update] = []
    var diagnosis: Diagnosis?
    let before = state.updates
    var keeper = keepsTrail ? TrailKeeper(from: state) : nil
    let ending = try working(&state, atLoop, interrupted) { run in
      for number in 1...max(count, 1) where number <= count {
        if run.position >= samples.count {
          run.epoch += 1
          run.position = 0
        }
        let rows = nextRows(run, samples, shuffle)
        if let start = keeper?.start, number == count || keeper?.wantsState(before: run.updates) == true {
          keeper?.hold(try self.state(at: run, from: start))
        }
        var lossBefore = 0.0
        let ending = try update(&run, samples, rows, rate: rate, interrupted, &lossBefore)
        if case .notFinite = ending { diagnosis = try diagnose(run, samples, rows, rate: rate, updates: run.updates - before) }
        if ending != .completed { return ending }
        keeper?.made(rate)
        let pass = Pass(rows: rows.count, isTraining: true, dropsOut: true, key: run.key(update: run.updates - 1))
        let isWhole = try plan.forward(pass, interrupted: interrupted)
        let lossAfter = isWhole ? plan.evaluateLoss(rows: rows.count, isWeighted: samples.weights != nil) : nil
        updates.append(StepReport.Update(lossBefore: lossBefore, lossAfter: lossAfter, epoch: run.epoch, samples: Array(rows)))
        if !isWhole { return .interrupted }
      }
      return .completed
    }
    return StepReport(updates: updates, ending: ending, diagnosis: diagnosis, trail: keeper?.trail)
  }

  /// The state before the last update of a training, found by making the updates of its trail again.
  ///
  /// - Throws: Also when it was interrupted.
  public func stateBeforeLast(
    of trail: UpdateTrail, on samples: Samples, shuffle: Bool, interrupted: () -> Bool = { false }
  ) throws -> TrainingState {
    var state = trail.state
    guard trail.rates.count > 1 else { return state }
    try begin(state, samples)
    let ending = try working(&state, { _ in }, interrupted) { run in
      for rate in trail.rates.dropLast() {
        if run.position >= samples.count {
          run.epoch += 1
          run.position = 0
        }
        var loss = 0.0
        let ending = try update(&run, samples, nextRows(run, samples, shuffle), rate: rate, interrupted, &loss)
        if ending != .completed { return ending }
      }
      return .completed
    }
    guard ending == .completed else { throw Complaint.interruptedReplay }
    return state
  }

  /// Passes over the data, each in an order of its own. A pass that `step` has begun is left.
  ///
  /// - Parameters:
  ///   - validation: Held-out samples, judged after each epoch.
  ///   - options: Schedules, early stopping and the like; a rate that was reduced stays so.
  ///   - interrupted: Asked between layers.
  ///   - eachBatch: Told after each mini-batch.
  ///   - eachEpoch: Told after each epoch; false ends the training there.
  ///   - checkpoint: Told before `eachEpoch` how to get the state that the training has come to.
  ///   - atLoop: Told when the updates begin and when they are over, as for `step`.
  ///   - keepsTrail: Whether the report tells how to make the last update again.
  public func fit(
    _ state: inout TrainingState, on samples: Samples, validation: Samples? = nil, epochs: Int, shuffle: Bool = true,
    options: FitOptions = FitOptions(), interrupted: () -> Bool = { false }, eachBatch: ((BatchReport) -> Void)? = nil,
    eachEpoch: (EpochReport) -> Bool = { _ in true }, checkpoint: ((EpochReport, () throws -> TrainingState) throws -> Void)? = nil,
    atLoop: (LoopEdge) -> Void = { _ in },
    keepsTrail: Bool = false
  ) throws -> FitReport {
    try begin(state, samples)
    if let validation { try check(validation) }
    var watch = try FitWatch(options, measured: measuredNames(validates: validation != nil))
    var history = TrainingHistory()
    var rates: [Double] = []
    var diagnosis: Diagnosis?
    let before = state.updates
    let start = state
    let batches = (samples.count + batch - 1) / batch
    var isRestored = false
    var keeper = keepsTrail ? TrailKeeper(from: state) : nil
    let ending = try working(&state, atLoop, interrupted) { run in
      if run.position > 0 {
        run.epoch += 1
        run.position = 0
      }
      var ending = TrainingEnding.completed
      while rates.count < epochs, ending == .completed {
        let epoch = rates.count + 1
        for meter in meters { meter.reset() }
        var total = 0.0
        var used = rate
        while run.position < samples.count {
          let rows = nextRows(run, samples, shuffle)
          let done = run.updates - before
          if let schedule = options.schedule { used = schedule.rate(rate, update: done, batches: batches, epochs: epochs) }
          // Of a training that runs to its end nothing has to be made again.
          let isLast = rates.count == epochs - 1 && run.position + rows.count >= samples.count
          if let start = keeper?.start, isLast || keeper?.wantsState(before: run.updates) == true {
            keeper?.hold(try self.state(at: run, from: start))
          }
          var loss = 0.0
          ending = try update(&run, samples, rows, rate: used, interrupted, &loss)
          if case .notFinite = ending { diagnosis = try diagnose(run, samples, rows, rate: used, updates: done) }
          if ending != .completed { break }
          keeper?.made(used)
          total += loss * Double(rows.count)
          eachBatch?(
            BatchReport(
              epoch: epoch, epochs: epochs, batch: done % batches + 1, batches: batches, loss: total / Double(run.position)))
        }
        if ending != .completed { break }
        var values = [NamedValue(name: "loss", value: total / Double(samples.count))] + measured()
        run.epoch += 1
        run.position = 0
        if let validation {
          guard let judged = try judge(validation, interrupted) else { return .interrupted }
          values += judged.map { NamedValue(name: "val_" + $0.name, value: $0.value) }
        }
        history.append(values)
        rates.append(Double(used))
        let report = EpochReport(epoch: epoch, epochs: epochs, values: values, rate: used, updates: run.updates - before)
        try checkpoint?(report) { try self.state(at: run, from: start) }
        let goesOn = eachEpoch(report)
        if try watch.observe(values, epoch: epoch, rate: &settings.optimizer.rate, parameters: { try plan.currentParameters() }) {
          ending = .stoppedEarly
        }
        if !goesOn { ending = .stopped }
      }
      // What the user interrupts stays as the last whole update left it.
      if ending != .interrupted, let best = watch.bestParameters, watch.best?.epoch != rates.count || diagnosis != nil {
        try plan.load(best)
        isRestored = true
      }
      return ending
    }
    return FitReport(
      history: history, epochs: rates.count, updates: state.updates - before, ending: ending, rates: rates, rate: rate, best: watch.best,
      isRestored: isRestored, diagnosis: diagnosis, trail: keeper?.trail)
  }

  // What is measured, and whether greater is better.
  private func measuredNames(validates: Bool) -> [(name: String, isBetterHigher: Bool)] {
    let names = [("loss", false)] + settings.metrics.map { ($0.name, $0.isBetterHigher) }
    return validates ? names + names.map { ("val_" + $0.0, $0.1) } : names
  }

  /// Loss and metrics over samples, outside training.
  ///
  /// - Throws: Also when it was interrupted: a part of the samples says nothing of all.
  public func evaluate(_ parameters: Parameters, on samples: Samples, interrupted: () -> Bool = { false }) throws -> [NamedValue] {
    try check(samples)
    try plan.load(parameters)
    let values = try Interruption.asking(interrupted) { try failing { try judge(samples, interrupted) } }
    guard let values else { throw Complaint.interruptedEvaluation }
    return values
  }
}
