import Kernels
import Language
import Testing

@testable import Engine

/// What `fit` does besides going through the data.
struct FitOptionsTests {
  // One weight without bias: at rate 1 the first update hits the target, and further ones leave it again.
  private func line(_ slope: Float = 2, scale: Float = 1) throws -> (Network, Samples) {
    var network = try Network(inputShape: [1])
    try network.append(Dense(units: 1, useBias: false))
    let x: [Float] = [1, -1, 0.5, -0.5].map { $0 * scale }
    return (
      network,
      try Samples(inputs: Tensor(shape: [4, 1], values: x), targets: Tensor(shape: [4, 1], values: x.map { $0 * slope }))
    )
  }

  @Test func earlyStoppingEndsAtTheBestWeights() throws {
    let (network, samples) = try line()
    // The validation data want another slope, which the weight passes on its way.
    let (_, other) = try line(1)
    var state = try TrainingState(network: network, seed: 0)
    try state.parameters.fill("dense.kernel", with: 0)
    let trainer = try Trainer(network: network, settings: TrainingSettings(optimizer: SGD(rate: 0.1), loss: MeanSquaredError()))
    var weights: [Float] = []
    let report = try trainer.fit(
      &state, on: samples, validation: other, epochs: 100, options: FitOptions(patience: 3),
      eachEpoch: { _ in
        weights.append((try? trainer.plan.currentParameters()["dense.kernel"]?.values[0]) ?? 0)
        return true
      })
    let best = try #require(report.best)
    #expect(report.ending == .stoppedEarly && report.isRestored)
    #expect(best.monitor == "val_loss" && report.epochs == best.epoch + 3)
    #expect(best.value == report.history["val_loss"].min())
    #expect(state.parameters["dense.kernel"]?.values[0] == weights[best.epoch - 1])
    #expect(abs(weights[best.epoch - 1] - 1) < abs(weights[report.epochs - 1] - 1))
  }

  @Test func aCheckpointOfTheBestDoesNotEndTheTraining() throws {
    let (network, samples) = try line()
    let (_, other) = try line(1)
    var state = try TrainingState(network: network, seed: 0)
    try state.parameters.fill("dense.kernel", with: 0)
    let trainer = try Trainer(network: network, settings: TrainingSettings(optimizer: SGD(rate: 0.1), loss: MeanSquaredError()))
    let report = try trainer.fit(&state, on: samples, validation: other, epochs: 40, options: FitOptions(keepsBest: true))
    #expect(report.ending == .completed && report.epochs == 40 && report.isRestored)
    let judged = try trainer.evaluate(state.parameters, on: other)
    #expect(judged[0].value == report.history["val_loss"].min())
  }

  @Test func aScheduleSetsTheRateOfEveryUpdateAndLeavesTheGivenOne() throws {
    let (network, samples) = try line()
    var state = try TrainingState(network: network, seed: 0)
    let trainer = try Trainer(network: network, settings: TrainingSettings(optimizer: SGD(rate: 0.5), loss: MeanSquaredError()), batch: 2)
    let schedule = LearningRateSchedule(.step(factor: 0.5, epochs: 1))
    let report = try trainer.fit(&state, on: samples, epochs: 3, options: FitOptions(schedule: schedule))
    #expect(report.rates == [0.5, 0.25, 0.125] && report.rate == 0.5)
    // The same by hand.
    var byHand = try TrainingState(network: network, seed: 0)
    for rate: Float in [0.5, 0.25, 0.125] {
      trainer.rate = rate
      _ = try trainer.fit(&byHand, on: samples, epochs: 1)
    }
    #expect(byHand.parameters == state.parameters)
  }

  @Test func aReducedRateStaysReduced() throws {
    let (network, samples) = try line()
    var state = try TrainingState(network: network, seed: 0)
    try state.parameters.fill("dense.kernel", with: 2)
    let trainer = try Trainer(network: network, settings: TrainingSettings(optimizer: SGD(rate: 0.5), loss: MeanSquaredError()))
    let options = FitOptions(reduction: PlateauReduction(patience: 2, factor: 0.1, minimum: 0.01))
    let report = try trainer.fit(&state, on: samples, epochs: 6, options: options)
    #expect(report.rates.map { Float($0) } == [0.5, 0.5, 0.5, 0.05, 0.05, 0.01])
    #expect(report.rate == 0.01 && trainer.rate == 0.01)
  }

  @Test func whatIsNotMeasuredCannotBeWatched() throws {
    let (network, samples) = try line()
    var state = try TrainingState(network: network, seed: 0)
    let trainer = try Trainer(network: network, settings: TrainingSettings(optimizer: SGD(), loss: MeanSquaredError()))
    let complaint = #expect(throws: Complaint.self) {
      _ = try trainer.fit(&state, on: samples, epochs: 1, options: FitOptions(monitor: "val_los", patience: 1))
    }
    #expect(complaint?.what.contains("val_los") == true)
    let both = FitOptions(reduction: PlateauReduction(patience: 1), schedule: LearningRateSchedule(.cosine(floor: 0)))
    #expect(throws: Complaint.self) { _ = try trainer.fit(&state, on: samples, epochs: 1, options: both) }
  }

  @Test func classWeightsAreThoseOfTheClasses() throws {
    let inputs = Tensor(shape: [4, 1])
    let index = try Samples(inputs: inputs, targets: Tensor(shape: [4, 1], values: [0, 0, 2, 0]))
    let sparse = SparseCategoricalCrossentropy()
    #expect(try ClassWeights.balanced.weigh(index, for: sparse, outputs: [3]).weights == [4 / 6, 4 / 6, 2, 4 / 6])
    #expect(try ClassWeights.given([1, 5, 3]).weigh(index, for: sparse, outputs: [3]).weights == [1, 1, 3, 1])
    let oneHot = try Samples(inputs: inputs, targets: Tensor(shape: [4, 2], values: [1, 0, 0, 1, 1, 0, 1, 0]))
    #expect(try ClassWeights.given([1, 5]).weigh(oneHot, for: CategoricalCrossentropy(), outputs: [2]).weights == [1, 5, 1, 1])
    let binary = try Samples(inputs: inputs, targets: Tensor(shape: [4, 1], values: [1, 0, 1, 1]))
    #expect(try ClassWeights.balanced.weigh(binary, for: BinaryCrossentropy(), outputs: [1]).weights == [4 / 6, 2, 4 / 6, 4 / 6])
    #expect(throws: Complaint.self) { try ClassWeights.given([1, 5]).weigh(index, for: sparse, outputs: [3]) }
    #expect(throws: Complaint.self) { try ClassWeights.balanced.weigh(index, for: MeanSquaredError(), outputs: [1]) }
    #expect(throws: Complaint.self) { try Samples(inputs: inputs, targets: inputs, weights: [1, 2, -1, 0]) }
    #expect(throws: Complaint.self) { try Samples(inputs: inputs, targets: inputs, weights: [1, 2]) }
  }

  @Test func weightsOfTwoAndOfNothingAreLikeHalfTheData() throws {
    let samples = try twoSides(32)
    let width = samples.inputWidth
    let weighted = try Samples(inputs: samples.inputs, targets: samples.targets, weights: (0..<32).map { $0 < 16 ? 2 : 0 })
    let half = try Samples(
      inputs: Tensor(shape: [16, width], values: Array(samples.inputs.values.prefix(16 * width))),
      targets: Tensor(shape: [16, 1], values: Array(samples.targets.values.prefix(16))))
    var plain = try Network(inputShape: [2])
    try plain.append(Dense(units: 1, activation: .sigmoid))
    let trainer = try Trainer(network: plain, settings: TrainingSettings(optimizer: SGD(rate: 0.1), loss: BinaryCrossentropy()))
    var states = [try TrainingState(network: plain, seed: 1), try TrainingState(network: plain, seed: 1)]
    let losses = try [weighted, half].enumerated().map { try trainer.fit(&states[$0], on: $1, epochs: 3).history["loss"] }
    for (one, other) in zip(losses[0], losses[1]) { #expect(abs(one - other) < 1e-6) }
    let kernels = states.compactMap { $0.parameters["dense.kernel"]?.values }
    #expect(greatestExcess(kernels[0], kernels[1], tolerance: 1e-6) <= 1)
  }

  static let breakdowns: [(name: String, run: @Sendable () throws -> (Diagnosis?, layer: String, Diagnosis.Cause))] = [
    (
      "a rate that is too high",
      {
        let (network, samples) = try FitOptionsTests().line()
        return (try diverge(network, samples, SGD(rate: 1e30), MeanSquaredError()), "dense", .rate(Double(Float(1e30))))
      }
    ),
    (
      "data that are not scaled",
      {
        let (network, samples) = try FitOptionsTests().line(scale: 4096)
        return (try diverge(network, samples, SGD(rate: 0.1), MeanSquaredError()), "dense", .unscaledInputs(greatest: 4096))
      }
    ),
    (
      "the logarithm of a negative output",
      {
        var (network, _) = try FitOptionsTests().line()
        try network.append(ActivationLayer(.linear), name: "end")
        let samples = try Samples(inputs: Tensor(shape: [1, 1], values: [1]), targets: Tensor(shape: [1, 1], values: [1]))
        return (try diverge(network, samples, SGD(rate: 0.1), Poisson(), start: -0.5), "end", .logarithm(of: -0.5))
      }
    ),
    (
      "weights that are too large",
      {
        let (network, samples) = try FitOptionsTests().line()
        return (try diverge(network, samples, SGD(rate: 0.1), MeanSquaredError(), start: 1e30), "dense", .largeWeights(greatest: 1e30))
      }
    ),
  ]

  @Test(arguments: breakdowns.indices) func aBreakdownIsDiagnosed(_ index: Int) throws {
    let (diagnosis, layer, cause) = try Self.breakdowns[index].run()
    #expect(diagnosis?.layer == layer)
    if case .largeWeights = cause, case .largeWeights = diagnosis?.cause { return }
    #expect(diagnosis?.cause == cause)
    #expect(diagnosis?.advice.what.contains(layer) == true && diagnosis?.advice.hint.isEmpty == false)
  }

  private static func diverge(
    _ network: Network, _ samples: Samples, _ optimizer: SGD, _ loss: any LossDescription, start: Float = 0.5
  ) throws -> Diagnosis? {
    var state = try TrainingState(network: network, seed: 0)
    try state.parameters.fill("dense.kernel", with: start)
    let settings = TrainingSettings(optimizer: optimizer, loss: loss)
    let report = try Trainer(network: network, settings: settings).fit(&state, on: samples, epochs: 100)
    guard case .notFinite = report.ending else { return nil }
    return report.diagnosis
  }
}
