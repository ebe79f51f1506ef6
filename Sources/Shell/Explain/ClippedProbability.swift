import Foundation

/// A probability as the crossentropies take it: kept from 0 and 1 before the logarithm, which is infinite there.
struct ClippedProbability {
  /// What keeps it from both ends.
  static let margin = 1e-7
  /// The margin as it is written.
  static let marginText = "10^{-7}"
  /// What the slope is said to be where it is clipped.
  static let noSlope = "0 \\text{ where clipped}"
  /// Said once beside a loss with a clipped probability.
  static let note = "for the logarithm, probabilities are kept between 0.0000001 and 0.9999999 (clipped); beyond, the slope is 0"

  private let value: Double

  init(_ value: Double) { self.value = value }

  private var isLow: Bool { value < Self.margin }
  private var isHigh: Bool { value > 1 - Self.margin }
  /// Whether it lies beyond the margin.
  var isClipped: Bool { isLow || isHigh }

  /// ln p, where `text` is how p is written.
  func logarithm(_ text: String) -> String {
    if isLow { return "\\ln \(Self.marginText)" }
    return isHigh ? "\\ln(1 - \(Self.marginText))" : text
  }
  /// ln(1 - p).
  var logarithmOfRest: String {
    if isHigh { return "\\ln \(Self.marginText)" }
    if isLow { return "\\ln(1 - \(Self.marginText))" }
    return Figure.isNearOne(value) ? "\\ln \(Figure.base(1 - value))" : "\\ln(1 - \(Figure.text(value)))"
  }
}
