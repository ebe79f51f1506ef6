import Kernels
import Testing

/// Both ways through a product, the loop and oneDNN, against sums in double precision.
struct MatrixProductTests {
  static let sizes: [(m: Int, k: Int, n: Int)] = [
    (1, 1, 1), (3, 2, 5), (4, 7, 8), (5, 8, 37), (32, 2, 8), (32, 8, 4), (33, 4, 1), (1, 300, 3), (40, 40, 40), (70, 65, 33),
    (128, 200, 64),
  ]

  @Test(arguments: sizes) func productsAreRight(_ size: (m: Int, k: Int, n: Int)) throws {
    let (m, k, n) = size
    var source = RandomSource(seed: 1, stream: "\(m)x\(k)x\(n)")
    let a = (0..<m * k).map { _ in source.uniform(-1, 1) }, b = (0..<k * n).map { _ in source.uniform(-1, 1) }
    let bias = (0..<n).map { _ in source.uniform(-1, 1) }
    func expected(bias: [Float]?) -> [Float] {
      (0..<m * n).map { place in
        let sum = (0..<k).reduce(0.0) { $0 + Double(a[place / n * k + $1]) * Double(b[$1 * n + place % n]) }
        return Float(sum + Double(bias?[place % n] ?? 0))
      }
    }
    let c = FloatBuffer(count: m * n)
    try MatrixProduct.multiply(buffer(a), buffer(b), into: c, rows: m, inner: k, columns: n, bias: buffer(bias))
    #expect(difference(c.values(), expected(bias: bias)) < 1e-5)
    c.fill(.nan)
    try MatrixProduct.multiply(buffer(a), buffer(b), into: c, rows: m, inner: k, columns: n)
    #expect(difference(c.values(), expected(bias: nil)) < 1e-5)
    c.fill(.nan)
    try MatrixProduct.multiplyTransposedLeft(buffer(turned(a, m, k)), buffer(b), into: c, rows: m, inner: k, columns: n)
    #expect(difference(c.values(), expected(bias: nil)) < 1e-5)
    c.fill(.nan)
    try MatrixProduct.multiplyTransposedRight(buffer(a), buffer(turned(b, k, n)), into: c, rows: m, inner: k, columns: n)
    #expect(difference(c.values(), expected(bias: nil)) < 1e-5)
  }

  private func turned(_ values: [Float], _ rows: Int, _ columns: Int) -> [Float] {
    (0..<values.count).map { values[$0 % rows * columns + $0 / rows] }
  }

  private func difference(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).reduce(0) { $1.0.isNaN ? .infinity : max($0, abs($1.0 - $1.1)) }
  }
}

/// A buffer of these values.
func buffer(_ values: [Float]) -> FloatBuffer {
  let buffer = FloatBuffer(count: values.count)
  buffer.load(values)
  return buffer
}
