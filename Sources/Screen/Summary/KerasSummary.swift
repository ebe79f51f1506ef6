import Shell

extension SummaryTable {
  /// The table of Keras 3: 88 cells wide (108 with connections), or four less than the terminal where that is narrower.
  ///
  /// The columns end at 45, 80 and 100 per cent of the width (30, 56, 74 and 100 with connections); as Keras gives these widths without
  /// the frame, each column then loses an equal part of what the frame takes.
  ///
  /// Names that do not fit take the width that they need and the terminal has; beyond it they go on in the next line.
  func kerasLines(columns: Int, repertoire: Repertoire) -> [StyledText] {
    let length = max(24, min(showsConnections ? 108 : 88, columns - 4))
    let ends = showsConnections ? [0.3, 0.56, 0.74, 1] : [0.45, 0.8, 1]
    var widths = Self.columnWidths(ends: ends, length: length)
    let titles = [("Layer (type)", Alignment.left), ("Output Shape", .left), ("Param #", .right), ("Connected to", .left)]
    if !cutsNames { widths[0] = nameWidth(widths, columns: columns) }
    let tableColumns = zip(titles, widths).map { TextTable.Column(StyledText($0.0), $0.1, width: $1) }
    let cells = rows.map { self.cells(of: $0, nameWidth: extraColumns.isEmpty ? widths[0] : nil) }
    let heading = StyledText("Model: \"\(sanitized(modelName))\"", Style(bold: true))
    guard extraColumns.isEmpty else { return [heading] + wideLines(tableColumns, cells, columns: columns, repertoire: repertoire) + totals }
    let table = TextTable(tableColumns, rows: cells, frame: .heavyHeader, ellipsis: cutsNames)
    return [heading] + table.lines(repertoire: repertoire) + totals
  }

  /// Keras' cells of a layer.
  private func cells(of row: Row, nameWidth: Int?) -> [StyledText] {
    var name = StyledText(named(row, width: nameWidth) + " (")
    name.append(sanitized(row.kind), Style(.accent))
    name.append(")")
    let connections = row.connectedTo.isEmpty ? "-" : row.connectedTo.joined(separator: ", ")
    return [
      name, StyledText(row.shape, Style(.good)), StyledText(row.parameters.map(grouped) ?? "0 (unbuilt)", Style(.good)),
      StyledText(sanitized(connections)),
    ]
  }

  /// The table with its further columns: as wide as they need, and where the terminal ends, the rest as a second table of the same layers.
  private func wideLines(
    _ base: [TextTable.Column], _ cells: [[StyledText]], columns: Int, repertoire: Repertoire
  ) -> [StyledText] {
    let count = base.count
    var all = base + extraColumns.map { TextTable.Column(StyledText($0.title), $0.isNumber ? .right : .left) }
    let texts = zip(cells, rows).map { $0.prefix(count) + $1.extras.map { StyledText(sanitized($0)) } }
    for index in all.indices {
      let texts = [all[index].title] + texts.map { index < $0.count ? $0[index] : StyledText() }
      // Names and connections may be broken at their blanks, all else stands on one line.
      let pieces =
        index == 0 || index == 3 && index < count
        ? texts.flatMap { $0.plain.split(separator: " ").map(\.cellWidth) } : texts.map(\.cellWidth)
      all[index].width = pieces.max() ?? 1
    }
    var groups: [[Int]] = [Array(0..<count)]
    for index in all.indices.dropFirst(count) {
      let group = groups[groups.count - 1] + [index]
      let width = group.reduce(1) { $0 + (all[$1].width ?? 0) + 3 }
      if width > columns, groups[groups.count - 1].count > 1 { groups.append([0, index]) } else { groups[groups.count - 1] = group }
    }
    return groups.flatMap { group in
      var chosen = group.map { all[$0] }
      // On a very narrow terminal even Keras' own columns need to be broken.
      let width = group.reduce(1) { $0 + (all[$1].width ?? 0) + 3 }
      if width > columns {
        for index in chosen.indices { chosen[index].width = nil }
      } else {
        // Names take the room that is left, so that they need not be broken.
        let room = (chosen[0].width ?? 0) + columns - width
        chosen[0].width = texts.compactMap(\.first?.cellWidth).filter { $0 <= room }.reduce(chosen[0].width ?? 0, max)
      }
      let rows = texts.map { row in group.map { $0 < row.count ? row[$0] : StyledText() } }
      return TextTable(chosen, rows: rows, frame: .heavyHeader).lines(width: columns, repertoire: repertoire)
    }
  }

  /// The width of the first column: Keras' where every name fits, else what the longest one needs and the terminal has.
  private func nameWidth(_ widths: [Int], columns: Int) -> Int {
    let longest = rows.map { max(sanitized($0.name).cellWidth, sanitized($0.kind).cellWidth + 2) }.max() ?? 0
    let room = columns - widths.dropFirst().reduce(0, +) - 3 * widths.count - 1
    return max(widths[0], min(longest, room))
  }

  /// A name, broken behind `_` where its column has no room for it.
  private func named(_ row: Row, width: Int?) -> String {
    let name = sanitized(row.name)
    guard let width, !cutsNames, name.cellWidth > width else { return name }
    return wrappedName(name, to: width).joined(separator: "\n")
  }

  /// ` Total params: 97 (388.00 B)` and its kind; the total holds the optimizer's numbers too.
  private var totals: [StyledText] {
    var counts = [
      ("Total", trainable + nonTrainable + (optimizer ?? 0)), ("Trainable", trainable), ("Non-trainable", nonTrainable),
    ]
    if let optimizer { counts.append(("Optimizer", optimizer)) }
    return counts.map { name, count in
      var line = StyledText(" \(name) params: ", Style(bold: true))
      line.append(grouped(count), Style(.good))
      line.append(" (\(memorySize(count * bytesPerParameter)))")
      return line
    }
  }

  /// The widths of the cells' text.
  private static func columnWidths(ends: [Double], length: Int) -> [Int] {
    let positions = ends.map { Int($0 * Double(length)) }
    // A blank at either side belongs to the column.
    let widths = zip(positions, [0] + positions).map { $0 - $1 + 2 }
    var excess = widths.reduce(0, +) - (length - widths.count - 1)
    var reduced: [Int] = []
    for (index, width) in widths.enumerated() {
      let share = min(width, Int((Double(excess) / Double(widths.count - index)).rounded(.toNearestOrEven)))
      excess -= share
      reduced.append(max(1, width - share - 2))
    }
    return reduced
  }
}
