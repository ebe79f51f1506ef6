import CKernels
import COneDNN

/// Products of row-major matrices: through oneDNN, or, where a product is so small that calling it would cost more, through our own loop.
public enum MatrixProduct {
  /// Products of at most so many multiplications take the loop; measured on two Zen 4 cores.
  static let smallest = 64 * 1024
  /// The most floats of a small product's right matrix, which is turned over on the side.
  static let smallestRight = 4096
  /// Products of more multiplications are shared among the threads.
  static let smallestShared = 1 << 20
  /// A longer product is done in pieces of about so many multiplications: some 20 ms of two Zen 4 cores.
  static let largestPiece = 1 << 31

  /// C (m, n) = A (m, k) B (k, n) + bias (n) on every row. `between`, here and below, is called between the pieces of a long product.
  public static func multiply(
    _ a: FloatBuffer, _ b: FloatBuffer, into c: FloatBuffer, rows m: Int, inner k: Int, columns n: Int, bias: FloatBuffer? = nil,
    between: () throws -> Void = {}
  ) throws {
    let (left, right, result) = (a.checked(m * k), b.checked(k * n), c.checked(m * n))
    if m * n * k <= smallest {
      gradus_product(m, n, k, left, k, 1, right, bias?.checked(n), result)
    } else {
      if let bias { gradus_fill_rows(m, n, bias.checked(n), result) }
      try large(m, n, k, left, false, right, false, beta: bias == nil ? 0 : 1, result, between)
    }
  }

  /// C (m, n) = Aᵀ B, with A (k, m) and B (k, n): the gradient of a kernel, from the inputs and the outputs' gradient.
  public static func multiplyTransposedLeft(
    _ a: FloatBuffer, _ b: FloatBuffer, into c: FloatBuffer, rows m: Int, inner k: Int, columns n: Int,
    between: () throws -> Void = {}
  ) throws {
    let (left, right, result) = (a.checked(m * k), b.checked(k * n), c.checked(m * n))
    if m * n * k <= smallest {
      gradus_product(m, n, k, left, 1, m, right, nil, result)
    } else {
      try large(m, n, k, left, true, right, false, beta: 0, result, between)
    }
  }

  /// C (m, n) = A Bᵀ, with A (m, k) and B (n, k): the gradient of the inputs, from the outputs' gradient and the kernel.
  public static func multiplyTransposedRight(
    _ a: FloatBuffer, _ b: FloatBuffer, into c: FloatBuffer, rows m: Int, inner k: Int, columns n: Int,
    between: () throws -> Void = {}
  ) throws {
    let (left, right, result) = (a.checked(m * k), b.checked(k * n), c.checked(m * n))
    if m * n * k <= smallest, k * n <= smallestRight {
      withUnsafeTemporaryAllocation(of: Float.self, capacity: k * n) { turned in
        guard let base = turned.baseAddress else { return }
        gradus_transpose(n, k, right, base)
        gradus_product(m, n, k, left, k, 1, base, nil, result)
      }
    } else {
      try large(m, n, k, left, false, right, true, beta: 0, result, between)
    }
  }

  // oneDNN's product, some rows of C at a time; by one thread where waking the others would take longer than their share of the work.
  private static func large(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, _ isTurnedA: Bool, _ b: UnsafePointer<Float>, _ isTurnedB: Bool, beta: Float,
    _ c: UnsafeMutablePointer<Float>, _ between: () throws -> Void
  ) throws {
    let threads = gradus_threads()
    let isAlone = threads > 1 && m * n * k <= smallestShared
    // A piece reads all of B: it has some rows to be worth it.
    let piece = min(m, max(leastRows, largestPiece / (n * k)))
    if isAlone { gradus_set_threads(1) }
    defer { if isAlone { gradus_set_threads(threads) } }
    var first = 0
    while first < m {
      if piece < m { try between() }
      let status = gradus_onednn_product(
        min(piece, m - first), n, k, a + (isTurnedA ? first : first * k), isTurnedA ? 1 : 0, isTurnedA ? m : k, b, isTurnedB ? 1 : 0, beta,
        c + first * n)
      if status != 0 { throw KernelFailure.product(status: Int(status)) }
      first += piece
    }
  }

  private static let leastRows = 32
}
