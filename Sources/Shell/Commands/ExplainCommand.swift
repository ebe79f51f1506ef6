import Engine
import Language

/// `explain step`, `explain dense.kernel[0,1]`, `explain loss`, `explain dense`, `explain vanishing gradient`: why a number is what it is.
enum ExplainCommand {
  static let command = Command(
    .explain,
    Declaration<Action>(
      "explain", "Tells how a number comes about: the formula, and the numbers in it.",
      examples: [
        "layer dense 1 sigmoid; data xor 8; compile sgd 0.1 half_squared_error; explain step sample=2",
        "layer dense 3 tanh; layer dense 1 sigmoid; data xor 8; compile adam 0.1 bce accuracy; step; explain step last",
        "layer dense 3 tanh; layer dense 1 sigmoid; data xor 8; compile adam 0.1 bce accuracy; explain dense.kernel[0, 1]",
        "layer dense 1 sigmoid; data xor 8; compile sgd 0.1 bce accuracy; explain loss; explain accuracy; explain lr",
        "preset lenet; explain params; explain params conv2d; explain conv2d",
      ],
      notes: """
        `explain step` walks through the update that the next `step` would make, and changes nothing; `explain step last` through the last \
        one of `step` or `fit`. sample= picks a sample of the mini-batch, from 0. `explain params [LAYER]` counts the parameters. \
        `explain dense.kernel[0, 1]` follows the chain rule down to one weight, `explain dense.output[0, 2]` puts one output together; \
        places count from 0. `explain loss`, `explain accuracy`, `explain lr` and `explain LAYER` take the mini-batch of the next `step`. \
        Whatever else is asked for is a term; `explain term loss` forces it.
        Symbols: x input, t target, y output, J loss; a network of one layer has w, b and z, one of several has W1, b1, z1, a1 (the layer's \
        number) and so on. What an update makes new has a prime: w', b', W1'.
        """,
      .text("subject", "step, params, a tensor's number, loss, accuracy, lr, a layer or a term", from: .explainable, isRequired: true),
      .optional(.integer("sample", "the sample of the mini-batch to follow, from 0", in: 0...1_000_000)).named
    ) { subject, sample in
      Action { session, surroundings in try explain(subject, sample: sample, &session, surroundings) }
    })

  /// What was asked for, in the order in which names are looked up.
  @MainActor private static func explain(
    _ subject: String, sample: Int?, _ session: inout Session, _ surroundings: any Surroundings
  ) throws -> any Facts {
    if sample != nil, !takesSample(subject) { throw Complaint.withoutSample(subject) }
    let words = subject.split(separator: " ").map(String.init)
    let rest = words.dropFirst().joined(separator: " ")
    switch words[0] {
    case "step" where rest.isEmpty || rest == "last":
      return try StepExplanation.facts(of: rest == "last" ? .last : .next, sample: sample, &session) { surroundings.isInterrupted }
    case "params" where words.count <= 2: return try ParameterCountFacts(session.model.network, only: words.count == 2 ? rest : nil)
    case "term" where words.count > 1: return try term(rest, &session, surroundings)
    default: break
    }
    if subject.contains("[") || (subject.contains(".") && words.count == 1),
      let facts = try TensorExplanation.facts(of: subject, sample: sample, &session)
    {
      return facts
    }
    guard words.count == 1 else { return try term(subject, &session, surroundings) }
    if let facts = try number(subject, sample: sample, &session) { return facts }
    if let layer = try? session.model.network.layer(LayerReference(subject)) {
      return try LayerExplanation.facts(of: layer, &session)
    }
    return try term(subject, &session, surroundings)
  }

  /// A number of the training; nil where the word is none. Where there is no number yet, the word is still a term.
  @MainActor private static func number(_ subject: String, sample: Int?, _ session: inout Session) throws -> (any Facts)? {
    do {
      switch subject {
      case "loss": return try LossExplanation.facts(sample: sample, &session)
      case "lr": return try RateExplanation.facts(&session)
      case _ where AccuracyExplanation.names.contains(subject): return try AccuracyExplanation.facts(named: subject, &session)
      default: return nil
      }
    } catch let complaint as Complaint where [.noData(), .noLayers(), .notCompiled()].contains(complaint) {
      throw Complaint(complaint.what, hint: "\(complaint.hint); `explain term \(subject)` tells what the word means")
    }
  }

  /// Whether a sample of the mini-batch means anything to a subject.
  private static func takesSample(_ subject: String) -> Bool {
    ["step", "step last", "loss"].contains(subject) || subject.contains(".") || subject.contains("[")
  }

  /// A term of the field: what it means, in words. Only then the terms and the cards that go with them are read.
  @MainActor private static func term(_ words: String, _ session: inout Session, _ surroundings: any Surroundings) throws -> any Facts {
    session.openDecks(surroundings)
    if let facts = try Terms.explain(words, session) { return facts }
    let names = subjects.map(\.text) + session.model.network.layers.map(\.name) + Terms.names(in: session)
    throw Complaint.unexplained(words, subjects: names)
  }

  private static let subjects = [
    Candidate("step", "the next update, symbol by symbol"), Candidate("params", "where the counts of the summary come from"),
    Candidate("loss", "the loss of the mini-batch"), Candidate("accuracy", "which predictions are right"),
    Candidate("lr", "the learning rate"), Candidate("term", "a term of the field"),
  ]

  /// The ways to complete what is asked for.
  static func candidates(
    after words: [String], typed: String, in session: Session, layers: [Candidate], tensors: [Candidate]
  ) -> [Candidate] {
    switch words.first {
    case nil:
      let names = subjects + layers + tensors.filter { !$0.text.hasSuffix(".gradient") }
      return names + Terms.candidates(after: [], typed: typed, in: session).filter { term in !names.contains { $0.text == term.text } }
    case "term": return Terms.candidates(after: Array(words.dropFirst()), typed: typed, in: session)
    case "step":
      return (words.count == 1 ? [Candidate("last", "the last update that was made")] : []) + [
        Candidate("sample=", "a sample of the mini-batch")
      ]
    case "params" where words.count == 1: return layers
    default: return Terms.candidates(after: words, typed: typed, in: session)
    }
  }
}

extension Complaint {
  static func unexplained(_ words: String, subjects: [String]) -> Complaint {
    if words.hasPrefix("step ") {
      return Complaint("there is nothing to explain under `\(words)`", hint: "`explain step`, `explain step last`, `explain step sample=2`")
    }
    let hint = NearNames.hint(for: words, among: subjects.filter { $0 != words })
    return Complaint(
      "there is nothing to explain under `\(words)`", hint: hint ?? "try `explain step`, `explain params`, or a layer's name")
  }

  static func withoutSample(_ subject: String) -> Complaint {
    Complaint("`sample=` has nothing to pick in `explain \(subject)`", hint: "it goes with `explain step`, `explain loss` and tensors")
  }
}
