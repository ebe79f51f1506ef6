import Kernels
import Testing

@testable import Engine

/// Whole training runs against Keras 3: the same weights and batches, after five epochs.
struct GoldenRunTests {
  @Test func thereAreRuns() { #expect(GoldenRun.all.count >= 10) }

  @Test(arguments: GoldenRun.all) func agreesWithKeras(_ run: GoldenRun) throws {
    var network = try Network(inputShape: run.input_shape)
    for layer in run.layers { try network.append(try #require(layer.layer), name: layer.name) }
    let loss = try run.compile.lossDescription()
    let settings = TrainingSettings(
      optimizer: try run.compile.optimizerDescription(), loss: loss, metrics: run.accuracy == nil ? [] : [Accuracy()])
    var state = try TrainingState(network: network, seed: 0)
    #expect(Set(state.parameters.names) == Set(run.initial.keys))
    for (name, values) in run.initial { try state.parameters.set(name, to: values.tensor) }

    let plain = try Samples(inputs: run.x.tensor, targets: run.y.tensor)
    let outputs = try #require(network.outputShape)
    let samples = try run.class_weight.map { try ClassWeights.given($0).weigh(plain, for: loss, outputs: outputs) } ?? plain
    let trainer = try Trainer(network: network, settings: settings, batch: run.batch)
    let report = try trainer.fit(&state, on: samples, epochs: run.epochs, shuffle: false)

    #expect(report.ending == .completed)
    let lossExcess = greatestExcess(report.history["loss"].map(Float.init), run.loss.map(Float.init), tolerance: 1e-4)
    #expect(lossExcess <= 1, "the losses \(report.history["loss"]) are not \(run.loss)")
    if let accuracy = run.accuracy {
      let excess = greatestExcess(report.history["accuracy"].map(Float.init), accuracy.map(Float.init), tolerance: 1e-4)
      #expect(excess <= 1, "the accuracies \(report.history["accuracy"]) are not \(accuracy)")
    }
    if run.compare == "weights" {
      for (name, values) in run.final {
        let excess = greatestExcess(try #require(state.parameters[name]).values, values.values, tolerance: 1e-4)
        #expect(excess <= 1, "\(name) differs by \(excess) times the tolerance")
      }
    }
    let predictions = try Predictor(network: network).predict(state.parameters, samples.inputs)
    let excess = greatestExcess(predictions.values, run.predictions.values, tolerance: 1e-4)
    #expect(excess <= 1, "the predictions differ by \(excess) times the tolerance")
  }
}
