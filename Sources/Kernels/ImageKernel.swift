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

  /// Images seen each through an affine map of six numbers: y(row, column) = x at (m0 column + m1 row + m2, m3 column + m4 row + m5), column
  /// first, bilinearly, mirrored beyond the edges.
  public static func warp(_ x: FloatBuffer, into y: FloatBuffer, rows: Int, shape: [Int], maps: FloatBuffer) {
    let count = rows * Tensor.count(of: shape)
    gradus_warp(rows, shape[0], shape[1], shape[2], maps.checked(6 * rows), x.checked(count), y.checked(count))
  }

  /// dx = the transpose of the same maps applied to dy.
  public static func warpBackward(_ dy: FloatBuffer, into dx: FloatBuffer, rows: Int, shape: [Int], maps: FloatBuffer) {
    let count = rows * Tensor.count(of: shape)
    gradus_warp_backward(rows, shape[0], shape[1], shape[2], maps.checked(6 * rows), dy.checked(count), dx.checked(count))
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

/// The tones of images (pixels, channels), one an image.
public enum ToneKernel {
  /// A scale and a shift for each image of a batch, and the greatest value that an image may have.
  public struct Tones {
    /// The greatest value; the least is 0.
    public let high: Float
    let values: FloatBuffer

    /// Room for the tones of so many images.
    public init(rows: Int, high: Float) {
      self.high = high
      values = FloatBuffer(count: 2 * rows)
    }

    /// Sets the tone of one image.
    public func set(_ scale: Float, _ shift: Float, row: Int) {
      values[2 * row] = scale
      values[2 * row + 1] = shift
    }
  }

  /// y = scale (x - mean) + mean + shift, with each channel's own mean, held within 0...high.
  public static func forward(_ x: FloatBuffer, into y: FloatBuffer, _ tones: Tones, rows: Int, pixels: Int, channels: Int) {
    let count = rows * pixels * channels
    gradus_tone(rows, pixels, channels, tones.high, tones.values.checked(2 * rows), x.checked(count), y.checked(count))
  }

  /// dx from dy; nothing comes through where the value lay beyond the limits.
  public static func backward(
    _ x: FloatBuffer, _ dy: FloatBuffer, into dx: FloatBuffer, _ tones: Tones, rows: Int, pixels: Int, channels: Int
  ) {
    let count = rows * pixels * channels
    gradus_tone_backward(
      rows, pixels, channels, tones.high, tones.values.checked(2 * rows), x.checked(count), dy.checked(count), dx.checked(count))
  }
}
