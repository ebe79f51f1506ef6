import CKernels

/// Sums over buffers, and what regularisers add to a gradient.
public enum Sums {
  /// sums (columns) = the sum over the rows of x (rows, columns).
  public static func columns(of x: FloatBuffer, into sums: FloatBuffer, rows: Int, columns: Int) {
    gradus_column_sums(rows, columns, x.checked(rows * columns), sums.checked(columns))
  }

  /// Adds a row (columns) to every row of a matrix (rows, columns).
  public static func addRow(_ row: FloatBuffer, to y: FloatBuffer, rows: Int, columns: Int) {
    gradus_add_rows(rows, columns, row.checked(columns), y.checked(rows * columns))
  }

  /// y += x, the first `count` floats.
  public static func add(_ x: FloatBuffer, to y: FloatBuffer, count: Int) { gradus_add(count, x.checked(count), y.checked(count)) }

  /// y = scale x + offset, the first `count` floats.
  public static func scale(_ x: FloatBuffer, by scale: Float, adding offset: Float, into y: FloatBuffer, count: Int) {
    gradus_rescale(count, scale, offset, x.checked(count), y.checked(count))
  }

  /// The penalty l1 sum|w| + l2 sum(w²).
  public static func penalty(of w: FloatBuffer, l1: Float, l2: Float) -> Double {
    (l1 == 0 ? 0 : Double(l1) * gradus_sum_of_magnitudes(w.count, w.pointer))
      + (l2 == 0 ? 0 : Double(l2) * gradus_sum_of_squares(w.count, w.pointer))
  }

  /// gradient += l1 sign(w) + 2 l2 w, the penalty's gradient.
  public static func addPenaltyGradient(of w: FloatBuffer, l1: Float, l2: Float, to gradient: FloatBuffer) {
    gradus_add_penalty_gradient(w.count, l1, l2, w.pointer, gradient.checked(w.count))
  }
}
