import Shell

/// Draws a matrix of counts as a table: rows and columns have names, and behind each count is the colour of its value.
struct MatrixCharacters {
  private let panel: Plot.Panel
  private let field: Plot.Field
  private let columns: Int
  private let inColour: Bool
  private let counts: [[String]]
  private let across, down: [String]

  /// A table; nil where the panel is no matrix of counts, or has more of them than fit beside each other.
  init?(_ panel: Plot.Panel, columns: Int, inColour: Bool) {
    guard let field = panel.field, !panel.notes.isEmpty, panel.notes.allSatisfy(\.isCentred) else { return nil }
    var counts = [[String]](repeating: [String](repeating: "", count: field.columns), count: field.rows)
    for note in panel.notes {
      let (row, column) = (field.rows - 1 - Int(note.y), Int(note.x))
      guard counts.indices.contains(row), (0..<field.columns).contains(column) else { return nil }
      counts[row][column] = note.text
    }
    func names(_ axis: Plot.Axis, _ count: Int) -> [String] {
      let ordered = axis.names.sorted { $0.place < $1.place }.map { sanitized($0.text) }
      return ordered.count == count ? ordered : (0..<count).map { String($0) }
    }
    (self.panel, self.field, self.columns, self.inColour, self.counts) = (panel, field, columns, inColour, counts)
    across = names(panel.x, field.columns)
    down = names(panel.y, field.rows).reversed()
    guard cellWidth >= 2 + (counts.joined().map(\.count).max() ?? 1) else { return nil }
  }

  private var nameWidth: Int { min(max(down.map(\.cellWidth).max() ?? 1, panel.y.label.cellWidth), max(8, columns / 4)) }

  /// The cells of a column: as its longest name or count wants, no more than there is room for.
  private var cellWidth: Int {
    let wanted = max(across.map(\.cellWidth).max() ?? 1, counts.joined().map(\.count).max() ?? 1, 3) + 2
    return min(wanted, (columns - nameWidth - 1) / max(1, field.columns), 14)
  }

  var lines: [StyledText] {
    var lines = panel.title.isEmpty ? [] : StyledText(sanitized(panel.title), Style(bold: true)).wrapped(to: columns)
    let indent = String(repeating: " ", count: nameWidth + 1)
    lines.append(StyledText(indent + " " + sanitized(panel.x.label), .muted))
    var head = StyledText(sanitized(panel.y.label).padded(to: nameWidth + 1), .muted)
    for name in across { head.append(name.truncated(to: cellWidth - 1).padded(to: cellWidth, .right)) }
    lines.append(head)
    for row in 0..<field.rows {
      var line = StyledText(down[row].truncated(to: nameWidth).padded(to: nameWidth + 1))
      for column in 0..<field.columns {
        let text = counts[row][column]
        let shown = (text == "0" ? "." : text).padded(to: cellWidth - 1, .right) + " "
        line.append(shown, style(Double(field.values[(field.rows - 1 - row) * field.columns + column]), isZero: text == "0", row == column))
      }
      lines.append(line)
    }
    return lines
  }

  private func style(_ value: Double, isZero: Bool, _ isRight: Bool) -> Style {
    guard inColour, !isZero else { return isZero ? .muted : Style(bold: isRight) }
    let range = field.shownRange
    let behind = PlotColours.at((value - range.lowerBound) / (range.upperBound - range.lowerBound), of: PlotColours.rising)
    let front = behind.isDark ? RGB.white : .black
    return Style(
      bold: isRight,
      colours: CellColours(
        foreground: .index(UInt8(front.terminalColour)), background: .index(UInt8(behind.terminalColour))))
  }
}

extension RGB {
  /// Whether white letters are read better on it than black ones.
  var isDark: Bool { red * 3 + green * 6 + blue < 1250 }
}
