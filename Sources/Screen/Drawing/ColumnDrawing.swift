import Shell

/// Layers side by side, the input at the left: neurons with their connections, maps as boxes, the rest as bars; words under each.
struct ColumnDrawing {
  private let facts: DrawingFacts
  private let glyphs: DrawingGlyphs
  private var columns: [DrawnColumn]
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

// Connections between neighbours.
extension ColumnDrawing {
  private func connect(_ before: DrawnColumn, _ after: DrawnColumn, _ centre: Int, _ grid: inout CellGrid) {
    let sources = before.ports(centredOn: centre)
    let targets = after.ports(centredOn: centre)
    let first = before.right + 1
    let last = after.left - 1
    guard first <= last else { return }
    if after.layer.family != .dense, sources == targets {
      for row in sources { straight(first, last, row, isArrow: sources.count == 1, &grid) }
    } else if after.layer.family != .dense, sources.count > 1, targets.count > 1 {
      for (source, target) in zip(sources, targets) { bend(from: (first, source), to: (last, target), &grid) }
    } else if sources.count == 1, targets.count == 1 {
      straight(first, last, sources[0], isArrow: true, &grid)
    } else if glyphs.hasDots {
      for source in sources {
        for target in targets { grid.line(from: (first, source), to: (last, target)) }
      }
    } else {
      bus(sources, targets, first, last, &grid)
    }
  }

  private func straight(_ first: Int, _ last: Int, _ row: Int, isArrow: Bool, _ grid: inout CellGrid) {
    for x in first...last { grid.put(glyphs.dash, x, row, .muted) }
    if isArrow { grid.put(glyphs.arrow, last, row, .muted) }
  }

  private func bend(from start: (Int, Int), to end: (Int, Int), _ grid: inout CellGrid) {
    if glyphs.hasDots { grid.line(from: start, to: end) } else { bus([start.1], [end.1], start.0, end.0, &grid) }
  }

  /// Every source to every target through one line downwards, where there are no dots to draw slopes with.
  private func bus(_ sources: [Int], _ targets: [Int], _ first: Int, _ last: Int, _ grid: inout CellGrid) {
    let middle = (first + last) / 2
    let rows = sources + targets
    guard let top = rows.min(), let bottom = rows.max() else { return }
    for row in top...bottom { grid.put(glyphs.vertical, middle, row, .muted) }
    for row in sources where first < middle {
      for x in first..<middle { grid.put(glyphs.dash, x, row, .muted) }
    }
    for row in targets where middle < last {
      for x in middle + 1...last { grid.put(glyphs.dash, x, row, .muted) }
    }
    for row in rows { grid.put(glyphs.cross, middle, row, .muted) }
  }
}

// Figures.
extension ColumnDrawing {
  private func draw(_ column: DrawnColumn, _ centre: Int, _ grid: inout CellGrid) {
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

// Paths around layers.
extension ColumnDrawing {
  private struct Arc {
    let from, to: DrawnColumn
    let lane: Int
  }

  private var arcs: [Arc] {
    var taken: [[Range<Int>]] = []
    var arcs: [Arc] = []
    let pairs = columns.indices.flatMap { target in
      columns[target].layer.reads.compactMap { place in
        columns.firstIndex { $0.place == place && place != columns[target].place - 1 }.map { ($0, target) }
      }
    }
    // The shortest path is the lowest.
    for (source, target) in pairs.sorted(by: { $0.1 - $0.0 < $1.1 - $1.0 }) {
      let lane = taken.firstIndex { $0.allSatisfy { !$0.overlaps(source..<target) } } ?? taken.count
      if lane == taken.count { taken.append([]) }
      taken[lane].append(source..<target)
      arcs.append(Arc(from: columns[source], to: columns[target], lane: lane))
    }
    return arcs
  }

  private func draw(_ arc: Arc, _ centre: Int, _ grid: inout CellGrid) {
    let above = (arcs.map(\.lane).max() ?? 0) + 2
    let y = above - 2 - arc.lane
    let style = LayerFamily.join.style
    // Where one path ends and another begins, they stand side by side.
    let start = arc.from.middle + (arcs.contains { $0.to.place == arc.from.place } ? 1 : 0)
    let end = arc.to.middle
    func fall(_ column: DrawnColumn, _ x: Int) {
      for row in y + 1..<max(y + 1, centre - column.rowsAbove) {
        grid.put(grid.character(x, row) == glyphs.dash ? glyphs.cross : glyphs.vertical, x, row, style)
      }
    }
    fall(arc.from, start)
    fall(arc.to, end)
    grid.put(glyphs.down, end, centre - arc.to.rowsAbove - 1, style)
    for x in start + 1..<max(start + 1, end) {
      grid.put(grid.character(x, y) == glyphs.vertical ? glyphs.cross : glyphs.dash, x, y, style)
    }
    grid.put(glyphs.topLeft, start, y, style)
    grid.put(glyphs.topRight, end, y, style)
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
