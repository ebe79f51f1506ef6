import Shell

// Connections between neighbours.
extension ColumnDrawing {
  func connect(_ before: DrawnColumn, _ after: DrawnColumn, _ centre: Int, _ grid: inout CellGrid) {
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

// Paths around layers.
extension ColumnDrawing {
  /// A path around layers, in a lane above them.
  struct Arc {
    let from, to: DrawnColumn
    let lane: Int
  }

  /// The paths around layers of the row.
  var arcs: [Arc] {
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

  func draw(_ arc: Arc, _ centre: Int, _ grid: inout CellGrid) {
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
