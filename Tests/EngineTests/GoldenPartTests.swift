import Kernels
import Testing

@testable import Engine

/// Single layers, losses and optimizers against Keras 3.
struct GoldenPartTests {
  private let tolerance: Float = 2e-5

  @Test(arguments: GoldenParts.all.layers) func layerAgreesWithKeras(_ golden: GoldenLayerCase) throws {
    let x = golden.x.tensor
    // Keras' gradients are those of the output alone; the penalty stands beside them.
    let layer = try #require(golden.layer.unpenalised)
    var network = try Network(inputShape: Array(x.shape.dropFirst()))
    let name = try network.append(layer).name
    let rows = x.shape[0]
    let settings = TrainingSettings(optimizer: SGD(), loss: MeanSquaredError())
    for keepsEverything in [true, false] {
      let plan = try Plan(network, batch: rows, settings: settings, keepsEverything: keepsEverything)
      var parameters = try Parameters(of: network, seed: 0)
      for (part, values) in golden.weights { try parameters.set("\(name).\(part)", to: values.tensor) }
      try plan.load(parameters)
      plan.input.load(x.values)
      let isTraining = golden.training ?? true
      let pass = Pass(rows: rows, isTraining: isTraining, dropsOut: isTraining, key: 0)
      try #require(try plan.forward(pass))
      let output = try #require(plan.quantity("\(name).output", rows: rows))
      #expect(output.shape == golden.output.shape)
      expect(output.values, golden.output, "output")
      // Outside training nothing is learned, so there is nothing to compare.
      guard isTraining else { continue }
      plan.outputGradient.load(golden.g.values)
      try #require(try plan.backward(pass))
      if keepsEverything {
        expect(try #require(plan.quantity("input.gradient", rows: rows)).values, golden.input_gradient, "input gradient")
      }
      for (part, values) in golden.gradients {
        expect(try #require(plan.quantity("\(name).\(part).gradient", rows: rows)).values, values, "gradient of \(part)")
      }
      plan.update(SGD(rate: 0), update: 1)
      for (part, values) in golden.updated ?? [:] {
        expect(try #require(plan.quantity("\(name).\(part)", rows: rows)).values, values, part)
      }
    }
    if let penalty = golden.penalty, let kernel = golden.weights["kernel"] {
      let values = FloatBuffer(count: kernel.values.count)
      values.load(kernel.values)
      let computed = Sums.penalty(of: values, l1: golden.layer.l1 ?? 0, l2: golden.layer.l2 ?? 0)
      #expect(abs(computed - penalty) < 1e-6)
    }
  }

  @Test(arguments: GoldenParts.all.losses) func lossAgreesWithKeras(_ golden: GoldenLossCase) throws {
    let loss = try goldenLoss(golden.loss, golden.options)
    let p = golden.p.tensor
    let rows = p.shape[0], width = p.count / rows, columns = p.shape.last ?? 1
    let output = FloatBuffer(count: p.count), target = FloatBuffer(count: golden.y.values.count), gradient = FloatBuffer(count: p.count)
    output.load(p.values)
    target.load(golden.y.values)
    let weights = golden.weights.map { values in
      let buffer = FloatBuffer(count: values.count)
      buffer.load(values)
      return buffer
    }
    let value = loss.evaluate(
      LossBatch(
        output, target, gradient: gradient, weights: weights, rows: rows, width: width, columns: columns, kind: loss.targetKind))
    #expect(abs(value - golden.value) < 1e-5 + 1e-5 * abs(golden.value))
    expect(gradient.values(), golden.gradient, "gradient")
    // The reference pass weighs sample by sample.
    guard weights == nil else { return }
    let reference = loss.reference(
      p.values.map(Double.init), golden.y.values.map(Double.init), rows: rows, width: width, columns: columns)
    // Near certainty 1 - p has few digits in single precision.
    #expect(abs(reference - golden.value) < 2e-5 + 0.02 * (abs(golden.value) > 8 ? abs(golden.value) : 0))
  }

  @Test(arguments: GoldenParts.all.optimizers) func optimizerAgreesWithKeras(_ golden: GoldenOptimizerCase) throws {
    // The bias of a layer is the parameter, so that the norms are clipped as in training.
    var network = try Network(inputShape: [1])
    try network.append(Dense(units: golden.w.count))
    let optimizer = try golden.compile.optimizerDescription()
    let plan = try Plan(network, batch: 1, settings: TrainingSettings(optimizer: optimizer, loss: MeanSquaredError()))
    var parameters = try Parameters(of: network, seed: 0)
    try parameters.set("dense.bias", to: Tensor(shape: [golden.w.count], values: golden.w))
    try plan.load(parameters)
    try plan.load(OptimizerState.empty, of: optimizer)
    plan.gradients.fill(0)
    for (index, (slopes, values)) in zip(golden.gradients, golden.values).enumerated() {
      plan.layout.slice("dense.bias", of: plan.gradients).load(slopes)
      plan.update(optimizer, update: index + 1)
      let updated = try #require(try plan.currentParameters()["dense.bias"]).values
      let excess = greatestExcess(updated, values, tolerance: 2e-6)
      #expect(excess <= 1, "update \(index + 1): \(updated) is not \(values)")
    }
  }

  private func expect(_ values: [Float], _ golden: Nested, _ what: String) {
    let excess = greatestExcess(values, golden.values, tolerance: tolerance)
    #expect(excess <= 1, "\(what): \(values.prefix(6)) is not \(golden.values.prefix(6)), \(excess) times the tolerance")
  }
}
