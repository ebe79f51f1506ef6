import Datasets
import Engine
import Foundation
import Language

/// What `fit` and `epoch` ask for.
struct TrainingRequest: Sendable, Equatable {
  var epochs: Int
  var batch: Int?
  /// The part to hold out; nil keeps what the last `fit` held out.
  var held: Double? = nil
  var shuffle = true
  var until: StopCondition?
  var options = FitOptions()
  var classWeights: ClassWeights?
  /// Whether it is kept among the runs.
  var isKept = false
  /// The command that asked for it, of which a saved session makes it again; nil where no `fit` did.
  var command: String?

  /// Whether an epoch ends it.
  func isMet(by values: [NamedValue]) -> Bool {
    guard let until, let value = values.first(where: { $0.name == until.metric })?.value else { return false }
    return until.holds(for: value)
  }
}

/// Brings model, data and settings together, trains, and tells how it went.
@MainActor enum Training {
  /// Trains for some epochs.
  static func fit(_ request: TrainingRequest, _ session: inout Session, _ surroundings: any Surroundings) throws -> TrainingFacts {
    let prepared = try prepare(request, &session, surroundings)
    let (settings, samples) = (prepared.settings, prepared.samples)
    var state = prepared.state
    let trainer = try TrainerCache.shared.trainer(session.model.network, settings, batch: prepared.batch)
    let epochsBefore = session.model.epochs
    session.model.trace = trainer.trace(after: session.model.trace, epochs: epochsBefore, state.parameters)
    let live = LivePlots(session, trainer, surroundings)
    var progress = TrainingProgress(
      moment: .began, epoch: 1, epochs: request.epochs, rate: Double(settings.optimizer.rate), metrics: settings.metrics.map(\.name),
      liveCurves: live.curves, livePlots: live.maker, measured: { trainer.measured() }, plot: session.settings.plot)
    surroundings.progress(progress)
    var watch = LoopWatch(stopped: surroundings.timeStopped)
    func tell(_ moment: TrainingProgress.Moment, epoch: Int) {
      watch.outside {
        progress.moment = moment
        progress.epoch = epoch
        surroundings.progress(progress)
      }
    }
    // The last pictures are drawn whole, also of a training that was stopped.
    func end() { Interruption.ignored { tell(.ended, epoch: progress.epoch) } }
    // A weighted mini-batch is not explained.
    let isKept = request.classWeights == nil && UpdateRecord.isSmall(state, samples)
    let began = surroundings.now
    let underWay = session
    var soFar = TrainingHistory()
    var rates: [Double] = []
    let report: FitReport
    do {
      report = try trainer.fit(
        &state, on: samples, validation: prepared.validation, epochs: request.epochs, shuffle: request.shuffle,
        options: request.options, interrupted: { surroundings.isInterrupted },
        eachBatch: { tell(.batch(number: $0.batch, of: $0.batches, loss: $0.loss), epoch: $0.epoch) },
        eachEpoch: { epoch in
          live.note(epochsBefore + epoch.epoch)
          progress.rate = Double(epoch.rate)
          tell(.epoch(epoch.values), epoch: epoch.epoch)
          return !request.isMet(by: epoch.values)
        },
        checkpoint: { epoch, state in
          soFar.append(epoch.values)
          rates.append(Double(epoch.rate))
          // A lesson's session is not the person's.
          guard !surroundings.files.isConfined, !underWay.isApart else { return }
          progress.isAhead = try !surroundings.keepMeanwhile {
            var kept = underWay
            kept.model.state = try state()
            kept.model.epochs = epochsBefore + rates.count
            kept.model.history.append(soFar)
            kept.model.history.append("lr", rates)
            kept.model.settings?.optimizer.rate = trainer.rate
            return kept
          }
        }, atLoop: { watch.note($0) }, keepsTrail: isKept)
    } catch {
      end()
      throw error
    }
    end()

    session.model.state = state
    if report.updates > 0 {
      session.model.lastUpdate = report.trail.map {
        UpdateRecord(
          network: trainer.network, settings: settings, trail: $0, samples: samples, batch: trainer.batch, shuffle: request.shuffle,
          restoredEpoch: report.isRestored ? report.best?.epoch : nil)
      }
    }
    session.model.epochs += report.epochs
    session.model.trace = live.trace
    if let schedule = request.options.schedule {
      let batches = (samples.count + trainer.batch - 1) / trainer.batch
      session.model.lastSchedule = PlannedRates(schedule: schedule, rate: settings.optimizer.rate, batches: batches, epochs: request.epochs)
    }
    session.model.history.append(report.history)
    // Beside the curves of the report: `plot lr` shows it.
    for rate in report.rates { session.model.history.append([NamedValue(name: "lr", value: rate)]) }
    session.model.settings?.optimizer.rate = report.rate
    var facts = prepared.facts(of: report, seconds: watch.seconds)
    if request.isKept {
      session.model.lastFit = request
      if session.command.hasPrefix(TrainingCommands.fitWords.name) { session.model.lastFit?.command = session.command }
      facts.run = RunKeeping.keep(
        facts, of: request, batch: trainer.batch, settings: settings, began: began, from: underWay, &session, surroundings)
    }
    return facts
  }

  /// Makes single updates.
  static func step(_ count: Int, _ session: inout Session, _ surroundings: any Surroundings) throws -> TrainingFacts {
    let data = try ready(&session)
    let settings = try session.compiled()
    var state = try session.model.ensureState(seed: session.settings.seed)
    warnOfFrozen(session.model.network, surroundings)
    let split = try data.rows(heldOut: data.heldByFit)
    let samples = try data.samples(split.training, units: try data.standardization(heldOut: data.heldByFit), for: settings.loss)
    let trainer = try TrainerCache.shared.trainer(session.model.network, settings, batch: batch(nil, data, session))
    var watch = LoopWatch(stopped: surroundings.timeStopped)
    let epochBefore = state.epoch
    let report = try trainer.step(
      &state, on: samples, count: count, interrupted: { surroundings.isInterrupted }, atLoop: { watch.note($0) },
      keepsTrail: UpdateRecord.isSmall(state, samples))
    session.model.state = state
    if !report.updates.isEmpty {
      session.model.lastUpdate = report.trail.map {
        UpdateRecord(network: trainer.network, settings: settings, trail: $0, samples: samples, batch: trainer.batch)
      }
    }
    session.model.epochs += state.epoch - epochBefore
    var history = TrainingHistory()
    for update in report.updates { history.append([NamedValue(name: "loss", value: update.lossBefore)]) }
    return TrainingFacts(
      kind: .updates, history: history, epochs: 0, updates: report.updates.count, seconds: watch.seconds,
      ending: report.ending, lastUpdate: report.updates.last.map { ($0.lossBefore, $0.lossAfter) }, metCondition: nil,
      samples: split.training.count,
      heldOut: split.heldOut.count, diagnosis: report.diagnosis)
  }

  /// The loss and metrics on held-out data where there is any, else on all.
  static func evaluate(on wanted: String?, _ session: inout Session, _ surroundings: any Surroundings) throws -> EvaluationFacts {
    let data = try ready(&session)
    let settings = try session.compiled()
    let state = try session.model.ensureState(seed: session.settings.seed)
    let split = try data.rows(heldOut: data.heldByFit)
    let on = wanted ?? (split.heldOut.isEmpty ? "train" : "val")
    let rows: [Int]
    switch on {
    case "val": rows = split.heldOut
    case "all": rows = Array(0..<data.dataset.rows)
    default: rows = split.training
    }
    if rows.isEmpty { throw Complaint.nothingHeldOut() }
    let samples = try data.samples(rows, units: try data.standardization(heldOut: data.heldByFit), for: settings.loss)
    let trainer = try TrainerCache.shared.trainer(session.model.network, settings, batch: batch(nil, data, session))
    let clock = ContinuousClock()
    let start = clock.now
    let values = try trainer.evaluate(state.parameters, on: samples, interrupted: { surroundings.isInterrupted })
    return EvaluationFacts(
      values: values, samples: rows.count, on: on, isWhole: split.heldOut.isEmpty, seconds: (clock.now - start) / .seconds(1))
  }

  /// Data that fit the network, whose input they decide when the user did not.
  static func ready(_ session: inout Session) throws -> DataInHand {
    guard let data = session.data else { throw Complaint.noData() }
    guard !session.model.network.layers.isEmpty else { throw Complaint.noLayers() }
    if session.model.network.inputShape == nil { try session.model.edit { try $0.setInput(data.dataset.sampleShape) } }
    return data
  }

  /// The samples of a mini-batch: no more than there are, so that a large number takes no memory for nothing.
  static func batch(_ wanted: Int?, _ data: DataInHand, _ session: Session) -> Int {
    min(wanted ?? session.settings.batch, data.dataset.rows)
  }

  /// A training that cannot change anything says so.
  static func warnOfFrozen(_ network: Network, _ surroundings: any Surroundings) {
    let summary = network.summary
    if summary.total > 0, summary.trainable == 0 { surroundings.warn(Complaint.everythingIsFrozen()) }
  }

  static func measured(_ settings: TrainingSettings, validates: Bool) -> [String] {
    let names = ["loss"] + settings.metrics.map(\.name)
    return validates ? names + names.map { "val_" + $0 } : names
  }
}

extension Session {
  /// Says that the compiled loss does not fit the network, now that more is known of it; `fit` would refuse.
  @MainActor func warnOfLoss(_ surroundings: any Surroundings) {
    guard let settings = model.settings, !model.network.layers.isEmpty else { return }
    do { try settings.check(model.network) } catch let complaint as Complaint { surroundings.warn(complaint) } catch {}
  }

  func compiled() throws -> TrainingSettings {
    guard let settings = model.settings else { throw Complaint.notCompiled() }
    return settings
  }
}

extension StopCondition {
  /// The condition as typed.
  var text: String { "\(metric)\(isAbove ? ">" : "<")\(isInclusive ? "=" : "")\(plain(bound))" }
}

extension Training {
  /// What an update begins with: the next one, or the last one that was made.
  ///
  /// - Throws: A `Complaint` when something is missing for the next one, or the last one was not kept.
  static func record(
    _ which: StepExplanation.Which, _ session: inout Session, interrupted: () -> Bool = { false }
  ) throws -> UpdateRecord {
    if which == .last {
      guard let record = session.model.lastUpdate else {
        throw Complaint.noLastUpdate(isTrained: (session.model.state?.updates ?? 0) > 0)
      }
      let reached = try record.reachingLast(interrupted: interrupted)
      session.model.lastUpdate = reached
      return reached
    }
    let data = try ready(&session)
    let settings = try session.compiled()
    let state = try session.model.ensureState(seed: session.settings.seed)
    let split = try data.rows(heldOut: data.heldByFit)
    let samples = try data.samples(split.training, units: try data.standardization(heldOut: data.heldByFit), for: settings.loss)
    return UpdateRecord(
      network: session.model.network, settings: settings, state: state, samples: samples, batch: session.settings.batch)
  }

  /// Every quantity of the update that the next `step` would make; nothing changes.
  static func inspect(_ session: inout Session) throws -> Inspection {
    let data = try ready(&session)
    let settings = try session.compiled()
    let state = try session.model.ensureState(seed: session.settings.seed)
    let split = try data.rows(heldOut: data.heldByFit)
    let samples = try data.samples(split.training, units: try data.standardization(heldOut: data.heldByFit), for: settings.loss)
    return try Inspection.nextUpdate(
      network: session.model.network, settings: settings, state: state, samples: samples, batch: session.settings.batch)
  }

  /// The mini-batch that the next `step` takes, for its outputs, which need no loss: where nothing is compiled, or the targets do not fit yet,
  /// the targets are zeros.
  static func outputs(_ session: inout Session) throws -> UpdateRecord {
    if let record = try? record(.next, &session), (try? record.check()) != nil { return record }
    let data = try ready(&session)
    let state = try session.model.ensureState(seed: session.settings.seed)
    let rows = try data.rows(heldOut: data.heldByFit).training
    let features = data.dataset.features.rows(rows)
    let inputs = try data.standardization(heldOut: data.heldByFit)?.forward(features) ?? features
    let outputShape = session.model.network.outputShape ?? []
    let targets = Tensor(
      shape: [rows.count] + outputShape, values: [Float](repeating: 0, count: rows.count * Tensor.count(of: outputShape)))
    return UpdateRecord(
      network: session.model.network, settings: TrainingSettings(optimizer: SGD(rate: 0.01), loss: MeanSquaredError()), state: state,
      samples: try Samples(inputs: inputs, targets: targets), batch: session.settings.batch)
  }

  /// The training part as the network and its loss take it.
  static func training(_ session: inout Session) throws -> Samples {
    let data = try ready(&session)
    let settings = try session.compiled()
    return try data.samples(
      data.rows(heldOut: data.heldByFit).training, units: data.standardization(heldOut: data.heldByFit), for: settings.loss)
  }

  /// Takes the shape of the input from the data, where there are some and the user named none.
  static func settleInput(_ session: inout Session) throws {
    guard let data = session.data, session.model.network.inputShape == nil else { return }
    try session.model.edit { try $0.setInput(data.dataset.sampleShape) }
  }

  /// The first samples of the training part as the network takes them.
  static func sample(_ session: inout Session, atMost count: Int) throws -> Samples {
    let data = try ready(&session)
    let settings = try session.compiled()
    let rows = try data.rows(heldOut: data.heldByFit).training.prefix(count)
    return try data.samples(Array(rows), units: try data.standardization(heldOut: data.heldByFit), for: settings.loss)
  }
}
