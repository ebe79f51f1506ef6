import Kernels
import Testing

@testable import Engine

/// Finite differences over every layer, activation and loss.
struct GradientCheckTests {
  static let activations = Activation.named.map(\.activation) + [.leakyReLU(slope: 0.3), .elu(alpha: 0.5)]
  static let losses: [any LossDescription] = [
    MeanSquaredError(), MeanAbsoluteError(), HalfSquaredError(), BinaryCrossentropy(), BinaryCrossentropy(fromLogits: true),
    CategoricalCrossentropy(), CategoricalCrossentropy(fromLogits: true), SparseCategoricalCrossentropy(),
    SparseCategoricalCrossentropy(fromLogits: true), Huber(), Huber(delta: 0.3), Hinge(), KullbackLeibler(), Poisson(),
    BinaryCrossentropy(smoothing: 0.2), BinaryCrossentropy(fromLogits: true, smoothing: 0.2), CategoricalCrossentropy(smoothing: 0.3),
    CategoricalCrossentropy(fromLogits: true, smoothing: 0.3),
  ]

  @Test func everyDeclaredLossIsInTheTable() {
    #expect(Set(Self.losses.map(\.name)) == Set(EngineDeclarations.losses.map(\.name)))
  }

  @Test(arguments: activations) func activationsInADenseLayer(_ activation: Activation) throws {
    try check([Dense(units: 5, activation: activation, l1: 0.01, l2: 0.02), Dense(units: 2)], MeanSquaredError())
  }

  @Test(arguments: activations) func activationsAsLayers(_ activation: Activation) throws {
    try check([Dense(units: 5, useBias: false), ActivationLayer(activation), Dense(units: 2, initializer: .heNormal)], MeanSquaredError())
  }

  @Test func normalisationDropoutAndFlatten() throws {
    try check(
      [
        BatchNormalization(), Dense(units: 6, activation: .tanh), BatchNormalization(epsilon: 0.1), Dropout(rate: 0.5), Flatten(),
        Dense(units: 2),
      ], MeanSquaredError(), inputShape: [3, 4])
  }

  @Test(arguments: losses.indices) func everyLoss(_ index: Int) throws {
    let loss = Self.losses[index]
    let last: Activation =
      loss is Poisson
      ? .softplus : loss.fromLogits || loss.targetKind == .numbers ? .linear : loss.targetKind == .zeroOne ? .sigmoid : .softmax
    try check([Dense(units: 4, activation: .tanh), Dense(units: 3, activation: last)], loss)
    try check([Dense(units: 4, activation: .tanh), Dense(units: 3, activation: last)], loss, isWeighted: true)
    // Several answers a sample.
    try check([Dense(units: 3, activation: last)], loss, inputShape: [2, 4])
  }

  private func check(_ layers: [any LayerDescription], _ loss: any LossDescription, inputShape: [Int] = [4], isWeighted: Bool = false)
    throws
  {
    var network = try Network(inputShape: inputShape)
    for layer in layers { try network.append(layer) }
    let output = try #require(network.outputShape)
    var source = RandomSource(seed: 5)
    let rows = 7
    let inputs = Tensor(
      shape: [rows] + inputShape, values: (0..<rows * Tensor.count(of: inputShape)).map { _ in source.uniform(-1.5, 1.5) })
    let classes = output.last ?? 1
    let targetShape = [rows] + loss.targetShape(for: output)
    var targets = Tensor(shape: targetShape)
    switch loss.targetKind {
    case .numbers:
      // Counts for those losses that want them.
      for place in targets.values.indices { targets.values[place] = source.uniform(loss is Poisson ? 0 : -2, 2) }
    case .zeroOne: for place in targets.values.indices { targets.values[place] = source.uniform() > 0.5 ? 1 : 0 }
    case .index: for place in targets.values.indices { targets.values[place] = Float(Int(source.uniform() * Float(classes))) }
    case .oneHot:
      for place in 0..<targets.count / classes { targets.values[place * classes + Int(source.uniform() * Float(classes))] = 1 }
    }
    var parameters = try Parameters(of: network, seed: 9)
    // Biases and betas of 0 would hide what they do.
    for name in parameters.names where name.hasSuffix("bias") || name.hasSuffix("beta") || name.hasSuffix("gamma") {
      let shape = try #require(parameters[name]).shape
      try parameters.set(name, to: Tensor(shape: shape, values: (0..<Tensor.count(of: shape)).map { _ in source.uniform(0.2, 1) }))
    }
    let differences = try GradientCheck.run(
      network: network, settings: TrainingSettings(optimizer: SGD(), loss: loss), parameters: parameters,
      samples: try Samples(inputs: inputs, targets: targets, weights: isWeighted ? [1, 0.5, 2, 0, 3, 1, 0.25] : nil))
    #expect(!differences.isEmpty)
    for difference in differences {
      #expect(difference.relative < 2e-4, "\(difference.name): \(difference.greatest) of \(difference.scale)")
    }
  }
}
