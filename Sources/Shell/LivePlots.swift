import Engine
import Language

/// What `set live` asks for, and how it is made while a training runs.
@MainActor final class LivePlots {
  /// The curves by their names.
  let curves: [String]
  /// The way of the training so far.
  private(set) var trace: TrainingTrace?
  private let recipes: [PlotRecipe]
  private let session: Session
  private let trainer: Trainer
  private let surroundings: any Surroundings
  private var epochs: Int

  /// The plots of a training that is about to begin.
  init(_ session: Session, _ trainer: Trainer, _ surroundings: any Surroundings) {
    self.session = session
    self.trainer = trainer
    self.surroundings = surroundings
    trace = session.model.trace
    epochs = session.model.epochs
    let names = session.settings.live
    recipes = names.compactMap { name in LivePlots.isCurve(name) ? nil : LivePlots.recipe(name) }
    curves = names.filter { LivePlots.isCurve($0) }
  }

  /// Notes that an epoch is done.
  func note(_ epoch: Int) {
    epochs = epoch
    guard var moving = trace else { return }
    // Taken out while it changes, so that it is not copied.
    trace = nil
    trainer.note(epoch: epoch, in: &moving)
    trace = moving
  }

  /// Makes the plots that are no curves; nil where none are wanted.
  var maker: (@MainActor @Sendable () -> [Plot])? {
    guard !recipes.isEmpty else { return nil }
    return { [self] in make() }
  }

  /// The plots of the training as it stands. What cannot be drawn (a boundary of three inputs) is left out: `plot` would say why.
  private func make() -> [Plot] {
    guard var state = session.model.state, let parameters = try? trainer.parametersNow() else { return [] }
    state.parameters = parameters
    var now = session
    now.model.state = state
    now.model.trace = trace
    now.model.epochs = epochs
    return recipes.compactMap { try? $0.make(&now, surroundings).plot }
  }
}

extension LivePlots {
  /// The kinds that can be drawn live: those that need no further words.
  nonisolated static let kinds: [String] = PlotKinds.all.map(\.name).filter { recipe($0) != nil }

  /// The recipe of a kind that needs no further words.
  nonisolated private static func recipe(_ name: String) -> PlotRecipe? {
    guard let kind = PlotKinds.all.first(where: { $0.name == name }) else { return nil }
    return try? kind.parse([Word(name, at: 0..<0)])
  }

  /// Whether a name is that of a curve: any that is no other kind.
  nonisolated private static func isCurve(_ name: String) -> Bool {
    name == LossPlot.kind.name || name == RatePlot.kind.name || !PlotKinds.all.contains { $0.name == name }
  }

  /// Whether a training can have a curve of that name.
  nonisolated private static func isMeasured(_ name: String) -> Bool {
    let measure = name.hasPrefix("val_") ? String(name.dropFirst(4)) : name
    return kinds.contains(name) || measure == LossPlot.kind.name
      || EngineDeclarations.metrics.contains { $0.outline.name == measure || $0.outline.aliases.contains(measure) }
  }

  /// What was typed, as it is kept: `on`, `off`, or names with commas.
  ///
  /// - Throws: A `Complaint` when a name cannot be drawn live.
  nonisolated static func words(of typed: String) throws -> String {
    if let isOn = onOff[typed.lowercased()] { return isOn ? "on" : "off" }
    let names = typed.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    for name in names {
      let isName = name.first?.isLetter == true && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      guard isName, isCurve(name) || recipe(name) != nil else { throw Complaint.notLive(name) }
      // Metrics are called as `compile` is given them; what no training could measure is a slip.
      guard !isCurve(name) || isMeasured(name) else { throw Complaint.notLive(name, NearNames.hint(for: name, among: kinds)) }
    }
    return names.joined(separator: ",")
  }

  /// The names that a kept text stands for.
  nonisolated static func names(of text: String) -> [String] {
    guard let isOn = onOff[text.lowercased()] else { return text.split(separator: ",").map(String.init) }
    return isOn ? ["loss"] : []
  }

  /// The names as one would type them.
  nonisolated static func text(of names: [String]) -> String {
    names.isEmpty ? "off" : names == ["loss"] ? "on" : names.joined(separator: ",")
  }

  nonisolated private static let onOff = ["on": true, "yes": true, "true": true, "off": false, "no": false, "false": false]
}

extension Complaint {
  static func notLive(_ name: String, _ near: String? = nil) -> Complaint {
    Complaint("`\(name)` cannot be drawn live", hint: near ?? "on, off, a metric, or " + LivePlots.kinds.joined(separator: ", "))
  }
}
