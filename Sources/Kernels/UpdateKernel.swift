import CKernels

/// Optimizer updates: one pass over all parameters w with their gradients g.
public enum UpdateKernel {
  /// w -= rate g
  public static func sgd(_ w: FloatBuffer, _ g: FloatBuffer, rate: Float, count: Int) {
    gradus_update_sgd(count, rate, g.checked(count), w.checked(count))
  }

  /// v = momentum v - rate g;  w += v, or w += momentum v - rate g with nesterov
  public static func momentum(
    _ w: FloatBuffer, _ g: FloatBuffer, velocity: FloatBuffer, rate: Float, momentum: Float, nesterov: Bool, count: Int
  ) {
    gradus_update_momentum(count, rate, momentum, nesterov ? 1 : 0, g.checked(count), velocity.checked(count), w.checked(count))
  }

  /// m += (g - m)(1 - beta1);  v += (g² - v)(1 - beta2);  w -= alpha m / (sqrt(v) + epsilon)
  public static func adam(
    _ w: FloatBuffer, _ g: FloatBuffer, m: FloatBuffer, v: FloatBuffer, alpha: Float, beta1: Float, beta2: Float, epsilon: Float, count: Int
  ) {
    gradus_update_adam(count, alpha, 1 - beta1, 1 - beta2, epsilon, g.checked(count), m.checked(count), v.checked(count), w.checked(count))
  }
}
