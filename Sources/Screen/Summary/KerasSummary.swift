import Shell

extension SummaryTable {
  /// The table of Keras 3: 88 cells wide (108 with connections), or four less than the terminal where that is narrower.
  ///
  /// The columns end at 45, 80 and 100 per cent of the width (30, 56, 74 and 100 with connections); as Keras gives these widths without
  /// the frame, each column then loses an equal part of what the frame takes.
  ///
  /// Further columns, and names that do not fit, take the width that they need and the terminal has; beyond it text goes on in the next line.
  func kerasLines(columns: Int, repertoire: Repertoire) -> [StyledText] {
    let length = max(24, min(showsConnections ? 108 : 88, columns - 4))
    let ends = showsConnections ? [0.3, 0.56, 0.74, 1] : [0.45, 0.8, 1]
    var widths: [Int?] = Self.columnWidths(ends: ends, length: length)
    var titles = [("Layer (type)", Alignment.left), ("Output Shape", .left), ("Param #", .right), ("Connected to", .left)]
    titles = Array(titles.prefix(widths.count))
    if !extraColumns.isEmpty {
      titles += extraColumns.map { ($0.title, $0.isNumber ? .right : .left) }
      widths = titles.map { _ in nil }
    } else if !cutsNames {
      widths[0] = nameWidth(widths.compactMap(\.self), columns: columns)
    }
    let tableColumns = zip(titles, widths).map { TextTable.Column(StyledText($0.0), $0.1, width: $1) }
    let cells = rows.map { row -> [StyledText] in
      var name = StyledText(named(row, width: widths[0]) + " (")
      name.append(sanitized(row.kind), Style(.accent))
      name.append(")")
      let connections = row.connectedTo.isEmpty ? "-" : row.connectedTo.joined(separator: ", ")
      let shown = [
        name, StyledText(row.shape, Style(.good)), StyledText(row.parameters.map(grouped) ?? "0 (unbuilt)", Style(.good)),
        StyledText(sanitized(connections)),
      ]
      return shown.prefix(showsConnections ? 4 : 3) + row.extras.map { StyledText(sanitized($0)) }
    }
    let table = TextTable(tableColumns, rows: cells, frame: .heavyHeader, ellipsis: cutsNames)
    let width = extraColumns.isEmpty ? Int.max : columns
    return [StyledText("Model: \"\(sanitized(modelName))\"", Style(bold: true))] + table.lines(width: width, repertoire: repertoire)
      + totals
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
