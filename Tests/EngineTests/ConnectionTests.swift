import Kernels
import Testing

@testable import Engine

/// What an explanation says of places, held against what the engine computes.
struct ConnectionTests {
  static let settings = TrainingSettings(optimizer: Adam(rate: 0.01), loss: MeanSquaredError())

  static func inspected(_ layers: [any LayerDescription], input: [Int], seed: UInt64 = 3) throws -> (Network, Inspection) {
    var network = try Network(inputShape: input)
    for layer in layers { try network.append(layer) }
    var source = RandomSource(seed: seed)
    let rows = 3, output = try #require(network.outputShape)
    let inputs = (0..<rows * Tensor.count(of: input)).map { _ in source.uniform(-1, 1) }
    let targets = (0..<rows * Tensor.count(of: output)).map { _ in source.uniform(-1, 1) }
    let samples = try Samples(
      inputs: Tensor(shape: [rows] + input, values: inputs), targets: Tensor(shape: [rows] + output, values: targets))
    let state = try TrainingState(network: network, seed: seed)
    return (
      network, try Inspection.nextUpdate(network: network, settings: settings, state: state, samples: samples, batch: rows, updates: true)
    )
  }

  static let weighted: [any WeightedLayer] = [
    Dense(units: 3, activation: .tanh), Conv2D(filters: 2, kernelSize: [2, 3], activation: .tanh),
    Conv2D(filters: 2, kernelSize: [3, 3], stride: [2, 1], padding: .same), Conv2D(filters: 2, kernelSize: [2, 2], dilation: [2, 1]),
    DepthwiseConv2D(kernelSize: [2, 2], activation: .sigmoid, multiplier: 2, padding: .same),
    Conv2DTranspose(filters: 2, kernelSize: [3, 2], stride: [2, 1], padding: .same),
    Conv2DTranspose(filters: 3, kernelSize: [2, 3], stride: [1, 2], useBias: false),
  ]

  @Test("A sum is the sum of its products, forward and back", arguments: weighted.indices)
  func products(index: Int) throws {
    let layer = Self.weighted[index], input = [4, 5, 2]
    // A first layer gives the second one an input whose gradient is asked for.
    let (network, inspection) = try Self.inspected([Conv2D(filters: 2, kernelSize: [1, 1], activation: .tanh), layer], input: input)
    let name = network.layers[1].name, shape = try #require(network.outputShape)
    let x = try #require(inspection["conv2d.output"]), slopeOfX = try #require(inspection["conv2d.gradient"])
    let z = try #require(inspection["\(name).preactivation"]), slope = try #require(inspection["\(name).preactivation.gradient"])
    let kernel = try #require(inspection["\(name).kernel"]), gradient = try #require(inspection["\(name).kernel.gradient"])
    let bias = inspection["\(name).bias"]
    for sample in 0..<3 {
      for place in Tensor.places(of: shape) {
        let sum = try layer.connections(to: place, input: input).reduce(bias?[[place.last ?? 0]] ?? 0) {
          $0 + x[[sample] + $1.input] * kernel[$1.weight]
        }
        #expect(abs(sum - z[[sample] + place]) < 1e-5, "\(place)")
      }
      for place in Tensor.places(of: input) {
        let sum = try layer.readers(of: place, input: input).reduce(0) { $0 + slope[[sample] + $1.output] * kernel[$1.weight] }
        #expect(abs(sum - slopeOfX[[sample] + place]) < 1e-5, "\(place)")
      }
    }
    for weight in Tensor.places(of: kernel.shape) {
      let uses = try layer.uses(of: weight, input: input)
      let sum = (0..<3).reduce(0) { total, sample in uses.reduce(total) { $0 + slope[[sample] + $1.output] * x[[sample] + $1.input] } }
      #expect(abs(sum - gradient[weight]) < 1e-5, "\(weight)")
    }
  }

  static let routed: [(layer: any RoutedLayer, value: @Sendable ([Double]) -> Double)] = [
    (MaxPooling2D(size: [2, 3], stride: [1, 2], padding: .same), { $0.max() ?? 0 }),
    (AveragePooling2D(size: [3, 2], padding: .same), { $0.reduce(0, +) / Double($0.count) }), (GlobalMaxPooling2D(), { $0.max() ?? 0 }),
    (GlobalAveragePooling2D(), { $0.reduce(0, +) / Double($0.count) }), (Flatten(), { $0[0] }), (Reshape(target: [5, 4, 2]), { $0[0] }),
    (ZeroPadding2D(size: [1, 2]), { $0.first ?? 0 }), (UpSampling2D(size: [2, 3]), { $0[0] }), (Add("conv2d"), { $0.reduce(0, +) }),
    (Concatenate("conv2d"), { $0[0] }),
  ]

  @Test("An element is what its sources make it", arguments: routed.indices)
  func sources(index: Int) throws {
    let (layer, value) = Self.routed[index]
    let (network, inspection) = try Self.inspected(
      [Conv2D(filters: 2, kernelSize: [1, 1]), ActivationLayer(.tanh), layer], input: [4, 5, 2])
    let name = network.layers[2].name, output = try #require(inspection["\(name).output"])
    let inputs = layer.joins.isEmpty ? ["activation"] : ["activation", "conv2d"]
    let shapes = inputs.map { _ in [4, 5, 2] }
    for place in Tensor.places(of: try #require(network.outputShape)) {
      let values = try layer.sources(of: place, inputs: shapes).map { source in
        try #require(inspection["\(inputs[source.input]).output"])[[1] + source.place]
      }
      #expect(abs(value(values) - output[[1] + place]) < 1e-5, "\(place)")
    }
  }

  static let networks: [[any LayerDescription]] = [
    [Dense(units: 4, activation: .tanh, l1: 0.01, l2: 0.02), Dropout(rate: 0.4), BatchNormalization(), Dense(units: 2)],
    [
      Conv2D(filters: 3, kernelSize: [2, 2], activation: .relu), SpatialDropout2D(rate: 0.4), MaxPooling2D(), GaussianNoise(deviation: 0.1),
      Flatten(), Dense(units: 2),
    ],
    [RandomFlip(mode: .both), LayerNormalization(), PReLU(), SeparableConv2D(filters: 2, kernelSize: [2, 2]), Flatten(), Dense(units: 2)],
  ]

  @Test("Finite differences take chance as it was", arguments: networks.indices)
  func differences(index: Int) throws {
    let (network, inspection) = try Self.inspected(Self.networks[index], input: [4, 5, 2])
    let update = try #require(inspection.update)
    var numerical = try NumericalGradient(network: network, loss: Self.settings.loss, inspection: inspection, parameters: update.before)
    for parameter in try network.parameterSpecs() where parameter.spec.isTrainable {
      let gradient = try #require(inspection["\(parameter.name).gradient"])
      for place in stride(from: 0, to: gradient.count, by: 3) {
        let slope = try #require(try numerical.slope(of: parameter.name, at: place))
        #expect(abs(slope - Double(gradient.values[place])) < 2e-4 * max(1, abs(slope)), "\(parameter.name) \(place)")
      }
    }
  }

  @Test("Behind a picture that is turned by chance there is no difference, and before it there is")
  func chance() throws {
    let (network, inspection) = try Self.inspected(
      [Conv2D(filters: 2, kernelSize: [1, 1]), RandomFlip(mode: .both), Flatten(), Dense(units: 2)], input: [4, 5, 2])
    let update = try #require(inspection.update)
    var numerical = try NumericalGradient(network: network, loss: Self.settings.loss, inspection: inspection, parameters: update.before)
    #expect(try numerical.slope(of: "conv2d.kernel", at: 0) == nil)
    #expect(try numerical.slope(of: "dense.kernel", at: 0) != nil)
    #expect(try numerical.slope(of: "nothing", at: 0) == nil)
  }

  static let optimizers: [any OptimizerDescription] = [
    SGD(rate: 0.1, options: UpdateOptions(clipping: .norm(0.1))),
    SGD(rate: 0.1, momentum: 0.9, nesterov: true, options: UpdateOptions(weightDecay: 0.1)), Adam(rate: 0.01), AdamW(rate: 0.01),
    RMSprop(momentum: 0.5, isCentered: true), Adagrad(rate: 0.1), Adadelta(rate: 1, options: UpdateOptions(clipping: .globalNorm(0.1))),
    Adamax(rate: 0.01), Nadam(rate: 0.01, options: UpdateOptions(clipping: .value(0.01))),
  ]

  @Test("An inspected update ends where the fused training ends", arguments: optimizers.indices)
  func fused(index: Int) throws {
    let network = try deckNetwork(), samples = try twoSides(40)
    let settings = TrainingSettings(optimizer: Self.optimizers[index], loss: BinaryCrossentropy())
    let trainer = try Trainer(network: network, settings: settings, batch: 16)
    var state = try TrainingState(network: network, seed: 5)
    for _ in 0..<4 {
      let inspection = try Inspection.nextUpdate(
        network: network, settings: settings, state: state, samples: samples, batch: 16, updates: true)
      let report = try trainer.step(&state, on: samples)
      let update = try #require(inspection.update)
      #expect(update.after == state.parameters)
      #expect(update.remembers == state.optimizer.slots)
      #expect(inspection.rows == report.updates[0].samples)
      #expect(inspection.loss == report.updates[0].lossBefore)
    }
  }
}
