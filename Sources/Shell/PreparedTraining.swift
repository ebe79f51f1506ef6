import Engine

/// A training made ready: all that it needs, as values, so that any thread may train with them.
struct PreparedTraining: Sendable {
  let request: TrainingRequest
  let network: Network
  let settings: TrainingSettings
  let batch: Int
  /// The weights that it begins with.
  let state: TrainingState
  let samples: Samples
  /// What is held out; nil when nothing is.
  let validation: Samples?
  /// The names of what is measured.
  let measured: [String]

  /// What is told of it once it is over.
  func facts(of report: FitReport, seconds: Double) -> TrainingFacts {
    TrainingFacts(
      kind: .epochs, history: report.history, epochs: report.epochs, updates: report.updates, seconds: seconds, ending: report.ending,
      lastUpdate: nil, metCondition: report.ending == .stopped ? request.until.map(\.text) : nil, samples: samples.count,
      heldOut: validation?.count ?? 0, rates: report.rates, best: report.best, isRestored: report.isRestored,
      diagnosis: report.diagnosis)
  }
}

extension Training {
  /// Makes ready what a training needs: values only, with which any thread may train.
  ///
  /// - Throws: A `Complaint` when something is missing, or the request asks for what is not measured.
  static func prepare(
    _ request: TrainingRequest, _ session: inout Session, _ surroundings: any Surroundings
  ) throws -> PreparedTraining {
    let data = try ready(&session)
    let settings = try session.compiled()
    let state = try session.model.ensureState(seed: session.settings.seed)
    let held = request.held ?? data.heldByFit
    let split = try data.rows(heldOut: held)
    warnOfFrozen(session.model.network, surroundings)
    if held > 0, request.held != nil, let shift = data.dataset.classShift(split) { surroundings.warn(shift.complaint) }
    let units = try data.standardization(heldOut: held)
    let plain = try data.samples(split.training, units: units, for: settings.loss)
    let samples =
      try request.classWeights.map {
        try $0.weigh(plain, for: settings.loss, outputs: session.model.network.outputShape ?? [])
      } ?? plain
    let validation = split.heldOut.isEmpty ? nil : try data.samples(split.heldOut, units: units, for: settings.loss)
    let names = measured(settings, validates: validation != nil)
    if let until = request.until, !names.contains(until.metric) { throw Complaint.notMeasured(until.metric, names) }
    session.data?.heldByFit = held
    return PreparedTraining(
      request: request, network: session.model.network, settings: settings, batch: batch(request.batch, data, session), state: state,
      samples: samples, validation: validation, measured: names)
  }
}
