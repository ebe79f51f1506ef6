import Engine
import Foundation
import Language

/// Looks at every combination of a sweep before the first is trained.
@MainActor enum SweepCheck {
  /// The recipe with what is known only then: the epochs, and by what runs are judged.
  ///
  /// - Throws: A `Complaint` about the first combination that makes no network, or none that can be trained.
  static func run(
    _ recipe: SweepRecipe, _ targets: [SweepTarget.Place], _ maker: SweepMaker, by wanted: String?, _ surroundings: MutedSurroundings
  ) throws -> SweepRecipe {
    var checked = recipe
    var epochs = Set<Int>()
    var judges: [Judge]?
    for combination in 0..<recipe.combinations {
      if surroundings.isInterrupted { throw Complaint("the sweep was interrupted before it began") }
      do {
        let member = try maker.member(combination * recipe.seeds.count, surroundings)
        var session = member.session
        let request = try member.words.request(for: session.model.settings)
        let training = try Training.prepare(request, &session, surroundings)
        try training.settings.check(training.network)
        try request.options.check(measured: training.measured)
        // Its plan tells whether samples and targets fit, and whether memory would hold it; another rate needs no other plan.
        let trainer = try TrainerCache.shared.trainer(training.network, training.settings, batch: training.batch)
        try trainer.check(training.samples)
        epochs.insert(request.epochs)
        let measured = training.measured.map { name in Judge(name, training.settings) }
        judges = judges.map { known in known.filter(measured.contains) } ?? measured
      } catch {
        var complaint = Interpreter.complaint(error)
        if complaint == Interruption.complaint { throw complaint }
        let name = recipe.name(of: combination)
        if !name.isEmpty { complaint.what = "with \(name): \(complaint.what)" }
        complaint.place = nil
        throw complaint
      }
    }
    let judge = try judge(wanted, among: judges ?? [], changesLoss: targets.contains { SweepTarget.changesLoss($0) })
    checked.by = judge.name
    checked.isBetterHigher = judge.isBetterHigher
    checked.epochs = epochs.count == 1 ? epochs.first : nil
    checked.validates = judges?.contains { $0.name == "val_loss" } ?? false
    return checked
  }

  /// A curve that runs can be judged by.
  private struct Judge: Equatable {
    let name: String
    let isBetterHigher: Bool

    init(_ name: String, _ settings: TrainingSettings) {
      self.name = name
      let metric = name.hasPrefix("val_") ? String(name.dropFirst(4)) : name
      isBetterHigher = settings.metrics.first { $0.name == metric }?.isBetterHigher ?? false
    }
  }

  /// What is wanted; else what is measured on held-out data, a metric before the loss; else the loss, where losses can be compared.
  private static func judge(_ wanted: String?, among judges: [Judge], changesLoss: Bool) throws -> Judge {
    if let wanted {
      guard let judge = judges.first(where: { $0.name == wanted }) else { throw Complaint.notMeasured(wanted, judges.map(\.name)) }
      return judge
    }
    let held = judges.filter { $0.name.hasPrefix("val_") }
    let losses = ["loss", "val_loss"]
    if let metric = held.first(where: { !losses.contains($0.name) }) { return metric }
    if changesLoss, held.isEmpty, let metric = judges.first(where: { !losses.contains($0.name) }) { return metric }
    guard let loss = held.first ?? judges.first else { throw Complaint.notMeasured("loss", judges.map(\.name)) }
    return loss
  }
}
