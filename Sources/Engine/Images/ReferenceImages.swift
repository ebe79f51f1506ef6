import Kernels

// Windows over images in double precision, for the reference pass alone.
extension ReferenceTensor {
  /// Calls back for every output pixel and every cell of its window that lies on the image: output pixel, input pixel, cell of the window.
  static func eachCell(
    rows: Int, input: [Int], output: [Int], window: Window2D, _ body: (_ to: Int, _ from: Int, _ cell: Int) -> Void
  ) {
    for row in 0..<rows {
      for y in 0..<output[0] {
        for x in 0..<output[1] {
          for windowY in 0..<window.size[0] {
            for windowX in 0..<window.size[1] {
              let down = y * window.stride[0] - window.before[0] + windowY * window.dilation[0]
              let across = x * window.stride[1] - window.before[1] + windowX * window.dilation[1]
              guard (0..<input[0]).contains(down), (0..<input[1]).contains(across) else { continue }
              body(
                (row * output[0] + y) * output[1] + x, (row * input[0] + down) * input[1] + across, windowY * window.size[1] + windowX)
            }
          }
        }
      }
    }
  }

  /// x * w + b. With `isTransposed` the window scatters the input over the output: the transpose of the convolution from output to input.
  static func convolution(
    _ x: ReferenceTensor, _ w: ReferenceTensor, _ b: [Double]?, _ geometry: ConvolutionKernel.Geometry, isTransposed: Bool = false
  ) -> ReferenceTensor {
    let rows = x.shape[0]
    let (input, output) = (geometry.input, geometry.output)
    let result = isTransposed ? input : output
    var y = ReferenceTensor(shape: [rows] + result, values: [Double](repeating: 0, count: rows * Tensor.count(of: result)))
    let multiplier = output[2] / input[2]
    eachCell(rows: rows, input: input, output: output, window: geometry.window) { to, from, cell in
      for channel in 0..<input[2] {
        for filter in geometry.isDepthwise ? channel * multiplier..<(channel + 1) * multiplier : 0..<output[2] {
          let weight = w.values[geometry.isDepthwise ? cell * output[2] + filter : (cell * input[2] + channel) * output[2] + filter]
          if isTransposed {
            y.values[from * input[2] + channel] += weight * x.values[to * output[2] + filter]
          } else {
            y.values[to * output[2] + filter] += weight * x.values[from * input[2] + channel]
          }
        }
      }
    }
    if let b {
      for place in y.values.indices { y.values[place] += b[place % b.count] }
    }
    return y
  }

  /// An activation over the last axis.
  func activated(_ activation: Activation) -> ReferenceTensor {
    let width = shape.last ?? 1
    return ReferenceTensor(
      shape: shape,
      values: stride(from: 0, to: values.count, by: width).flatMap { activation.reference(Array(values[$0..<$0 + width])) })
  }
}
