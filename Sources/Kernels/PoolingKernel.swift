import CKernels

/// Pooling of images (batch, height, width, channels): what lies under a window, a channel on its own, becomes one value.
public struct PoolingKernel: Sendable, Equatable {
  private let input: [Int]
  private let output: [Int]
  private let window: Window2D

  /// A pooling of images of the shape `input` (height, width, channels) to `output`.
  public init(input: [Int], output: [Int], window: Window2D) {
    self.input = input
    self.output = output
    self.window = window
  }

  /// y = the greatest value; `places` (as many as y) remembers where it was.
  public func maximum(_ x: FloatBuffer, into y: FloatBuffer, places: FloatBuffer?, rows: Int) {
    var shape = shape(rows)
    gradus_max_pool(&shape, x.checked(inputCount(rows)), y.checked(outputCount(rows)), places?.integers(outputCount(rows)))
  }

  /// Sends dy to the places. Where `rectified` (the pooled output) is not above 0, nothing comes through: the slope of a relu before.
  public func maximumBackward(
    _ dy: FloatBuffer, places: FloatBuffer, rectified: FloatBuffer?, into dx: FloatBuffer, rows: Int
  ) {
    var shape = shape(rows)
    let count = outputCount(rows)
    gradus_max_pool_backward(&shape, rectified?.checked(count), places.integers(count), dy.checked(count), dx.checked(inputCount(rows)))
  }

  /// y = the mean of what lies on the image.
  public func average(_ x: FloatBuffer, into y: FloatBuffer, rows: Int) {
    var shape = shape(rows)
    gradus_average_pool(&shape, x.checked(inputCount(rows)), y.checked(outputCount(rows)))
  }

  /// Spreads dy evenly.
  public func averageBackward(_ dy: FloatBuffer, into dx: FloatBuffer, rows: Int) {
    var shape = shape(rows)
    gradus_average_pool_backward(&shape, dy.checked(outputCount(rows)), dx.checked(inputCount(rows)))
  }

  private func inputCount(_ rows: Int) -> Int { rows * input[0] * input[1] * input[2] }
  private func outputCount(_ rows: Int) -> Int { rows * output[0] * output[1] * output[2] }

  private func shape(_ rows: Int) -> gradus_pooling {
    gradus_pooling(
      batch: rows, height: input[0], width: input[1], channels: input[2], window_height: window.size[0], window_width: window.size[1],
      stride_height: window.stride[0], stride_width: window.stride[1], top: window.before[0], left: window.before[1],
      output_height: output[0], output_width: output[1])
  }
}

extension FloatBuffer {
  /// The same memory holding whole numbers of 32 bits.
  func integers(_ needed: Int) -> UnsafeMutablePointer<Int32> {
    UnsafeMutableRawPointer(checked(needed)).assumingMemoryBound(to: Int32.self)
  }
}
