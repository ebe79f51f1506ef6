import Kernels
import Language
import Testing

@testable import Engine

/// Layers of images: shapes, complaints, chance, and what oneDNN chooses.
struct ImageLayerTests {
  static let complaints: [(shape: [Int], layers: [any LayerDescription], words: String)] = [
    ([64], [Conv2D(filters: 2, kernelSize: [3, 3])], "conv2d wants height x width x channels"),
    ([2, 2, 1], [Conv2D(filters: 2, kernelSize: [3, 3])], "its window of 3x3 is larger than its input of 2x2"),
    ([2, 2, 1], [MaxPooling2D(size: [3, 3])], "larger than its input"),
    (
      [8, 8, 1], [Conv2D(filters: 2, kernelSize: [3, 3], dilation: [100, 2])],
      "its window of 3x3, spread over 201x5 by its dilation, is larger than its input of 8x8"
    ),
    ([8, 8, 1], [Conv2D(filters: 2, kernelSize: [3, 3], stride: [2, 2], dilation: [2, 2])], "stride and dilation"),
    ([8], [GlobalAveragePooling2D()], "globalavgpool wants"),
    ([8], [Reshape(target: [3, 3])], "8 holds 8 values, 3x3 9"),
    ([8], [Dense(units: 4), Add("input")], "add cannot join 4 and 8"),
    ([8, 8, 1], [MaxPooling2D(), Concatenate("input")], "concat cannot join 4x4x1 and 8x8x1"),
    ([8], [Add("nobody")], "`nobody`, which is not there"),
    (
      [1, 1, 1_000_000], [Conv2D(filters: 1_000_000, kernelSize: [10_000, 10_000], padding: .same)], "more than any machine holds"
    ),
  ]

  @Test(arguments: complaints.indices) func whatDoesNotFitIsSaid(_ index: Int) throws {
    let (shape, layers, words) = Self.complaints[index]
    let complaint = #expect(throws: Complaint.self) {
      var network = try Network(inputShape: shape)
      for layer in layers { try network.append(layer) }
    }
    #expect(complaint?.what.contains(words) == true, "\(String(describing: complaint))")
  }

  @Test func rowsAreToldHowToBecomeImages() throws {
    var network = try Network(inputShape: [64])
    let complaint = #expect(throws: Complaint.self) { try network.append(Conv2D(filters: 2, kernelSize: [3, 3])) }
    #expect(complaint?.hint == "put `layer reshape 8x8x1` before it")
  }

  @Test func aJoinHoldsItsLayer() throws {
    var network = try Network(inputShape: [8])
    try network.append(Dense(units: 8))
    try network.append(Dense(units: 8))
    try network.append(Add("dense"))
    #expect(throws: Complaint.heldByJoin("dense", by: "add")) { try network.remove(.name("dense")) }
    #expect(throws: Complaint.heldByJoin("dense", by: "add")) { try network.replace(.name("dense"), with: Flatten()) }
    #expect(throws: Complaint.self) { try network.insert(Add("dense_1"), at: .name("dense")) }
    #expect(network.layers.map(\.name) == ["dense", "dense_1", "add"])
    #expect(network.summary.rows.map(\.reads) == [[nil], ["dense"], ["dense_1", "dense"]])
    #expect(!network.isSequence)
  }

  @Test func anOutputThatNobodyReadsIsRefused() throws {
    var network = try Network(inputShape: [8])
    try network.append(Dense(units: 8))
    try network.append(Dense(units: 8), from: "input")
    let complaint = #expect(throws: Complaint.self) { try Plan(network, batch: 1) }
    #expect(complaint?.what == "no layer reads the output of `dense`")
  }

  @Test func noConvolutionIsTheSlowReference() throws {
    let shapes: [(input: [Int], filters: Int, size: [Int], stride: Int, isDepthwise: Bool)] = [
      ([100, 100, 3], 32, [3, 3], 2, false), ([13, 13, 64], 128, [3, 3], 2, false), ([28, 28, 1], 32, [3, 3], 1, false),
      ([28, 28, 1], 6, [5, 5], 1, false), ([9, 7, 5], 7, [2, 3], 1, false), ([8, 8, 4], 4, [3, 3], 1, true),
      ([8, 8, 6], 12, [3, 3], 2, true),
    ]
    for (input, filters, size, stride, isDepthwise) in shapes {
      let (window, output) = try Padding.same.window(size: size, stride: [stride, stride], on: input)
      let geometry = ConvolutionKernel.Geometry(input: input, output: output + [filters], window: window, isDepthwise: isDepthwise)
      let images = 4 * Tensor.count(of: input), results = 4 * Tensor.count(of: geometry.output)
      let kernelCount = size[0] * size[1] * (isDepthwise ? filters : input[2] * filters)
      let kernel = ConvolutionKernel(
        geometry,
        ConvolutionKernel.Arrays(
          x: FloatBuffer(count: images), w: FloatBuffer(count: kernelCount), b: FloatBuffer(count: filters), y: FloatBuffer(count: results),
          dy: FloatBuffer(count: results), dx: FloatBuffer(count: images), dw: FloatBuffer(count: kernelCount),
          db: FloatBuffer(count: filters)), appliesReLU: true, scratch: ScratchSpace())
      let names = try kernel.implementations(rows: 4)
      #expect(names.count == 3)
      #expect(names.allSatisfy { !$0.hasPrefix("ref") }, "\(input) to \(filters) filters: \(names)")
    }
  }

  static let chances: [any LayerDescription] = [
    RandomFlip(mode: .both), RandomRotation(factor: 0.2), RandomTranslation(factor: 0.3), RandomZoom(factor: 0.3),
    RandomContrast(factor: 0.5), RandomBrightness(factor: 0.3), SpatialDropout2D(rate: 0.4), GaussianNoise(deviation: 0.2),
  ]

  @Test(arguments: chances.indices) func chanceIsForTrainingAlone(_ index: Int) throws {
    var network = try Network(inputShape: [6, 5, 2])
    try network.append(Self.chances[index])
    let settings = TrainingSettings(optimizer: SGD(), loss: MeanSquaredError())
    let plan = try Plan(network, batch: 16, settings: settings, keepsEverything: true)
    var source = RandomSource(seed: 3)
    let values = (0..<plan.input.count).map { _ in source.uniform() }
    plan.input.load(values)
    func output(training: Bool, key: UInt64) throws -> [Float] {
      _ = try plan.forward(Pass(rows: 16, isTraining: training, dropsOut: training, key: key))
      return plan.output.values()
    }
    #expect(try output(training: false, key: 1) == values)
    let first = try output(training: true, key: 1)
    #expect(first != values)
    #expect(try output(training: true, key: 1) == first)
    #expect(try output(training: true, key: 2) != first)
    #expect(first.allSatisfy { $0.isFinite })
  }

  /// What comes back is the transpose of what goes forward: <A x, g> = <x, Aᵀ g>.
  @Test(arguments: [0, 1, 2, 3]) func warpsGoBackAsTheyCame(_ index: Int) throws {
    var network = try Network(inputShape: [6, 5, 2])
    try network.append(Self.chances[index])
    let plan = try Plan(
      network, batch: 4, settings: TrainingSettings(optimizer: SGD(), loss: MeanSquaredError()), keepsEverything: true)
    var source = RandomSource(seed: 4)
    let x = (0..<plan.input.count).map { _ in source.uniform() }, g = x.map { _ in source.uniform(-1, 1) }
    plan.input.load(x)
    let pass = Pass(rows: 4, isTraining: true, dropsOut: true, key: 7)
    _ = try plan.forward(pass)
    plan.outputGradient.load(g)
    _ = try plan.backward(pass)
    let back = try #require(plan.quantity("input.gradient", rows: 4)).values
    let forwards = zip(plan.output.values(), g).reduce(0.0) { $0 + Double($1.0 * $1.1) }
    let backwards = zip(x, back).reduce(0.0) { $0 + Double($1.0 * $1.1) }
    #expect(abs(forwards - backwards) < 1e-4)
  }

  static let tones: [any LayerDescription] = [
    RandomBrightness(factor: 0.5), RandomBrightness(factor: 0.3, high: 255), RandomContrast(factor: 0.9),
    RandomContrast(factor: 0.4, high: 255),
  ]

  /// A tone is linear between the places where a value is cut, so that differences are exact but for rounding.
  @Test(arguments: tones.indices) func tonesAgreeWithFiniteDifferences(_ index: Int) throws {
    let layer = Self.tones[index]
    let high = (layer as? any ToningLayer)?.high ?? 1
    var network = try Network(inputShape: [4, 3, 2])
    try network.append(layer)
    let rows = 5
    let plan = try Plan(
      network, batch: rows, settings: TrainingSettings(optimizer: SGD(), loss: MeanSquaredError()), keepsEverything: true)
    var source = RandomSource(seed: 6)
    let x = (0..<plan.input.count).map { _ in source.uniform() * high }, g = x.map { _ in source.uniform(-1, 1) }
    let pass = Pass(rows: rows, isTraining: true, dropsOut: true, key: 9)
    func value(_ x: [Float]) throws -> Double {
      plan.input.load(x)
      _ = try plan.forward(pass)
      return zip(plan.output.values(), g).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let middle = try value(x)
    let cut = plan.output.values().count { $0 == 0 || $0 == high }
    #expect(cut > 3 && cut < x.count / 2, "\(cut) of \(x.count) values are cut")
    plan.outputGradient.load(g)
    _ = try plan.backward(pass)
    let slopes = try #require(plan.quantity("input.gradient", rows: rows)).values
    let step = high / 256
    var compared = 0
    for place in x.indices {
      var above = x, below = x
      above[place] += step
      below[place] -= step
      let up = (try value(above) - middle) / Double(step), down = (middle - (try value(below))) / Double(step)
      // Between the two a value begins to be cut: there is no one slope.
      guard abs(up - down) < 1e-3 else { continue }
      compared += 1
      #expect(abs(Double(slopes[place]) - up) < 1e-3, "place \(place): \(slopes[place]) is not \(up)")
    }
    #expect(compared > x.count * 3 / 4)
  }

  @Test func aValueAtTheLimitItselfIsNotCut() throws {
    for layer in [RandomBrightness(factor: 0) as any LayerDescription, RandomContrast(factor: 0)] {
      var network = try Network(inputShape: [1, 3, 1])
      try network.append(layer)
      let plan = try Plan(
        network, batch: 1, settings: TrainingSettings(optimizer: SGD(), loss: MeanSquaredError()), keepsEverything: true)
      plan.input.load([0, 0.25, 1])
      let pass = Pass(rows: 1, isTraining: true, dropsOut: true, key: 1)
      _ = try plan.forward(pass)
      #expect(plan.output.values() == [0, 0.25, 1])
      plan.outputGradient.load([3, 4, 5])
      _ = try plan.backward(pass)
      #expect(plan.quantity("input.gradient", rows: 1)?.values == [3, 4, 5])
    }
  }

  @Test func aFlipTurnsAnImageOver() throws {
    let image: [Float] = [1, 2, 3, 4, 5, 6]
    let from = FloatBuffer(count: 6), to = FloatBuffer(count: 6)
    from.load(image)
    let maps = FloatBuffer(count: AffineMap.count)
    RandomFlip.map(across: true, down: false, height: 2, width: 3).write(to: maps, row: 0)
    ImageKernel.warp(from, into: to, rows: 1, shape: [2, 3, 1], maps: maps)
    #expect(to.values() == [3, 2, 1, 6, 5, 4])
  }

  @Test func normalizeAdaptsOnceToTheTrainingData() throws {
    var network = try Network(inputShape: [2])
    try network.append(Rescaling(scale: 2, offset: 1))
    try network.append(Normalization())
    try network.append(Dense(units: 1))
    let samples = try Samples(
      inputs: Tensor(shape: [4, 2], values: [1, 10, 2, 10, 3, 30, 6, 30]), targets: Tensor(shape: [4, 1], values: [0, 1, 0, 1]))
    let trainer = try Trainer(network: network, settings: TrainingSettings(optimizer: SGD(), loss: MeanSquaredError()), batch: 3)
    var state = try TrainingState(network: network, seed: 1)
    _ = try trainer.step(&state, on: samples)
    #expect(state.parameters["normalization.mean"]?.values == [7, 41])
    #expect(state.parameters["normalization.variance"]?.values == [14, 400])
    #expect(state.parameters["normalization.count"]?.values == [4])
    let others = try Samples(inputs: Tensor(shape: [1, 2], values: [9, 9]), targets: Tensor(shape: [1, 1], values: [0]))
    _ = try trainer.step(&state, on: others)
    #expect(state.parameters["normalization.mean"]?.values == [7, 41])
  }

  @Test func aFrozenLayerStaysAsItIs() throws {
    var network = try Network(inputShape: [4])
    try network.append(Dense(units: 5))
    try network.append(BatchNormalization())
    try network.append(Dense(units: 1, activation: .sigmoid))
    try network.setFrozen(true, .name("batch_normalization"))
    try network.setFrozen(true, .number(1))
    let samples = try twoSides(40, features: 4)
    var state = try TrainingState(network: network, seed: 1)
    let before = state.parameters
    let trainer = try Trainer(network: network, settings: deckSettings, batch: 16)
    _ = try trainer.fit(&state, on: samples, epochs: 2)
    for name in before.names { #expect((state.parameters[name] == before[name]) == !name.hasPrefix("dense_1"), "\(name)") }
  }

  @Test func aSmallerBatchAtTheEndIsComputedAlone() throws {
    var network = try Network(inputShape: [6, 6, 1])
    try network.append(Conv2D(filters: 4, kernelSize: [3, 3], activation: .relu))
    try network.append(MaxPooling2D())
    try network.append(Conv2DTranspose(filters: 3, kernelSize: [2, 2], stride: [2, 2]))
    try network.append(SeparableConv2D(filters: 2, kernelSize: [2, 2]))
    try network.append(Flatten())
    try network.append(Dense(units: 1))
    let settings = TrainingSettings(optimizer: SGD(), loss: MeanSquaredError())
    let samples = try twoSides(5, features: 36), parameters = try Parameters(of: network, seed: 2)
    let results = try [5, 16].map { batch in
      let plan = try Plan(network, batch: batch, settings: settings)
      try plan.load(parameters)
      plan.input.fill(.nan)
      plan.input.load(samples.inputs.values)
      plan.target.load(samples.targets.values)
      let pass = Pass(rows: 5, isTraining: true, dropsOut: false, key: 0)
      _ = try plan.forward(pass)
      _ = plan.evaluateLoss(rows: 5)
      _ = try plan.backward(pass)
      plan.update(SGD(), update: 1)
      return try plan.currentParameters()
    }
    #expect(results[0] == results[1])
  }

  @Test func aPlanOfImagesThatKeepsEverythingGivesTheSameNumbers() throws {
    var network = try Network(inputShape: [9, 9, 1])
    try network.append(Conv2D(filters: 4, kernelSize: [3, 3], activation: .relu))
    try network.append(MaxPooling2D(size: [3, 3], stride: [2, 2]))
    try network.append(Conv2D(filters: 4, kernelSize: [3, 3], activation: .relu, padding: .same))
    try network.append(Add("max_pooling2d"))
    try network.append(MaxPooling2D(size: [1, 1]))
    try network.append(Flatten())
    try network.append(Dense(units: 1))
    let settings = TrainingSettings(optimizer: SGD(rate: 0.1), loss: MeanSquaredError())
    let samples = try twoSides(6, features: 81), parameters = try Parameters(of: network, seed: 2)
    let results = try [false, true].map { keepsEverything in
      let plan = try Plan(network, batch: 6, settings: settings, keepsEverything: keepsEverything)
      try plan.load(parameters)
      for update in 1...3 {
        plan.gather(
          [0, 1, 2, 3, 4, 5][...],
          of: try Samples(
            inputs: Tensor(shape: [6, 9, 9, 1], values: samples.inputs.values), targets: samples.targets))
        let pass = Pass(rows: 6, isTraining: true, dropsOut: true, key: UInt64(update))
        _ = try plan.forward(pass)
        _ = plan.evaluateLoss(rows: 6)
        _ = try plan.backward(pass)
        plan.update(settings.optimizer, update: update)
      }
      return try plan.currentParameters()
    }
    #expect(results[0] == results[1])
    #expect(results[0] != parameters)
  }

  @Test func imagesBeyondMemoryAreRefusedBeforeAnythingIsMade() throws {
    var network = try Network(inputShape: [2000, 2000, 3])
    try network.append(Conv2D(filters: 64, kernelSize: [3, 3], padding: .same))
    try network.append(GlobalAveragePooling2D())
    #expect(throws: Complaint.self) { try Plan(network, batch: 100_000) }
    #expect(throws: Complaint.self) { try network.append(Dense(units: 1_000_000_000_000)) }
  }
}
