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
