import Kernels
import Testing

struct DropoutKernelTests {
  private let count = 100_000

  private func mask(rate: Float, key: UInt64) -> [Float] {
    let x = FloatBuffer(count: count, filledWith: 1), y = FloatBuffer(count: count), mask = FloatBuffer(count: count)
    DropoutKernel.forward(x, into: y, mask: mask, rate: rate, key: key, count: count)
    #expect(y.values() == mask.values())
    return mask.values()
  }

  @Test(arguments: [0.1, 0.5, 0.9] as [Float]) func dropsTheGivenShareAndKeepsTheMean(_ rate: Float) {
    let values = mask(rate: rate, key: 7)
    let dropped = Float(values.count { $0 == 0 }) / Float(count)
    #expect(abs(dropped - rate) < 0.01)
    #expect(abs(values.reduce(0, +) / Float(count) - 1) < 0.03)
  }

  @Test func theSameKeyGivesTheSameMaskAndAnotherKeyAnother() {
    let first = mask(rate: 0.5, key: 1)
    #expect(first == mask(rate: 0.5, key: 1))
    for other in [2, 1 << 32, 1 << 33 + 1] as [UInt64] {
      let agreeing = zip(first, mask(rate: 0.5, key: other)).count { $0 == $1 }
      #expect(abs(Double(agreeing) / Double(count) - 0.5) < 0.01)
    }
  }
}
