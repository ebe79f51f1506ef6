import Kernels
import Language

/// A transposed convolution: each pixel of the input is spread over a window of a larger output.
///
///     y = the gradient by x of sum(x * W, dy) at dy = the input, plus b;   then the activation
///
/// The input is (batch, height, width, channels), W (kernel height, kernel width, filters, channels), b (filters). With `same` the output is
/// stride times as large; with `valid` it is larger by what the window reaches beyond the stride.
public struct Conv2DTranspose: ActivatedLayer {
  /// How many filters it has: the channels of its output.
  public var filters: Int
  /// The height and width of the window.
  public var kernelSize: [Int]
  /// What is applied to the output.
  public var activation: Activation
  /// How far the window moves over the output.
  public var stride: [Int]
  /// What happens at the edges.
  public var padding: Padding
  /// Whether a bias is added.
  public var useBias: Bool

  /// A transposed convolution with Keras' defaults.
  public init(
    filters: Int, kernelSize: [Int], activation: Activation = .linear, stride: [Int] = [1, 1], padding: Padding = .valid,
    useBias: Bool = true
  ) {
    self.filters = filters
    self.kernelSize = pair(kernelSize)
    self.activation = activation
    self.stride = pair(stride)
    self.padding = padding
    self.useBias = useBias
  }

  public var kind: String { "Conv2DTranspose" }
  public var baseName: String { "conv2d_transpose" }

  // The convolution from the output to the input, of which this is the transpose.
  func geometry(_ input: [Int]) throws -> ConvolutionKernel.Geometry {
    let image = try input.image(for: "conv2dtranspose")
    var size: [Int] = [], before: [Int] = [], after: [Int] = []
    for axis in 0..<2 {
      let rest = max(kernelSize[axis] - stride[axis], 0)
      size.append(image[axis] * stride[axis] + (padding == .valid ? rest : 0))
      before.append(padding == .valid ? 0 : rest / 2)
      after.append(padding == .valid ? 0 : rest - rest / 2)
    }
    let window = Window2D(size: kernelSize, stride: stride, before: before, after: after)
    return ConvolutionKernel.Geometry(input: size + [filters], output: image, window: window)
  }

  public func outputShape(of input: [Int]) throws -> [Int] { try geometry(input).input }

  public func parameterSpecs(for input: [Int]) -> [ParameterSpec] {
    let kernel = ParameterSpec("kernel", kernelSize + [filters, input.last ?? 1], .glorotUniform)
    return useBias ? [kernel, ParameterSpec("bias", [filters], .zeros)] : [kernel]
  }

  public var slidingWindow: SlidingWindow? { SlidingWindow(size: kernelSize, stride: stride, padding: padding) }

  /// kernel height x kernel width x filters products for each value of the input.
  public func multiplyAdds(for input: [Int]) -> Double { product(input + kernelSize + [filters]) }

  public func makeStep(at site: LayerSite) throws -> any LayerStep {
    ConvolutionStep(try geometry(site.inputShape), activation: activation, useBias: useBias, isTransposed: true, at: site)
  }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) throws -> ReferenceTensor {
    let geometry = try geometry(Array(input.shape.dropFirst()))
    let bias = useBias ? parameter("bias").values : nil
    return ReferenceTensor.convolution(input, parameter("kernel"), bias, geometry, isTransposed: true).activated(activation)
  }
}

extension Conv2DTranspose {
  /// `layer conv2dtranspose`.
  public static let declaration = Declaration<any LayerDescription>(
    "conv2dtranspose", "A transposed convolution: each pixel is spread over a window of a larger image.",
    formula: "y[r s + i, c s + j, f] = activation(sum x[r, c, k] W[i, j, f, k] + b[f])",
    examples: ["input 7x7x8; layer conv2dtranspose 4 3x3 relu stride=2 padding=same"],
    .integer("filters", "how many filters: the channels of the output", in: 1...1_000_000),
    .size("kernel", "height and width of the window", axes: 1...2, each: 1...10_000),
    .choice("activation", "applied to the output", from: Activation.choices, default: "linear"),
    .size("stride", "how far the window moves", axes: 1...2, each: 1...10_000, default: [1]).named,
    .choice("padding", "what happens at the edges", from: Padding.choices, default: "valid").named,
    .boolean("bias", "whether a bias is added", default: true)
  ) { (filters: Int, kernel: [Int], activation: String, stride: [Int], padding: String, bias: Bool) -> any LayerDescription in
    Conv2DTranspose(
      filters: filters, kernelSize: kernel, activation: Activation.named(activation) ?? .linear, stride: stride,
      padding: Padding(rawValue: padding) ?? .valid, useBias: bias)
  }
}
