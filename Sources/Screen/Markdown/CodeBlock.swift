/// Code of a fence as it is drawn: its language above it, its words coloured, tables in it no wider than they need to be.
struct CodeBlock {
  /// The first word after the fence.
  let language: String
  /// The code, safe for a terminal.
  let lines: [String]
  /// The cells that it may take.
  let width: Int
  let repertoire: Repertoire

  /// How far code stands from the left.
  private static let indent = 4

  /// The lines, moved in. Programs are never broken, so that they can be copied; other text goes on under itself.
  var styled: [StyledText] {
    let room = max(width - Self.indent, 8)
    var colours = SyntaxColours(language: language)
    var result = language.isEmpty ? [] : [StyledText("  " + language, Style(dim: true, italic: true))]
    for line in CodeTable.squeezed(lines, to: room) {
      let text = colours.coloured(line)
      for piece in colours.isProgram || line.cellWidth <= room ? [text] : broken(text, room) {
        result.append(piece.isEmpty ? piece : StyledText(String(repeating: " ", count: Self.indent)) + piece)
      }
    }
    return result
  }

  /// A line that is too wide, its rest below it behind a mark; broken where blanks part its columns, else between words.
  private func broken(_ line: StyledText, _ room: Int) -> [StyledText] {
    let mark = StyledText(repertoire == .unicode ? "↪ " : "> ", .muted)
    let text = line.plain
    let style = line.spans.first?.style ?? .plain
    // The last run of blanks that leaves the first part long enough to be worth a line.
    let columns = text.ranges(of: /\S {2,}(?=\S)/).map { text.index(after: $0.lowerBound) }
    if let cut = columns.last(where: { (room / 2...room).contains(text[..<$0].cellWidth) }) {
      let rest = StyledText(String(text[cut...].drop { $0 == " " }), style)
      return [StyledText(String(text[..<cut]), style)]
        + (rest.cellWidth <= room - 2 ? [rest] : rest.wrapped(to: room - 2)).map { mark + $0 }
    }
    let wrapped = line.wrapped(to: room - 2)
    return wrapped.enumerated().map { $0 == 0 ? $1 : mark + $1 }
  }
}

/// Tables that are drawn with `+`, `-` and `|`.
enum CodeTable {
  /// The lines with tables made narrower where they are too wide: columns of padding are left out.
  static func squeezed(_ lines: [String], to width: Int) -> [String] {
    guard lines.contains(where: { isRow($0) && $0.cellWidth > width }) else { return lines }
    let rows = lines.indices.filter { isRow(lines[$0]) }
    var cells = rows.map { Array(lines[$0]) }
    let excess = (cells.map(\.count).max() ?? 0) - width
    var left = excess
    // From the right, so that names keep their place; of two equal columns of blanks or rules one is enough.
    var column = (cells.map(\.count).min() ?? 0) - 2
    while column >= 0, left > 0 {
      if cells.allSatisfy({ $0[column] == $0[column + 1] && " -=─═".contains($0[column]) }) {
        for row in cells.indices { cells[row].remove(at: column) }
        left -= 1
      }
      column -= 1
    }
    var result = lines
    for (row, index) in rows.enumerated() { result[index] = String(cells[row]) }
    return result
  }

  private static func isRow(_ line: String) -> Bool {
    guard let first = line.first, let last = line.last, line.count > 2 else { return false }
    return first == "+" && last == "+" || first == "|" && last == "|"
  }
}
