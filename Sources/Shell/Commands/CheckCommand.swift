import Engine
import Language

/// `check gradients`: back-propagation against finite differences.
enum CheckCommand {
  static let command = Command(
    .explain,
    Declaration<Action>(
      "check", "Compares the gradients of back-propagation with finite differences.",
      examples: ["layer dense 2 tanh; layer dense 1; data linear 16; compile sgd 0.1 mse; check gradients"],
      notes: "The differences are taken over a slow pass in double precision; dropout is off.",
      .choice("what", "what to check", from: [("gradients", "every parameter's gradient")])
    ) { _ in
      Action { session, _ in
        let samples = try Training.sample(&session, atMost: 32)
        let settings = try session.compiled()
        let state = try session.model.ensureState(seed: session.settings.seed)
        if session.model.network.summary.trainable == 0 { throw Complaint.nothingToCheck() }
        let differences = try GradientCheck.run(
          network: session.model.network, settings: settings, parameters: state.parameters, samples: samples)
        return GradientCheckFacts(differences: differences, samples: samples.inputs.shape[0])
      }
    })
}

/// The greatest difference between two ways to compute each gradient.
public struct GradientCheckFacts: Facts {
  /// By tensor.
  public let differences: [GradientDifference]
  /// Samples of the mini-batch.
  public let samples: Int
  /// Each tensor with its greatest difference.
  public var json: [(String, JSONValue)] {
    [
      (
        "tensors",
        .array(
          differences.map { .object([("name", .string($0.name)), ("greatest", .number($0.greatest)), ("relative", .number($0.relative))]) })
      ), ("samples", .integer(samples)),
    ]
  }
}
