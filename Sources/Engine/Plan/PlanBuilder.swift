import Kernels

/// A penalty l1 sum|w| + l2 sum(w²) on a parameter of a plan.
struct Penalty {
  let values: FloatBuffer
  let gradient: FloatBuffer
  let l1: Float
  let l2: Float
}

/// The max-norm constraint on a parameter of a plan.
struct NormLimit {
  let values: FloatBuffer
  let columns: Int
  let greatest: Float
  let scratch: FloatBuffer

  func apply() { NormKernel.limitColumnNorms(of: values, columns: columns, greatest: greatest, scratch: scratch) }
}

/// Puts a plan's steps together, layer by layer: gives each its buffers.
///
/// A step overwrites the gradients of its inputs. Where a value has several readers, the last of them, the first on the way back, writes the
/// value's gradient; each other one writes memory at the side, which a further step adds.
struct PlanBuilder {
  /// An output and what becomes of it.
  struct Value {
    let buffer: FloatBuffer
    /// The loss's gradient by it; nil where nobody asks for it.
    let gradient: FloatBuffer?
    let shape: [Int]
    /// Whether something that learns lies before it.
    let learns: Bool
    /// How many readers are not built yet.
    var readers: Int
  }

  private let network: Network
  private let shapes: [[Int]]
  private let places: [[Int]]
  private let layout: ParameterLayout
  private let parameters: FloatBuffer
  private let gradients: FloatBuffer
  private let batch: Int
  private let trains: Bool
  private let keepsEverything: Bool
  private let version: ParameterVersion
  private let scratch = ScratchSpace()
  private let side: [FloatBuffer]
  // Where the outputs of a plan that predicts lie, and the gradients by them in one that trains; nil where everything is kept.
  private let shared: SharedMemory?
  // The layers whose outputs make room for the gradient by them.
  private let yielded: Set<Int>

  let quantities = QuantityTable()
  private(set) var steps: [any LayerStep] = []
  private(set) var penalties: [Penalty] = []
  private(set) var normLimits: [NormLimit] = []
  // The network's input, then the layers' outputs.
  private var values: [Value]

  /// The last layer's output.
  var output: Value { values[values.count - 1] }

  init(
    network: Network, shapes: [[Int]], layout: ParameterLayout, parameters: FloatBuffer, gradients: FloatBuffer, batch: Int, trains: Bool,
    keepsEverything: Bool, input: FloatBuffer, inputShape: [Int], version: ParameterVersion
  ) {
    self.network = network
    self.shapes = shapes
    self.layout = layout
    self.parameters = parameters
    self.gradients = gradients
    self.batch = batch
    self.trains = trains
    self.keepsEverything = keepsEverything
    self.version = version
    places = network.readPlaces
    side = trains ? PlanBuilder.sideBuffers(places, shapes: shapes, inputShape: inputShape, batch: batch) : []
    yielded = trains && !keepsEverything ? PlanBuilder.yieldedOutputs(network, places) : []
    shared = keepsEverything ? nil : PlanBuilder.sharedMemory(network, places, shapes: shapes, batch: batch, without: yielded)
    let learns = trains && keepsEverything
    let slope = learns ? FloatBuffer(count: input.count) : nil
    values = [
      Value(buffer: input, gradient: slope, shape: inputShape, learns: learns, readers: PlanBuilder.readers(of: -1, in: places))
    ]
    quantities.add("input.output", input, shape: inputShape, perSample: true)
    if let slope { quantities.add("input.gradient", slope, shape: inputShape, perSample: true) }
  }

  mutating func add(_ index: Int) throws {
    let named = network.layers[index], layer = named.running, outputShape = shapes[index]
    let inputs = places[index].map { $0 + 1 }
    let first = values[inputs[0]]
    let specs = named.parameterSpecs(for: first.shape)
    let trained = trains ? specs.filter(\.isTrainable) : []
    let own = parameterBuffers(named, specs, trained)
    // Before the first layer that learns, nobody asks how the loss depends on a value.
    let learns = !trained.isEmpty || inputs.contains { values[$0].learns }
    let slopes = inputGradients(inputs, sharesInput: layer.sharesInput)
    let count = batch * Tensor.count(of: outputShape)
    let output = layer.sharesInput ? first.buffer : memory(index, count, isShared: !trains)
    let isYielded = learns && yielded.contains(index)
    let outputGradient = !learns ? nil : layer.sharesInput ? slopes[0] : isYielded ? output : memory(index, count, isShared: trains)

    // What shares its memory is soon something else.
    if keepsEverything || (trains && !isYielded) { quantities.add("\(named.name).output", output, shape: outputShape, perSample: true) }
    if let outputGradient, keepsEverything { quantities.add("\(named.name).gradient", outputGradient, shape: outputShape, perSample: true) }
    describe(named, specs, own)
    let site = LayerSite(
      name: named.name, inputShape: first.shape, outputShape: outputShape, batch: batch, input: first.buffer, inputGradient: slopes[0],
      output: output, outputGradient: outputGradient,
      joined: zip(inputs, slopes).dropFirst().map { JoinedInput(shape: values[$0].shape, values: values[$0].buffer, gradient: $1) },
      leavesReLU: leavesReLU(index), takesOverReLU: places[index][0] >= 0 && leavesReLU(places[index][0]), scratch: scratch,
      version: version, keepsEverything: keepsEverything, parameterBuffers: own.values, gradientBuffers: own.gradients,
      quantities: quantities)
    steps.append(try layer.makeStep(at: site))
    values.append(
      Value(
        buffer: output, gradient: outputGradient, shape: outputShape, learns: learns, readers: PlanBuilder.readers(of: index, in: places)))
  }

  private func memory(_ index: Int, _ count: Int, isShared: Bool) -> FloatBuffer {
    if isShared, let shared { return shared.buffer(index, count: count) }
    return FloatBuffer(count: count)
  }

  // Where each input's gradient goes. The additions that this needs are put before the layer's own step: on the way back they follow it.
  private mutating func inputGradients(_ inputs: [Int], sharesInput: Bool) -> [FloatBuffer?] {
    var used = 0
    return inputs.map { place in
      values[place].readers -= 1
      let value = values[place]
      guard let gradient = value.gradient else { return nil }
      if value.readers == 0 { return gradient }
      // Memory that is the gradient of a further value, too, has to last longer.
      let aside = sharesInput ? FloatBuffer(count: gradient.count) : FloatBuffer(0..<gradient.count, of: side[used])
      used += 1
      steps.append(GradientSumStep(aside, into: gradient, width: Tensor.count(of: value.shape)))
      return aside
    }
  }

  private func parameterBuffers(
    _ named: NamedLayer, _ specs: [ParameterSpec], _ trained: [ParameterSpec]
  ) -> (values: [String: FloatBuffer], gradients: [String: FloatBuffer]) {
    var own: [String: FloatBuffer] = [:], slopes: [String: FloatBuffer] = [:]
    for spec in specs { own[spec.part] = layout.slice("\(named.name).\(spec.part)", of: parameters) }
    for spec in trained { slopes[spec.part] = layout.slice("\(named.name).\(spec.part)", of: gradients) }
    return (own, slopes)
  }

  private mutating func describe(
    _ named: NamedLayer, _ specs: [ParameterSpec], _ own: (values: [String: FloatBuffer], gradients: [String: FloatBuffer])
  ) {
    for spec in specs {
      guard let value = own.values[spec.part] else { continue }
      quantities.add("\(named.name).\(spec.part)", value, shape: spec.shape, perSample: false)
      guard let slope = own.gradients[spec.part] else { continue }
      quantities.add("\(named.name).\(spec.part).gradient", slope, shape: spec.shape, perSample: false)
      if spec.l1 != 0 || spec.l2 != 0 { penalties.append(Penalty(values: value, gradient: slope, l1: spec.l1, l2: spec.l2)) }
      if spec.maxNorm > 0, let columns = spec.shape.last {
        normLimits.append(NormLimit(values: value, columns: columns, greatest: spec.maxNorm, scratch: FloatBuffer(count: columns)))
      }
    }
  }

  // Whether the slope of a layer's relu is its only reader's business.
  private func leavesReLU(_ index: Int) -> Bool {
    guard trains, !keepsEverything, network.layers[index].layer.leavesReLU else { return false }
    let readers = places.indices.filter { places[$0].contains(index) }
    return readers.count == 1 && network.layers[readers[0]].layer.takesOverReLU
  }

  private static func readers(of place: Int, in places: [[Int]]) -> Int { places.reduce(0) { $0 + $1.count { $0 == place } } }

  // Outputs with a single reader, in whose memory that reader may write the gradient once it is done with them.
  private static func yieldedOutputs(_ network: Network, _ places: [[Int]]) -> Set<Int> {
    Set(
      network.layers.indices.filter { index in
        guard network.layers[index].running.yieldsOutput, !network.layers[index].running.sharesInput else { return false }
        var value = index
        while true {
          let readers = places.indices.filter { places[$0].contains(value) }
          guard readers.count == 1, places[readers[0]].count == 1 else { return false }
          let reader = network.layers[readers[0]].running
          if !reader.sharesInput { return reader.releasesInput }
          value = readers[0]
        }
      })
  }

  private static func sharedMemory(
    _ network: Network, _ places: [[Int]], shapes: [[Int]], batch: Int, without yielded: Set<Int>
  ) -> SharedMemory {
    // A layer that shares its input's memory keeps it alive for its own readers.
    var last = [Int](repeating: shapes.count, count: shapes.count)
    for index in shapes.indices.reversed() {
      let readers = places.indices.filter { places[$0].contains(index) }
      guard !readers.isEmpty else { continue }
      last[index] = readers.reduce(0) { max($0, network.layers[$1].running.sharesInput ? last[$1] : $1) }
    }
    let sizes = shapes.indices.map { index in
      network.layers[index].running.sharesInput || yielded.contains(index) ? 0 : batch * Tensor.count(of: shapes[index])
    }
    return SharedMemory(sizes: sizes, lastReaders: last)
  }

  // As many buffers as a layer needs at once, each as large as the largest that stands at its place.
  private static func sideBuffers(_ places: [[Int]], shapes: [[Int]], inputShape: [Int], batch: Int) -> [FloatBuffer] {
    var left: [Int: Int] = [:], sizes: [Int] = []
    for place in places.joined() { left[place, default: 0] += 1 }
    for inputs in places {
      var used = 0
      for place in inputs {
        left[place, default: 0] -= 1
        guard left[place] != 0 else { continue }
        let size = batch * Tensor.count(of: place < 0 ? inputShape : shapes[place])
        if used == sizes.count { sizes.append(size) } else { sizes[used] = max(sizes[used], size) }
        used += 1
      }
    }
    return sizes.map { FloatBuffer(count: $0) }
  }
}

/// On the way back, adds what one of several readers has found to the gradient of the value that they read.
final class GradientSumStep: LayerStep {
  private let part: FloatBuffer
  private let sum: FloatBuffer
  private let width: Int

  init(_ part: FloatBuffer, into sum: FloatBuffer, width: Int) {
    self.part = part
    self.sum = sum
    self.width = width
  }

  func forward(_ pass: Pass) {}

  func backward(_ pass: Pass) { Sums.add(part, to: sum, count: pass.rows * width) }
}
