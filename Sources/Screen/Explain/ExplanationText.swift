import Shell

/// Draws an explanation: the formula on the left, its numbers on the right, under a heading for each part.
enum ExplanationText {
  static func lines(of facts: ExplanationFacts, on canvas: Canvas) -> [StyledText] {
    var lines = StyledText(MathText.plain(sanitized(facts.title), on: canvas), Style(bold: true)).wrapped(to: canvas.width)
    for section in facts.sections {
      let shown = section.quantities.filter { !$0.isSilent }
      guard !shown.isEmpty || !section.notes.isEmpty else { continue }
      if !section.title.isEmpty {
        lines += [""] + StyledText(MathText.plain(sanitized(section.title), on: canvas), Style(.heading)).wrapped(to: canvas.width)
      }
      lines += rows(shown, canvas)
      for note in section.notes {
        lines += StyledText(MathText.plain(sanitized(note), on: canvas), .muted).wrapped(to: canvas.width - 2).map { StyledText("  ") + $0 }
      }
    }
    return lines
  }

  /// A quantity in two pieces: what it is called and how it is computed, then the numbers.
  private struct Row {
    let left: StyledText
    let right: StyledText
    let result: StyledText
    let aside: StyledText
    let meaning: String
  }

  private static func rows(_ quantities: [Quantity], _ canvas: Canvas) -> [StyledText] {
    var lines: [StyledText] = [], given: [StyledText] = []
    func flush() {
      lines += joined(given, canvas)
      given = []
    }
    let rows = quantities.map { row($0, canvas) }
    // The left column is as wide as most formulas need; a wider one has its numbers on the next line.
    let widths = rows.map(\.left.cellWidth).filter { $0 <= canvas.width * 4 / 9 }
    let column = widths.max() ?? 0
    // Words stand in a column of their own at the right, where the screen has room for one.
    let longest = canvas.width >= 100 ? min(40, rows.filter { !$0.right.isEmpty }.map(\.meaning.cellWidth).max() ?? 0) : 0
    let words = longest == 0 ? 0 : canvas.width - longest
    for (quantity, row) in zip(quantities, rows) {
      if quantity.isDisplay {
        flush()
        lines += display(quantity, canvas)
        continue
      }
      if quantity.formula.isEmpty, quantity.numbers.isEmpty, quantity.difference == nil {
        given.append(row.left + row.result)
        continue
      }
      flush()
      lines += placed(row, column, words: words, canvas)
    }
    flush()
    return lines.map(unglued)
  }

  /// A matrix in its own lines.
  private static func display(_ quantity: Quantity, _ canvas: Canvas) -> [StyledText] {
    Formula("\(quantity.notation) = \(quantity.numbers)").block(width: canvas.width - 2, canvas.repertoire)
      .map { StyledText("  ") + StyledText($0, Style(.formula)) }
  }

  private static func row(_ quantity: Quantity, _ canvas: Canvas) -> Row {
    func math(_ latex: String, _ style: Style = .plain) -> StyledText { StyledText(glued(MathText.line(latex, on: canvas)), style) }
    var left = math(quantity.notation, Style(.accent))
    let sign = math(quantity.relation)
    if !quantity.formula.isEmpty { left += StyledText(" ") + sign + StyledText(" ") + math(quantity.formula, Style(.formula)) }
    // Numbers that are the result already would only stand twice.
    let isResult = quantity.numbers == quantity.figure
    let equals = StyledText(quantity.relation.isEmpty ? "" : "= ")
    let right = quantity.numbers.isEmpty || isResult ? StyledText() : equals + math(quantity.numbers)
    var result = StyledText()
    if let figure = quantity.figure {
      let isGiven = quantity.formula.isEmpty && quantity.numbers.isEmpty
      result = StyledText(isGiven ? " = " : "= ") + math(figure, Style(bold: true))
    }
    let aside = quantity.differenceFigure.map { StyledText("finite difference ", .muted) + math($0, .muted) } ?? StyledText()
    return Row(left: left, right: right, result: result, aside: aside, meaning: MathText.plain(sanitized(quantity.meaning), on: canvas))
  }

  /// Lines break between terms, not inside of a product.
  private static func glued(_ line: String) -> String {
    var line = line
    for sign in ["·", "*", "/"] { line = line.replacing(" \(sign) ", with: "\u{A0}\(sign)\u{A0}") }
    return line.replacing("ln ", with: "ln\u{A0}")
  }

  // Once lines are broken, what held them together is a blank like others.
  private static func unglued(_ line: StyledText) -> StyledText {
    line.spans.reduce(into: StyledText()) { $0.append($1.text.replacing("\u{A0}", with: " "), $1.style) }
  }

  /// What has no formula: side by side.
  private static func joined(_ pieces: [StyledText], _ canvas: Canvas) -> [StyledText] {
    var lines: [StyledText] = []
    for piece in pieces {
      if let last = lines.last, last.cellWidth + 3 + piece.cellWidth <= canvas.width {
        lines[lines.count - 1] = last + StyledText("   ") + piece
      } else {
        lines.append(StyledText("  ") + piece)
      }
    }
    return lines.flatMap { $0.wrapped(to: canvas.width) }
  }

  private static func placed(_ row: Row, _ column: Int, words: Int, _ canvas: Canvas) -> [StyledText] {
    let indent = StyledText("  ")
    let room = canvas.width - column - 5
    var pieces = row.right.isEmpty ? [row.result] : [row.right, row.result]
    pieces.removeAll(where: \.isEmpty)
    var numbers: [StyledText] = []
    for piece in pieces {
      if let last = numbers.last, last.cellWidth + 1 + piece.cellWidth <= room {
        numbers[numbers.count - 1] = last + StyledText(" ") + piece
      } else {
        numbers += piece.wrapped(to: room)
      }
    }
    if !row.aside.isEmpty {
      if let last = numbers.last, last.cellWidth + 3 + row.aside.cellWidth <= room {
        numbers[numbers.count - 1] = last + StyledText("   ") + row.aside
      } else {
        numbers += row.aside.wrapped(to: room)
      }
    }
    var lines: [StyledText] = []
    let margin = StyledText(String(repeating: " ", count: column + 5))
    if row.left.cellWidth <= column, let first = numbers.first {
      lines.append(indent + row.left.padded(to: column) + StyledText("   ") + first)
      lines += numbers.dropFirst().map { margin + $0 }
    } else {
      lines += row.left.wrapped(to: canvas.width - 2).map { indent + $0 }
      lines += numbers.map { margin + $0 }
    }
    // Where there is room, what it is, in words.
    if let last = lines.last, !row.meaning.isEmpty, last.cellWidth + 3 <= words, words + row.meaning.cellWidth <= canvas.width {
      lines[lines.count - 1] = last.padded(to: words) + StyledText(row.meaning, .muted)
    }
    return lines
  }
}
