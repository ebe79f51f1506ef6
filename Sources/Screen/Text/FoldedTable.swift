extension TextTable {
  /// The rows as text for a screen that is too narrow for the columns: the first cell of each stands alone, under it the others behind the titles of
  /// their columns. What has no title is told without one, and empty cells are not told.
  func folded(width: Int) -> [StyledText] {
    rows.flatMap { row -> [StyledText] in
      let cells = zip(columns, row).map { column, cell in TextTable.piece(column.title, cell) }
      guard let head = cells.first else { return [] }
      let rest = zip(cells, row).dropFirst().filter { !$1.isEmpty }.map(\.0)
      let room = max(1, width - 2)
      var text = StyledText()
      for (index, piece) in rest.enumerated() {
        if index > 0 { text.append(" ") }
        var piece = piece
        // A word that fills its line has no room for a comma, and needs none.
        let last = piece.plain.split(whereSeparator: \.isWhitespace).last.map(\.cellWidth) ?? 0
        if index < rest.count - 1, last != room { piece.append(",") }
        text.append(piece.cellWidth <= room ? piece.unbroken : piece)
      }
      return head.wrapped(to: width) + (text.isEmpty ? [] : text.wrapped(to: room).map { StyledText("  ") + $0 })
    }
  }

  /// A cell behind its column's title.
  private static func piece(_ title: StyledText, _ cell: StyledText) -> StyledText {
    guard !title.isEmpty else { return cell }
    return title.restyled { $0.dim = true } + " " + cell
  }
}

extension StyledText {
  /// The same text, which no line breaks.
  fileprivate var unbroken: StyledText {
    var result = StyledText()
    for span in spans { result.append(span.text.replacing(" ", with: "\u{A0}"), span.style) }
    return result
  }
}
