import Drills
import Engine

/// How the engine comes to the answer of an exercise, as `explain` tells it of the model in hand.
@MainActor enum DrillWorking {
  /// The explanation of one computation.
  static func facts(of working: Working) throws -> any Facts {
    switch working {
    case .counts(let network, let layer): return try ParameterCountFacts(network, only: layer)
    case .outputs(let computation, let units):
      let scene = try scene(computation)
      let quantities = try units.flatMap { unit -> [Quantity] in
        guard let layer = scene.layer(unit.layer) else { return [] }
        return try ForwardTerms(scene: scene, isAlone: true).quantities(of: layer, at: [unit.unit])
      }
      return facts("output", [ExplanationFacts.Section("", quantities)])
    case .loss(let computation):
      return facts("loss", try LossExplanation.samples(try scene(computation), of: "the samples together"))
    case .update(let computation):
      let scene = try scene(computation)
      // What is given stands in the question, and one sample needs no notes on the path.
      let sections = try StepWalk(scene: scene, isAlone: true).sections().dropFirst().map { section in
        ExplanationFacts.Section(section.title.components(separatedBy: ", update ")[0], section.quantities)
      }
      return facts("step", sections)
    }
  }

  private static func facts(_ subject: String, _ sections: [ExplanationFacts.Section]) -> ExplanationFacts {
    ExplanationFacts(subject: subject, title: "worked out", sections: sections)
  }

  private static func scene(_ computation: Computation) throws -> UpdateScene {
    let record = UpdateRecord(
      network: computation.network, settings: computation.settings, state: computation.state, samples: computation.samples,
      batch: computation.samples.count, shuffle: false)
    return try UpdateScene(record, sample: nil, isLast: false)
  }
}
