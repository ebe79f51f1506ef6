import CKernels

/// Images (batch, height, width, channels) moved, enlarged, joined, and seen through affine maps.
public enum ImageKernel {
  /// Puts each image into a larger one of zeros, `before` rows down and columns in.
  public static func pad(_ x: FloatBuffer, into y: FloatBuffer, rows: Int, input: [Int], output: [Int], before: [Int]) {
    gradus_pad(
      rows, input[0], input[1], input[2], before[0], before[1], output[0], output[1], 0, x.checked(rows * Tensor.count(of: input)),
      y.checked(rows * Tensor.count(of: output)))
  }

  /// Cuts it out again.
  public static func padBackward(_ dy: FloatBuffer, into dx: FloatBuffer, rows: Int, input: [Int], output: [Int], before: [Int]) {
    gradus_pad(
      rows, input[0], input[1], input[2], before[0], before[1], output[0], output[1], 1, dy.checked(rows * Tensor.count(of: output)),
      dx.checked(rows * Tensor.count(of: input)))
  }

  /// Each pixel becomes a block of equal ones.
  public static func upsample(_ x: FloatBuffer, into y: FloatBuffer, rows: Int, input: [Int], by factor: [Int]) {
    let count = rows * Tensor.count(of: input)
    gradus_upsample(
      rows, input[0], input[1], input[2], factor[0], factor[1], 0, x.checked(count), y.checked(count * factor[0] * factor[1]))
  }

  /// Each block becomes its sum.
  public static func upsampleBackward(_ dy: FloatBuffer, into dx: FloatBuffer, rows: Int, input: [Int], by factor: [Int]) {
    let count = rows * Tensor.count(of: input)
    gradus_upsample(
      rows, input[0], input[1], input[2], factor[0], factor[1], 1, dy.checked(count * factor[0] * factor[1]), dx.checked(count))
  }

  /// Copies a matrix (rows, columns) into the columns from `first` on of a wider one.
  public static func join(_ x: FloatBuffer, into y: FloatBuffer, rows: Int, columns: Int, wide: Int, first: Int) {
    gradus_copy_columns(rows, columns, wide, first, 0, x.checked(rows * columns), y.checked(rows * wide))
  }

  /// Copies them out again.
  public static func split(_ y: FloatBuffer, into x: FloatBuffer, rows: Int, columns: Int, wide: Int, first: Int) {
    gradus_copy_columns(rows, columns, wide, first, 1, y.checked(rows * wide), x.checked(rows * columns))
  }

  /// The image at place `row` of a batch, seen through an affine map: y(row, column) = x at (map[0] column + map[1] row + map[2],
  /// map[3] column + map[4] row + map[5]), column first, bilinearly, mirrored beyond the edges.
  public static func warp(_ x: FloatBuffer, into y: FloatBuffer, row: Int, shape: [Int], map: [Float]) {
    precondition(map.count == 6, "an affine map of \(map.count) numbers")
    let count = Tensor.count(of: shape), start = row * count
    gradus_warp(shape[0], shape[1], shape[2], map, x.checked(start + count) + start, y.checked(start + count) + start)
  }

  /// dx = the transpose of the same map applied to dy.
  public static func warpBackward(_ dy: FloatBuffer, into dx: FloatBuffer, row: Int, shape: [Int], map: [Float]) {
    precondition(map.count == 6, "an affine map of \(map.count) numbers")
    let count = Tensor.count(of: shape), start = row * count
    let target = dx.checked(start + count) + start
    target.update(repeating: 0, count: count)
    gradus_warp_backward(shape[0], shape[1], shape[2], map, dy.checked(start + count) + start, target)
  }
}

/// prelu: y = x for x > 0, else slope x, with a slope of its own for each of a row's values.
public enum PReLUKernel {
  /// y from x and the slopes.
  public static func forward(_ x: FloatBuffer, slope: FloatBuffer, into y: FloatBuffer, rows: Int, columns: Int) {
    gradus_prelu(rows, columns, x.checked(rows * columns), slope.checked(columns), y.checked(rows * columns))
  }

  /// The slopes' gradient, summed over the rows, and dx where it is asked for.
  public static func backward(
    _ x: FloatBuffer, slope: FloatBuffer, _ dy: FloatBuffer, slopeGradient: FloatBuffer, into dx: FloatBuffer?, rows: Int, columns: Int
  ) {
    let count = rows * columns
    gradus_prelu_backward(
      rows, columns, x.checked(count), slope.checked(columns), dy.checked(count), slopeGradient.checked(columns), dx?.checked(count))
  }
}

/// The tone of one image (pixels, channels).
public enum ToneKernel {
  /// y = scale (x - mean) + mean + shift, with each channel's own mean, held within 0...high.
  public static func forward(
    _ x: FloatBuffer, into y: FloatBuffer, pixels: Int, channels: Int, scale: Float, shift: Float, high: Float
  ) {
    gradus_tone(pixels, channels, scale, shift, high, x.checked(pixels * channels), y.checked(pixels * channels))
  }

  /// dx from dy; nothing comes through where y was cut.
  public static func backward(
    _ y: FloatBuffer, _ dy: FloatBuffer, into dx: FloatBuffer, pixels: Int, channels: Int, scale: Float, high: Float
  ) {
    let count = pixels * channels
    gradus_tone_backward(pixels, channels, scale, high, y.checked(count), dy.checked(count), dx.checked(count))
  }
}
