import Testing

@testable import Kernels

/// Long work is done in pieces, between which it may be ended; what comes out is the same.
struct PiecesTests {
  private struct Stopped: Error {}

  private static func pattern(_ count: Int, _ step: Int) -> FloatBuffer {
    let buffer = FloatBuffer(count: count)
    buffer.load((0..<count).map { Float(($0 &* step) % 31 - 15) / 64 })
    return buffer
  }

  private static func greatestDifference(_ one: [Float], _ other: [Float]) -> Float {
    zip(one, other).reduce(0) { max($0, abs($1.0 - $1.1) / (1 + abs($1.1))) }
  }

  // 151 million multiplications an image: 14 of them are a piece.
  private static let geometry = ConvolutionKernel.Geometry(
    input: [8, 8, 512], output: [8, 8, 512], window: Window2D(size: [3, 3], stride: [1, 1], before: [1, 1], after: [1, 1]))

  @Test func aConvolutionInPiecesGivesWhatItGivesWhole() throws {
    let images = 20, width = 8 * 8 * 512, kernelCount = 3 * 3 * 512 * 512
    let x = Self.pattern(images * width, 7), w = Self.pattern(kernelCount, 11), b = Self.pattern(512, 3),
      dy = Self.pattern(images * width, 5)
    func arrays(_ x: FloatBuffer, _ dy: FloatBuffer, _ images: Int) -> ConvolutionKernel.Arrays {
      ConvolutionKernel.Arrays(
        x: x, w: w, b: b, y: FloatBuffer(count: images * width), dy: dy, dx: FloatBuffer(count: images * width),
        dw: FloatBuffer(count: kernelCount), db: FloatBuffer(count: 512))
    }
    func run(_ arrays: ConvolutionKernel.Arrays, _ images: Int) throws -> Int {
      let kernel = ConvolutionKernel(Self.geometry, arrays, scratch: ScratchSpace())
      var looks = 0
      try kernel.forward(rows: images, version: 1) { looks += 1 }
      try kernel.backwardInput(rows: images, version: 1) { looks += 1 }
      try kernel.backwardKernel(rows: images) { looks += 1 }
      return looks
    }
    let whole = arrays(x, dy, images)
    #expect(try run(whole, images) == 6)
    var kernelGradient = [Float](repeating: 0, count: kernelCount), biasGradient = [Float](repeating: 0, count: 512)
    for half in 0..<2 {
      let range = half * 10 * width..<(half + 1) * 10 * width
      let part = arrays(FloatBuffer(range, of: x), FloatBuffer(range, of: dy), 10)
      #expect(try run(part, 10) == 0)
      for (result, buffer) in [(part.y, whole.y), (part.dx, whole.dx)] {
        let own = try #require(result).values(), others = FloatBuffer(range, of: try #require(buffer)).values()
        #expect(Self.greatestDifference(own, others) < 1e-5)
      }
      kernelGradient = zip(kernelGradient, try #require(part.dw).values()).map { $0 + $1 }
      biasGradient = zip(biasGradient, try #require(part.db).values()).map { $0 + $1 }
    }
    #expect(Self.greatestDifference(try #require(whole.dw).values(), kernelGradient) < 1e-4)
    #expect(Self.greatestDifference(try #require(whole.db).values(), biasGradient) < 1e-4)
  }

  @Test func aConvolutionEndsBetweenPieces() {
    let images = 20, width = 8 * 8 * 512
    let y = FloatBuffer(count: images * width, filledWith: 9)
    let kernel = ConvolutionKernel(
      Self.geometry, .init(x: FloatBuffer(count: images * width), w: FloatBuffer(count: 3 * 3 * 512 * 512), y: y), scratch: ScratchSpace())
    var looks = 0
    #expect(throws: Stopped.self) {
      try kernel.forward(rows: images, version: 1) {
        looks += 1
        if looks == 2 { throw Stopped() }
      }
    }
    #expect(y[0] == 0)
    #expect(y[14 * width] == 9)
  }

  @Test func aProductInPiecesIsRightEverywhere() throws {
    // 2.5 thousand million multiplications: two pieces.
    let (rows, inner, columns) = (300, 4096, 2048)
    let a = Self.pattern(rows * inner, 7), b = Self.pattern(inner * columns, 11), dy = Self.pattern(rows * columns, 13)
    let c = FloatBuffer(count: rows * columns), da = FloatBuffer(count: rows * inner), db = FloatBuffer(count: inner * columns)
    let bias = Self.pattern(columns, 3)
    var looks = 0
    try MatrixProduct.multiply(a, b, into: c, rows: rows, inner: inner, columns: columns, bias: bias) { looks += 1 }
    try MatrixProduct.multiplyTransposedLeft(a, dy, into: db, rows: inner, inner: rows, columns: columns) { looks += 1 }
    try MatrixProduct.multiplyTransposedRight(dy, b, into: da, rows: rows, inner: columns, columns: inner) { looks += 1 }
    #expect(looks == 6)
    for row in [0, 1, 255, 256, 299] {
      for column in [0, 77, 2047] {
        let product = (0..<inner).reduce(Double(bias[column])) { $0 + Double(a[row * inner + $1]) * Double(b[$1 * columns + column]) }
        #expect(abs(Double(c[row * columns + column]) - product) < 1e-3 + 1e-5 * abs(product))
      }
      for place in [0, 1000, 4095] {
        let product = (0..<columns).reduce(0.0) { $0 + Double(dy[row * columns + $1]) * Double(b[place * columns + $1]) }
        #expect(abs(Double(da[row * inner + place]) - product) < 1e-3 + 1e-5 * abs(product))
      }
    }
    for place in [0, 3494, 3495, 4095] {
      for column in [0, 77, 2047] {
        let product = (0..<rows).reduce(0.0) { $0 + Double(a[$1 * inner + place]) * Double(dy[$1 * columns + column]) }
        #expect(abs(Double(db[place * columns + column]) - product) < 1e-3 + 1e-5 * abs(product))
      }
    }
  }

  @Test func aLargeBufferBeginsAsZerosAndIsGivenBack() {
    for _ in 0..<3 {
      let buffer = FloatBuffer(count: 5_000_000)
      #expect(buffer[0] == 0 && buffer[4_999_999] == 0 && buffer[1234567] == 0)
      buffer[4_999_999] = 1
    }
  }
}
