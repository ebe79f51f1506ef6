import Kernels
import Language
import Testing

@testable import Engine

/// Plans in which values share memory give the numbers of plans in which each has its own.
struct SharedMemoryTests {
  /// Networks over images of 9x7x3: sizes that fill no whole vector.
  static let networks: [(name: String, layers: [any LayerDescription])] = [
    (
      "convolutions in a row",
      [
        Conv2D(filters: 5, kernelSize: [3], activation: .relu, padding: .same),
        Conv2D(filters: 4, kernelSize: [3], stride: [2], padding: .same),
        Conv2D(filters: 3, kernelSize: [2], activation: .relu), Conv2D(filters: 3, kernelSize: [1], activation: .tanh), Flatten(),
      ]
    ),
    (
      "pooling and dropout between",
      [
        Conv2D(filters: 5, kernelSize: [3], activation: .relu), MaxPooling2D(), Conv2D(filters: 6, kernelSize: [2], activation: .relu),
        AveragePooling2D(size: [1, 1]), Dropout(rate: 0.3), Flatten(), Dense(units: 7, activation: .relu), Dropout(rate: 0.2),
        Dense(units: 5, activation: .relu), Dense(units: 3),
      ]
    ),
    (
      "batch normalisation after and before",
      [
        SeparableConv2D(filters: 4, kernelSize: [3], activation: .relu), BatchNormalization(), Conv2D(filters: 4, kernelSize: [3]),
        BatchNormalization(), ActivationLayer(.relu), DepthwiseConv2D(kernelSize: [2], activation: .relu), Flatten(), Dense(units: 6),
        BatchNormalization(), Dense(units: 4, activation: .gelu), Dense(units: 4, activation: .relu),
      ]
    ),
    (
      "edges that join",
      [
        Conv2D(filters: 4, kernelSize: [3], activation: .relu, padding: .same),
        Conv2D(filters: 4, kernelSize: [3], activation: .relu, padding: .same), Add("conv2d"),
        Conv2D(filters: 4, kernelSize: [3], activation: .relu, padding: .same), Concatenate("add"), MaxPooling2D(), Flatten(),
        Dense(units: 3, activation: .relu),
      ]
    ),
  ]

  @Test(arguments: networks.indices) func trainingIsTheSame(_ index: Int) throws {
    let network = try Self.network(index)
    let settings = TrainingSettings(optimizer: Adam(rate: 0.01), loss: MeanSquaredError())
    let parameters = try Parameters(of: network, seed: 4)
    let results = try [false, true].map { keepsEverything in
      let plan = try Plan(network, batch: 6, settings: settings, keepsEverything: keepsEverything)
      try plan.load(parameters)
      var source = RandomSource(seed: 8)
      for update in 1...4 {
        plan.input.load((0..<plan.input.count).map { _ in source.normal() })
        plan.target.load((0..<plan.target.count).map { _ in source.normal() })
        let pass = Pass(rows: update == 3 ? 5 : 6, isTraining: true, dropsOut: true, key: UInt64(update))
        _ = try plan.forward(pass)
        _ = plan.evaluateLoss(rows: pass.rows)
        _ = try plan.backward(pass)
        plan.update(settings.optimizer, update: update)
      }
      return try plan.currentParameters()
    }
    for name in results[0].names {
      let pairs = zip(results[0][name]?.values ?? [], results[1][name]?.values ?? [])
      let difference = pairs.reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
      #expect(difference < 1e-5, "\(Self.networks[index].name): \(name) differs by \(difference)")
    }
    #expect(results[0] != parameters)
  }

  @Test(arguments: networks.indices) func predictionIsTheSame(_ index: Int) throws {
    let network = try Self.network(index)
    let parameters = try Parameters(of: network, seed: 4)
    var source = RandomSource(seed: 8)
    let inputs = Tensor(shape: [5, 9, 7, 3], values: (0..<5 * 189).map { _ in source.normal() })
    let kept = try Plan(network, batch: 5, keepsEverything: true)
    try kept.load(parameters)
    kept.input.load(inputs.values)
    _ = try kept.forward(Pass(rows: 5, isTraining: false, dropsOut: false, key: 0))
    // Batches of two, the last of one: rows of the array, read where they are.
    let predicted = try Predictor(network: network, batch: 2).predict(parameters, inputs)
    let difference = zip(predicted.values, kept.output.values()).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
    #expect(predicted.count == kept.output.count && difference < 1e-5)
  }

  private static func network(_ index: Int) throws -> Network {
    var network = try Network(inputShape: [9, 7, 3])
    for layer in networks[index].layers { try network.append(layer) }
    return network
  }

  @Test func whatIsAliveTogetherLiesApart() {
    // A chain whose first value is read once more at the end; the second needs no memory.
    let (blocks, places) = MemoryMap.pack([8, 0, 6, 9, 4], lastReaders: [4, 2, 3, 4, 5])
    #expect(places == [0, nil, 1, 2, 1])
    #expect(blocks.map(\.count) == [8, 6, 9])
    #expect(MemoryMap.pack([3, 3, 3], lastReaders: [0, 1, 2], sharesMemory: false).places == [0, 1, 2])
    #expect(MemoryMap.pack([2, 5, 7], lastReaders: [1, 2, 3]).blocks.map(\.count) == [7, 5], "a block grows with its values")
  }

  @Test func theNeedOfMemoryIsToldByHand() throws {
    let settings = deckSettings, batch = 32
    // 2-8-1; adam remembers two numbers a parameter.
    var network = try Network(inputShape: [2])
    try network.append(Dense(units: 8, activation: .relu))
    try network.append(Dense(units: 1, activation: .sigmoid))
    let need = try network.memoryNeed(batch: batch, settings: settings)
    #expect(need.parameters == 4 * (16 + 8 + 8 + 1) && need.gradients == need.parameters && need.optimizer == 2 * need.parameters)
    // Inputs, targets, both outputs; the relu's gradient takes its output's place, the last one's has its own.
    #expect(need.activations == 4 * batch * (2 + 1 + 8 + 1 + 1))
    let predicting = try network.memoryNeed(batch: batch)
    #expect(predicting.gradients == 0 && predicting.optimizer == 0 && predicting.activations == 4 * batch * (2 + 8 + 1))
    // A deep chain that predicts holds two values at a time.
    var chain = try Network(inputShape: [10])
    for _ in 1...20 { try chain.append(Dense(units: 10)) }
    #expect(try chain.memoryNeed(batch: 1).activations == 4 * (10 + 20))
  }

  @Test func aPlanKnowsItsOwnValuesAndTakesInOthers() throws {
    let network = try deckNetwork(), samples = try twoSides(40)
    let start = try TrainingState(network: network, seed: 3)
    func trained(_ trainer: () throws -> Trainer, between: (Trainer, inout TrainingState) throws -> Void) throws -> TrainingState {
      var state = start
      for _ in 1...3 {
        let trainer = try trainer()
        _ = try trainer.fit(&state, on: samples, epochs: 2)
        try between(trainer, &state)
      }
      return state
    }
    let shared = try Trainer(network: network, settings: deckSettings)
    let fresh = try trained({ try Trainer(network: network, settings: deckSettings) }, between: { _, _ in })
    #expect(try trained({ shared }, between: { _, _ in }) == fresh)
    // Other parameters in between, and the same ones changed by hand and back.
    #expect(try trained({ shared }, between: { trainer, _ in _ = try trainer.evaluate(start.parameters, on: samples) }) == fresh)
    let touched = try trained({ shared }) { _, state in
      let name = "dense.bias", value = try #require(state.parameters[name]?.values[0])
      try state.parameters.set(name, at: [0], to: value + 1)
      try state.parameters.set(name, at: [0], to: value)
    }
    #expect(touched == fresh)
    let changed = try trained({ shared }) { _, state in try state.parameters.fill("dense.bias", with: 0) }
    let changedFresh = try trained({ try Trainer(network: network, settings: deckSettings) }) { _, state in
      try state.parameters.fill("dense.bias", with: 0)
    }
    #expect(changed == changedFresh && changed != fresh)
    // Compiled anew, the optimizer forgets.
    let forgetful = try trained({ shared }) { _, state in state.optimizer = .empty }
    #expect(forgetful != fresh)
    #expect(forgetful == (try trained({ try Trainer(network: network, settings: deckSettings) }) { _, state in state.optimizer = .empty }))
  }
}
