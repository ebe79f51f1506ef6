/// A plot as a value: what is drawn, not where.
public struct Plot: Sendable, Equatable {
  /// One curve or one cloud of points.
  public struct Series: Sendable, Equatable {
    /// How the points are shown.
    public enum Look: Sendable, Equatable {
      /// Joined by a line; joined by a dashed line; each by a mark; both.
      case line, dashed, points, linePoints
    }

    /// The name in the legend; empty for none.
    public var name: String
    /// The points; what is not finite is left off when drawn.
    public var x, y: [Double]
    /// How they are shown.
    public var look: Look

    /// A series.
    public init(_ name: String, x: [Double], y: [Double], look: Look = .line) {
      self.name = name
      self.x = x
      self.y = y
      self.look = look
    }
  }

  /// What stands above the plot and beside its axes; empty for nothing.
  public var title, xLabel, yLabel: String
  /// What is drawn, in the order of the legend.
  public var series: [Series]
  /// Whether an axis is logarithmic; values that are not positive are then left off.
  public var isLogarithmicX, isLogarithmicY: Bool
  /// The ends of an axis, nil to fit the data.
  public var xRange, yRange: ClosedRange<Double>?
  /// Whether a unit is as long on both axes, as for points in a plane.
  public var hasEqualUnits = false

  /// A plot.
  public init(
    title: String = "", xLabel: String = "", yLabel: String = "", series: [Series] = [], isLogarithmicX: Bool = false,
    isLogarithmicY: Bool = false, xRange: ClosedRange<Double>? = nil, yRange: ClosedRange<Double>? = nil
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series
    self.isLogarithmicX = isLogarithmicX
    self.isLogarithmicY = isLogarithmicY
    self.xRange = xRange
    self.yRange = yRange
  }

  /// The same plot holding only what can be drawn, with at most `count` points a series where that is given.
  func drawable(points count: Int? = nil) -> Plot {
    var plot = self
    plot.series = series.compactMap { series in
      let pairs = zip(series.x, series.y).filter { x, y in
        abs(x) < 1e300 && abs(y) < 1e300 && (!isLogarithmicX || x > 0) && (!isLogarithmicY || y > 0)
      }
      guard !pairs.isEmpty else { return nil }
      var kept = series
      (kept.x, kept.y) = (pairs.map(\.0), pairs.map(\.1))
      if let count, series.look != .points { (kept.x, kept.y) = thinned(x: kept.x, y: kept.y, to: count) }
      return kept
    }
    return plot
  }
}

/// At most `count` points of a curve that look like all of them: of each part of the curve its lowest and its highest point, and both ends.
///
/// Takes one pass; the points keep their order.
func thinned(x: [Double], y: [Double], to count: Int) -> (x: [Double], y: [Double]) {
  let total = min(x.count, y.count)
  guard total > count, count >= 4 else { return (x, y) }
  let parts = (count - 2) / 2
  var kept: [Int] = [0]
  for part in 0..<parts {
    let first = 1 + part * (total - 2) / parts
    let end = 1 + (part + 1) * (total - 2) / parts
    guard first < end else { continue }
    var (low, high) = (first, first)
    for index in first..<end {
      if y[index] < y[low] { low = index }
      if y[index] > y[high] { high = index }
    }
    kept += low == high ? [low] : [min(low, high), max(low, high)]
  }
  kept.append(total - 1)
  return (kept.map { x[$0] }, kept.map { y[$0] })
}
