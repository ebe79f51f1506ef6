import CKernels

/// Batch normalisation of a matrix (rows, columns), a statistic a column.
public enum NormalizationKernel {
  /// The mean and the population variance of every column.
  public static func moments(of x: FloatBuffer, mean: FloatBuffer, variance: FloatBuffer, rows: Int, columns: Int) {
    gradus_moments(rows, columns, x.checked(rows * columns), mean.checked(columns), variance.checked(columns))
  }

  /// y = (x - mean) / sqrt(variance + epsilon) gamma + beta; `inverse` becomes 1 / sqrt(variance + epsilon).
  public static func forward(
    _ x: FloatBuffer, into y: FloatBuffer, mean: FloatBuffer, variance: FloatBuffer, epsilon: Float, gamma: FloatBuffer, beta: FloatBuffer,
    inverse: FloatBuffer, rows: Int, columns: Int
  ) {
    gradus_normalize(
      rows, columns, x.checked(rows * columns), mean.checked(columns), variance.checked(columns), epsilon, gamma.checked(columns),
      beta.checked(columns), inverse.checked(columns), y.checked(rows * columns))
  }

  /// The gradients of a normalisation by the batch's own moments; `dx` is nil where nobody asks for it.
  public static func backward(
    _ x: FloatBuffer, _ dy: FloatBuffer, into dx: FloatBuffer?, mean: FloatBuffer, inverse: FloatBuffer, gamma: FloatBuffer,
    dgamma: FloatBuffer, dbeta: FloatBuffer, rows: Int, columns: Int
  ) {
    let count = rows * columns
    gradus_normalize_backward(
      rows, columns, x.checked(count), mean.checked(columns), inverse.checked(columns), gamma.checked(columns), dy.checked(count),
      dgamma.checked(columns), dbeta.checked(columns), dx?.checked(count))
  }

  /// The gradients of a normalisation by given moments, which do not depend on x; `dx` is nil where nobody asks for it.
  public static func fixedBackward(
    _ x: FloatBuffer, _ dy: FloatBuffer, into dx: FloatBuffer?, mean: FloatBuffer, inverse: FloatBuffer, gamma: FloatBuffer,
    dgamma: FloatBuffer, dbeta: FloatBuffer, rows: Int, columns: Int
  ) {
    let count = rows * columns
    gradus_normalize_fixed_backward(
      rows, columns, x.checked(count), mean.checked(columns), inverse.checked(columns), gamma.checked(columns), dy.checked(count),
      dgamma.checked(columns), dbeta.checked(columns), dx?.checked(count))
  }

  /// moving = moving momentum + value (1 - momentum).
  public static func moveAverage(_ moving: FloatBuffer, towards value: FloatBuffer, momentum: Float) {
    gradus_move_average(moving.count, momentum, value.checked(moving.count), moving.pointer)
  }
}

/// Layer normalisation: every row of a matrix (rows, columns) by its own mean and variance.
public enum LayerNormalizationKernel {
  /// y = (x - mean) / sqrt(variance + epsilon) gamma + beta; `mean` and `inverse` = 1 / sqrt(variance + epsilon) get one number a row.
  public static func forward(
    _ x: FloatBuffer, into y: FloatBuffer, gamma: FloatBuffer, beta: FloatBuffer, epsilon: Float, mean: FloatBuffer, inverse: FloatBuffer,
    rows: Int, columns: Int
  ) {
    gradus_layer_normalize(
      rows, columns, epsilon, x.checked(rows * columns), gamma.checked(columns), beta.checked(columns), mean.checked(rows),
      inverse.checked(rows), y.checked(rows * columns))
  }

  /// Its gradients; `dx` is nil where nobody asks for it.
  public static func backward(
    _ x: FloatBuffer, _ dy: FloatBuffer, into dx: FloatBuffer?, gamma: FloatBuffer, mean: FloatBuffer, inverse: FloatBuffer,
    dgamma: FloatBuffer, dbeta: FloatBuffer, rows: Int, columns: Int
  ) {
    let count = rows * columns
    gradus_layer_normalize_backward(
      rows, columns, x.checked(count), mean.checked(rows), inverse.checked(rows), gamma.checked(columns), dy.checked(count),
      dgamma.checked(columns), dbeta.checked(columns), dx?.checked(count))
  }
}
