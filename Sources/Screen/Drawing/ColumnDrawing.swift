import Shell

/// Layers side by side, the input at the left: neurons with their connections, maps as boxes, the rest as bars; words under each.
struct ColumnDrawing {
  private let facts: DrawingFacts
  let glyphs: DrawingGlyphs
  private(set) var columns: [DrawnColumn]
  private let width: Int
  private let isLast: Bool
  private let gutter: Int
  private let titles: [(title: String, height: Int)]

  private static let leastGap = 2
  private static let greatestGap = 9

  /// The layers of each row, by their places; a row but the first begins with the last layer of the one before it, where there is room.
  static func rows(of facts: DrawingFacts, on canvas: Canvas) -> [[Int]] {
    let widths = facts.layers.indices.map { DrawnColumn($0, in: facts, pitch: 1, reads: reads($0, facts, in: [])).width }
    let room = canvas.width - gutterWidth(facts)
    var rows: [[Int]] = []
    var row: [Int] = []
    var used = 0
    for place in facts.layers.indices {
      if !row.isEmpty, used + leastGap + widths[place] > room {
        rows.append(row)
        let echo = DrawnColumn(place - 1, in: facts, pitch: 1, isEcho: true).width + leastGap
        let hasEcho = facts.layers[place].reads.contains(place - 1) && echo + widths[place] <= room
        row = hasEcho ? [place - 1, place] : [place]
        used = (hasEcho ? echo : 0) + widths[place]
      } else {
        used += widths[place] + (row.isEmpty ? 0 : leastGap)
        row.append(place)
      }
    }
    return rows + [row]
  }

  private static func gutterWidth(_ facts: DrawingFacts) -> Int { facts.batch.map { max(6, "\($0) rows".count) + 1 } ?? 7 }

  /// The names of what a layer reads, where no line can show it.
  private static func reads(_ place: Int, _ facts: DrawingFacts, in row: [Int]) -> [String] {
    facts.layers[place].reads.filter { $0 != place - 1 && !row.contains($0) }.map { facts.layers[$0].shownName }
  }

  init(_ facts: DrawingFacts, _ row: [Int], of rows: [[Int]], on canvas: Canvas) {
    self.facts = facts
    glyphs = DrawingGlyphs(canvas.repertoire)
    gutter = ColumnDrawing.gutterWidth(facts)
    isLast = row.last == facts.layers.count - 1
    let number = rows.firstIndex(of: row) ?? 0
    let hasEcho = number > 0 && row.first == rows[number - 1].last
    func made(pitch: Int) -> [DrawnColumn] {
      row.enumerated().map { index, place in
        DrawnColumn(
          place, in: facts, pitch: pitch, isEcho: index == 0 && hasEcho, reads: ColumnDrawing.reads(place, facts, in: row))
      }
    }
    var columns = made(pitch: 2)
    // Units stand a row apart where the drawing would else be higher than most terminals.
    if (columns.map { $0.rowsAbove + $0.rowsBelow + 1 }.max() ?? 0) + (facts.batch == nil ? 0 : 6) > 15 { columns = made(pitch: 1) }
    // Lines of words that no layer of the row has are left out.
    let names = ["", "kind", "window", "stride", "activ.", "reads", "shape", "tensor", "params"]
    titles = names.compactMap { title in
      let height = columns.map { column in
        column.labels.first { $0.title == title }.map { $0.lines.allSatisfy(\.isEmpty) ? 0 : $0.lines.count } ?? 0
      }.max()
      return height.flatMap { $0 > 0 ? (title, $0) : nil }
    }
    let total = columns.reduce(0) { $0 + $1.width }
    let gaps = max(1, columns.count - 1)
    let gap = min(ColumnDrawing.greatestGap, max(ColumnDrawing.leastGap, (canvas.width - gutter - total) / gaps))
    var x = gutter
    for index in columns.indices {
      columns[index].x = x
      x += columns[index].width + gap
    }
    width = max(canvas.width, x - gap)
    self.columns = columns
  }

  /// The rows of characters.
  var lines: [StyledText] {
    let arcs = self.arcs
    let above = arcs.isEmpty ? 0 : (arcs.map(\.lane).max() ?? 0) + 2
    let over = columns.map(\.rowsAbove).max() ?? 0
    let height = over + 1 + (columns.map(\.rowsBelow).max() ?? 0)
    let words = titles.reduce(0) { $0 + $1.height }
    var grid = CellGrid(width: width, height: above + height + 1 + words)
    let centre = above + over
    for (before, after) in zip(columns, columns.dropFirst()) where after.layer.reads.contains(before.place) {
      connect(before, after, centre, &grid)
    }
    for column in columns { draw(column, centre, &grid) }
    for arc in arcs { draw(arc, centre, &grid) }
    var y = above + height + 1
    for (title, height) in titles {
      if !title.isEmpty { grid.put(title, 0, y, .muted) }
      for column in columns {
        let lines = column.labels.first { $0.title == title }?.lines ?? []
        for (offset, line) in lines.enumerated() {
          grid.put(line, column.x + (column.width - line.cellWidth) / 2, y + offset, style(title, column))
        }
      }
      y += height
    }
    return grid.lines + tensors
  }

  private func style(_ title: String, _ column: DrawnColumn) -> Style {
    switch title {
    case "" where column.isEcho: .muted
    case "": Style(bold: true)
    case "shape", "tensor": Style(.good)
    default: .plain
    }
  }
}

// The tensors of a batch.
extension ColumnDrawing {
  /// Under each layer of neurons its tensor: a row for each sample, a column for each unit.
  private var tensors: [StyledText] {
    guard let batch = facts.batch else { return [] }
    let rows: [Bool] = batch <= 4 ? Array(repeating: true, count: batch) : [true, true, false, true]
    var grid = CellGrid(width: width, height: rows.count + 1)
    grid.put("\(batch) row\(batch == 1 ? "" : "s")", 0, 1, .muted)
    for column in columns where column.layer.isFlat && column.layer.units != nil && !column.isEcho {
      for (y, isSample) in rows.enumerated() {
        let cells = column.layer.slots.map {
          $0 == nil ? (isSample ? glyphs.batchEllipsis : " ") : isSample ? glyphs.cell : glyphs.ellipsis
        }
        let text = cells.joined()
        grid.put(text, column.x + (column.width - text.cellWidth) / 2, y + 1, column.layer.family.style)
      }
    }
    return grid.lines
  }
}
