import Shell

/// A network as a list, a layer a line: at the left the paths that go around layers, at the right shapes and parameters; what repeats stands
/// once, with a count.
struct ListDrawing {
  private let facts: DrawingFacts
  private let outline: NetworkOutline
  private let glyphs: DrawingGlyphs
  private let canvas: Canvas

  init(_ facts: DrawingFacts, on canvas: Canvas) {
    self.facts = facts
    self.canvas = canvas
    outline = NetworkOutline(folded: facts)
    glyphs = DrawingGlyphs(canvas.repertoire)
  }

  /// A line of the list.
  private struct Line {
    var lanes = ""
    var name = ""
    var what = ""
    var shape = ""
    var parameters = ""
    var style = Style.plain
    /// The entry that it belongs to.
    var entry: Int
  }

  /// The lines of the drawing.
  var lines: [StyledText] {
    let lines = self.rows
    let lanes = lines.map(\.lanes.cellWidth).max() ?? 1
    func widest(_ part: KeyPath<Line, String>) -> Int { lines.map { $0[keyPath: part].cellWidth }.max() ?? 0 }
    let (what, shape, parameters) = (widest(\.what), widest(\.shape), widest(\.parameters))
    // A long name may reach into the room of what its layer does, where that is nothing.
    let named = lines.filter { !$0.what.isEmpty }.map(\.name.cellWidth).max() ?? 0
    let name = max(named, (lines.map(\.name.cellWidth).max() ?? 0) - what - 2)
    let bracket = outline.repeats.isEmpty ? 0 : 2 + (outline.repeats.map { "│ x\($0.count)".count }.max() ?? 0)
    let full = lanes + 2 + name + 2 + what + 2 + shape + 2 + parameters + bracket
    let longest = lines.map(\.name.cellWidth).max() ?? 0
    // Where a line cannot hold it all, what the layer does goes under its name, and then shape and parameters too.
    let isWide = full <= canvas.width
    let isStacked = !isWide && lanes + longest + shape + parameters + 6 + bracket > canvas.width
    return lines.enumerated().flatMap { index, line -> [StyledText] in
      var text = StyledText(line.lanes.padded(to: lanes) + "  ", line.style)
      let room = !isWide ? longest : line.what.isEmpty ? name + 2 + what : name
      text.append(line.name.padded(to: room) + "  ", line.name.isEmpty ? .plain : Style(bold: true))
      if isWide, !line.what.isEmpty { text.append(line.what.padded(to: what) + "  ", .muted) }
      if !isStacked {
        text.append(line.shape.padded(to: shape, .right) + "  ", Style(.good))
        text.append(line.parameters.padded(to: parameters, .right))
      }
      let mark = self.bracket(at: index, of: lines)
      if !mark.isEmpty { text.append("  " + mark, .muted) }
      guard !isWide else { return [text] }
      let paths = StyledText(pathsBelow(line, isLast: index == lines.count - 1).padded(to: lanes) + "    ", .muted)
      return [text] + below(line, isStacked).flatMap { $0.wrapped(to: max(10, canvas.width - lanes - 4)) }.map { paths + $0 }
    }
  }

  /// What stands under a line that cannot hold it all.
  private func below(_ line: Line, _ isStacked: Bool) -> [StyledText] {
    var lines = line.what.isEmpty ? [] : [StyledText(line.what, .muted)]
    if isStacked, !line.shape.isEmpty {
      let count = line.parameters.isEmpty ? "" : "  " + (line.parameters == "1" ? "1 parameter" : line.parameters + " parameters")
      lines.append(StyledText(line.shape, Style(.good)) + StyledText(count))
    }
    return lines
  }

  /// The paths that go on under a line: what comes down in it.
  private func pathsBelow(_ line: Line, isLast: Bool) -> String {
    String(
      line.lanes.map { character -> Character in
        let text = String(character)
        let goesOn = [glyphs.vertical, glyphs.cross].contains(text)
        return goesOn && !isLast ? Character(glyphs.vertical) : " "
      })
  }

  private var rows: [Line] {
    var rows: [Line] = []
    var lanes: [(from: Int, to: Int)?] = []
    let jumps = outline.jumps
    for (index, entry) in outline.entries.enumerated() {
      rows.append(row(index, entry, &lanes))
      let leaving = jumps.filter { $0.from == index }
      if !leaving.isEmpty {
        var line = Line(entry: index)
        line.lanes = leave(index, leaving.map(\.to), &lanes)
        rows.append(line)
      }
    }
    return rows
  }

  /// The line of an entry: its figure, and the paths that end in it.
  private func row(_ index: Int, _ entry: NetworkOutline.Entry, _ lanes: inout [(from: Int, to: Int)?]) -> Line {
    let layer = facts.layers[entry.head]
    var line = Line(entry: index)
    let arriving = lanes.indices.filter { lanes[$0]?.to == index }
    line.lanes = symbol(layer)
    let last = arriving.last ?? -1
    for lane in lanes.indices {
      let isArriving = arriving.contains(lane)
      let isCrossed = lane < last && lanes[lane] != nil && !isArriving
      let before = lane <= last ? glyphs.dash : " "
      line.lanes +=
        before
        + (isArriving
          ? (lane == last ? glyphs.bottomRight : glyphs.cross)
          : isCrossed ? glyphs.cross : lane < last ? glyphs.dash : lanes[lane] != nil ? glyphs.vertical : " ")
    }
    for lane in arriving { lanes[lane] = nil }
    line.name = layer.shownName
    line.what = what(entry)
    let shown = facts.layers[entry.layers.upperBound - 1]
    line.shape = shown.shapeText(batch: facts.batch)
    line.parameters = parameters(entry)
    line.style = layer.family.style
    return line
  }

  /// The line under an entry from which paths leave.
  private func leave(_ index: Int, _ targets: [Int], _ lanes: inout [(from: Int, to: Int)?]) -> String {
    var places: [Int] = []
    for target in targets.sorted() {
      let place = lanes.firstIndex { $0 == nil } ?? lanes.count
      if place == lanes.count { lanes.append(nil) }
      lanes[place] = (index, target)
      places.append(place)
    }
    let last = places.max() ?? 0
    let continues = index + 1 < outline.entries.count && outline.continues(index + 1)
    var text = continues ? glyphs.branch : glyphs.bottomLeft
    for lane in lanes.indices {
      let isNew = places.contains(lane)
      text += lane <= last ? glyphs.dash : " "
      text +=
        isNew
        ? glyphs.topRight : lane < last ? (lanes[lane] != nil ? glyphs.cross : glyphs.dash) : lanes[lane] != nil ? glyphs.vertical : " "
    }
    return text
  }

  private func symbol(_ layer: DrawingFacts.Layer) -> String {
    switch LayerFigure(layer) {
    case .neurons: glyphs.neuron
    case .maps: glyphs.map
    case .junction: glyphs.sign(of: layer)
    case .bar: layer.family == .join ? glyphs.sign(of: layer) : layer.family == .regularization ? glyphs.gap : glyphs.bar
    }
  }

  /// What an entry does: `3x3 stride 2, batchnorm, relu`.
  private func what(_ entry: NetworkOutline.Entry) -> String {
    let layer = facts.layers[entry.head]
    var words: [String] = layer.namesItself ? [] : [sanitized(layer.kind)]
    if layer.window != nil {
      words.append(layer.windowText)
      if layer.strideText != "1" { words.append("stride " + layer.strideText) }
    }
    if let activation = layer.activation, layer.family != .activation || layer.kind == "Activation" { words.append(activation) }
    let tail = entry.tail.map { facts.layers[$0].word }
    return ((words.isEmpty ? [] : [words.joined(separator: " ")]) + tail).joined(separator: ", ")
  }

  private func parameters(_ entry: NetworkOutline.Entry) -> String {
    let layers = facts.layers[entry.layers]
    if layers.contains(where: { $0.family == .input }) { return "" }
    if layers.contains(where: { $0.parameters == nil }) { return "?" }
    return grouped(layers.reduce(0) { $0 + ($1.parameters ?? 0) })
  }

  /// The bracket beside entries that repeat, with the count in its middle.
  private func bracket(at index: Int, of lines: [Line]) -> String {
    guard let repeated = outline.repeats.first(where: { $0.entries.contains(lines[index].entry) }) else { return "" }
    let indices = lines.indices.filter { repeated.entries.contains(lines[$0].entry) && !lines[$0].name.isEmpty }
    guard let first = indices.first, let last = indices.last, (first...last).contains(index) else { return "" }
    let count = " x\(repeated.count)"
    if first == last { return glyphs.dash + count }
    let edge = index == first ? (glyphs.hasDots ? "╮" : ".") : index == last ? (glyphs.hasDots ? "╯" : "'") : glyphs.vertical
    return edge + (index == (first + last) / 2 ? count : "")
  }
}
