import Engine
import Language

/// `compile adam 0.01 bce accuracy`: how the model learns.
enum CompileCommand {
  static let command = Command(
    .train, [.changes, .builds],
    Declaration<Action>(
      "compile", "Chooses the optimizer, its learning rate, the loss and what else to measure.",
      examples: ["compile adam 0.01 bce accuracy", "compile sgd 0.1 mse momentum=0.9", "compile adam scce accuracy from_logits=yes"],
      notes: """
        The only number is the rate; the first loss is the loss, what follows are metrics. It keeps the weights and clears the optimizer's \
        state. The loss decides how targets are given to it: cce one-hot, scce by index, bce 0 or 1, else as numbers. Binary accuracy \
        thresholds at 0.5, with from_logits=yes at 0 (Keras keeps 0.5).
        """,
      .declared("optimizer", "how the weights are updated", from: EngineDeclarations.optimizers),
      .declared("loss", "what is minimised", from: EngineDeclarations.losses),
      .list("metric", "what else is measured", from: EngineDeclarations.metrics)
    ) { optimizer, loss, metrics in
      Action { session, surroundings in
        try optimizer.checkRate()
        // A metric is known by its name, in the curves as in JSON.
        var names = Set<String>()
        for metric in metrics where !names.insert(metric.name).inserted { throw Complaint.metricTwice(metric.name) }
        let settings = TrainingSettings(optimizer: optimizer, loss: loss, metrics: metrics)
        try settings.check(session.model.network)
        if let doubt = settings.doubt(about: session.model.network) { surroundings.warn(doubt) }
        session.model.settings = settings
        session.model.state?.optimizer = .empty
        session.model.trace = nil
        return CompileFacts(settings: settings)
      }
    })
}

/// How the model learns.
public struct CompileFacts: Facts {
  /// Optimizer, loss and metrics.
  public let settings: TrainingSettings
  /// Their names and the rate.
  public var json: [(String, JSONValue)] {
    [
      ("optimizer", .string(settings.optimizer.name)), ("rate", .number(shortest(settings.optimizer.rate))),
      ("loss", .string(settings.loss.name)), ("metrics", .strings(settings.metrics.map(\.name))),
    ]
  }
}

extension OptimizerDescription {
  /// Whether the rate, a 32-bit number, is still one over 0.
  func checkRate() throws {
    guard rate > 0, rate.isFinite else { throw Complaint.badRate }
  }
}
