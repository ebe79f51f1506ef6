import Kernels
import Testing

struct FloatBufferTests {
  @Test func slicesShareMemoryAndKeepItAlive() {
    var slice: FloatBuffer?
    do {
      let whole = buffer([0, 1, 2, 3, 4])
      slice = FloatBuffer(1..<4, of: whole)
      whole[2] = 9
    }
    #expect(slice?.values() == [1, 9, 3])
  }

  @Test func gatherTakesRowsInTheOrderGiven() {
    let taken = FloatBuffer(count: 6)
    taken.gather([2, 0, 2][0..<3], of: [1, 2, 3, 4, 5, 6], width: 2)
    #expect(taken.values() == [5, 6, 1, 2, 5, 6])
  }

  @Test func aBufferStandsForPartsOfAnArrayOnlyForAWhile() {
    let rows = buffer([7, 7])
    let seen = rows.standing(for: [1, 2, 3, 4]) { move in
      [0, 2].map { place in
        move(place)
        return rows.values()
      }
    }
    #expect(seen == [[1, 2], [3, 4]])
    #expect(rows.values() == [7, 7])
  }

  @Test(arguments: [1, 15, 16, 17, 100_003]) func signsOfAReluAreEnoughForItsWayBack(_ count: Int) {
    var source = RandomSource(seed: 5)
    let y = (0..<count).map { place in place % 7 == 3 ? 0 : max(0, source.normal()) }
    let dy = (0..<count).map { _ in source.normal() }
    let memory = buffer(y), signs = SignKernel(count: count)
    signs.keep(memory, count: count)
    memory.load(dy)
    signs.backward(memory, count: count)
    #expect(memory.values() == zip(y, dy).map { $0 > 0 ? $1 : 0 })
  }

  @Test func momentsArePopulationMoments() {
    let mean = FloatBuffer(count: 2), variance = FloatBuffer(count: 2)
    NormalizationKernel.moments(of: buffer([1, 10, 3, 10, 5, 40]), mean: mean, variance: variance, rows: 3, columns: 2)
    #expect(mean.values() == [3, 20])
    #expect(abs(variance[0] - 8.0 / 3) < 1e-6 && abs(variance[1] - 200) < 1e-3)
  }

  @Test func momentsOfManyRowsAndColumnsKeepTheirDigits() {
    var source = RandomSource(seed: 3)
    let rows = 5000, columns = 21
    let values = (0..<rows * columns).map { _ in 100 + source.normal() }
    let mean = FloatBuffer(count: columns), variance = FloatBuffer(count: columns)
    NormalizationKernel.moments(of: buffer(values), mean: mean, variance: variance, rows: rows, columns: columns)
    for column in 0..<columns {
      let own = (0..<rows).map { Double(values[$0 * columns + column]) }
      let exact = own.reduce(0, +) / Double(rows)
      let spread = own.reduce(0) { $0 + ($1 - exact) * ($1 - exact) } / Double(rows)
      #expect(abs(Double(mean[column]) - exact) < 5e-5)
      #expect(abs(Double(variance[column]) - spread) < 1e-4)
    }
  }
}
