import Shell

/// Draws a plot with characters: each panel for itself, by gnuplot's `dumb` where it has curves and by our own hand where it has a field, and
/// then beside and under each other.
struct CharacterPlot {
  let columns, rows: Int
  let inColour: Bool

  /// The lines of a plot.
  ///
  /// - Parameter gnuplot: Draws a plot of one panel into a room.
  func text(of plot: Plot, gnuplot: (Plot, PlotTarget) throws(PlotError) -> String) throws(PlotError) -> String {
    let count = plot.panels.count
    if count == 1 {
      var panel = plot.panels[0]
      panel.title = [plot.title, panel.title].filter { !$0.isEmpty }.joined(separator: "   ")
      return try text(of: panel, columns: columns, rows: rows, gnuplot)
    }
    // A panel narrower than this shows nothing but its axes.
    let grid = PanelGrid(count, aspect: Double(columns) / Double(rows * 2), mostColumns: max(1, columns / 36))
    let width = columns / grid.columns
    let height = min(max(10, rows / grid.rows), 20)
    var lines = plot.title.isEmpty ? [] : [sanitized(plot.title).truncated(to: columns)]
    for row in 0..<grid.rows {
      let panels = plot.panels[(row * grid.columns)..<min(count, (row + 1) * grid.columns)]
      var drawings: [[String]] = []
      for panel in panels {
        let text = try text(of: panel, columns: width - 1, rows: height, gnuplot)
        drawings.append(text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init))
      }
      for line in 0..<(drawings.map(\.count).max() ?? 0) {
        var joined = ""
        for (place, drawing) in drawings.enumerated() {
          let piece = line < drawing.count ? drawing[line] : ""
          joined += piece
          if place < drawings.count - 1 { joined += String(repeating: " ", count: max(0, width - piece.withoutEscapes.cellWidth)) }
        }
        lines.append(joined)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(
    of panel: Plot.Panel, columns: Int, rows: Int, _ gnuplot: (Plot, PlotTarget) throws(PlotError) -> String
  ) throws(PlotError) -> String {
    if panel.field != nil { return FieldCharacters(panel, columns: columns, rows: rows, inColour: inColour).text }
    return try gnuplot(Plot(panels: [panel]), .characters(columns: columns, rows: rows, inColour: inColour))
  }
}
