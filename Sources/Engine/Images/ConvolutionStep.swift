import Kernels

/// Runs a convolution with bias and activation.
///
///     z = x * w + b,   y = f(z);   dz = dy f'(z),   db = sum(dz),   dw from x and dz,   dx from dz and w
///
/// A transposed convolution is the same one the other way round: its output is what the gradient by the images would be.
final class ConvolutionStep: LayerStep {
  private let site: LayerSite
  private let activation: Activation
  private let filters: Int
  private let pixels: Int
  private let isTransposed: Bool
  private let kernel: ConvolutionKernel
  private let bias: FloatBuffer?
  private let kernelGradient: FloatBuffer?
  private let biasGradient: FloatBuffer?
  // The weighted sum z and its gradient take the places of y and dy where nothing needs both.
  private let sum: FloatBuffer
  private let sumGradient: FloatBuffer?
  private let appliesForward: Bool
  private let appliesBackward: Bool
  // What is left of the outputs of a relu once their gradient has taken their place.
  private let signs: SignKernel?

  init(
    _ geometry: ConvolutionKernel.Geometry, activation: Activation, useBias: Bool, isTransposed: Bool = false,
    kernel part: String = "kernel",
    at site: LayerSite
  ) {
    self.site = site
    self.activation = activation
    self.isTransposed = isTransposed
    filters = site.outputShape[2]
    pixels = site.outputShape[0] * site.outputShape[1]
    bias = useBias ? site.parameter("bias") : nil
    kernelGradient = site.gradient(part)
    biasGradient = useBias ? site.gradient("bias") : nil
    let apart = site.keepsEverything || activation.needsInput
    sum = apart ? site.intermediate("preactivation", shape: site.outputShape) : site.output
    if site.keepsEverything, site.outputGradient != nil {
      sumGradient = site.intermediate("preactivation.gradient", shape: site.outputShape)
    } else {
      sumGradient = site.outputGradient
    }
    let fuses = activation == .relu && !apart && !isTransposed
    appliesForward = !fuses && (apart || activation != .linear)
    appliesBackward = !site.leavesReLU && (sumGradient !== site.outputGradient || activation != .linear)
    signs = site.yieldsOutput && appliesBackward && activation == .relu ? SignKernel(count: site.output.count) : nil
    let arrays =
      isTransposed
      ? ConvolutionKernel.Arrays(
        x: sumGradient, w: site.parameter(part), y: sumGradient == nil ? nil : site.inputGradient, dy: site.input, dx: sum,
        dw: kernelGradient)
      : ConvolutionKernel.Arrays(
        x: site.input, w: site.parameter(part), b: bias, y: sum, dy: sumGradient, dx: sumGradient == nil ? nil : site.inputGradient,
        dw: kernelGradient, db: biasGradient)
    kernel = ConvolutionKernel(geometry, arrays, appliesReLU: fuses, scratch: site.scratch)
  }

  func forward(_ pass: Pass) throws {
    if isTransposed {
      try kernel.backwardInput(rows: pass.rows, version: site.version.number, between: PassEnded.check)
      if let bias { Sums.addRow(bias, to: sum, rows: pass.rows * pixels, columns: filters) }
    } else {
      try kernel.forward(rows: pass.rows, version: site.version.number, between: PassEnded.check)
    }
    if appliesForward { activation.forward(sum, into: site.output, rows: pass.rows * pixels, columns: filters) }
    if pass.isTraining, let signs { signs.keep(site.output, count: pass.rows * pixels * filters) }
  }

  func backward(_ pass: Pass) throws {
    guard let outputGradient = site.outputGradient, let sumGradient else { return }
    if let signs {
      signs.backward(sumGradient, count: pass.rows * pixels * filters)
    } else if appliesBackward {
      activation.backward(sum, site.output, outputGradient, into: sumGradient, rows: pass.rows * pixels, columns: filters)
    }
    if kernelGradient != nil { try kernel.backwardKernel(rows: pass.rows, between: PassEnded.check) }
    if isTransposed, let biasGradient { Sums.columns(of: sumGradient, into: biasGradient, rows: pass.rows * pixels, columns: filters) }
    guard site.inputGradient != nil else { return }
    if isTransposed {
      try kernel.forward(rows: pass.rows, version: site.version.number, between: PassEnded.check)
    } else {
      try kernel.backwardInput(rows: pass.rows, version: site.version.number, between: PassEnded.check)
    }
  }
}
