import Kernels
import Language

/// A depthwise convolution, and then a mixing of the channels at each pixel.
///
///     u = x * D, each channel on its own;   y[r, c, f] = activation(sum over k of u[r, c, k] P[k, f] + b[f])
///
/// D is the depthwise kernel (kernel height, kernel width, channels, 1), P the pointwise one (1, 1, channels, filters), b (filters).
public struct SeparableConv2D: ActivatedLayer {
  /// How many filters it has: the channels of its output.
  public var filters: Int
  /// What is applied to the output.
  public var activation: Activation
  /// Whether a bias is added.
  public var useBias: Bool
  /// The first part.
  public private(set) var depthwise: DepthwiseConv2D

  /// A separable convolution with Keras' defaults.
  public init(
    filters: Int, kernelSize: [Int], activation: Activation = .linear, stride: [Int] = [1, 1], padding: Padding = .valid,
    useBias: Bool = true
  ) {
    self.filters = filters
    self.activation = activation
    self.useBias = useBias
    depthwise = DepthwiseConv2D(kernelSize: kernelSize, stride: stride, padding: padding, useBias: false)
  }

  public var kind: String { "SeparableConv2D" }
  public var baseName: String { "separable_conv2d" }
  public var releasesInput: Bool { true }
  public var yieldsOutput: Bool { activation == .relu || activation == .linear }
  public var leavesReLU: Bool { activation == .relu }

  private func geometries(_ input: [Int]) throws -> (depthwise: ConvolutionKernel.Geometry, pointwise: ConvolutionKernel.Geometry) {
    let first = try depthwise.geometry(input, kind: "separableconv2d")
    let window = Window2D(size: [1, 1], stride: [1, 1])
    return (first, ConvolutionKernel.Geometry(input: first.output, output: first.output.heightAndWidth + [filters], window: window))
  }

  public func outputShape(of input: [Int]) throws -> [Int] { try geometries(input).pointwise.output }

  public func parameterSpecs(for input: [Int]) -> [ParameterSpec] {
    let channels = input.last ?? 1
    let kernels = [
      ParameterSpec("depthwise_kernel", depthwise.kernelSize + [channels, 1], .glorotUniform),
      ParameterSpec("pointwise_kernel", [1, 1, channels, filters], .glorotUniform),
    ]
    return useBias ? kernels + [ParameterSpec("bias", [filters], .zeros)] : kernels
  }

  public var slidingWindow: SlidingWindow? { depthwise.slidingWindow }

  /// Those of the depthwise part, and channels products for each output.
  public func multiplyAdds(for input: [Int]) -> Double {
    guard let output = try? outputShape(of: input) else { return 0 }
    return depthwise.multiplyAdds(for: input) + product(output + input.suffix(1))
  }

  public func keptCount(for input: [Int], trains: Bool) -> Int {
    guard let (first, second) = try? geometries(input) else { return 0 }
    let middle = Tensor.count(of: first.output) * (trains ? 2 : 1)
    return middle + (activation.needsInput ? Tensor.count(of: second.output) : 0)
  }

  public func makeStep(at site: LayerSite) throws -> any LayerStep {
    let (first, second) = try geometries(site.inputShape)
    // The filtered channels lie between the two.
    let middle = site.intermediate("depthwise", shape: first.output)
    let slope = site.outputGradient == nil ? nil : site.intermediate("depthwise.gradient", shape: first.output)
    let before = site.part(output: middle, shape: first.output, outputGradient: slope)
    let after = site.part(input: middle, shape: first.output, inputGradient: slope)
    return StepSequence([
      ConvolutionStep(first, activation: .linear, useBias: false, kernel: "depthwise_kernel", at: before),
      ConvolutionStep(second, activation: activation, useBias: useBias, kernel: "pointwise_kernel", at: after),
    ])
  }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) throws -> ReferenceTensor {
    let (first, second) = try geometries(Array(input.shape.dropFirst()))
    let middle = ReferenceTensor.convolution(input, parameter("depthwise_kernel"), nil, first)
    let bias = useBias ? parameter("bias").values : nil
    return ReferenceTensor.convolution(middle, parameter("pointwise_kernel"), bias, second).activated(activation)
  }
}

extension SeparableConv2D {
  /// `layer separableconv2d`.
  public static let declaration = Declaration<any LayerDescription>(
    "separableconv2d", "A convolution of each channel on its own, and then a mixing of the channels at each pixel.",
    formula: "u = x * D, channel by channel;  y[r, c, f] = activation(sum u[r, c, k] P[k, f] + b[f])",
    examples: ["input 28x28x3; layer separableconv2d 32 3x3 relu"],
    .integer("filters", "how many filters: the channels of the output", in: 1...1_000_000),
    .size("kernel", "height and width of the window", axes: 1...2, each: 1...10_000),
    .choice("activation", "applied to the output", from: Activation.choices, default: "linear"),
    .size("stride", "how far the window moves", axes: 1...2, each: 1...10_000, default: [1]).named,
    .choice("padding", "what happens at the edges", from: Padding.choices, default: "valid").named,
    .boolean("bias", "whether a bias is added", default: true)
  ) { (filters: Int, kernel: [Int], activation: String, stride: [Int], padding: String, bias: Bool) -> any LayerDescription in
    SeparableConv2D(
      filters: filters, kernelSize: kernel, activation: Activation.named(activation) ?? .linear, stride: stride,
      padding: Padding(rawValue: padding) ?? .valid, useBias: bias)
  }
}

/// Steps one after the other that make one layer.
final class StepSequence: LayerStep {
  private let steps: [any LayerStep]

  init(_ steps: [any LayerStep]) { self.steps = steps }

  func forward(_ pass: Pass) throws {
    for step in steps { try step.forward(pass) }
  }

  func backward(_ pass: Pass) throws {
    for step in steps.reversed() { try step.backward(pass) }
  }
}
