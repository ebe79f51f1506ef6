import CKernels

/// Losses over a batch: each returns its sum over everything, weighted by sample, and writes `gradient` = scale d(sum) / d(output).
public struct LossKernel {
  let output: FloatBuffer
  let target: FloatBuffer
  let gradient: FloatBuffer
  let weights: FloatBuffer?
  let rows: Int
  let width: Int
  let targetWidth: Int

  /// A batch of `rows` samples of `width` outputs and `targetWidth` targets each; without weights each sample counts 1.
  public init(
    _ output: FloatBuffer, _ target: FloatBuffer, gradient: FloatBuffer, weights: FloatBuffer? = nil, rows: Int, width: Int,
    targetWidth: Int
  ) {
    self.output = output
    self.target = target
    self.gradient = gradient
    self.weights = weights
    self.rows = rows
    self.width = width
    self.targetWidth = targetWidth
  }

  /// sum((y - t)²)
  public func squaredError(scale: Float) -> Double {
    sum(scale) { count, scale, y, t, g in gradus_squared_error(count, scale, y, t, g) }
  }

  /// sum(|y - t|)
  public func absoluteError(scale: Float) -> Double {
    sum(scale) { count, scale, y, t, g in gradus_absolute_error(count, scale, y, t, g) }
  }

  /// The sum of (y - t)² / 2 where |y - t| is at most delta, else of delta |y - t| - delta² / 2
  public func huber(scale: Float, delta: Float) -> Double {
    sum(scale) { count, scale, y, t, g in gradus_huber(count, scale, delta, y, t, g) }
  }

  /// sum(max(0, 1 - (2 t - 1) y))
  public func hinge(scale: Float) -> Double {
    sum(scale) { count, scale, y, t, g in gradus_hinge(count, scale, y, t, g) }
  }

  /// sum(t ln(t / y)), both clipped to [epsilon, 1]
  public func kullbackLeibler(scale: Float, epsilon: Float) -> Double {
    sum(scale) { count, scale, y, t, g in gradus_kullback_leibler(count, scale, epsilon, y, t, g) }
  }

  /// sum(y - t ln(y + epsilon))
  public func poisson(scale: Float, epsilon: Float) -> Double {
    sum(scale) { count, scale, y, t, g in gradus_poisson(count, scale, epsilon, y, t, g) }
  }

  /// -sum(t ln p + (1 - t) ln(1 - p)), with p = y clipped to [epsilon, 1 - epsilon], or the sigmoid of y where these are logits.
  /// Targets go towards 1/2 by `smoothing`.
  public func binaryCrossentropy(scale: Float, epsilon: Float, smoothing: Float, fromLogits: Bool) -> Double {
    sum(scale) { count, scale, y, t, g in
      fromLogits
        ? gradus_binary_crossentropy_of_logits(count, scale, smoothing, y, t, g)
        : gradus_binary_crossentropy(count, scale, epsilon, smoothing, y, t, g)
    }
  }

  /// -sum(t ln p) over rows of `columns`, with p = y / sum(y) clipped to [epsilon, 1 - epsilon], or the softmax of y where these are logits.
  /// Sparse targets are one class index a row; `smoothing` of a target is spread over the columns.
  public func crossentropy(scale: Float, epsilon: Float, smoothing: Float, fromLogits: Bool, sparse: Bool, columns: Int) -> Double {
    let isSparse: Int32 = sparse ? 1 : 0
    return sum(scale) { count, scale, y, t, g in
      fromLogits
        ? gradus_crossentropy_of_logits(count / columns, columns, scale, smoothing, isSparse, y, t, g)
        : gradus_crossentropy(count / columns, columns, scale, epsilon, smoothing, isSparse, y, t, g)
    }
  }

  private typealias Body = (Int, Float, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Double

  // One call for the batch, or one a sample where samples have weights.
  private func sum(_ scale: Float, _ body: Body) -> Double {
    let y = output.checked(rows * width), t = target.checked(rows * targetWidth), g = gradient.checked(rows * width)
    guard let weights = weights?.checked(rows) else { return body(rows * width, scale, y, t, g) }
    var total = 0.0
    var row = 0
    while row < rows {
      let weight = weights[row]
      total += Double(weight) * body(width, scale * weight, y + row * width, t + row * targetWidth, g + row * width)
      row += 1
    }
    return total
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
