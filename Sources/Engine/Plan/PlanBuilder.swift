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
/// A step overwrites the gradient of its input; where a value has several readers (a graph), each would get a gradient buffer of its own and
/// the builder would add a step that sums them.
struct PlanBuilder {
  private let layout: ParameterLayout
  private let parameters: FloatBuffer
  private let gradients: FloatBuffer
  private let batch: Int
  private let trains: Bool
  private let keepsEverything: Bool

  let quantities = QuantityTable()
  private(set) var steps: [any LayerStep] = []
  private(set) var penalties: [Penalty] = []
  private(set) var normLimits: [NormLimit] = []
  /// The last layer's output.
  private(set) var value: FloatBuffer
  /// The loss's gradient by it; nil where nobody asks for it.
  private(set) var gradient: FloatBuffer?
  private var shape: [Int]
  private var wantsGradient: Bool

  init(
    layout: ParameterLayout, parameters: FloatBuffer, gradients: FloatBuffer, batch: Int, trains: Bool, keepsEverything: Bool,
    input: FloatBuffer, inputShape: [Int]
  ) {
    self.layout = layout
    self.parameters = parameters
    self.gradients = gradients
    self.batch = batch
    self.trains = trains
    self.keepsEverything = keepsEverything
    value = input
    shape = inputShape
    wantsGradient = trains && keepsEverything
    quantities.add("input.output", input, shape: inputShape, perSample: true)
    if wantsGradient {
      let slope = FloatBuffer(count: input.count)
      gradient = slope
      quantities.add("input.gradient", slope, shape: inputShape, perSample: true)
    }
  }

  mutating func add(_ named: NamedLayer, outputShape: [Int]) {
    let specs = named.layer.parameterSpecs(for: shape)
    let trained = trains ? specs.filter(\.isTrainable) : []
    var values: [String: FloatBuffer] = [:], slopes: [String: FloatBuffer] = [:]
    for spec in specs { values[spec.part] = layout.slice("\(named.name).\(spec.part)", of: parameters) }
    for spec in trained { slopes[spec.part] = layout.slice("\(named.name).\(spec.part)", of: gradients) }
    // Before the first layer that learns, nobody asks how the loss depends on a value.
    wantsGradient = wantsGradient || !trained.isEmpty
    let output = named.layer.sharesInput ? value : FloatBuffer(count: batch * Tensor.count(of: outputShape))
    let outputGradient = !wantsGradient ? nil : named.layer.sharesInput ? gradient : FloatBuffer(count: output.count)

    quantities.add("\(named.name).output", output, shape: outputShape, perSample: true)
    if let outputGradient { quantities.add("\(named.name).gradient", outputGradient, shape: outputShape, perSample: true) }
    for spec in specs {
      guard let value = values[spec.part] else { continue }
      quantities.add("\(named.name).\(spec.part)", value, shape: spec.shape, perSample: false)
      guard let slope = slopes[spec.part] else { continue }
      quantities.add("\(named.name).\(spec.part).gradient", slope, shape: spec.shape, perSample: false)
      if spec.l1 != 0 || spec.l2 != 0 { penalties.append(Penalty(values: value, gradient: slope, l1: spec.l1, l2: spec.l2)) }
      if spec.maxNorm > 0, let columns = spec.shape.last {
        normLimits.append(NormLimit(values: value, columns: columns, greatest: spec.maxNorm, scratch: FloatBuffer(count: columns)))
      }
    }
    let site = LayerSite(
      name: named.name, inputShape: shape, outputShape: outputShape, batch: batch, input: value, inputGradient: gradient, output: output,
      outputGradient: outputGradient, keepsEverything: keepsEverything, parameterBuffers: values, gradientBuffers: slopes,
      quantities: quantities)
    steps.append(named.layer.makeStep(at: site))
    value = output
    gradient = outputGradient
    shape = outputShape
  }
}
