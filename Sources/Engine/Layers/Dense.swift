import Kernels
import Language

/// A fully connected layer: every unit sees every input.
///
///     y = activation(x W + b)
///     dz = dy activation'(z),   dW = xᵀ dz,   db = sum over the rows of dz,   dx = dz Wᵀ
///
/// x is (batch, ..., in), W (in, units), b (units), y (batch, ..., units): like Keras, it acts on the last axis.
public struct Dense: ActivatedLayer {
  /// How many outputs it has.
  public var units: Int
  /// What is applied to the outputs.
  public var activation: Activation
  /// Whether a bias is added.
  public var useBias: Bool
  /// How the kernel starts; the bias starts at 0.
  public var initializer: Initializer
  /// The kernel adds l1 sum|w| to the loss.
  public var l1: Float
  /// The kernel adds l2 sum(w²) to the loss.
  public var l2: Float
  /// After an update, the norm of a unit's weights is at most this; 0 when it is not limited.
  public var maxNorm: Float

  /// A dense layer with Keras' defaults.
  public init(
    units: Int, activation: Activation = .linear, useBias: Bool = true, initializer: Initializer = .glorotUniform, l1: Float = 0,
    l2: Float = 0, maxNorm: Float = 0
  ) {
    self.units = units
    self.activation = activation
    self.useBias = useBias
    self.initializer = initializer
    self.l1 = l1
    self.l2 = l2
    self.maxNorm = maxNorm
  }

  public var kind: String { "Dense" }
  public var baseName: String { "dense" }
  public var releasesInput: Bool { true }
  public var yieldsOutput: Bool { activation == .relu || activation == .linear }

  public func outputShape(of input: [Int]) throws -> [Int] {
    if activation == .softmax, units == 1 { throw Complaint.softmaxOverOne }
    return input.dropLast() + [units]
  }

  public func parameterSpecs(for input: [Int]) -> [ParameterSpec] {
    let kernel = ParameterSpec("kernel", [input.last ?? 1, units], initializer, l1: l1, l2: l2, maxNorm: maxNorm)
    return useBias ? [kernel, ParameterSpec("bias", [units], .zeros)] : [kernel]
  }

  /// in products for each output.
  public func multiplyAdds(for input: [Int]) -> Double { product(input + [units]) }

  public func keptCount(for input: [Int], trains: Bool) -> Int {
    activation.needsInput ? ((try? outputShape(of: input)).map { Tensor.count(of: $0) } ?? 0) : 0
  }

  public func makeStep(at site: LayerSite) -> any LayerStep { DenseStep(self, site) }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor {
    let width = input.shape.last ?? 1
    let kernel = parameter("kernel")
    let bias = useBias ? parameter("bias").values : [Double](repeating: 0, count: units)
    var values: [Double] = []
    for row in 0..<input.values.count / width {
      var sums = bias
      for place in 0..<width {
        let x = input.values[row * width + place]
        for unit in 0..<units { sums[unit] += x * kernel.values[place * units + unit] }
      }
      values += activation.reference(sums)
    }
    return ReferenceTensor(shape: input.shape.dropLast() + [units], values: values)
  }
}

extension Dense {
  /// `layer dense`.
  public static let declaration = Declaration<any LayerDescription>(
    "dense", "A fully connected layer: every unit sees every input.", formula: "y = activation(x W + b)",
    examples: ["layer dense 8 relu", "layer dense 4 init=he_normal l2=0.01"],
    .integer("units", "how many outputs", in: 1...1_000_000),
    .choice("activation", "applied to the outputs", from: Activation.choices, default: "linear"),
    .boolean("bias", "whether a bias is added", default: true),
    .choice("init", "how the kernel starts", from: Initializer.choices, default: "glorot_uniform").named,
    .decimal("l1", "adds l1 sum|W| to the loss", .notNegative, default: 0).named,
    .decimal("l2", "adds l2 sum(W²) to the loss", .notNegative, default: 0).named,
    .decimal("max_norm", "the greatest norm of a unit's weights after an update; 0 does not limit it", .notNegative, default: 0).named
  ) { (units: Int, activation: String, bias: Bool, initializer: String, l1: Double, l2: Double, maxNorm: Double) -> any LayerDescription in
    Dense(
      units: units, activation: Activation.named(activation) ?? .linear, useBias: bias,
      initializer: Initializer(rawValue: initializer) ?? .glorotUniform, l1: Float(l1), l2: Float(l2), maxNorm: Float(maxNorm))
  }
}

final class DenseStep: LayerStep {
  private let activation: Activation
  private let width: Int
  private let units: Int
  private let rowsPerSample: Int
  private let site: LayerSite
  private let kernel: FloatBuffer
  private let bias: FloatBuffer?
  private let kernelGradient: FloatBuffer?
  private let biasGradient: FloatBuffer?
  // The weighted sum z and its gradient take the places of y and dy where nothing needs both.
  private let sum: FloatBuffer
  private let sumGradient: FloatBuffer?
  // A linear activation in place is no work.
  private let appliesForward: Bool
  private let appliesBackward: Bool
  // What is left of the outputs of a relu once their gradient has taken their place.
  private let signs: SignKernel?

  init(_ layer: Dense, _ site: LayerSite) {
    self.site = site
    activation = layer.activation
    width = site.inputShape.last ?? 1
    units = layer.units
    rowsPerSample = site.inputCount / width
    kernel = site.parameter("kernel")
    bias = layer.useBias ? site.parameter("bias") : nil
    kernelGradient = site.gradient("kernel")
    biasGradient = site.gradient("bias")
    let apart = site.keepsEverything || activation.needsInput
    sum = apart ? site.intermediate("preactivation", shape: site.outputShape) : site.output
    if site.keepsEverything, site.outputGradient != nil {
      sumGradient = site.intermediate("preactivation.gradient", shape: site.outputShape)
    } else {
      sumGradient = site.outputGradient
    }
    appliesForward = sum !== site.output || activation != .linear
    appliesBackward = sumGradient !== site.outputGradient || activation != .linear
    signs = site.yieldsOutput && activation == .relu ? SignKernel(count: site.output.count) : nil
  }

  func forward(_ pass: Pass) throws {
    let rows = pass.rows * rowsPerSample
    try MatrixProduct.multiply(
      site.input, kernel, into: sum, rows: rows, inner: width, columns: units, bias: bias, between: PassEnded.check)
    if appliesForward {
      activation.forward(sum, into: site.output, rows: rows, columns: units)
    }
    if pass.isTraining, let signs { signs.keep(site.output, count: rows * units) }
  }

  func backward(_ pass: Pass) throws {
    guard let outputGradient = site.outputGradient, let sumGradient else { return }
    let rows = pass.rows * rowsPerSample
    if let signs {
      signs.backward(sumGradient, count: rows * units)
    } else if appliesBackward {
      activation.backward(sum, site.output, outputGradient, into: sumGradient, rows: rows, columns: units)
    }
    // A frozen layer has no gradients of its own.
    if let kernelGradient {
      try MatrixProduct.multiplyTransposedLeft(
        site.input, sumGradient, into: kernelGradient, rows: width, inner: rows, columns: units, between: PassEnded.check)
    }
    if let biasGradient { Sums.columns(of: sumGradient, into: biasGradient, rows: rows, columns: units) }
    if let inputGradient = site.inputGradient {
      try MatrixProduct.multiplyTransposedRight(
        sumGradient, kernel, into: inputGradient, rows: rows, inner: units, columns: width, between: PassEnded.check)
    }
  }
}
