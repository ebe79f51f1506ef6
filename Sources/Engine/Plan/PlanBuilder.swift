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
  // Where the outputs of a plan that predicts lie, and the gradients by them in one that trains.
  private let map: MemoryMap
  private let blocks: [FloatBuffer]
  private let side: [FloatBuffer]

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
    map = MemoryMap(network, shapes: shapes, inputShape: inputShape, batch: batch, trains: trains, sharesMemory: !keepsEverything)
    blocks = map.blocks.map { FloatBuffer(count: $0.count) }
    side = map.side.map { FloatBuffer(count: $0) }
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
    let isYielded = learns && map.yielded.contains(index)
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
    guard isShared, let place = map.places[index] else { return FloatBuffer(count: count) }
    return FloatBuffer(0..<count, of: blocks[place])
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
