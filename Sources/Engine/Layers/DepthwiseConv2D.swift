import Kernels
import Language

/// A convolution of each channel on its own.
///
///     y[r, c, k m + i] = activation(sum over the window of x[..., k] W[..., k, i] + b[k m + i]),   m = multiplier
///
/// x is (batch, height, width, channels), W (kernel height, kernel width, channels, m), b (channels m).
public struct DepthwiseConv2D: ActivatedLayer {
  /// The height and width of the window.
  public var kernelSize: [Int]
  /// What is applied to the output.
  public var activation: Activation
  /// How many filters each channel has.
  public var multiplier: Int
  /// How far the window moves down and across.
  public var stride: [Int]
  /// What happens at the edges.
  public var padding: Padding
  /// How far the window's cells lie apart.
  public var dilation: [Int]
  /// Whether a bias is added.
  public var useBias: Bool

  /// A depthwise convolution with Keras' defaults.
  public init(
    kernelSize: [Int], activation: Activation = .linear, multiplier: Int = 1, stride: [Int] = [1, 1], padding: Padding = .valid,
    dilation: [Int] = [1, 1], useBias: Bool = true
  ) {
    self.kernelSize = pair(kernelSize)
    self.activation = activation
    self.multiplier = multiplier
    self.stride = pair(stride)
    self.padding = padding
    self.dilation = pair(dilation)
    self.useBias = useBias
  }

  public var kind: String { "DepthwiseConv2D" }
  public var baseName: String { "depthwise_conv2d" }
  public var releasesInput: Bool { true }
  public var yieldsOutput: Bool { activation == .relu || activation == .linear }
  public var leavesReLU: Bool { activation == .relu }

  func geometry(_ input: [Int], kind: String = "depthwiseconv2d") throws -> ConvolutionKernel.Geometry {
    let image = try input.image(for: kind)
    if max(stride[0], stride[1]) > 1, max(dilation[0], dilation[1]) > 1 { throw Complaint.strideAndDilation }
    let (window, output) = try padding.window(size: kernelSize, stride: stride, dilation: dilation, on: image)
    return ConvolutionKernel.Geometry(input: image, output: output + [image[2] * multiplier], window: window, isDepthwise: true)
  }

  public func outputShape(of input: [Int]) throws -> [Int] { try geometry(input).output }

  public func parameterSpecs(for input: [Int]) -> [ParameterSpec] {
    let channels = input.last ?? 1
    let kernel = ParameterSpec("kernel", kernelSize + [channels, multiplier], .glorotUniform)
    return useBias ? [kernel, ParameterSpec("bias", [channels * multiplier], .zeros)] : [kernel]
  }

  public var slidingWindow: SlidingWindow? { SlidingWindow(size: kernelSize, stride: stride, dilation: dilation, padding: padding) }

  /// kernel height x kernel width products for each output.
  public func multiplyAdds(for input: [Int]) -> Double {
    guard let output = try? outputShape(of: input) else { return 0 }
    return product(output + kernelSize)
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

extension DepthwiseConv2D {
  /// `layer depthwiseconv2d`.
  public static let declaration = Declaration<any LayerDescription>(
    "depthwiseconv2d", "A convolution of each channel on its own, with filters of its own.",
    formula: "y[r, c, k] = activation(sum x[r s + i, c s + j, k] W[i, j, k] + b[k])",
    examples: ["input 28x28x3; layer depthwiseconv2d 3x3 relu"],
    .size("kernel", "height and width of the window", axes: 1...2, each: 1...10_000),
    .choice("activation", "applied to the output", from: Activation.choices, default: "linear"),
    .size("stride", "how far the window moves", axes: 1...2, each: 1...10_000, default: [1]).named,
    .choice("padding", "what happens at the edges", from: Padding.choices, default: "valid").named,
    .integer("multiplier", "how many filters each channel has", in: 1...10_000, default: 1).named,
    .size("dilation", "how far the window's cells lie apart", axes: 1...2, each: 1...10_000, default: [1]).named,
    .boolean("bias", "whether a bias is added", default: true)
  ) {
    (
      kernel: [Int], activation: String, stride: [Int], padding: String, multiplier: Int, dilation: [Int], bias: Bool
    ) -> any LayerDescription in
    DepthwiseConv2D(
      kernelSize: kernel, activation: Activation.named(activation) ?? .linear, multiplier: multiplier, stride: stride,
      padding: Padding(rawValue: padding) ?? .valid, dilation: dilation, useBias: bias)
  }
}
