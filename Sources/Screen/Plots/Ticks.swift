import Foundation

/// Round places along an axis: multiples of 1, 2 or 5 times a power of ten.
struct Ticks {
  /// The places, from low to high.
  let places: [Double]
  /// The distance from one to the next.
  let step: Double
  private let decimals: Int

  /// At most so many places in a range.
  init(_ range: ClosedRange<Double>, atMost count: Int) {
    let length = range.upperBound - range.lowerBound
    guard length > 0, length.isFinite, count > 0 else {
      (places, decimals, step) = ([], 0, 1)
      return
    }
    let exact = length / Double(count)
    let power = pow(10, floor(log10(exact)))
    let step = [1.0, 2, 5, 10].map { $0 * power }.first { length / $0 <= Double(count) } ?? 10 * power
    self.step = step
    decimals = max(0, Int(-floor(log10(step) + 1e-9)))
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    places = first <= last ? (0...Int(last - first)).map { (first + Double($0)) * step } : []
  }

  /// A place as one would write it, with as many decimals as the distance of the places asks for.
  func text(_ place: Double) -> String {
    if abs(place) >= 1e6 || decimals > 5 { return String(format: "%.2g", place) }
    // No negative zero.
    return String(format: "%.\(decimals)f", abs(place) < 1e-12 ? 0 : place)
  }
}
