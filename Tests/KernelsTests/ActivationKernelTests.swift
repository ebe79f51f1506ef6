import Foundation
import Kernels
import Testing

/// Activations against double precision, and their derivatives against differences of it.
struct ActivationKernelTests {
  static let functions: [(name: String, kernel: ActivationKernel, exact: @Sendable (Double) -> Double)] = [
    ("linear", .linear, { $0 }),
    ("relu", .relu, { max(0, $0) }),
    ("sigmoid", .sigmoid, { 1 / (1 + exp(-$0)) }),
    ("tanh", .tanh, { tanh($0) }),
    ("elu", .elu(alpha: 1), { $0 > 0 ? $0 : expm1($0) }),
    ("selu", .selu, { 1.0507009873554805 * ($0 > 0 ? $0 : 1.6732632423543772 * expm1($0)) }),
    ("gelu", .gelu, { 0.5 * $0 * erfc(-$0 / 2.0.squareRoot()) }),
    ("swish", .swish, { $0 / (1 + exp(-$0)) }),
    ("softplus", .softplus, { max($0, 0) + log1p(exp(-abs($0))) }),
    ("leaky relu", .leakyReLU(slope: 0.3), { $0 > 0 ? $0 : Double(Float(0.3)) * $0 }),
  ]

  @Test(arguments: functions.indices) func valuesAndDerivativesAreExact(_ index: Int) {
    let (name, kernel, exact) = Self.functions[index]
    // 37 values leave a rest after each width of vectors; none is 0, where some have a kink.
    let inputs = (0..<37).map { Float($0 - 18) * 0.53 + 0.01 } + [1e-4, -1e-4, 1e-7, 30, -30, 85, -85]
    let x = buffer(inputs), y = FloatBuffer(count: inputs.count), dx = FloatBuffer(count: inputs.count)
    kernel.forward(x, into: y, count: inputs.count)
    kernel.backward(x, y, buffer(inputs.map { _ in 2 }), into: dx, count: inputs.count)
    for (place, input) in inputs.enumerated() {
      let point = Double(input), value = exact(point)
      let error = abs(Double(y[place]) - value)
      #expect(error <= 2e-6 * abs(value) + (name == "gelu" ? 3e-7 : 1e-30), "\(name)(\(input)) = \(y[place]), not \(value)")
      let h = 1e-5 * max(1, abs(point) * 1e-2) * (abs(point) < 1e-3 ? 1e-4 * 1e-2 : 1)
      guard abs(point) > 1e-6 else { continue }
      let slope = (exact(point + h) - exact(point - h)) / h
      #expect(abs(Double(dx[place]) - slope) < 3e-4, "\(name)'(\(input)) = \(dx[place] / 2), not \(slope / 2)")
    }
    // The output may take the input's place.
    let inPlace = buffer(inputs)
    kernel.forward(inPlace, into: inPlace, count: inputs.count)
    #expect(inPlace.values() == y.values())
  }

  @Test(arguments: functions.indices) func notANumberComesThrough(_ index: Int) {
    let kernel = Self.functions[index].kernel
    let x = buffer([Float](repeating: .nan, count: 19))
    let y = FloatBuffer(count: 19)
    kernel.forward(x, into: y, count: 19)
    #expect(y.values().allSatisfy { $0.isNaN })
  }

  @Test func softmaxSumsToOneAndKeepsNaN() {
    let x = buffer([1, 2, 3, 1000, 1000, -1000, .nan, 0, 0])
    let y = FloatBuffer(count: 9)
    SoftmaxKernel.forward(x, into: y, rows: 3, columns: 3)
    let values = y.values()
    #expect(abs(values[0] - 0.09003057) < 1e-7 && abs(values[2] - 0.66524096) < 1e-6)
    #expect(values[3...5] == [0.5, 0.5, 0])
    #expect(values[6...8].allSatisfy { $0.isNaN })
  }
}
