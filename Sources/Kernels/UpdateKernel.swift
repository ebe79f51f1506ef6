import CKernels

/// What comes before an optimizer's own rule, in the same pass: gradients are scaled, then kept within limits; parameters decay.
public struct GradientTreatment: Sendable, Equatable {
  /// What gradients are multiplied by.
  public var scale: Float
  /// Gradients lie within ±limit.
  public var limit: Float
  /// The part of a parameter that is taken away.
  public var decay: Float

  /// A treatment; without values it changes nothing.
  public init(scale: Float = 1, limit: Float = .infinity, decay: Float = 0) {
    self.scale = scale
    self.limit = limit
    self.decay = decay
  }

  var c: gradus_treatment { gradus_treatment(scale: scale, limit: limit, decay: decay) }
}

/// Optimizer updates: one pass over all parameters w with their gradients g.
public struct UpdateKernel {
  let w: FloatBuffer
  let g: FloatBuffer
  let count: Int
  let treatment: GradientTreatment

  /// An update of the first `count` parameters.
  public init(_ w: FloatBuffer, _ g: FloatBuffer, count: Int, treatment: GradientTreatment = GradientTreatment()) {
    self.w = w
    self.g = g
    self.count = count
    self.treatment = treatment
  }

  /// w -= rate g
  public func sgd(rate: Float) {
    gradus_update_sgd(count, treatment.c, rate, g.checked(count), w.checked(count))
  }

  /// v = momentum v - rate g;  w += v, or w += momentum v - rate g with nesterov
  public func momentum(velocity: FloatBuffer, rate: Float, momentum: Float, nesterov: Bool) {
    gradus_update_momentum(
      count, treatment.c, rate, momentum, nesterov ? 1 : 0, g.checked(count), velocity.checked(count), w.checked(count))
  }

  /// m += (g - m)(1 - beta1);  v += (g² - v)(1 - beta2);  w -= alpha m / (sqrt(v) + epsilon)
  public func adam(m: FloatBuffer, v: FloatBuffer, alpha: Float, beta1: Float, beta2: Float, epsilon: Float) {
    gradus_update_adam(
      count, treatment.c, alpha, 1 - beta1, 1 - beta2, epsilon, g.checked(count), m.checked(count), v.checked(count), w.checked(count))
  }

  /// m as adam;  u = max(beta2 u, |g|);  w -= alpha m / (u + epsilon)
  public func adamax(m: FloatBuffer, u: FloatBuffer, alpha: Float, beta1: Float, beta2: Float, epsilon: Float) {
    gradus_update_adamax(
      count, treatment.c, alpha, 1 - beta1, beta2, epsilon, g.checked(count), m.checked(count), u.checked(count), w.checked(count))
  }

  /// m, v as adam;  w -= (meanRate m + gradientRate g) / (sqrt(v correction) + epsilon)
  public func nadam(
    m: FloatBuffer, v: FloatBuffer, meanRate: Float, gradientRate: Float, beta1: Float, beta2: Float, correction: Float, epsilon: Float
  ) {
    gradus_update_nadam(
      count, treatment.c, meanRate, gradientRate, 1 - beta1, 1 - beta2, correction, epsilon, g.checked(count), m.checked(count),
      v.checked(count), w.checked(count))
  }

  /// s += g²;  w -= rate g / sqrt(s + epsilon)
  public func adagrad(sum: FloatBuffer, rate: Float, epsilon: Float) {
    gradus_update_adagrad(count, treatment.c, rate, epsilon, g.checked(count), sum.checked(count), w.checked(count))
  }

  /// s = rho s + (1 - rho) g²;  d = sqrt(D + epsilon) g / sqrt(s + epsilon);  D = rho D + (1 - rho) d²;  w -= rate d
  public func adadelta(squares: FloatBuffer, deltas: FloatBuffer, rate: Float, rho: Float, epsilon: Float) {
    gradus_update_adadelta(
      count, treatment.c, rate, rho, epsilon, g.checked(count), squares.checked(count), deltas.checked(count), w.checked(count))
  }

  /// s = rho s + (1 - rho) g²;  d = rate g / sqrt(s - mean² + epsilon);  steps = momentum steps + d;  w -= steps
  ///
  /// Without `mean`, mean is 0; without `steps`, w -= d.
  public func rmsprop(
    squares: FloatBuffer, steps: FloatBuffer?, mean: FloatBuffer?, rate: Float, rho: Float, momentum: Float, epsilon: Float
  ) {
    gradus_update_rmsprop(
      count, treatment.c, rate, rho, momentum, epsilon, g.checked(count), squares.checked(count), steps?.checked(count),
      mean?.checked(count), w.checked(count))
  }
}

/// What is done to whole tensors around an update.
public enum NormKernel {
  /// sqrt(sum(x²)), over the first `count` floats.
  public static func norm(of x: FloatBuffer, count: Int) -> Double { gradus_sum_of_squares(count, x.checked(count)).squareRoot() }

  /// x *= factor
  public static func scale(_ x: FloatBuffer, by factor: Float) { gradus_rescale(x.count, factor, 0, x.pointer, x.pointer) }

  /// Each column of w (rows, columns) times min(norm, greatest) / (1e-7 + norm): Keras' max-norm constraint.
  ///
  /// - Parameter scratch: At least `columns` floats.
  public static func limitColumnNorms(of w: FloatBuffer, columns: Int, greatest: Float, scratch: FloatBuffer) {
    gradus_limit_column_norms(w.count / max(columns, 1), columns, greatest, 1e-7, scratch.checked(columns), w.pointer)
  }
}
