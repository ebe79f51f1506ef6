import Foundation
import Shell

/// Draws a field with its points in cells of a terminal: with colours each cell has the colour of its value behind, else a character that is the
/// denser the higher the value; points stand over it, a letter a class.
///
/// Both colours of a cell are set, so that it looks alike on dark and on light backgrounds.
struct FieldCharacters {
  private let panel: Plot.Panel
  private let field: Plot.Field
  private let inColour: Bool
  private let columns: Int
  private let width, height: Int
  private let labelWidth: Int
  /// What stands beside places of the vertical axis.
  private let yNames: [Plot.Axis.Name]

  /// A drawing in a room of cells; a panel without a field gives an empty one.
  init(_ panel: Plot.Panel, columns: Int, rows: Int, inColour: Bool) {
    self.panel = panel
    self.columns = columns
    self.inColour = inColour
    field = panel.field ?? Plot.Field("", x: 0...1, y: 0...1, columns: 1, rows: 1, values: [0])
    let isNamed = panel.series.contains { !$0.name.isEmpty }
    // Title, axis, numbers, label and legend take a line each.
    let around =
      (panel.title.isEmpty ? 0 : 1) + 2 + (panel.x.label.isEmpty ? 0 : 1) + (isNamed ? 1 : 0) + (FieldCharacters.hasScale(field) ? 1 : 0)
    let yNames = FieldCharacters.names(panel.y, field.y, atMost: max(2, (rows - around) / 3), mostNames: rows - around)
    let labelWidth = max(yNames.map(\.text.cellWidth).max() ?? 1, 3)
    var (width, height) = (max(8, columns - labelWidth - 3), max(4, rows - around))
    if panel.hasEqualUnits {
      // A cell is twice as high as wide.
      let shape = (field.x.upperBound - field.x.lowerBound) / (field.y.upperBound - field.y.lowerBound) * 2
      if Double(width) > Double(height) * shape { width = max(8, Int(Double(height) * shape)) }
      if Double(width) < Double(height) * shape { height = max(4, Int(Double(width) / shape)) }
    }
    (self.width, self.height, self.labelWidth, self.yNames) = (width, height, labelWidth, yNames)
  }

  /// The names along an axis: its own, or round numbers.
  private static func names(_ axis: Plot.Axis, _ range: ClosedRange<Double>, atMost count: Int, mostNames: Int) -> [Plot.Axis.Name] {
    guard axis.names.isEmpty else {
      let step = (axis.names.count + mostNames - 1) / max(1, mostNames)
      return axis.names.enumerated().filter { $0.offset % max(1, step) == 0 }.map {
        Plot.Axis.Name($0.element.place, sanitized($0.element.text).truncated(to: 14))
      }
    }
    let ticks = Ticks(range, atMost: count)
    return ticks.places.map { Plot.Axis.Name($0, ticks.text($0)) }
  }

  /// The lines, each ended.
  var text: String {
    var lines: [String] = []
    let indent = String(repeating: " ", count: labelWidth + 2)
    if !panel.title.isEmpty { lines.append(indent + sanitized(panel.title).truncated(to: columns - indent.count)) }
    let marked = marks
    var labels = [Int: String]()
    for name in yNames { labels[row(name.place)] = name.text }
    for row in 0..<height {
      let label = labels[row] ?? ""
      lines.append(
        String(repeating: " ", count: max(0, labelWidth - label.cellWidth)) + label + (labels[row] == nil ? " |" : " +")
          + cells(row, marked[row]))
    }
    let (axis, numbers) = horizontalAxis
    lines += [indent.dropLast() + axis, indent.dropLast() + numbers]
    if !panel.x.label.isEmpty || !panel.y.label.isEmpty {
      let names = [panel.x.label, panel.y.label].filter { !$0.isEmpty }.map { sanitized($0) }
      lines.append(indent + "across: \(names[0])".truncated(to: columns - indent.count) + (names.count > 1 ? "   up: \(names[1])" : ""))
    }
    if let legend { lines.append(indent + legend) }
    if FieldCharacters.hasScale(field) { lines.append(indent + scale) }
    return lines.map { $0 + "\n" }.joined()
  }

  // MARK: - Cells

  /// What stands over the field in a cell.
  private struct Mark {
    var letter: Character
    var group: Int?
  }

  private func column(_ x: Double) -> Int {
    min(max(Int((x - field.x.lowerBound) / (field.x.upperBound - field.x.lowerBound) * Double(width)), -1), width)
  }

  private func row(_ y: Double) -> Int {
    min(
      max(Int((field.y.upperBound - y) / (field.y.upperBound - field.y.lowerBound) * Double(height)), -1),
      height - (y == field.y.lowerBound ? 1 : 0))
  }

  /// The marks of points, lines and notes, row by row.
  private var marks: [[Int: Mark]] {
    var marks = [[Int: Mark]](repeating: [:], count: height)
    func put(_ mark: Mark, _ column: Int, _ row: Int) {
      if (0..<height).contains(row), (0..<width).contains(column) { marks[row][column] = mark }
    }
    for (index, series) in panel.series.enumerated() {
      let group = series.group ?? index
      let letter = Character(PlotColours.letters[group % PlotColours.letters.count])
      let places = zip(series.x, series.y).filter { $0.isFinite && $1.isFinite }.map { (column($0), row($1)) }
      if series.look != .points {
        for (from, to) in zip(places, places.dropFirst()) {
          let steps = max(abs(to.0 - from.0), abs(to.1 - from.1), 1)
          for step in 0...steps {
            put(Mark(letter: "*", group: nil), from.0 + (to.0 - from.0) * step / steps, from.1 + (to.1 - from.1) * step / steps)
          }
        }
      }
      if series.look == .points { for place in places { put(Mark(letter: letter, group: group), place.0, place.1) } }
    }
    for note in panel.notes {
      for (offset, letter) in sanitized(note.text).truncated(to: 16).enumerated() {
        put(Mark(letter: letter, group: nil), column(note.x) + offset, row(note.y))
      }
    }
    return marks
  }

  /// The value in the middle of a cell.
  private func value(_ column: Int, _ row: Int) -> Float {
    let x = min(Int((Double(column) + 0.5) / Double(width) * Double(field.columns)), field.columns - 1)
    let y = min(Int((Double(height - 1 - row) + 0.5) / Double(height) * Double(field.rows)), field.rows - 1)
    return field.values[y * field.columns + x]
  }

  private func cells(_ row: Int, _ marks: [Int: Mark]) -> String {
    var text = ""
    var pen = ""
    for column in 0..<width {
      let value = value(column, row)
      let mark = marks[column]
      guard inColour else {
        text.append(mark?.letter ?? letter(of: value, column: column, row: row))
        continue
      }
      let behind = colour(of: value)
      var wanted = "\u{1B}[48;5;\(behind.terminalColour)m"
      if let mark {
        let isDark = behind.red * 3 + behind.green * 6 + behind.blue < 1000
        let front = mark.group.map { PlotColours.series($0).mixed(with: .black, 0.3) } ?? (isDark ? .white : .black)
        wanted += "\u{1B}[1;38;5;\(front.terminalColour)m"
      }
      if wanted != pen { text += "\u{1B}[0m" + wanted }
      pen = wanted
      text.append(mark?.letter ?? " ")
    }
    return inColour ? text + "\u{1B}[0m" : text
  }

  // MARK: - What a value looks like

  private func colour(of value: Float) -> RGB {
    guard value.isFinite else { return RGB(128, 128, 128) }
    switch field.meaning {
    case .classes: return PlotColours.region(Int(value))
    case .numbers: return PlotColours.at(place(of: value), of: PlotColours.rising)
    case .around where panel.series.isEmpty: return PlotColours.step(place(of: value))
    case .around: return PlotColours.at(place(of: value), of: PlotColours.aroundMiddle(isBackground: true))
    }
  }

  /// From 0 to 1 along the scale.
  private func place(of value: Float) -> Double {
    let range = field.shownRange
    return min(max((Double(value) - range.lowerBound) / (range.upperBound - range.lowerBound), 0), 1)
  }

  private static let ramp: [Character] = [" ", ".", ":", "-", "=", "+", "*", "%"]
  private static let fills: [Character] = [" ", ".", ":", "-", "'", "~", "\""]

  private func letter(of value: Float, column: Int, row: Int) -> Character {
    guard value.isFinite else { return "?" }
    switch field.meaning {
    case .classes: return Self.fills[Int(value) % Self.fills.count]
    case .numbers: return Self.ramp[min(Int(place(of: value) * Double(Self.ramp.count)), Self.ramp.count - 1)]
    // Where nothing stands over them, letters may be strong on both sides of the middle.
    case .around where panel.series.isEmpty: return ["=", "-", " ", "+", "#"][min(Int(place(of: value) * 5), 4)]
    // Four steps, of which the two upper ones are dotted: letters must stay readable on them.
    case .around: return [" ", " ", ".", ":"][min(Int(place(of: value) * 4), 3)]
    }
  }

  // MARK: - Around it

  private var horizontalAxis: (axis: String, numbers: String) {
    var axis = Array("+" + String(repeating: "-", count: width))
    var numbers = [Character](repeating: " ", count: max(columns - labelWidth - 1, width + 1))
    var free = 0
    for name in FieldCharacters.names(panel.x, field.x, atMost: max(2, width / 9), mostNames: width) {
      let column = min(column(name.place), width - 1) + 1
      let start = min(max(column - name.text.count / 2, 0), numbers.count - name.text.count)
      // Names that would run into each other are left off.
      guard start >= free else { continue }
      axis[column] = "+"
      for (offset, letter) in name.text.enumerated() { numbers[start + offset] = letter }
      free = start + name.text.count + 1
    }
    while numbers.last == " " { numbers.removeLast() }
    return (String(axis), String(numbers))
  }

  private var legend: String? {
    let named = panel.series.enumerated().filter { !$0.element.name.isEmpty }
    guard !named.isEmpty else { return nil }
    let entries = named.map { index, series in
      let group = series.group ?? index
      let letter = series.look == .points ? PlotColours.letters[group % PlotColours.letters.count] : "*"
      let shown = inColour ? "\u{1B}[1;38;5;\(PlotColours.series(group).terminalColour)m\(letter)\u{1B}[0m" : letter
      return shown + " " + sanitized(series.name).truncated(to: 24)
    }
    return entries.joined(separator: "   ")
  }

  private static func hasScale(_ field: Plot.Field) -> Bool { if case .classes = field.meaning { false } else { true } }

  /// The lowest value, the scale and the highest.
  private var scale: String {
    let range = field.shownRange
    let steps = columns < 60 ? 10 : 20
    let values = (0..<steps).map { Float(range.lowerBound + (Double($0) + 0.5) / Double(steps) * (range.upperBound - range.lowerBound)) }
    let ramp = values.map { value in
      inColour ? "\u{1B}[48;5;\(colour(of: value).terminalColour)m " : String(letter(of: value, column: 0, row: 0))
    }.joined()
    let ends = [range.lowerBound, range.upperBound].map { compact($0, digits: 3) }
    return "\(ends[0]) [\(ramp)\(inColour ? "\u{1B}[0m" : "")] \(ends[1])   "
      + sanitized(field.name).truncated(to: max(8, columns - labelWidth - 2 - ends[0].count - ends[1].count - steps - 7))
  }
}
