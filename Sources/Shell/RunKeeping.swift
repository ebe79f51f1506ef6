import Engine
import Foundation
import Language

/// Keeps what a fit was and how it went.
@MainActor enum RunKeeping {
  /// Keeps a fit; a store that cannot take it costs no training: that is told once, and the command goes on.
  static func keep(
    _ facts: TrainingFacts, of request: TrainingRequest, batch: Int, settings: TrainingSettings, began: Date, from start: Session,
    as part: SweepPart? = nil, _ session: inout Session, _ surroundings: any Surroundings
  ) -> Int? {
    guard facts.epochs > 0 else { return nil }
    let details = TrainingRun.Details(
      began: began, data: session.data?.dataset.name ?? "", model: session.architecture,
      recipe: session.data.map { "\($0.dataset.recipe)" } ?? "", layers: layers(of: session.model.network),
      settings: words(request, batch: batch, settings, session), seed: session.settings.seed, seconds: facts.seconds, epochs: facts.epochs,
      updates: facts.updates, ended: facts.ended)
    do {
      let runs = try surroundings.permittedRuns
      // A stopped training is kept too.
      let start = try Interruption.ignored { try self.start(start, at: began) }
      let run = try runs.keep(details, facts.history, from: start, as: part)
      session.unkeptReason = nil
      return run
    } catch {
      let reason = (error as? Complaint)?.what ?? "\(error)"
      // Told once: each fit of the session would meet the same.
      guard session.unkeptReason != reason else { return nil }
      session.unkeptReason = reason
      surroundings.warn(Complaint("this fit is not kept among the runs: \(reason)", hint: "`--store FILE` takes another file"))
      return nil
    }
  }

  /// Models of more parameters would make the store large; what they began with is not kept.
  private static let largestStart = 1_000_000

  /// Where a training begins; weights that the seed alone makes again are left out.
  private static func start(_ session: Session, at now: Date) throws -> RunStart? {
    guard session.command.hasPrefix("fit"), session.model.state == nil || session.model.network.summary.total <= largestStart else {
      return nil
    }
    var start = session
    start.model.history = TrainingHistory()
    if let state = start.model.state, state.updates == 0, state.position == 0, state.epoch == 0,
      try state == TrainingState(network: start.model.network, seed: state.seed)
    {
      start.model.state = nil
      start.settings.seed = state.seed
    }
    return RunStart(command: session.command, session: try SessionFile.bytes(of: start, at: now))
  }

  private static func layers(of network: Network) -> [TrainingRun.Layer] {
    network.summary.rows.map { row in
      let shape = row.outputShape.map { "(" + $0.map { $0.map { String($0) } ?? "None" }.joined(separator: ", ") + ")" } ?? "?"
      return TrainingRun.Layer(name: row.name, kind: row.kind, shape: shape, parameters: row.parameters)
    }
  }

  private static func words(
    _ request: TrainingRequest, batch: Int, _ settings: TrainingSettings, _ session: Session
  ) -> [TrainingRun.Setting] {
    var words: [(String, String?)] = [
      ("optimizer", settings.optimizer.name), ("rate", "\(settings.optimizer.rate)"), ("loss", settings.loss.name),
      ("metrics", settings.metrics.isEmpty ? nil : settings.metrics.map(\.name).joined(separator: " ")),
      ("epochs", "\(request.epochs)"), ("batch", "\(batch)"),
    ]
    if let held = session.data?.heldByFit, held > 0 { words.append(("val", plain(held))) }
    if session.data?.isStandardized == true { words.append(("standardize", "yes")) }
    if !request.shuffle { words.append(("shuffle", "no")) }
    words += [
      ("early_stopping", request.options.patience.map { "\($0)" }), ("reduce_lr", request.options.reduction.map { "\($0.patience)" }),
      ("schedule", request.options.schedule.map { word(for: $0.shape) }), ("class_weight", request.classWeights == nil ? nil : "yes"),
      ("until", request.until.map(\.text)),
    ]
    return words.compactMap { name, value in value.map { TrainingRun.Setting(name: name, value: $0) } }
  }

  private static func word(for shape: LearningRateSchedule.Shape) -> String {
    switch shape {
    case .cosine: "cosine"
    case .exponential: "exponential"
    case .step: "step"
    }
  }
}

extension Surroundings {
  /// The runs that the running text may add to: those of a lesson end with it.
  var permittedRuns: any RunStore {
    get throws { files.isConfined ? confinedRuns : try runs }
  }
}
