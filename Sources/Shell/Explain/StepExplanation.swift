import Engine
import Language

/// `explain step`: one update, symbol by symbol, in the order of the chain rule.
@MainActor enum StepExplanation {
  /// Which update.
  enum Which {
    /// The one that the next `step` would make.
    case next
    /// The last one of `step` or `fit`.
    case last
  }

  static func facts(
    of which: Which, sample: Int?, _ session: inout Session, interrupted: () -> Bool
  ) throws -> ExplanationFacts {
    let scene = try UpdateScene(try Training.record(which, &session, interrupted: interrupted), sample: sample, isLast: which == .last)
    let walk = StepWalk(scene: scene, isAlone: sample != nil)
    var facts = ExplanationFacts(
      subject: which == .last ? "step last" : "step", title: walk.title, sections: try walk.sections())
    facts.more = [
      ("samples", .integer(scene.samples)), ("sample", .integer(scene.sample)), ("row", .integer(scene.inspection.rows[scene.sample])),
      ("optimizer", .string(scene.settings.optimizer.name)), ("lr", .number(shortest(scene.settings.optimizer.rate))),
      ("loss", .string(scene.settings.loss.name)), ("update", .integer(scene.update.number)),
    ]
    return facts
  }
}
