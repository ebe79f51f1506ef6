import Kernels
import Testing

@testable import Engine

/// Whole training runs against Keras 3: the same weights and batches, after five epochs.
struct GoldenRunTests {
  @Test func thereAreRuns() { #expect(GoldenRun.all.count >= 10) }

  @Test(arguments: GoldenRun.all) func agreesWithKeras(_ run: GoldenRun) throws { try run.expectAgreement() }
}

extension GoldenRun {
  /// The network of its layers, joined and branched as they say.
  func network(isPenalised: Bool = true) throws -> Network {
    var network = try Network(inputShape: input_shape)
    for layer in layers {
      try network.append(try #require(isPenalised ? layer.layer : layer.unpenalised), name: layer.name, from: layer.from)
    }
    return network
  }

  /// Trains as Keras did and compares the losses, and, with a tolerance, the weights and the predictions.
  func expectAgreement(tolerance: Float = 1e-4) throws {
    let network = try network()
    let goal = try compile.lossDescription()
    let settings = TrainingSettings(
      optimizer: try compile.optimizerDescription(), loss: goal, metrics: accuracy == nil ? [] : [Accuracy()])
    var state = try TrainingState(network: network, seed: 0)
    #expect(Set(state.parameters.names) == Set(initial.keys))
    for (name, values) in initial { try state.parameters.set(name, to: values.tensor) }

    let plain = try Samples(inputs: x.tensor, targets: y.tensor)
    let outputs = try #require(network.outputShape)
    let samples = try class_weight.map { try ClassWeights.given($0).weigh(plain, for: goal, outputs: outputs) } ?? plain
    let trainer = try Trainer(network: network, settings: settings, batch: batch)
    let report = try trainer.fit(&state, on: samples, epochs: epochs, shuffle: false)

    #expect(report.ending == .completed)
    let lossExcess = greatestExcess(report.history["loss"].map(Float.init), loss.map(Float.init), tolerance: 1e-4)
    #expect(lossExcess <= 1, "the losses \(report.history["loss"]) are not \(loss)")
    if let accuracy {
      let excess = greatestExcess(report.history["accuracy"].map(Float.init), accuracy.map(Float.init), tolerance: 1e-4)
      #expect(excess <= 1, "the accuracies \(report.history["accuracy"]) are not \(accuracy)")
    }
    if compare == "weights" {
      for (name, values) in final {
        let excess = greatestExcess(try #require(state.parameters[name]).values, values.values, tolerance: tolerance)
        #expect(excess <= 1, "\(name) differs by \(excess) times the tolerance")
      }
    }
    let answers = try Predictor(network: network).predict(state.parameters, samples.inputs)
    let excess = greatestExcess(answers.values, predictions.values, tolerance: tolerance)
    #expect(excess <= 1, "the predictions differ by \(excess) times the tolerance")
  }
}
