import Shell

extension Plot.Axis {
  /// Whether it is logarithmic for these values.
  func isLogarithmic(_ values: some Sequence<Double>) -> Bool {
    switch scale {
    case .linear: return false
    case .logarithmic: return true
    case .automatic:
      var low = Double.infinity
      var high = 0.0
      for value in values where value.isFinite {
        low = min(low, value)
        high = max(high, value)
      }
      // On a plain axis the small ones would look alike.
      return low > 0 && high / low > 1000
    }
  }
}

extension Plot.Panel {
  /// Whether there is nothing in it.
  var isEmpty: Bool { series.isEmpty && field == nil && pictures.isEmpty }

  /// The same panel holding only what can be drawn, its axes decided: what has no place leaves a gap, a series without any place is left off.
  func drawable(points count: Int) -> Plot.Panel {
    var panel = self
    panel.x.scale = x.isLogarithmic(series.lazy.flatMap(\.x)) ? .logarithmic : .linear
    panel.y.scale = y.isLogarithmic(series.lazy.flatMap(\.y)) ? .logarithmic : .linear
    panel.series = series.enumerated().compactMap { number, series in
      var kept = series
      kept.group = series.group ?? number
      kept.keepDrawable(isLogarithmicX: panel.x.scale == .logarithmic, isLogarithmicY: panel.y.scale == .logarithmic)
      guard kept.y.contains(where: \.isFinite) else { return nil }
      if series.look != .points { (kept.x, kept.y) = thinned(x: kept.x, y: kept.y, to: count) }
      if kept.look == .line || kept.look == .dashed, kept.hasLonePoints { kept.look = .linePoints }
      return kept
    }
    if let field, !field.values.contains(where: \.isFinite) { panel.field = nil }
    return panel
  }
}

extension Plot {
  /// The same plot holding only what can be drawn, with at most so many points a curve.
  ///
  /// - Throws: `nothingToDraw`.
  func drawable(points count: Int) throws(PlotError) -> Plot {
    var plot = self
    plot.panels = panels.map { $0.drawable(points: count) }.filter { !$0.isEmpty }
    guard !plot.panels.isEmpty else { throw .nothingToDraw }
    return plot
  }
}

extension Plot.Series {
  /// Makes what cannot be drawn a gap, and takes gaps from both ends.
  fileprivate mutating func keepDrawable(isLogarithmicX: Bool, isLogarithmicY: Bool) {
    func isDrawable(_ x: Double, _ y: Double) -> Bool {
      abs(x) < 1e300 && abs(y) < 1e300 && (!isLogarithmicX || x > 0) && (!isLogarithmicY || y > 0)
    }
    let places = (0..<min(x.count, y.count)).filter { look != .points || isDrawable(x[$0], y[$0]) }
    guard let first = places.first(where: { isDrawable(x[$0], y[$0]) }), let last = places.last(where: { isDrawable(x[$0], y[$0]) }) else {
      return (x, y) = ([], [])
    }
    let kept = places.filter { $0 >= first && $0 <= last }
    (x, y) = (kept.map { abs(x[$0]) < 1e300 ? x[$0] : x[first] }, kept.map { isDrawable(x[$0], y[$0]) ? y[$0] : .nan })
  }

  /// Whether a point stands between gaps, where no line would show it.
  fileprivate var hasLonePoints: Bool {
    y.indices.contains { index in
      y[index].isFinite && (index == 0 || !y[index - 1].isFinite) && (index == y.count - 1 || !y[index + 1].isFinite)
    }
  }
}

/// At most `count` points of a curve that look like all of them: of each part of the curve its lowest and its highest point, and both ends.
///
/// Takes one pass; the points keep their order, and a part with a gap keeps a gap.
func thinned(x: [Double], y: [Double], to count: Int) -> (x: [Double], y: [Double]) {
  let total = min(x.count, y.count)
  guard total > count, count >= 4 else { return (x, y) }
  let parts = (count - 2) / (y.contains { !$0.isFinite } ? 3 : 2)
  var kept: [Int] = [0]
  for part in 0..<parts {
    let first = 1 + part * (total - 2) / parts
    let end = 1 + (part + 1) * (total - 2) / parts
    guard first < end else { continue }
    var (low, high, gap) = (-1, -1, -1)
    for index in first..<end {
      guard y[index].isFinite else {
        gap = index
        continue
      }
      if low < 0 || y[index] < y[low] { low = index }
      if high < 0 || y[index] > y[high] { high = index }
    }
    kept += Set([low, high, gap]).filter { $0 >= 0 }.sorted()
  }
  kept.append(total - 1)
  return (kept.map { x[$0] }, kept.map { y[$0] })
}
