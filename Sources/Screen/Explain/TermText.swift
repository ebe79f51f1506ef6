import Shell

/// Draws a term: its text, its formula, something to try, cards and other terms.
enum TermText {
  static func lines(of facts: TermFacts, on canvas: Canvas) -> [StyledText] {
    let term = facts.term
    let labels = term.isFrench ? ("à essayer", "cartes", "voir aussi") : ("try", "cards", "see also")
    var title = StyledText(sanitized(term.name), Style(.heading))
    if !term.aliases.isEmpty { title.append("   " + sanitized(term.aliases.joined(separator: ", ")), .muted) }
    var lines = title.wrapped(to: canvas.width) + MarkdownRenderer.lines(of: term.paragraph, on: canvas)
    if let formula = term.formula {
      lines.append("")
      lines += Formula(formula).block(width: canvas.width - 2, canvas.repertoire).map { StyledText("  ") + StyledText($0, Style(.formula)) }
    }
    if !term.commands.isEmpty {
      lines += ["", label(labels.0)]
      lines += term.commands.map { StyledText("  ") + StyledText(sanitized($0), Style(.code)) }
    }
    if !facts.cards.isEmpty {
      lines += ["", label(labels.1)]
      lines += facts.cards.map { card in
        StyledText("  \(card.id)  ", .muted)
          + StyledText(MarkdownRenderer.title(card.question, width: max(20, canvas.width - card.id.count - 4), on: canvas))
      }
    }
    if !term.related.isEmpty {
      let head = label(labels.2) + StyledText("   ")
      let others = StyledText(sanitized(term.related.joined(separator: ", "))).wrapped(to: max(20, canvas.width - head.cellWidth))
      let indent = StyledText(String(repeating: " ", count: head.cellWidth))
      lines += [""] + others.enumerated().map { ($0 == 0 ? head : indent) + $1 }
    }
    return lines
  }

  private static func label(_ text: String) -> StyledText { StyledText(text, Style(bold: true)) }
}
