import Kernels
import Language
import Testing

@testable import Engine

@Suite("What the model makes of single samples")
struct JudgementTests {
  /// Three samples of two inputs, and a network of a few layers.
  static let inputs = Tensor(shape: [3, 2], values: [0.5, -1, 2, 0.25, -0.75, 1.5])

  private func network(_ last: Dense) throws -> Network {
    var network = try Network(inputShape: [2])
    try network.append(Dense(units: 4, activation: .tanh))
    try network.append(last)
    return network
  }

  struct Case: Sendable {
    var loss: any LossDescription
    var last: Dense
    var targets: Tensor
    var truths: [Int]?
  }

  static let cases = [
    Case(
      loss: CategoricalCrossentropy(), last: Dense(units: 3, activation: .softmax),
      targets: Tensor(shape: [3, 3], values: [1, 0, 0, 0, 0, 1, 0, 1, 0]), truths: [0, 2, 1]),
    Case(
      loss: SparseCategoricalCrossentropy(fromLogits: true), last: Dense(units: 3), targets: Tensor(shape: [3, 1], values: [2, 0, 1]),
      truths: [2, 0, 1]),
    Case(
      loss: BinaryCrossentropy(), last: Dense(units: 1, activation: .sigmoid), targets: Tensor(shape: [3, 1], values: [1, 0, 1]),
      truths: [1, 0, 1]),
    Case(loss: MeanSquaredError(), last: Dense(units: 1), targets: Tensor(shape: [3, 1], values: [1, 0, 2]), truths: nil),
  ]

  @Test("The mean of the losses is the loss, classes and probabilities follow from the outputs", arguments: cases.indices)
  func losses(index: Int) throws {
    let item = Self.cases[index]
    let network = try network(item.last)
    let parameters = try Parameters(of: network, seed: 3)
    let samples = try Samples(inputs: Self.inputs, targets: item.targets)
    let outputs = try Predictor(network: network, batch: 2).predict(parameters, Self.inputs)
    let judged = try Judgement.all(of: outputs, samples: samples, loss: item.loss)
    let trainer = try Trainer(network: network, settings: TrainingSettings(optimizer: SGD(rate: 0.1), loss: item.loss), batch: 3)
    let loss = try #require(try trainer.evaluate(parameters, on: samples).first).value
    #expect(abs(judged.reduce(0) { $0 + $1.loss } / 3 - loss) < 1e-6)
    #expect(judged.map { $0.classes?.truth } == item.truths ?? [nil, nil, nil])
    for one in judged {
      guard let classes = one.classes, let probability = one.probability else { continue }
      let count = Double(max(2, one.outputs.count))
      #expect(probability >= 1 / count - 1e-6 && probability <= 1 && classes.answer < Int(count))
    }
  }

  @Test("What a layer gives is what predicting gives, and the first layers' outputs are kept beside it")
  func outputs() throws {
    let network = try network(Dense(units: 1))
    let parameters = try Parameters(of: network, seed: 5)
    let outputs = try LayerOutputs(network: network, parameters: parameters, inputs: Self.inputs)
    let predicted = try Predictor(network: network).predict(parameters, Self.inputs)
    #expect(outputs["dense_1"] == predicted)
    #expect(outputs["dense"]?.shape == [3, 4] && outputs["nobody"] == nil)
    #expect(throws: Complaint.self) {
      try LayerOutputs(network: network, parameters: parameters, inputs: Tensor(shape: [1, 3], values: [0, 0, 0]))
    }
  }
}
