import Shell

/// The commands that make gnuplot draw a plot, its data among them. Nothing that a user wrote stands in them but as numbers or as an escaped
/// string.
struct PlotScript {
  /// All of it, from `reset` to the last `plot`.
  ///
  /// - Parameters:
  ///   - plot: What can be drawn, its axes decided.
  ///   - isSmall: Whether it is one of several that are drawn apart.
  static func commands(_ plot: Plot, terminal: String, target: PlotTarget, output: String, isSmall: Bool = false) -> String {
    let size = PictureSize(plot, target)
    let count = plot.panels.count
    var lines = ["reset", "set encoding utf8", "set terminal \(settings(terminal, target, size))"]
    if !output.isEmpty { lines.append("set output \(quoted(output))") }
    if count > 1 {
      // Room for the title is left above, where there is one.
      let title = plot.title.isEmpty ? "" : " title \(quoted(shown(plot.title))) noenhanced"
      lines.append("set multiplot layout \(size.grid.rows),\(size.grid.columns)\(title)")
    }
    for (index, panel) in plot.panels.enumerated() {
      if index > 0 { lines.append("reset") }
      var panel = panel
      if count == 1 {
        panel.title = [plot.title, panel.title, panel.shades?.words(in: .colours) ?? ""].filter { !$0.isEmpty }.joined(separator: "   ")
      }
      lines += PanelScript(panel, number: index, target: target, isSmall: count > 1 || isSmall).lines
    }
    if count > 1 { lines.append("unset multiplot") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func settings(_ terminal: String, _ target: PlotTarget, _ size: PictureSize) -> String {
    let (width, height) = (size.width, size.height)
    switch (terminal, target) {
    case ("dumb", .characters(let columns, let rows, let inColour, _)):
      return "dumb size \(clamp(columns, 20, 400)),\(clamp(rows, 6, 200)) \(inColour ? "ansi256" : "mono") noenhanced"
    case ("pngcairo", _):
      return "pngcairo size \(width),\(height) fontscale \(size.fontScale) font 'Sans,12' linewidth 1.4 background rgb 'white' noenhanced"
    case ("png", _): return "png size \(width),\(height) truecolor noenhanced"
    case ("svg", _):
      return
        "svg size \(width * 3 / 4),\(height * 3 / 4) font 'sans-serif,\(size.grid.columns > 2 ? 12 : 14)' background rgb 'white' noenhanced"
    case ("pdfcairo", _):
      return "pdfcairo size \(width / 75)cm,\(height / 75)cm font 'Sans,\(size.grid.columns > 2 ? 9 : 11)' linewidth 1.4 noenhanced"
    case ("qt", _), ("wxt", _): return "\(terminal) size \(width * 3 / 4),\(height * 3 / 4) noraise noenhanced persist"
    default: return "\(terminal) noenhanced"
    }
  }

  private static func clamp(_ value: Int, _ least: Int, _ most: Int) -> Int { min(max(value, least), most) }

  /// A user's text for a picture: no control characters, no more than fits.
  static func shown(_ text: String, to width: Int = 100) -> String { sanitized(text).truncated(to: width) }

  /// A string of gnuplot. Between single quotes it reads no escape, runs no backtick and expands no `@`; a single quote is joined on by itself.
  ///
  /// Octal escapes would be no way out, as versions differ in how many digits one has, nor doubled quotes, which fail at a string's start.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("\n", with: " ").replacing("'", with: "'.\"'\".'") + "'"
  }
}

/// How large a picture is, in pixels, and how its panels stand.
struct PictureSize {
  let grid: PanelGrid
  let width, height: Int
  let fontScale: Double

  init(_ plot: Plot, _ target: PlotTarget) {
    let count = plot.panels.count
    let isSquare = plot.panels.allSatisfy { $0.hasEqualUnits || !$0.pictures.isEmpty }
    grid = PanelGrid(count, aspect: 1.5, wanted: isSquare ? 1.05 : 1.4)
    if count == 1 {
      (width, height, fontScale) = (isSquare ? 1000 : 1200, isSquare ? 850 : 750, 1.25)
    } else {
      let (cellWidth, cellHeight) = grid.columns <= 2 ? (640, isSquare ? 600 : 450) : (440, isSquare ? 420 : 320)
      width = grid.columns * cellWidth
      height = grid.rows * cellHeight + (plot.title.isEmpty ? 0 : 50)
      fontScale = grid.columns <= 2 ? 1.1 : 0.95
    }
  }
}
