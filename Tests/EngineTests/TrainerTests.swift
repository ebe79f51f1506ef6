import Foundation
import Kernels
import Language
import Testing

@testable import Engine

struct TrainerTests {
  @Test func theWorkedExampleOfOneSigmoidNeuron() throws {
    var network = try Network(inputShape: [1])
    try network.append(Dense(units: 1, activation: .sigmoid))
    var state = try TrainingState(network: network, seed: 0)
    try state.parameters.fill("dense.kernel", with: 0.5)
    let samples = try Samples(inputs: Tensor(shape: [1, 1], values: [2]), targets: Tensor(shape: [1, 1], values: [1]))
    let settings = TrainingSettings(optimizer: SGD(rate: 0.1), loss: HalfSquaredError())
    let inspection = try Inspection.nextUpdate(network: network, settings: settings, state: state, samples: samples)
    let y = 1 / (1 + exp(-1.0)), slope = (y - 1) * y * (1 - y)
    #expect(close(inspection["dense.output"], y))
    #expect(close(inspection["dense.preactivation"], 1))
    #expect(close(inspection["dense.gradient"], y - 1))
    #expect(close(inspection["dense.preactivation.gradient"], slope))
    #expect(close(inspection["dense.kernel.gradient"], 2 * slope))
    let report = try Trainer(network: network, settings: settings).step(&state, on: samples)
    #expect(abs((report.updates.first?.lossBefore ?? 0) - (y - 1) * (y - 1) / 2) < 1e-7)
    #expect(close(state.parameters["dense.kernel"], 0.5 - 0.1 * 2 * slope))
    #expect(close(state.parameters["dense.bias"], -0.1 * slope))
    #expect(close(state.parameters["dense.kernel"], 0.510575))
    #expect(close(state.parameters["dense.bias"], 0.005288))
  }

  private func close(_ tensor: Tensor?, _ value: Double) -> Bool {
    tensor.map { $0.count == 1 && abs(Double($0.values[0]) - value) < 1e-6 } ?? false
  }

  @Test func stepsGoThroughTheDataInTheOrderOfAFit() throws {
    let network = try deckNetwork(), samples = try twoSides(100)
    let start = try TrainingState(network: network, seed: 3)
    let trainer = try Trainer(network: network, settings: deckSettings)
    var fitted = start, stepped = start
    _ = try trainer.fit(&fitted, on: samples, epochs: 2)
    // Four batches an epoch, the last of 4 samples.
    let first = try trainer.step(&stepped, on: samples, count: 3)
    let rest = try trainer.step(&stepped, on: samples, count: 5)
    #expect((first.updates + rest.updates).map(\.samples.count) == [32, 32, 32, 4, 32, 32, 32, 4])
    #expect(Set((first.updates + rest.updates.prefix(1)).flatMap(\.samples)).count == 100)
    #expect(stepped.parameters == fitted.parameters)
    #expect(stepped.optimizer == fitted.optimizer)
    #expect(rest.updates.last?.epoch == 1)
    #expect(stepped.updates == 8)
  }

  @Test func trainingIsReproducibleAndLearns() throws {
    let network = try deckNetwork(), samples = try twoSides(300)
    let results = try (0..<2).map { _ in
      var state = try TrainingState(network: network, seed: 5)
      let trainer = try Trainer(network: network, settings: deckSettings)
      let report = try trainer.fit(&state, on: samples, validation: samples, epochs: 30)
      #expect(report.history.names == ["loss", "accuracy", "val_loss", "val_accuracy"])
      #expect(report.history["val_accuracy"].count == 30)
      #expect((report.history["val_accuracy"].last ?? 0) > 0.95)
      let judged = try trainer.evaluate(state.parameters, on: samples)
      #expect(judged.map(\.value) == [report.history["val_loss"].last, report.history["val_accuracy"].last])
      return state
    }
    #expect(results[0] == results[1])
    #expect(try results[0] != TrainingState(network: network, seed: 6))
  }

  @Test func anInterruptedUpdateIsDroppedWhole() throws {
    let network = try deckNetwork(), samples = try twoSides(100)
    let start = try TrainingState(network: network, seed: 3)
    let trainer = try Trainer(network: network, settings: deckSettings)
    var oneStep = start
    _ = try trainer.step(&oneStep, on: samples)
    // Eleven polls an update, five layers forward, five back and one before the parameters change: the interrupt comes anywhere in the second.
    for polls in 12...22 {
      var state = start
      let looks = Countdown(polls - 1)
      let report = try trainer.fit(&state, on: samples, epochs: 1, interrupted: looks.isOver)
      #expect(report.ending == .interrupted)
      #expect(report.updates == 1)
      #expect(state == oneStep)
    }
  }

  @Test func aLongLayerIsLeftBetweenItsPieces() throws {
    // 20 images of 151 million multiplications each: two pieces.
    var network = try Network(inputShape: [8, 8, 512])
    try network.append(Conv2D(filters: 512, kernelSize: [3, 3], padding: .same))
    try network.append(GlobalAveragePooling2D())
    let samples = try Samples(inputs: Tensor(shape: [20, 8, 8, 512], filledWith: 0.01), targets: Tensor(shape: [20, 512]))
    let trainer = try Trainer(
      network: network, settings: TrainingSettings(optimizer: SGD(rate: 0.01), loss: MeanSquaredError()), batch: 20)
    let start = try TrainingState(network: network, seed: 3)
    // Before each of two layers, and before each of two pieces on the way there; two layers back, two pieces of the kernel's gradient.
    for (polls, isWhole) in [(2, false), (3, false), (4, false), (7, false), (8, false), (9, false), (10, true)] {
      var state = start
      let looks = Countdown(polls - 1)
      let report = try trainer.fit(&state, on: samples, epochs: 1, interrupted: looks.isOver)
      #expect(looks.count == polls || isWhole)
      #expect(report.ending == (isWhole ? .completed : .interrupted))
      #expect(state.parameters.isSame(as: start.parameters) == !isWhole)
    }
  }

  @Test func anInterruptWhileTheWorkIsMadeReadyChangesNothing() throws {
    let network = try deckNetwork(), samples = try twoSides(100)
    let start = try TrainingState(network: network, seed: 3)
    var trained = start
    let trainer = try Trainer(network: network, settings: deckSettings)
    _ = try trainer.fit(&trained, on: samples, epochs: 1)
    var expected = start
    _ = try Trainer(network: network, settings: deckSettings).fit(&expected, on: samples, epochs: 1)
    #expect(trained == expected)
    _ = try Trainer(network: network, settings: deckSettings).fit(&expected, on: samples, epochs: 1)
    var stopped = 0
    for polls in 0..<40 {
      // From what the plan does not hold, so that all is copied; an interrupt at any look leaves the state, and the plan knows what it holds.
      var state = start
      let left = Countdown(polls)
      do {
        try Interruption.asking({ left.isOver() }) { _ = try trainer.fit(&state, on: samples, epochs: 1) }
        #expect(state != start)
      } catch {
        stopped += 1
        #expect("\(error)".contains("interrupted"))
        #expect(state == start)
      }
      var further = trained
      _ = try trainer.fit(&further, on: samples, epochs: 1)
      #expect(further == expected, "after \(polls) looks")
    }
    #expect(stopped > 5)
  }

  @Test func firstWeightsAreDrawnWholeOrNotAtAll() throws {
    var network = try Network(inputShape: [300])
    try network.append(Dense(units: 200))
    let whole = try TrainingState(network: network, seed: 3)
    // 60,000 values in pieces of 16,384.
    for polls in 0..<4 {
      let left = Countdown(polls)
      #expect(throws: Complaint.self) {
        try Interruption.asking({ left.isOver() }) { _ = try TrainingState(network: network, seed: 3) }
      }
    }
    let left = Countdown(100)
    let again = try Interruption.asking({ left.isOver() }) { try TrainingState(network: network, seed: 3) }
    #expect(again == whole)
  }

  @Test(arguments: [1, 3, 511, 512, 513, 700])
  func theTrailLeadsToTheStateBeforeTheLastUpdate(updates: Int) throws {
    let network = try deckNetwork(), samples = try twoSides(70)
    let trainer = try Trainer(network: network, settings: deckSettings)
    var state = try TrainingState(network: network, seed: 3)
    var seen = 0
    let report = try trainer.fit(
      &state, on: samples, epochs: 10_000, options: FitOptions(schedule: LearningRateSchedule(.exponential(factor: 0.9, epochs: 100))),
      interrupted: { seen >= updates }, eachBatch: { _ in seen += 1 }, keepsTrail: true)
    #expect(report.ending == .interrupted && report.updates == updates)
    let trail = try #require(report.trail)
    #expect(trail.rates.count == (updates - 1) % 512 + 1)
    var before = try trainer.stateBeforeLast(of: trail, on: samples, shuffle: true)
    #expect(before.updates == updates - 1)
    trainer.rate = trail.lastRate
    _ = try trainer.step(&before, on: samples)
    #expect(before.parameters == state.parameters && before.optimizer == state.optimizer)
  }

  @Test func aLossThatIsNotFiniteEndsTrainingBeforeTheUpdate() throws {
    var network = try Network(inputShape: [2])
    try network.append(Dense(units: 1))
    let samples = try twoSides(64)
    var state = try TrainingState(network: network, seed: 0)
    try state.parameters.fill("dense.kernel", with: 1e30)
    let before = state.parameters
    let settings = TrainingSettings(optimizer: SGD(rate: 0.1), loss: MeanSquaredError())
    let report = try Trainer(network: network, settings: settings).fit(&state, on: samples, epochs: 3)
    #expect(report.ending == .notFinite(epoch: 1, update: 1))
    #expect(report.updates == 0 && report.epochs == 0)
    #expect(state.parameters == before)
  }

  @Test func theCallerEndsATraining() throws {
    let network = try deckNetwork(), samples = try twoSides(64)
    var state = try TrainingState(network: network, seed: 0)
    let report = try Trainer(network: network, settings: deckSettings).fit(&state, on: samples, epochs: 50, eachEpoch: { $0.epoch < 3 })
    #expect(report.ending == .stopped)
    #expect(report.epochs == 3 && state.epoch == 3 && report.updates == 6)
  }

  @Test func anEditKeepsTheOtherLayersWeights() throws {
    var network = try deckNetwork()
    let state = try TrainingState(network: network, seed: 3)
    try network.insert(Dense(units: 8), at: .name("dropout"))
    let adapted = try state.adapted(to: network)
    #expect(adapted.parameters["dense.kernel"] == state.parameters["dense.kernel"])
    #expect(adapted.parameters["dense_3.kernel"]?.shape == [4, 8])
    #expect(adapted.parameters["dense_2.kernel"]?.shape == [8, 1])
    #expect(try TrainingState(network: network, seed: 3).parameters["dense_1.kernel"] == state.parameters["dense_1.kernel"])
  }

  @Test func predictionsDoNotDependOnTheBatch() throws {
    let network = try deckNetwork(), samples = try twoSides(50)
    let parameters = try Parameters(of: network, seed: 2)
    let one = try Predictor(network: network, batch: 1).predict(parameters, samples.inputs)
    let all = try Predictor(network: network, batch: 64).predict(parameters, samples.inputs)
    #expect(one.shape == [50, 1])
    #expect(one == all)
  }

  static let misfits: [(words: String, run: @Sendable () throws -> Void)] = [
    ("the network takes 2", { try misfit(inputs: [4, 3], targets: [4, 1], values: 0) }),
    ("4 samples and 3 targets", { try misfit(inputs: [4, 2], targets: [3, 1], values: 0) }),
    ("wants 0 or 1", { try misfit(inputs: [4, 2], targets: [4, 1], values: 3) }),
    ("compares them with outputs of 1", { try misfit(inputs: [4, 2], targets: [4, 3], values: 0) }),
    ("holds NaN", { _ = try Samples(inputs: Tensor(shape: [1, 1], values: [.nan]), targets: Tensor(shape: [1, 1])) }),
    ("wants one unit a class", { try unfit(Dense(units: 1), SparseCategoricalCrossentropy()) }),
    ("wants one unit a class", { try unfit(Dense(units: 1), CategoricalCrossentropy(fromLogits: true)) }),
    ("ends in softmax", { try unfit(Dense(units: 3, activation: .softmax), BinaryCrossentropy()) }),
    ("ends in sigmoid", { try unfit(Dense(units: 3, activation: .sigmoid), BinaryCrossentropy(fromLogits: true)) }),
    ("ends in softmax", { try unfit(ActivationLayer(.softmax), SparseCategoricalCrossentropy(fromLogits: true)) }),
    (
      "ends in sigmoid",
      { try unfit(Dense(units: 1, activation: .sigmoid), Hinge()) }
    ),
    ("target of row 2 is NaN", { _ = try Samples(inputs: Tensor(shape: [2, 1]), targets: Tensor(shape: [2, 1], values: [0, .nan])) }),
    (
      "counts of 0 or more",
      {
        var network = try Network(inputShape: [2])
        try network.append(Dense(units: 1, activation: .softplus))
        var state = try TrainingState(network: network, seed: 0)
        let samples = try Samples(inputs: Tensor(shape: [1, 2]), targets: Tensor(shape: [1, 1], values: [-1]))
        _ = try Trainer(network: network, settings: TrainingSettings(optimizer: SGD(), loss: Poisson())).step(&state, on: samples)
      }
    ),
    (
      "target of row 1 is 3, which is no class from 0 to 2",
      {
        var network = try Network(inputShape: [2])
        try network.append(Dense(units: 3, activation: .softmax))
        var state = try TrainingState(network: network, seed: 0)
        let settings = TrainingSettings(optimizer: SGD(), loss: SparseCategoricalCrossentropy())
        let samples = try Samples(inputs: Tensor(shape: [1, 2]), targets: Tensor(shape: [1, 1], values: [3]))
        _ = try Trainer(network: network, settings: settings).step(&state, on: samples)
      }
    ),
  ]

  @Test(arguments: misfits.indices) func whatDoesNotFitIsExplained(_ index: Int) {
    let complaint = #expect(throws: Complaint.self) { try Self.misfits[index].run() }
    #expect(complaint?.what.contains(Self.misfits[index].words) == true, "\(complaint?.what ?? "")")
    #expect(complaint?.hint.isEmpty == false)
  }

  static let doubtful: [(any LossDescription, Activation, isOdd: Bool)] = [
    (BinaryCrossentropy(), .linear, true), (BinaryCrossentropy(fromLogits: true), .linear, false), (BinaryCrossentropy(), .sigmoid, false),
    (CategoricalCrossentropy(), .relu, true), (SparseCategoricalCrossentropy(), .softmax, false), (KullbackLeibler(), .linear, true),
    (Poisson(), .linear, true), (Poisson(), .softplus, false), (MeanSquaredError(), .linear, false), (Hinge(), .tanh, false),
  ]

  @Test(arguments: doubtful.indices) func anActivationThatGivesTheLossNoProbabilitiesIsOdd(_ index: Int) throws {
    let (loss, activation, isOdd) = Self.doubtful[index]
    var network = try Network(inputShape: [3])
    try network.append(Dense(units: 3, activation: activation))
    let settings = TrainingSettings(optimizer: SGD(), loss: loss)
    try settings.check(network)
    #expect((settings.doubt(about: network) != nil) == isOdd)
    #expect(isOdd == (settings.doubt(about: network)?.hint.isEmpty == false))
  }

  private static func misfit(inputs: [Int], targets: [Int], values: Float) throws {
    let network = try deckNetwork()
    var state = try TrainingState(network: network, seed: 0)
    let samples = try Samples(inputs: Tensor(shape: inputs), targets: Tensor(shape: targets, filledWith: values))
    _ = try Trainer(network: network, settings: deckSettings).step(&state, on: samples)
  }

  private static func unfit(_ layer: any LayerDescription, _ loss: any LossDescription) throws {
    var network = try Network(inputShape: [3])
    try network.append(layer)
    try TrainingSettings(optimizer: SGD(), loss: loss).check(network)
  }
}
