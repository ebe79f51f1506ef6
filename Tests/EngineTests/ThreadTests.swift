import Kernels
import Testing

@testable import Engine

/// The kernels share large work among threads; what they compute must not depend on how many.
struct ThreadTests {
  static let layers: [(layer: any LayerDescription, inputShape: [Int])] = [
    (LayerNormalization(), [40, 40, 24]), (LayerNormalization(), [3000]), (LayerNormalization(), [2, 1500]),
    (BatchNormalization(), [40, 40, 24]),
    (ZeroPadding2D(size: [2, 3]), [40, 40, 24]), (Concatenate("input"), [40, 40, 24]), (Concatenate("input"), [3000]),
    (RandomFlip(mode: .both), [48, 48, 3]), (RandomRotation(factor: 0.3), [48, 48, 3]), (RandomTranslation(factor: 0.3), [48, 48, 3]),
    (RandomZoom(factor: 0.3), [48, 48, 3]), (RandomContrast(factor: 0.6), [48, 48, 3]), (RandomBrightness(factor: 0.4), [48, 48, 3]),
  ]

  @Test(arguments: layers.indices) func resultsDoNotDependOnTheNumberOfThreads(_ index: Int) throws {
    let (layer, inputShape) = Self.layers[index]
    var network = try Network(inputShape: inputShape)
    let name = try network.append(layer).name
    let rows = 32
    let settings = TrainingSettings(optimizer: SGD(), loss: MeanSquaredError())
    var source = RandomSource(seed: 8)
    let x = (0..<rows * Tensor.count(of: inputShape)).map { _ in source.uniform() }
    let g = (0..<rows * Tensor.count(of: try #require(network.outputShape))).map { _ in source.uniform(-1, 1) }
    let before = KernelThreads.count
    defer { KernelThreads.set(before) }
    let results = try [1, 2, 3, 7].map { threads in
      KernelThreads.set(threads)
      let plan = try Plan(network, batch: rows, settings: settings, keepsEverything: true)
      try plan.load(try Parameters(of: network, seed: 1))
      plan.input.load(x)
      let pass = Pass(rows: rows, isTraining: true, dropsOut: true, key: 3)
      try #require(try plan.forward(pass))
      plan.outputGradient.load(g)
      try #require(try plan.backward(pass))
      let parts = try
        (["input"] + network.layers.flatMap { $0.layer.parameterSpecs(for: inputShape).filter(\.isTrainable).map { "\(name).\($0.part)" } })
        .flatMap { try #require(plan.quantity("\($0).gradient", rows: rows)).values }
      return plan.output.values() + parts
    }
    for result in results {
      #expect(result == results[0])
      let isFinite = result.allSatisfy { $0.isFinite }
      #expect(isFinite)
    }
  }
}
