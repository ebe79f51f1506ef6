import Testing

@testable import Kernels

struct UpdateKernelTests {
  @Test func gradientsAreScaledAndLimitedBeforeTheRuleAndWeightsDecay() {
    let w = FloatBuffer(count: 4), g = FloatBuffer(count: 4)
    w.load([1, 1, 1, 1])
    g.load([1, -1, 0.25, .nan])
    let treatment = GradientTreatment(scale: 2, limit: 1.5, decay: 0.5)
    UpdateKernel(w, g, count: 4, treatment: treatment).sgd(rate: 0.1)
    #expect(w.values(count: 3) == [0.5 - Float(0.1) * 1.5, 0.5 + Float(0.1) * 1.5, 0.5 - Float(0.1) * 0.5])
    // What is not a number is not hidden by a limit.
    #expect(w[3].isNaN)
  }

  @Test func manyParametersInParallelGetTheSameUpdateAsFew() {
    let many = 200_000
    var source = RandomSource(seed: 3)
    let start = (0..<many).map { _ in source.normal() }, slopes = (0..<many).map { _ in source.normal() }
    func run(_ count: Int) -> [Float] {
      let w = FloatBuffer(count: count), g = FloatBuffer(count: count), m = FloatBuffer(count: count), v = FloatBuffer(count: count)
      w.load(Array(start.prefix(count)))
      g.load(Array(slopes.prefix(count)))
      for _ in 0..<3 {
        UpdateKernel(w, g, count: count).nadam(
          m: m, v: v, meanRate: 0.01, gradientRate: 0.02, beta1: 0.9, beta2: 0.999, correction: 3, epsilon: 1e-7)
      }
      return w.values()
    }
    #expect(run(many).prefix(1600) == run(1600)[...])
  }

  @Test func columnsAreBroughtToTheirGreatestNorm() {
    let w = FloatBuffer(count: 6), scratch = FloatBuffer(count: 3)
    w.load([3, 0.3, 0, 4, 0.4, 0])
    NormKernel.limitColumnNorms(of: w, columns: 3, greatest: 1, scratch: scratch)
    let wanted: [Float] = [0.6, 0.3, 0, 0.8, 0.4, 0]
    for (value, target) in zip(w.values(), wanted) { #expect(abs(value - target) < 1e-6) }
    #expect(abs(NormKernel.norm(of: w, count: 6) - 1.25.squareRoot()) < 1e-6)
  }
}
