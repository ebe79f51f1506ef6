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

  /// A layer of images, between layers that make its input learn and its output count.
  static let imageLayers: [any LayerDescription] = [
    Conv2D(filters: 3, kernelSize: [3, 3], activation: .gelu, stride: [2, 2], padding: .same, l1: 0.01, l2: 0.02),
    Conv2D(filters: 3, kernelSize: [2, 3], activation: .tanh, dilation: [2, 1], useBias: false),
    DepthwiseConv2D(kernelSize: [3, 2], activation: .sigmoid, multiplier: 2, padding: .same),
    SeparableConv2D(filters: 3, kernelSize: [3, 3], activation: .swish, stride: [2, 1], padding: .same),
    Conv2DTranspose(filters: 2, kernelSize: [3, 3], activation: .tanh, stride: [2, 2], padding: .same),
    MaxPooling2D(size: [3, 2], stride: [2, 2], padding: .same), MaxPooling2D(),
    AveragePooling2D(size: [3, 3], stride: [2, 2], padding: .same),
    GlobalAveragePooling2D(), GlobalMaxPooling2D(), ZeroPadding2D(size: [1, 2]), UpSampling2D(size: [2, 1]), Reshape(target: [3, 4, 5]),
    LayerNormalization(), BatchNormalization(), PReLU(), SpatialDropout2D(rate: 0.5), GaussianNoise(deviation: 1),
    Rescaling(scale: 2, offset: 1),
    Normalization(), RandomFlip(mode: .both), RandomRotation(factor: 0.1), RandomContrast(factor: 0.5), RandomBrightness(factor: 0.5),
    RandomZoom(factor: 0.3), RandomTranslation(factor: 0.2), Add("conv2d"),
    Concatenate("conv2d"),
    Add("input"),
  ]

  @Test(arguments: imageLayers.indices) func everyImageLayer(_ index: Int) throws {
    let layer = Self.imageLayers[index]
    try check(
      [
        Conv2D(filters: 3, kernelSize: [2, 2], activation: .tanh, padding: .same), AveragePooling2D(size: [1, 1]), layer, Flatten(),
        Dense(units: 2),
      ], MeanSquaredError(), inputShape: [5, 4, 3])
  }

  @Test func reluLeftToThePooling() throws {
    try check(
      [
        Conv2D(filters: 4, kernelSize: [3, 3], activation: .relu), MaxPooling2D(),
        Conv2D(filters: 4, kernelSize: [2, 2], activation: .relu),
        MaxPooling2D(size: [2, 2], stride: [1, 1]), Flatten(), Dense(units: 2),
      ], MeanSquaredError(), inputShape: [8, 8, 1])
  }

  @Test func aValueWithManyReaders() throws {
    var network = try Network(inputShape: [4])
    try network.append(Dense(units: 4, activation: .tanh))
    try network.append(Dense(units: 4, activation: .sigmoid))
    try network.append(Add("dense"))
    try network.append(Reshape(target: [2, 2]), from: "dense")
    try network.append(Flatten())
    try network.append(Add("add"))
    try network.append(Add("add_1"))
    try network.append(Concatenate("dense"))
    try network.append(Dense(units: 2))
    try check(network, MeanSquaredError())
  }

  @Test func frozenLayers() throws {
    var network = try Network(inputShape: [4])
    try network.append(Dense(units: 4, activation: .tanh))
    try network.append(BatchNormalization())
    try network.append(LayerNormalization())
    try network.append(Dense(units: 3, l2: 0.1))
    try network.append(Dense(units: 2))
    for name in ["batch_normalization", "layer_normalization", "dense_1"] { try network.setFrozen(true, .name(name)) }
    #expect(network.summary.trainable == 20 + 8)
    try check(network, MeanSquaredError())
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
    try check(network, loss, isWeighted: isWeighted)
  }

  private func check(_ network: Network, _ loss: any LossDescription, isWeighted: Bool = false) throws {
    let inputShape = try #require(network.inputShape)
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
    for name in parameters.names
    where name.hasSuffix("bias") || name.hasSuffix("beta") || name.hasSuffix("gamma") || name.hasSuffix("alpha")
      || name.hasSuffix("variance")
    {
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
