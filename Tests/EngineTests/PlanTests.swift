import CAllocations
import Kernels
import Language
import Testing

@testable import Engine

/// The network of the first session: 2-8-BN-4-1.
func deckNetwork() throws -> Network {
  var network = try Network(inputShape: [2])
  try network.append(Dense(units: 8, activation: .relu))
  try network.append(BatchNormalization())
  try network.append(Dense(units: 4, activation: .gelu))
  try network.append(Dropout(rate: 0.25))
  try network.append(Dense(units: 1, activation: .sigmoid, l2: 0.001))
  return network
}

/// Points around 0, whose target says on which side of a line they lie.
func twoSides(_ count: Int, features: Int = 2) throws -> Samples {
  var source = RandomSource(seed: 11)
  let values = (0..<count * features).map { _ in source.normal() }
  let targets = (0..<count).map { row in values[row * features] + 0.5 * values[(row + 1) * features - 1] > 0 ? Float(1) : 0 }
  return try Samples(inputs: Tensor(shape: [count, features], values: values), targets: Tensor(shape: [count, 1], values: targets))
}

let deckSettings = TrainingSettings(optimizer: Adam(rate: 0.01), loss: BinaryCrossentropy(), metrics: [Accuracy()])

struct PlanTests {
  static let settings: [TrainingSettings] = [
    deckSettings,
    TrainingSettings(
      optimizer: Nadam(options: UpdateOptions(weightDecay: 0.01, clipping: .globalNorm(0.5))), loss: BinaryCrossentropy(smoothing: 0.1),
      metrics: [PrecisionRecall(.precision), PrecisionRecall(.recall), AreaUnderCurve(), F1Score(), R2Score(), TopKAccuracy()]),
    TrainingSettings(
      optimizer: RMSprop(momentum: 0.5, isCentered: true, options: UpdateOptions(clipping: .norm(0.5))), loss: Huber(),
      metrics: [RootMeanSquaredErrorMetric(), MeanAbsoluteErrorMetric()]),
    TrainingSettings(optimizer: Adadelta(options: UpdateOptions(clipping: .value(0.5))), loss: HalfSquaredError()),
  ]

  @Test(arguments: settings.indices) func aStepAllocatesNothing(_ index: Int) throws {
    let settings = Self.settings[index]
    let counted = allocations_of_this_thread()
    let probe = FloatBuffer(count: 10)
    try #require(counted < 0 || allocations_of_this_thread() > counted, "the counter does not count")
    let network = try deckNetwork(), samples = try twoSides(500)
    let plan = try Plan(network, batch: 32, settings: settings)
    try plan.load(try Parameters(of: network, seed: 1))
    plan.weights.fill(0.5)
    let meters = settings.metrics.map { $0.makeMeter(for: settings.loss, outputShape: [1]) }
    let order = TrainingState.order(seed: 1, epoch: 0, samples: 500, shuffle: true)
    let whole = order[32..<64], part = order[100..<107]
    var loss = 0.0
    func step(_ number: Int) throws {
      let rows = number % 2 == 0 ? whole : part
      plan.input.gather(rows, of: samples.inputs.values, width: 2)
      plan.target.gather(rows, of: samples.targets.values, width: 1)
      let pass = Pass(rows: rows.count, isTraining: true, dropsOut: true, key: TrainingState.dropoutKey(seed: 1, update: number))
      _ = try plan.forward(pass)
      loss += plan.evaluateLoss(rows: rows.count, isWeighted: true)
      _ = try plan.backward(pass)
      var meter = 0
      while meter < meters.count {
        meters[meter].add(plan.output, plan.target, rows: rows.count)
        meter += 1
      }
      plan.update(settings.optimizer, update: number, rate: 0.01)
    }
    for number in 1...3 { try step(number) }
    let before = allocations_of_this_thread()
    var number = 4
    while number <= 1003 {
      try step(number)
      number += 1
    }
    #expect(allocations_of_this_thread() - before == 0)
    #expect(loss.isFinite && probe.count == 10)
  }

  @Test func aPlanThatKeepsEverythingGivesTheSameNumbers() throws {
    let network = try deckNetwork(), samples = try twoSides(20)
    let parameters = try Parameters(of: network, seed: 4)
    let plans = try [false, true].map { keepsEverything in
      let plan = try Plan(network, batch: 32, settings: deckSettings, keepsEverything: keepsEverything)
      try plan.load(parameters)
      for update in 1...5 {
        plan.input.load(samples.inputs.values)
        plan.target.load(samples.targets.values)
        let pass = Pass(rows: 20, isTraining: true, dropsOut: true, key: UInt64(update))
        _ = try plan.forward(pass)
        #expect(plan.evaluateLoss(rows: 20) > 0)
        _ = try plan.backward(pass)
        plan.update(deckSettings.optimizer, update: update)
      }
      return plan
    }
    #expect(try plans[0].currentParameters() == plans[1].currentParameters())
    for name in parameters.names where plans[0].quantity("\(name).gradient", rows: 20) != nil {
      #expect(plans[0].quantity("\(name).gradient", rows: 20) == plans[1].quantity("\(name).gradient", rows: 20))
    }
    #expect(plans[1].quantityNames.contains("dense_2.preactivation.gradient"))
  }

  @Test func rowsBeyondTheBatchCountForNothing() throws {
    let network = try deckNetwork(), samples = try twoSides(9)
    let parameters = try Parameters(of: network, seed: 4)
    let results = try [9, 64].map { batch in
      let plan = try Plan(network, batch: batch, settings: deckSettings)
      try plan.load(parameters)
      plan.input.fill(.nan)
      plan.target.fill(.nan)
      plan.input.load(samples.inputs.values)
      plan.target.load(samples.targets.values)
      let pass = Pass(rows: 9, isTraining: true, dropsOut: true, key: 3)
      _ = try plan.forward(pass)
      _ = plan.evaluateLoss(rows: 9)
      _ = try plan.backward(pass)
      plan.update(deckSettings.optimizer, update: 1)
      return try plan.currentParameters()
    }
    #expect(results[0] == results[1])
  }

  @Test func sizesBeyondMemoryAreRefusedBeforeAnythingIsMade() throws {
    var network = try Network(inputShape: [1_000_000])
    try network.append(Dense(units: 1_000_000))
    #expect(network.summary.total == 1_000_001_000_000)
    #expect(throws: Complaint.self) { try Parameters(of: network, seed: 0) }
    #expect(throws: Complaint.self) { try Plan(network, batch: 1) }
  }
}
