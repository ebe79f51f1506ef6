/// The commands that make gnuplot draw a plot. Nothing that a user wrote stands in them but as numbers or as an escaped string.
struct PlotScript {
  /// The commands up to and with `plot`; the series' points follow in their order.
  static func commands(_ plot: Plot, terminal: String, target: PlotTarget, output: String) -> String {
    let isCharacters = target.isCharacters
    var lines = ["reset", "set encoding utf8", "set terminal \(settings(terminal, target))"]
    if !output.isEmpty { lines.append("set output \(quoted(output))") }
    lines += isCharacters ? ["set tics nomirror scale 0.5", "set border 3"] : Self.look
    for (name, text) in [("title", plot.title), ("xlabel", plot.xLabel), ("ylabel", plot.yLabel)] where !text.isEmpty {
      // A label of the vertical axis is written downwards in characters, which nobody reads: it goes into the title's line.
      if isCharacters, name == "ylabel" { continue }
      lines.append("set \(name) \(quoted(shown(text))) noenhanced")
    }
    if isCharacters, plot.title.isEmpty, !plot.yLabel.isEmpty { lines.append("set title \(quoted(shown(plot.yLabel))) noenhanced") }
    lines += axes(plot)
    lines.append(key(plot, isCharacters))
    lines.append("plot " + plot.series.enumerated().map { curve($1, number: $0, isCharacters) }.joined(separator: ", "))
    return lines.joined(separator: "\n") + "\n"
  }

  /// Lines and colours of pictures: a light grid behind, no frame above and at the right.
  private static let look = [
    "set border 3 linewidth 1 linecolor rgb '#555555'", "set tics nomirror out scale 0.6 textcolor rgb '#333333'",
    "set grid back linetype 1 linewidth 0.6 linecolor rgb '#dddddd'", "set title offset 0,0.3 textcolor rgb '#222222'",
    "set xlabel textcolor rgb '#333333'", "set ylabel textcolor rgb '#333333'", "set lmargin 11", "set bmargin 4.2",
  ]

  /// The colours of Okabe and Ito, which the colour-blind tell apart, the palest left off.
  private static let colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#444444"]
  /// gnuplot's marks: filled circle, square, triangle, diamond, pentagon, triangle down, cross.
  private static let marks = [7, 5, 9, 13, 15, 11, 2]

  private static func settings(_ terminal: String, _ target: PlotTarget) -> String {
    switch (terminal, target) {
    case ("dumb", .characters(let columns, let rows, let inColour)):
      return "dumb size \(clamp(columns, 20, 400)),\(clamp(rows, 8, 200)) \(inColour ? "ansi256" : "mono") noenhanced"
    case ("pngcairo", _): return "pngcairo size 1200,750 fontscale 1.25 font 'Sans,12' linewidth 1.4 background rgb 'white' noenhanced"
    case ("png", _): return "png size 1200,750 truecolor noenhanced"
    case ("svg", _): return "svg size 900,560 font 'sans-serif,14' background rgb 'white' noenhanced"
    case ("pdfcairo", _): return "pdfcairo size 16cm,10cm font 'Sans,11' linewidth 1.4 noenhanced"
    case ("qt", _), ("wxt", _): return "\(terminal) size 900,560 noraise noenhanced persist"
    default: return "\(terminal) noenhanced"
    }
  }

  private static func clamp(_ value: Int, _ least: Int, _ most: Int) -> Int { min(max(value, least), most) }

  private static func axes(_ plot: Plot) -> [String] {
    var lines: [String] = []
    for (axis, isLogarithmic, range) in [("x", plot.isLogarithmicX, plot.xRange), ("y", plot.isLogarithmicY, plot.yRange)] {
      if isLogarithmic { lines += ["set logscale \(axis)", "set format \(axis) '%.0e'"] }
      // Where all values are equal, gnuplot would warn and guess.
      if let range = range ?? flatRange(plot, axis), range.lowerBound.isFinite, range.upperBound.isFinite {
        lines.append("set \(axis)range [\(range.lowerBound):\(range.upperBound)]")
      }
    }
    if plot.hasEqualUnits { lines.append("set size ratio -1") }
    return lines
  }

  /// Room around a single value; nil where there are several.
  private static func flatRange(_ plot: Plot, _ axis: String) -> ClosedRange<Double>? {
    let values = plot.series.flatMap { axis == "x" ? $0.x : $0.y }
    guard let low = values.min(), let high = values.max(), low == high else { return nil }
    if axis == "x" ? plot.isLogarithmicX : plot.isLogarithmicY { return low / 2...low * 2 }
    let room = low == 0 ? 1 : abs(low) / 2
    return low - room...low + room
  }

  private static func key(_ plot: Plot, _ isCharacters: Bool) -> String {
    guard plot.series.contains(where: { !$0.name.isEmpty }) else { return isCharacters ? "unset key" : "unset key\nset rmargin 4" }
    let place =
      isCharacters
      ? "set key bmargin center horizontal samplen 4 width 2" : "set key outside top right vertical Left reverse samplen 2 spacing 1.15"
    return place + " noenhanced"
  }

  private static func curve(_ series: Plot.Series, number: Int, _ isCharacters: Bool) -> String {
    let title = series.name.isEmpty ? "notitle" : "title \(quoted(shown(series.name))) noenhanced"
    let colour = "linecolor rgb '\(colours[number % colours.count])'"
    let mark = marks[number % marks.count]
    let alone = series.x.count == 1
    if isCharacters {
      // Characters have no line types: the mark tells the curves apart.
      let letter = ["*", "o", "x", "#", "@", "%", "&"][number % 7]
      let isPoints = series.look == .points || alone
      return "'-' using 1:2 with \(isPoints ? "points pointtype '\(letter)'" : "lines linetype \(number + 1)") \(colour) \(title)"
    }
    switch series.look {
    case _ where alone, .points: return "'-' using 1:2 with points pointtype \(mark) pointsize 0.9 \(colour) \(title)"
    case .line: return "'-' using 1:2 with lines linewidth 2 \(colour) \(title)"
    case .dashed: return "'-' using 1:2 with lines linewidth 2 dashtype (8,5) \(colour) \(title)"
    case .linePoints: return "'-' using 1:2 with linespoints linewidth 2 pointtype \(mark) pointsize 0.8 \(colour) \(title)"
    }
  }

  /// A user's text for a picture: no control characters, no more than fits.
  private static func shown(_ text: String) -> String { sanitized(text).truncated(to: 100) }

  /// A string of gnuplot. Between single quotes it reads no escape, runs no backtick and expands no `@`; a single quote is joined on by itself.
  ///
  /// Octal escapes would be no way out, as versions differ in how many digits one has, nor doubled quotes, which fail at a string's start.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("\n", with: " ").replacing("'", with: "'.\"'\".'") + "'"
  }
}
