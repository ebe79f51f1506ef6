import Kernels

/// Runs max pooling, and remembers where each maximum was.
final class MaxPoolingStep: LayerStep {
  private let site: LayerSite
  private let kernel: PoolingKernel
  private let places: FloatBuffer?

  init(_ site: LayerSite, window: Window2D) {
    self.site = site
    kernel = PoolingKernel(site, window: window)
    places = site.inputGradient == nil ? nil : FloatBuffer(count: site.output.count)
  }

  func forward(_ pass: Pass) { kernel.maximum(site.input, into: site.output, places: places, rows: pass.rows) }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient, let inputGradient = site.inputGradient, let places else { return }
    kernel.maximumBackward(
      outputGradient, places: places, rectified: site.takesOverReLU ? site.output : nil, into: inputGradient, rows: pass.rows)
  }
}

/// Runs average pooling.
final class AveragePoolingStep: LayerStep {
  private let site: LayerSite
  private let kernel: PoolingKernel

  init(_ site: LayerSite, window: Window2D) {
    self.site = site
    kernel = PoolingKernel(site, window: window)
  }

  func forward(_ pass: Pass) { kernel.average(site.input, into: site.output, rows: pass.rows) }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient, let inputGradient = site.inputGradient else { return }
    kernel.averageBackward(outputGradient, into: inputGradient, rows: pass.rows)
  }
}

extension PoolingKernel {
  // A global pooling's output has no height and width.
  init(_ site: LayerSite, window: Window2D) {
    let output = site.outputShape.count == 3 ? site.outputShape : [1, 1] + site.outputShape
    self.init(input: site.inputShape, output: output, window: window)
  }
}

extension Window2D {
  /// The window that is as large as the image.
  static func whole(of image: [Int]) -> Window2D { Window2D(size: image.heightAndWidth, stride: image.heightAndWidth) }
}

extension ReferenceTensor {
  /// The greatest value or the mean of what lies on the image under each window.
  func pooled(_ window: Window2D, from input: [Int], to output: [Int], isMaximum: Bool) -> ReferenceTensor {
    let rows = shape[0], channels = input[2]
    let count = rows * Tensor.count(of: output)
    var sums = [Double](repeating: isMaximum ? -.infinity : 0, count: count), cells = [Double](repeating: 0, count: count)
    ReferenceTensor.eachCell(rows: rows, input: input, output: output, window: window) { to, from, _ in
      for channel in 0..<channels {
        let value = values[from * channels + channel], place = to * channels + channel
        sums[place] = isMaximum ? max(sums[place], value) : sums[place] + value
        cells[place] += 1
      }
    }
    return ReferenceTensor(shape: [rows] + output, values: isMaximum ? sums : zip(sums, cells).map { $0 / $1 })
  }
}
