import Foundation
import Kernels
import Language
import Testing

@testable import Engine

struct ParametersTests {
  // (400, 100): the limit of a uniform draw, the deviation of either.
  static let initializers: [(Initializer, limit: Double, deviation: Double)] = [
    (.glorotUniform, sqrt(6.0 / 500), sqrt(2.0 / 500)), (.heUniform, sqrt(6.0 / 400), sqrt(2.0 / 400)),
    (.lecunUniform, sqrt(3.0 / 400), sqrt(1.0 / 400)), (.glorotNormal, 2 * sqrt(2.0 / 500) / 0.8796256610, sqrt(2.0 / 500)),
    (.heNormal, 2 * sqrt(2.0 / 400) / 0.8796256610, sqrt(2.0 / 400)), (.lecunNormal, 2 * sqrt(1.0 / 400) / 0.8796256610, sqrt(1.0 / 400)),
    (.varianceScaling, 2 * sqrt(1.0 / 400) / 0.8796256610, sqrt(1.0 / 400)), (.orthogonal, 0.3, sqrt(1.0 / 400)),
    (.randomNormal, 0.3, 0.05), (.randomUniform, 0.05, 0.05 / sqrt(3)), (.truncatedNormal, 0.1, 0.05 * 0.8796256610),
    (.zeros, 0, 0), (.ones, 1, 0),
  ]

  @Test func everyInitializerIsInTheTable() { #expect(Set(Self.initializers.map(\.0)) == Set(Initializer.allCases)) }

  @Test(arguments: initializers.indices) func initializersHaveKerasLimitsAndDeviations(_ index: Int) throws {
    let (initializer, limit, deviation) = Self.initializers[index]
    var source = RandomSource(seed: 1)
    let values = try initializer.tensor(shape: [400, 100], from: &source).values.map(Double.init)
    let mean = values.reduce(0, +) / Double(values.count)
    let spread = sqrt(values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
    #expect((values.map { abs($0) }.max() ?? 0) <= limit + 1e-6)
    #expect(abs(spread - deviation) <= 0.02 * deviation)
  }

  @Test(arguments: [[12, 5], [5, 12], [3, 3, 2, 4], [6, 6]]) func theShorterSideOfAnOrthogonalMatrixIsOrthonormal(_ shape: [Int]) throws {
    var source = RandomSource(seed: 4)
    let values = try Initializer.orthogonal.tensor(shape: shape, from: &source).values.map(Double.init)
    let columns = shape[shape.count - 1], rows = values.count / columns
    for one in 0..<min(rows, columns) {
      for other in 0..<min(rows, columns) {
        let product = (0..<max(rows, columns)).reduce(0.0) { sum, place in
          rows >= columns
            ? sum + values[place * columns + one] * values[place * columns + other]
            : sum + values[one * columns + place] * values[other * columns + place]
        }
        #expect(abs(product - (one == other ? 1 : 0)) < 1e-6)
      }
    }
  }

  @Test func aFurtherLayerChangesNoOtherParameter() throws {
    var network = try Network(inputShape: [3])
    try network.append(Dense(units: 4))
    let before = try Parameters(of: network, seed: 1)
    try network.append(Dense(units: 2))
    let after = try Parameters(of: network, seed: 1)
    #expect(after.names == ["dense.kernel", "dense.bias", "dense_1.kernel", "dense_1.bias"])
    #expect(after["dense.kernel"] == before["dense.kernel"])
    #expect(try Parameters(of: network, seed: 2)["dense.kernel"] != before["dense.kernel"])
  }

  @Test func valuesAreSetByNameAndPlace() throws {
    var network = try Network(inputShape: [2])
    try network.append(Dense(units: 3))
    var parameters = try Parameters(of: network, seed: 1)
    try parameters.fill("dense.kernel", with: 0.5)
    try parameters.set("dense.kernel", at: [1, 2], to: 7)
    #expect(parameters["dense.kernel"]?.values == [0.5, 0.5, 0.5, 0.5, 0.5, 7])
    #expect(throws: Complaint.self) { try parameters.set("dense.kernel", at: [2, 0], to: 0) }
    #expect(throws: Complaint.self) { try parameters.set("dense.kernel", to: Tensor(shape: [3, 2])) }
    let complaint = #expect(throws: Complaint.self) { try parameters.fill("dense.kernl", with: 0) }
    #expect(complaint?.hint.contains("dense.kernel") == true)
  }
}
