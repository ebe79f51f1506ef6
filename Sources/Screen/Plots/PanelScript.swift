import Shell

/// The commands for one panel: its data as named blocks, its axes, and `plot`.
struct PanelScript {
  let panel: Plot.Panel
  private let number: Int
  let target: PlotTarget
  var isCharacters: Bool { target.isCharacters }
  /// Whether it is one of several, with less room for words.
  let isSmall: Bool

  init(_ panel: Plot.Panel, number: Int, target: PlotTarget, isSmall: Bool) {
    self.panel = target.isCharacters ? panel.apart : panel
    self.number = number
    self.target = target
    self.isSmall = isSmall
  }

  var lines: [String] {
    if !panel.pictures.isEmpty { return PictureGridScript(panel, number: number).lines }
    var lines = blocks
    lines += isCharacters ? ["set tics nomirror scale 0.5", "set border 3"] : Self.look
    if !isCharacters {
      lines +=
        isSmall ? ["set title offset 0,-0.4"] : ["set lmargin \(leftMargin)", "set bmargin \(panel.field != nil && isNamed ? 6.2 : 4.2)"]
    }
    for (name, text) in [("title", panel.title), ("xlabel", panel.x.label), ("ylabel", panel.y.label)] where !text.isEmpty {
      // A label of the vertical axis is written downwards in characters, which nobody reads: it goes into the title's line.
      if isCharacters, name == "ylabel" || name == "xlabel" && isSmall { continue }
      lines.append("set \(name) \(PlotScript.quoted(PlotScript.shown(text, to: mostLetters))) noenhanced")
    }
    if isCharacters, panel.title.isEmpty, !panel.y.label.isEmpty {
      lines.append("set title \(PlotScript.quoted(PlotScript.shown(panel.y.label))) noenhanced")
    }
    lines += axes
    if let field = panel.field { lines += Self.palette(of: field, hasSeries: !panel.series.isEmpty) }
    for note in panel.notes where note.isCentred { lines.append(centred(note)) }
    for note in panel.notes where !note.isCentred {
      lines.append(
        "set label \(PlotScript.quoted(PlotScript.shown(note.text, to: 30))) at \(note.x),\(note.y) offset 0.6,0.6 front"
          + "\(panel.field == nil || isCharacters ? "" : " textcolor rgb '#ffffff'") noenhanced")
    }
    lines.append(key)
    lines.append("plot " + curves.joined(separator: ", \\\n  "))
    return lines
  }

  /// A word in the middle of a cell, white where the cell is dark.
  private func centred(_ note: Plot.Note) -> String {
    let place = "\(note.x),\(note.y) center front textcolor rgb"
    return
      "set label \(PlotScript.quoted(PlotScript.shown(note.text, to: 30))) at \(place) '\(isDark(note) ? "#ffffff" : "#000000")' noenhanced"
  }

  private func isDark(_ note: Plot.Note) -> Bool {
    guard let field = panel.field else { return false }
    let (column, row) = (Int((note.x - field.x.lowerBound) / field.cellWidth), Int((note.y - field.y.lowerBound) / field.cellHeight))
    guard (0..<field.columns).contains(column), (0..<field.rows).contains(row) else { return false }
    let range = field.shownRange
    let place = (Double(field.values[row * field.columns + column]) - range.lowerBound) / (range.upperBound - range.lowerBound)
    return PlotColours.at(place, of: PlotColours.rising).isDark
  }

  /// Lines and colours of pictures: a light grid behind, no frame above and at the right.
  private static let look = [
    "set border 3 linewidth 1 linecolor rgb '#555555'", "set tics nomirror out scale 0.6 textcolor rgb '#333333'",
    "set grid back linetype 1 linewidth 0.6 linecolor rgb '#dddddd'", "set title offset 0,0.3 textcolor rgb '#222222'",
    "set xlabel textcolor rgb '#333333'", "set ylabel textcolor rgb '#333333'",
  ]

  /// Room for the names beside the vertical axis.
  private var leftMargin: Int { max(11, (panel.y.names.map { min($0.text.cellWidth, 18) }.max() ?? 0) + 6) }

  /// Whether the names below the horizontal axis would run into each other.
  var isCrowded: Bool { !isCharacters && panel.x.names.reduce(0) { $0 + $1.text.cellWidth + 2 } > (isSmall ? 30 : 60) }

  // MARK: - Data

  private var fieldBlock: String { "$field\(number)" }
  private var contourBlock: String { "$levels\(number)" }
  private func seriesBlock(_ index: Int) -> String { "$series\(number)_\(index)" }

  private var contours: [Contours.Path] { panel.field.map(Contours.paths) ?? [] }

  private var blocks: [String] {
    var lines: [String] = []
    if let field = panel.field {
      lines.append("\(fieldBlock) << EOD")
      for row in 0..<field.rows {
        lines.append(field.values[(row * field.columns)..<((row + 1) * field.columns)].map(Self.text).joined(separator: " "))
      }
      lines.append("EOD")
      let paths = contours
      if !paths.isEmpty {
        lines.append("\(contourBlock) << EOD")
        lines += paths.map { path in path.points.map { "\(Float($0.x)) \(Float($0.y))" }.joined(separator: "\n") + "\n" }
        lines.append("EOD")
      }
    }
    for (index, series) in panel.series.enumerated() {
      lines.append("\(seriesBlock(index)) << EOD")
      lines += zip(series.x, series.y).map { $1.isFinite ? "\($0) \($1)" : "\($0) NaN" }
      lines.append("EOD")
    }
    return lines
  }

  private static func text(_ value: Float) -> String { value.isFinite ? "\(value)" : "NaN" }

  private static func palette(of field: Plot.Field, hasSeries: Bool) -> [String] {
    func scale(_ colours: [RGB]) -> String {
      "set palette defined (" + colours.enumerated().map { "\($0) '\($1.hexadecimal)'" }.joined(separator: ", ") + ")"
    }
    if case .classes(let names) = field.meaning {
      let count = max(2, names.count)
      return [
        scale((0..<count).map(PlotColours.region)) + " maxcolors \(count)", "set cbrange [-0.5:\(Double(count) - 0.5)]", "unset colorbox",
      ]
    }
    let range = field.shownRange
    var lines = [scale(PlotColours.rising)]
    if case .around = field.meaning { lines = [scale(PlotColours.aroundMiddle(isBackground: hasSeries))] }
    lines.append("set cbrange [\(range.lowerBound):\(range.upperBound)]")
    if !field.name.isEmpty { lines.append("set cblabel \(PlotScript.quoted(PlotScript.shown(field.name))) noenhanced") }
    return lines
  }

  private var isNamed: Bool { panel.series.contains { !$0.name.isEmpty } }

  /// How long a word over or under the panel may be.
  private var mostLetters: Int {
    if case .characters(let columns, _, _, _) = target { return max(8, columns - 4) }
    return isSmall ? 60 : 100
  }

  private var key: String {
    guard isNamed else {
      return isCharacters || isSmall ? "unset key" : "unset key\nset rmargin 4"
    }
    if isCharacters, isSmall { return "unset key" }
    if isCharacters { return "set key bmargin center horizontal samplen 4 width 2 noenhanced" }
    if isSmall { return "set key top left Left reverse samplen 1.5 noenhanced" }
    if panel.field != nil { return "set key outside bottom center horizontal Left reverse samplen 1 width 2 noenhanced" }
    return "set key outside top right vertical Left reverse samplen 2 spacing 1.15 noenhanced"
  }

  // MARK: - Curves

  private var curves: [String] {
    var parts: [String] = []
    if let field = panel.field {
      let (width, height) = (field.cellWidth, field.cellHeight)
      parts.append(
        "\(fieldBlock) matrix using (\(field.x.lowerBound)+($1+0.5)*\(width)):(\(field.y.lowerBound)+($2+0.5)*\(height)):3 "
          + "with image notitle")
      if !contours.isEmpty {
        let isNumbers = if case .numbers = field.meaning { true } else { false }
        parts.append("\(contourBlock) with lines linewidth 1.2 linecolor rgb '\(isNumbers ? "#eeeeee" : "#333333")' notitle")
      }
    }
    for (index, series) in panel.series.enumerated() { parts += curve(series, index) }
    // A panel of words alone still wants its axes.
    return parts.isEmpty ? ["NaN notitle"] : parts
  }

  private func curve(_ series: Plot.Series, _ index: Int) -> [String] {
    let group = series.group ?? index
    let title = series.name.isEmpty ? "notitle" : "title \(PlotScript.quoted(PlotScript.shown(series.name))) noenhanced"
    let colour = "linecolor rgb '\(PlotColours.series(group).hexadecimal)'"
    let mark = PlotColours.marks[group % PlotColours.marks.count]
    let alone = series.x.count == 1
    let data = "\(seriesBlock(index)) using 1:2 with"
    if isCharacters {
      // Characters have no line types: the mark tells the curves apart.
      let letter = alone && series.look != .points ? "*" : PlotColours.letters[group % PlotColours.letters.count]
      let isPoints = series.look == .points || alone
      return ["\(data) \(isPoints ? "points pointtype '\(letter)'" : "lines linetype \(group + 1)") \(colour) \(title)"]
    }
    // Points on a field stand out from it by a white rim.
    let size = isSmall ? 0.6 : 0.9
    let rim = "\(data) points pointtype \(mark) pointsize \(size * 1.45) linecolor rgb '#ffffff' notitle"
    let isOnField = panel.field != nil
    switch series.look {
    case _ where alone, .points:
      return (isOnField ? [rim] : []) + ["\(data) points pointtype \(mark) pointsize \(size) \(colour) \(title)"]
    case .line: return ["\(data) lines linewidth 2 \(colour) \(title)"]
    case .dashed: return ["\(data) lines linewidth 2 dashtype (8,5) \(colour) \(title)"]
    case .linePoints:
      return ["\(data) linespoints linewidth 2 pointtype \(mark) pointsize \(isOnField ? 0.45 : size * 0.9) \(colour) \(title)"]
    }
  }
}

extension Plot.Panel {
  /// The same with a number of its own for each line. Characters have no dashes, which tell curves of one colour apart elsewhere: training and
  /// validation of a run.
  fileprivate var apart: Plot.Panel {
    let groups = series.filter { $0.look == .line || $0.look == .dashed }.map(\.group)
    guard Set(groups).count < groups.count else { return self }
    var panel = self
    for index in panel.series.indices { panel.series[index].group = index }
    return panel
  }
}

extension Plot.Field {
  /// The size of a cell.
  var cellWidth: Double { (x.upperBound - x.lowerBound) / Double(columns) }
  var cellHeight: Double { (y.upperBound - y.lowerBound) / Double(rows) }

  /// The ends of the scale of colours: as wanted, or those of the values, the same distance on both sides of a middle.
  var shownRange: ClosedRange<Double> {
    if let range { return range }
    let finite = values.lazy.filter(\.isFinite).map(Double.init)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    if case .around(let middle) = meaning {
      let reach = max(abs(low - middle), abs(high - middle), 1e-30)
      return middle - reach...middle + reach
    }
    return low < high ? low...high : low - 0.5...low + 0.5
  }
}
