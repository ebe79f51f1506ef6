import CKernels

/// Losses over buffers: each returns its sum over everything and writes `gradient` = scale d(sum) / d(output).
public enum LossKernel {
  /// sum((y - t)²)
  public static func squaredError(_ y: FloatBuffer, _ t: FloatBuffer, gradient: FloatBuffer, scale: Float, count: Int) -> Double {
    gradus_squared_error(count, scale, y.checked(count), t.checked(count), gradient.checked(count))
  }

  /// sum(|y - t|)
  public static func absoluteError(_ y: FloatBuffer, _ t: FloatBuffer, gradient: FloatBuffer, scale: Float, count: Int) -> Double {
    gradus_absolute_error(count, scale, y.checked(count), t.checked(count), gradient.checked(count))
  }

  /// -sum(t ln p + (1 - t) ln(1 - p)), with p = y clipped to [epsilon, 1 - epsilon], or the sigmoid of y where these are logits.
  public static func binaryCrossentropy(
    _ y: FloatBuffer, _ t: FloatBuffer, gradient: FloatBuffer, scale: Float, epsilon: Float, fromLogits: Bool, count: Int
  ) -> Double {
    let (output, target, slope) = (y.checked(count), t.checked(count), gradient.checked(count))
    return fromLogits
      ? gradus_binary_crossentropy_of_logits(count, scale, output, target, slope)
      : gradus_binary_crossentropy(count, scale, epsilon, output, target, slope)
  }

  /// -sum(t ln p) over rows, with p = y / sum(y) clipped to [epsilon, 1 - epsilon], or the softmax of y where these are logits.
  /// Sparse targets are one class index a row.
  public static func crossentropy(
    _ y: FloatBuffer, _ t: FloatBuffer, gradient: FloatBuffer, scale: Float, epsilon: Float, fromLogits: Bool, sparse: Bool, rows: Int,
    columns: Int
  ) -> Double {
    let count = rows * columns
    let (output, target, slope) = (y.checked(count), t.checked(sparse ? rows : count), gradient.checked(count))
    return fromLogits
      ? gradus_crossentropy_of_logits(rows, columns, scale, sparse ? 1 : 0, output, target, slope)
      : gradus_crossentropy(rows, columns, scale, epsilon, sparse ? 1 : 0, output, target, slope)
  }
}

/// Counts of right answers.
public enum HitKernel {
  /// How many outputs lie on their 0/1 target's side of the threshold.
  public static func binary(_ y: FloatBuffer, _ t: FloatBuffer, threshold: Float, count: Int) -> Double {
    gradus_binary_hits(count, threshold, y.checked(count), t.checked(count))
  }

  /// How many rows have their greatest output at the target's class. Sparse targets are one class index a row.
  public static func categorical(_ y: FloatBuffer, _ t: FloatBuffer, sparse: Bool, rows: Int, columns: Int) -> Double {
    gradus_categorical_hits(rows, columns, sparse ? 1 : 0, y.checked(rows * columns), t.checked(sparse ? rows : rows * columns))
  }
}
