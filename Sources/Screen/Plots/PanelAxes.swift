import Foundation
import Shell

// The axes of a panel: their ranges, and what stands along them.
extension PanelScript {
  /// The commands for both axes.
  var axes: [String] {
    var lines: [String] = []
    for (name, axis) in [("x", panel.x), ("y", panel.y)] {
      if axis.scale == .logarithmic { lines += ["set logscale \(name)", "set format \(name) '%.0e'"] }
      // Where all values are equal, gnuplot would warn and guess.
      if let range = axis.range ?? fieldRange(name) ?? flatRange(name, axis) ?? roomyRange(name, axis), range.lowerBound.isFinite,
        range.upperBound.isFinite
      {
        lines.append("set \(name)range [\(range.lowerBound):\(range.upperBound)]")
      }
      if let step = step(name, axis) { lines.append("set \(name)tics \(step)") }
      guard !axis.names.isEmpty else { continue }
      let names = thinned(axis.names, along: name).map { "\(PlotScript.quoted(PlotScript.shown($0.text, to: 18))) \($0.place)" }
      lines.append("set \(name)tics (\(names.joined(separator: ", "))) noenhanced\(name == "x" && isCrowded ? " rotate by -25" : "")")
    }
    if panel.hasEqualUnits { lines.append("set size ratio -1") }
    return lines
  }

  /// The distance of the numbers along an axis: 1 between a few whole numbers (epochs); in characters, where gnuplot writes more numbers than
  /// there are rows for, and in small panels more than there are columns for, as many as there is room for.
  private func step(_ name: String, _ axis: Plot.Axis) -> Double? {
    guard axis.scale == .linear, axis.names.isEmpty, panel.field == nil else { return nil }
    let values = panel.series.flatMap { name == "x" ? $0.x : $0.y }.filter(\.isFinite)
    if name == "x", let low = values.min(), let high = values.max(), high - low <= 10,
      values.allSatisfy({ $0 == $0.rounded() })
    {
      return 1
    }
    guard case .characters(let columns, let rows, _, _) = target, isSmall || name == "y" else { return nil }
    guard let low = axis.range?.lowerBound ?? values.min(), let high = axis.range?.upperBound ?? values.max(), low < high else {
      return nil
    }
    return Ticks(low...high, atMost: name == "x" ? max(2, columns / 9) : max(2, (rows - 4) / 3)).step
  }

  /// The names that do not run into each other: every one, every second, every third, ...
  private func thinned(_ names: [Plot.Axis.Name], along axis: String) -> [Plot.Axis.Name] {
    guard axis == "x", names.count > 1 else { return names }
    // Turned names of a picture need a line's height each, those of characters all of their letters.
    var most = isSmall ? 12 : 24
    if case .characters(let columns, _, _, _) = target {
      let widest = names.map { min($0.text.cellWidth, 18) }.max() ?? 1
      most = max(1, (columns - 10) / (widest + 1))
    }
    guard names.count > most else { return names }
    let step = (names.count + most - 1) / most
    return names.enumerated().filter { $0.offset % step == 0 }.map(\.element)
  }

  private func fieldRange(_ axis: String) -> ClosedRange<Double>? { panel.field.map { axis == "x" ? $0.x : $0.y } }

  /// Room around a single value; nil where there are several.
  private func flatRange(_ name: String, _ axis: Plot.Axis) -> ClosedRange<Double>? {
    let values = panel.series.flatMap { name == "x" ? $0.x : $0.y }.filter(\.isFinite)
    guard let low = values.min(), let high = values.max(), low == high else { return nil }
    // From one power of ten to another, so that numbers stand beside the axis.
    if axis.scale == .logarithmic { return pow(10, floor(log10(low) - 0.1))...pow(10, ceil(log10(low) + 0.1)) }
    // A single epoch stands between 0 and 2, not at a fraction of itself.
    if name == "x", low == low.rounded(), low > 0 { return low - 1...low + 1 }
    let room = low == 0 ? 1 : abs(low) / 2
    return low - room...low + room
  }

  /// Points alone keep off the axes, which would hide those that lie on them; nil for curves, which end there.
  private func roomyRange(_ name: String, _ axis: Plot.Axis) -> ClosedRange<Double>? {
    guard case .characters(let columns, let rows, _, _) = target, axis.scale == .linear, axis.names.isEmpty,
      panel.series.allSatisfy({ $0.look == .points })
    else { return nil }
    let values = panel.series.flatMap { name == "x" ? $0.x : $0.y }.filter(\.isFinite)
    guard let low = values.min(), let high = values.max(), low < high else { return nil }
    // More than the character that the axis takes, of those that titles and numbers leave.
    let room = (high - low) * max(0.05, 1.5 / Double(max(4, name == "x" ? columns - 10 : rows - 5)))
    return low - room...high + room
  }
}
