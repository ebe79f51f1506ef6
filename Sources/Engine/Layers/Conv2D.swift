import Kernels
import Language

/// A convolution: each filter looks at a window of the image, the same wherever the window stands.
///
///     y[r, c, f] = activation(sum over i, j, k of x[r s + i d - top, c s + j d - left, k] W[i, j, k, f] + b[f])
///
/// x is (batch, height, width, channels), W (kernel height, kernel width, channels, filters), b (filters); s is the stride, d the dilation.
public struct Conv2D: ActivatedLayer {
  /// How many filters it has: the channels of its output.
  public var filters: Int
  /// The height and width of the window.
  public var kernelSize: [Int]
  /// What is applied to the output.
  public var activation: Activation
  /// How far the window moves down and across.
  public var stride: [Int]
  /// What happens at the edges.
  public var padding: Padding
  /// How far the window's cells lie apart.
  public var dilation: [Int]
  /// Whether a bias is added.
  public var useBias: Bool
  /// How the kernel starts; the bias starts at 0.
  public var initializer: Initializer
  /// The kernel adds l1 sum|w| to the loss.
  public var l1: Float
  /// The kernel adds l2 sum(w²) to the loss.
  public var l2: Float
  /// After an update, the norm of a filter's weights is at most this; 0 when it is not limited.
  public var maxNorm: Float

  /// A convolution with Keras' defaults.
  public init(
    filters: Int, kernelSize: [Int], activation: Activation = .linear, stride: [Int] = [1, 1], padding: Padding = .valid,
    dilation: [Int] = [1, 1], useBias: Bool = true, initializer: Initializer = .glorotUniform, l1: Float = 0, l2: Float = 0,
    maxNorm: Float = 0
  ) {
    self.filters = filters
    self.kernelSize = pair(kernelSize)
    self.activation = activation
    self.stride = pair(stride)
    self.padding = padding
    self.dilation = pair(dilation)
    self.useBias = useBias
    self.initializer = initializer
    self.l1 = l1
    self.l2 = l2
    self.maxNorm = maxNorm
  }

  public var kind: String { "Conv2D" }
  public var baseName: String { "conv2d" }
  public var releasesInput: Bool { true }
  public var yieldsOutput: Bool { activation == .relu || activation == .linear }
  public var leavesReLU: Bool { activation == .relu }

  func geometry(_ input: [Int]) throws -> ConvolutionKernel.Geometry {
    let image = try input.image(for: "conv2d")
    if max(stride[0], stride[1]) > 1, max(dilation[0], dilation[1]) > 1 { throw Complaint.strideAndDilation }
    let (window, output) = try padding.window(size: kernelSize, stride: stride, dilation: dilation, on: image)
    return ConvolutionKernel.Geometry(input: image, output: output + [filters], window: window)
  }

  public func outputShape(of input: [Int]) throws -> [Int] {
    if activation == .softmax, filters == 1 { throw Complaint.softmaxOverOne }
    return try geometry(input).output
  }

  public func parameterSpecs(for input: [Int]) -> [ParameterSpec] {
    let kernel = ParameterSpec("kernel", kernelSize + [input.last ?? 1, filters], initializer, l1: l1, l2: l2, maxNorm: maxNorm)
    return useBias ? [kernel, ParameterSpec("bias", [filters], .zeros)] : [kernel]
  }

  public var slidingWindow: SlidingWindow? { SlidingWindow(size: kernelSize, stride: stride, dilation: dilation, padding: padding) }

  /// kernel height x kernel width x channels products for each output; those with the zeros around the image are counted too.
  public func multiplyAdds(for input: [Int]) -> Double {
    guard let output = try? outputShape(of: input) else { return 0 }
    return product(output + kernelSize + input.suffix(1))
  }

  public func keptCount(for input: [Int], trains: Bool) -> Int {
    activation.needsInput ? ((try? outputShape(of: input)).map { Tensor.count(of: $0) } ?? 0) : 0
  }

  public func makeStep(at site: LayerSite) throws -> any LayerStep {
    ConvolutionStep(try geometry(site.inputShape), activation: activation, useBias: useBias, at: site)
  }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) throws -> ReferenceTensor {
    let geometry = try geometry(Array(input.shape.dropFirst()))
    return ReferenceTensor.convolution(input, parameter("kernel"), useBias ? parameter("bias").values : nil, geometry).activated(activation)
  }
}

extension Conv2D {
  /// `layer conv2d`.
  public static let declaration = Declaration<any LayerDescription>(
    "conv2d", "A convolution: each filter looks at a window of the image, the same wherever the window stands.",
    formula: "y[r, c, f] = activation(sum x[r s + i, c s + j, k] W[i, j, k, f] + b[f])",
    examples: ["input 28x28x1; layer conv2d 32 3x3 relu", "input 100x100x3; layer conv2d 32 3x3 relu stride=2 padding=same"],
    notes: "Stride and dilation cannot both be more than 1.",
    .integer("filters", "how many filters: the channels of the output", in: 1...1_000_000),
    .size("kernel", "height and width of the window", axes: 1...2, each: 1...10_000),
    .choice("activation", "applied to the output", from: Activation.choices, default: "linear"),
    .size("stride", "how far the window moves", axes: 1...2, each: 1...10_000, default: [1]).named,
    .choice("padding", "what happens at the edges", from: Padding.choices, default: "valid").named,
    .size("dilation", "how far the window's cells lie apart", axes: 1...2, each: 1...10_000, default: [1]).named,
    .boolean("bias", "whether a bias is added", default: true),
    .choice("init", "how the kernel starts", from: Initializer.choices, default: "glorot_uniform").named,
    .decimal("l1", "adds l1 sum|W| to the loss", .notNegative, default: 0).named,
    .decimal("l2", "adds l2 sum(W²) to the loss", .notNegative, default: 0).named,
    .decimal("max_norm", "the greatest norm of a filter's weights after an update; 0 does not limit it", .notNegative, default: 0).named
  ) {
    (
      filters: Int, kernel: [Int], activation: String, stride: [Int], padding: String, dilation: [Int], bias: Bool, initializer: String,
      l1: Double, l2: Double, maxNorm: Double
    ) -> any LayerDescription in
    Conv2D(
      filters: filters, kernelSize: kernel, activation: Activation.named(activation) ?? .linear, stride: stride,
      padding: Padding(rawValue: padding) ?? .valid, dilation: dilation, useBias: bias,
      initializer: Initializer(rawValue: initializer) ?? .glorotUniform, l1: Float(l1), l2: Float(l2), maxNorm: Float(maxNorm))
  }
}
