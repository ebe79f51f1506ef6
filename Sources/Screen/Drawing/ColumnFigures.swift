import Shell

// Figures.
extension ColumnDrawing {
  func draw(_ column: DrawnColumn, _ centre: Int, _ grid: inout CellGrid) {
    let style = column.isEcho ? Style.muted : column.layer.family.style
    switch column.figure {
    case .neurons:
      let top = centre - column.rowsAbove
      for (offset, unit) in column.layer.slots.enumerated() {
        let known = column.layer.units != nil
        grid.put(unit == nil ? glyphs.ellipsis : known ? glyphs.neuron : "?", column.left, top + offset * column.pitch, style)
      }
    case .bar:
      let top = centre - column.rowsAbove
      let glyph = column.layer.family == .regularization ? glyphs.gap : glyphs.bar
      for row in top..<top + column.coreHeight { grid.put(glyph, column.left, row, style) }
      if column.layer.isFlat, let gap = column.layer.slots.firstIndex(of: nil) {
        grid.put(glyphs.ellipsis, column.left, top + gap * column.pitch, style)
      }
      if column.layer.family == .join { grid.put(glyphs.sign(of: column.layer), column.left, top, style) }
    case .junction: grid.put(glyphs.sign(of: column.layer), column.left, centre, style)
    case .maps: box(column, centre, style, &grid)
    }
  }

  private func box(_ column: DrawnColumn, _ centre: Int, _ style: Style, _ grid: inout CellGrid) {
    let (width, height, sheets) = column.box
    let top = centre - (height - 1) / 2
    let corners = glyphs.hasDots ? ["┌", "┐", "└", "┘"] : ["+", "+", "+", "+"]
    // The sheets behind look out above and at the right.
    for sheet in stride(from: sheets, to: 0, by: -1) {
      let right = column.left + width - 1 + sheet
      grid.put(corners[1], right, top - 1, style)
      for row in top..<top + height - 1 { grid.put(glyphs.vertical, right, row, style) }
      grid.put(glyphs.hasDots ? "┘" : "+", right, top + height - 2, style)
    }
    if sheets > 0 { for x in column.left + 1..<column.left + width + sheets - 1 { grid.put(glyphs.dash, x, top - 1, style) } }
    if sheets > 0 { grid.put(corners[0], column.left + 1, top - 1, style) }
    for row in top..<top + height {
      let isEdge = row == top || row == top + height - 1
      for x in column.left..<column.left + width { grid.put(isEdge ? glyphs.dash : " ", x, row, style) }
      if !isEdge { for x in [column.left, column.left + width - 1] { grid.put(glyphs.vertical, x, row, style) } }
    }
    grid.put(corners[0], column.left, top, style)
    grid.put(corners[1], column.left + width - 1, top, style)
    grid.put(corners[2], column.left, top + height - 1, style)
    grid.put(corners[3], column.left + width - 1, top + height - 1, style)
    if isSeenThroughWindow(column.place) { grid.put(glyphs.window, column.left + 1 + (width > 5 ? 1 : 0), top + 1, style) }
  }

  /// Whether a layer of this row looks at the maps through a window.
  private func isSeenThroughWindow(_ place: Int) -> Bool {
    columns.contains { $0.layer.reads.first == place && $0.layer.window != nil && !$0.isEcho }
  }
}
