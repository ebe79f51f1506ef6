import CKernels

/// Inverted dropout with a mask drawn from a counter: the same key gives the same mask.
public enum DropoutKernel {
  /// mask = 0 with probability `rate`, else 1 / (1 - rate);  y = x mask.
  public static func forward(_ x: FloatBuffer, into y: FloatBuffer, mask: FloatBuffer, rate: Float, key: UInt64, count: Int) {
    gradus_dropout(count, rate, key, x.checked(count), mask.checked(count), y.checked(count))
  }

  /// dx = dy mask.
  public static func backward(_ dy: FloatBuffer, mask: FloatBuffer, into dx: FloatBuffer, count: Int) {
    gradus_multiply(count, dy.checked(count), mask.checked(count), dx.checked(count))
  }

  /// Whole channels of `groups` images are dropped, each image of `group` pixels; `mask` is (groups, columns).
  public static func forwardChannels(
    _ x: FloatBuffer, into y: FloatBuffer, mask: FloatBuffer, rate: Float, key: UInt64, groups: Int, group: Int, columns: Int
  ) {
    let count = groups * group * columns
    gradus_dropout_channels(groups, group, columns, rate, key, x.checked(count), mask.checked(groups * columns), y.checked(count))
  }

  /// dx = dy mask, a factor a channel of an image.
  public static func backwardChannels(
    _ dy: FloatBuffer, mask: FloatBuffer, into dx: FloatBuffer, groups: Int, group: Int, columns: Int
  ) {
    let count = groups * group * columns
    gradus_dropout_channels_backward(groups, group, columns, dy.checked(count), mask.checked(groups * columns), dx.checked(count))
  }

  /// y = x + deviation z, with z from the normal distribution.
  public static func addNoise(_ x: FloatBuffer, into y: FloatBuffer, deviation: Float, key: UInt64, count: Int) {
    gradus_gaussian_noise(count, deviation, key, x.checked(count), y.checked(count))
  }
}
