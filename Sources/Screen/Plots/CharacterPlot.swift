import Foundation
import Shell

/// Draws a plot with characters: each panel for itself, by gnuplot's `dumb` where it has curves and by our own hand where it has a field, and
/// then beside and under each other.
struct CharacterPlot {
  let columns, rows: Int
  let inColour: Bool
  var isASCII = false
  /// Whether all of it is to be seen at once, so that small panels become smaller and stand closer.
  var isFitted = false

  /// The narrowest panel, and the lowest one, that still show a curve.
  private static let least = (columns: 19, lines: 6)
  /// What gnuplot leaves empty above and below a small panel, which is cut away.
  private static let emptyLines = 3

  /// The lines of a plot.
  ///
  /// - Parameter gnuplot: Draws a plot of one panel into a room.
  func text(of plot: Plot, gnuplot: (Plot, PlotTarget, _ isSmall: Bool) throws(PlotError) -> String) throws(PlotError) -> String {
    let count = plot.panels.count
    if count == 1 {
      var panel = plot.panels[0]
      panel.title = [plot.title, panel.title].filter { !$0.isEmpty }.joined(separator: "   ")
      return try text(of: panel, columns: columns, rows: rows, isSmall: false, gnuplot)
    }
    var lines = plot.title.isEmpty ? [] : [sanitized(plot.title).truncated(to: columns)]
    if let legend = legend(of: plot) { lines.append(legend) }
    let (grid, height) = layout(of: plot, room: rows - lines.count)
    let width = columns / grid.columns
    for row in 0..<grid.rows {
      let panels = plot.panels[(row * grid.columns)..<min(count, (row + 1) * grid.columns)]
      var drawings: [[String]] = []
      for panel in panels {
        let text = try text(of: titled(panel, columns: width - 5), columns: width - 1, rows: height, isSmall: true, gnuplot)
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

  /// How the panels stand, and how many rows each of them is given.
  private func layout(of plot: Plot, room: Int) -> (grid: PanelGrid, height: Int) {
    let count = plot.panels.count
    // Where there is room, a panel is wide enough for its formula.
    let wide = PanelGrid(count, aspect: Double(columns) / Double(rows * 2), mostColumns: max(1, columns / 36))
    let height = min(max(10, rows / wide.rows), 20)
    let empty = plot.panels.allSatisfy(Self.needsGnuplot) ? Self.emptyLines : 0
    guard isFitted, wide.rows * (height - empty) > room else { return (wide, height) }
    let grids = (wide.columns...max(wide.columns, min(count, columns / Self.least.columns))).map { PanelGrid(count, columns: $0) }
    guard let grid = grids.first(where: { room / $0.rows >= Self.least.lines }) else { return (wide, height) }
    return (grid, min(room / grid.rows + empty, 20))
  }

  /// What stands after the name in a title, such as a formula, is left off where both have no room.
  private func titled(_ panel: Plot.Panel, columns: Int) -> Plot.Panel {
    guard panel.title.cellWidth > columns, let end = panel.title.range(of: "   ") else { return panel }
    var panel = panel
    panel.title = String(panel.title[..<end.lowerBound])
    return panel
  }

  /// Whether gnuplot draws a panel; fields and pictures are drawn by our own hand.
  static func needsGnuplot(_ panel: Plot.Panel) -> Bool { panel.pictures.isEmpty && panel.field == nil }

  private func text(
    of panel: Plot.Panel, columns: Int, rows: Int, isSmall: Bool, _ gnuplot: (Plot, PlotTarget, _ isSmall: Bool) throws(PlotError) -> String
  ) throws(PlotError) -> String {
    if !panel.pictures.isEmpty {
      let cells = PictureCells(palette: inColour ? .indexed : .shades, repertoire: isASCII ? .ascii : .unicode)
      return PictureCharacters(columns: columns, rows: rows, cells: cells).lines(of: panel).rendered(inColour ? .ansi : .plain)
    }
    if let matrix = MatrixCharacters(panel, columns: columns, inColour: inColour) {
      return matrix.lines.rendered(inColour ? .ansi : .plain)
    }
    if panel.field != nil { return FieldCharacters(panel, columns: columns, rows: rows, inColour: inColour).text }
    return try gnuplot(Plot(panels: [panel]), .characters(columns: columns, rows: rows, inColour: inColour), isSmall)
  }

  /// What the lines of small panels mean, said once for all of them; nil where no panel has names.
  private func legend(of plot: Plot) -> String? {
    var entries: [String] = []
    for (index, series) in plot.panels.flatMap({ Array($0.series.enumerated()) }) where !series.name.isEmpty {
      let group = series.group ?? index
      let isPoints = series.look == .points
      let letter =
        isPoints ? PlotColours.letters[group % PlotColours.letters.count] : String(PlotColours.lines[group % PlotColours.lines.count])
      let colour = PlotColours.series(group).terminalColour
      let shown = inColour ? "\u{1B}[38;5;\(colour)m\(letter)\u{1B}[0m" : letter
      let entry = shown + " " + sanitized(series.name).truncated(to: 24)
      if !entries.contains(entry) { entries.append(entry) }
    }
    return entries.isEmpty ? nil : entries.joined(separator: "   ")
  }
}
