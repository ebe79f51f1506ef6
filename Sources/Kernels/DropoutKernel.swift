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
}
