extension StyledText {
  /// One character with its style.
  fileprivate struct Cell {
    var character: Character
    var style: Style
  }

  /// Lines of at most `width` cells, broken at blanks; a word that is longer than a line is broken where the line ends.
  ///
  /// A line feed always breaks. No line begins with `:`, `;`, `!`, `?` or `»` that a blank parts from its word, as French writes them. A
  /// no-break space never breaks and is given out as a blank.
  ///
  /// - Returns: at least one line; an empty text is one empty line.
  public func wrapped(to width: Int, ellipsis: Bool = false) -> [StyledText] {
    let width = max(width, 1)
    var lines: [StyledText] = []
    for paragraph in cells.split(omittingEmptySubsequences: false, whereSeparator: { $0.character == "\n" }) {
      lines += Self.wrap(paragraph, to: width, ellipsis: ellipsis)
    }
    return lines
  }

  private var cells: [Cell] { spans.flatMap { span in span.text.map { Cell(character: $0, style: span.style) } } }

  private static func wrap(_ cells: ArraySlice<Cell>, to width: Int, ellipsis: Bool) -> [StyledText] {
    var lines: [StyledText] = []
    var line: [Cell] = []
    var used = 0
    for word in words(cells) {
      var rest = word.letters[...]
      var length = rest.cellWidth
      if !line.isEmpty, used + word.blanks.count + length > width {
        lines.append(text(line))
        line = []
        used = 0
      }
      if !line.isEmpty || lines.isEmpty {
        // Blanks at the very beginning indent; blanks where a line was broken are dropped.
        let blanks = word.blanks.prefix(max(0, width - used))
        line += blanks
        used += blanks.count
      }
      if ellipsis, length > width {
        line += rest.prefix(cellsWide: width - 1) + [Cell(character: "…", style: rest.first?.style ?? .plain)]
        used = width
        continue
      }
      while used + length > width {
        let head = rest.prefix(cellsWide: width - used)
        // A wide character in one cell's room: it goes out as it is, else nothing would ever end.
        let taken = head.isEmpty && line.isEmpty ? rest.prefix(1) : head
        lines.append(text(line + taken))
        rest = rest.dropFirst(taken.count)
        length -= taken.cellWidth
        line = []
        used = 0
      }
      line += rest
      used += length
    }
    if !line.isEmpty || lines.isEmpty { lines.append(text(line)) }
    return lines
  }

  /// Blanks and the letters after them.
  private struct Word {
    var blanks: [Cell] = []
    var letters: [Cell] = []
  }

  private static func words(_ cells: ArraySlice<Cell>) -> [Word] {
    var words: [Word] = []
    var word = Word()
    for (index, cell) in zip(cells.indices, cells) {
      if cell.character == " ", !(isGlue(cells, index) && !word.letters.isEmpty) {
        if !word.letters.isEmpty {
          words.append(word)
          word = Word()
        }
        word.blanks.append(cell)
      } else {
        word.letters.append(cell)
      }
    }
    if !word.letters.isEmpty { words.append(word) }
    return words
  }

  /// Whether the blank at `index` holds French punctuation to its word.
  private static func isGlue(_ cells: ArraySlice<Cell>, _ index: Int) -> Bool {
    if index > cells.startIndex, cells[index - 1].character == "«" { return true }
    guard index + 1 < cells.endIndex, ":;!?»".contains(cells[index + 1].character) else { return false }
    return index + 2 == cells.endIndex || cells[index + 2].character == " "
  }

  private static func text(_ cells: [Cell]) -> StyledText {
    var result = StyledText()
    var run = ""
    var style = cells.first?.style ?? .plain
    for cell in cells {
      if cell.style != style {
        result.append(run, style)
        run = ""
        style = cell.style
      }
      run.append(cell.character == "\u{A0}" || cell.character == "\u{202F}" ? " " : cell.character)
    }
    result.append(run, style)
    return result
  }

  /// This line without blanks at its end, unless they are cells of a picture.
  var withoutTrailingBlanks: StyledText {
    var result = StyledText()
    var kept = spans[...]
    func isBlank(_ span: Span) -> Bool { span.style.colours == nil && span.style.picture == nil && span.text.allSatisfy { $0 == " " } }
    while let last = kept.last, isBlank(last) { kept.removeLast() }
    for (index, span) in zip(kept.indices, kept) {
      var text = span.text
      if index == kept.indices.last, span.style.colours == nil, span.style.picture == nil { while text.last == " " { text.removeLast() } }
      result.append(text, span.style)
    }
    return result
  }
}

extension ArraySlice where Element == StyledText.Cell {
  fileprivate var cellWidth: Int { reduce(0) { $0 + $1.character.cellWidth } }

  fileprivate func prefix(cellsWide width: Int) -> Self {
    var used = 0
    return prefix {
      used += $0.character.cellWidth
      return used <= width
    }
  }
}
