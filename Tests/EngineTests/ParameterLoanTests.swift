import Kernels
import Testing

@testable import Engine

/// Parameters that a plan lends are values like any other, whatever the plan does afterwards.
struct ParameterLoanTests {
  private static func plan() throws -> (plan: Plan, settings: TrainingSettings, first: TrainingState) {
    let network = try deckNetwork()
    let settings = TrainingSettings(optimizer: SGD(rate: 0.5, momentum: 0.9), loss: BinaryCrossentropy())
    let state = try TrainingState(network: network, seed: 1)
    let plan = try Plan(network, batch: 8, settings: settings)
    try plan.load(state.parameters)
    try plan.load(state.optimizer, of: settings.optimizer)
    return (plan, settings, state)
  }

  private static func update(_ plan: Plan, _ settings: TrainingSettings, _ number: Int) throws {
    let samples = try twoSides(8)
    plan.gather(Array(0..<8)[...], of: samples)
    let pass = Pass(rows: 8, isTraining: true, dropsOut: true, key: 0)
    try plan.computeOutput(pass)
    _ = plan.evaluateLoss(rows: 8)
    try plan.computeGradients(pass)
    plan.update(settings.optimizer, update: number)
  }

  @Test func whatWasLentStaysWhenThePlanGoesOn() throws {
    let (plan, settings, first) = try Self.plan()
    let lent = try plan.currentParameters(), slots = plan.currentState(of: settings.optimizer, updates: 0).slots
    #expect(!lent.isSame(as: first.parameters))
    try Self.update(plan, settings, 1)
    let later = try plan.currentParameters(), laterSlots = plan.currentState(of: settings.optimizer, updates: 1).slots
    #expect(lent == first.parameters)
    #expect(slots.names.allSatisfy { slots[$0]?.values.allSatisfy { $0 == 0 } == true })
    #expect(later != first.parameters)
    #expect(laterSlots != slots)
    try plan.load(first.parameters)
    #expect(later != first.parameters)
    try plan.load(.empty, of: settings.optimizer)
    #expect(laterSlots.names.contains { laterSlots[$0]?.values.contains { $0 != 0 } == true })
  }

  @Test func whatWasLentOutlivesThePlan() throws {
    func lent() throws -> (Parameters, Parameters) {
      let (plan, settings, first) = try Self.plan()
      try Self.update(plan, settings, 1)
      _ = first
      return (try plan.currentParameters(), try plan.currentParameters())
    }
    let (one, other) = try lent()
    #expect(one.isSame(as: other))
    #expect(one == other)
    #expect(one["dense.kernel"]?.values.contains { $0 != 0 } == true)
  }

  @Test func aPlanKnowsItsOwnValues() throws {
    let (plan, settings, _) = try Self.plan()
    try Self.update(plan, settings, 1)
    let own = try plan.currentParameters()
    let version = plan.version.number
    try plan.load(own)
    #expect(plan.version.number == version)
    // Looked at or not, they are the same.
    _ = own["dense.kernel"]
    try plan.load(own)
    #expect(plan.version.number == version)
    var changed = own
    try changed.fill("dense.bias", with: 3)
    try plan.load(changed)
    #expect(plan.version.number == version + 1)
    #expect(try plan.currentParameters() == changed)
    #expect(own["dense.bias"] != changed["dense.bias"])
  }

  @Test func aChangedCopySharesWhatIsNotChanged() throws {
    let (plan, _, first) = try Self.plan()
    let lent = try plan.currentParameters()
    var changed = lent
    try changed.set("dense.bias", at: [0], to: 5)
    #expect(lent == first.parameters)
    #expect(changed["dense.bias"]?.values.first == 5)
    #expect(changed.sharesValues(of: "dense.kernel", with: lent))
    #expect(!changed.sharesValues(of: "dense.bias", with: lent))
    #expect(!changed.isSame(as: lent))
    #expect(lent.count == first.parameters.count)
    #expect(lent.names.map { lent.shape(of: $0) } == first.parameters.names.map { first.parameters[$0]?.shape })
  }

  @Test func anUpdateThatIsLeftOnItsWayIsMadeBeforeAnybodyLooks() throws {
    // 9.4 million parameters: two pieces.
    var network = try Network(inputShape: [3])
    try network.append(Dense(units: 3000))
    try network.append(Dense(units: 3120, maxNorm: 0.5))
    let settings = TrainingSettings(optimizer: Adam(rate: 0.01), loss: MeanSquaredError())
    let samples = try Samples(
      inputs: Tensor(shape: [4, 3], values: (0..<12).map { Float($0) / 12 }), targets: Tensor(shape: [4, 3120], filledWith: 1))
    let start = try TrainingState(network: network, seed: 1)
    var whole = start
    _ = try Trainer(network: network, settings: settings, batch: 4).fit(&whole, on: samples, epochs: 1)
    func interrupted(_ look: (TrainingState) -> Void = { _ in }) throws -> (Trainer, TrainingState) {
      let trainer = try Trainer(network: network, settings: settings, batch: 4)
      var state = start
      // Two layers there and back, then before the pass and in its middle.
      let report = try trainer.fit(&state, on: samples, epochs: 5, interrupted: Countdown(5).isOver)
      #expect(report.updates == 1 && report.ending == .interrupted)
      #expect(trainer.plan.owed != nil)
      look(state)
      return (trainer, state)
    }
    // Looked at while the plan is there, after it is gone, and gone on with.
    _ = try interrupted { state in #expect(state.parameters == whole.parameters && state.optimizer == whole.optimizer) }
    #expect(try interrupted().1.optimizer == whole.optimizer)
    #expect(try interrupted().1.parameters == whole.parameters)
    var (trainer, further) = try interrupted()
    _ = try trainer.fit(&further, on: samples, epochs: 1)
    var twice = start
    trainer = try Trainer(network: network, settings: settings, batch: 4)
    _ = try trainer.fit(&twice, on: samples, epochs: 2)
    #expect(further.parameters == twice.parameters)
  }
}
