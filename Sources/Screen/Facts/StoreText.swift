import Shell

/// Tells where the store is, what it holds, and what became of it.
enum StoreText {
  static func lines(of facts: StoreFacts, on canvas: Canvas) -> [StyledText] {
    let contents = facts.contents
    let held = [
      counted(contents.reviews, "review"), "of " + counted(contents.cards, "card"), counted(contents.runs, "run"),
      "\(grouped(contents.bytes)) bytes",
    ].joined(separator: "  ")
    let file = facts.file ?? ""
    let head =
      switch facts.did {
      case .told: contents.file.path
      case .backedUp: "store \(canvas.arrow) \(file)"
      case .restored: "\(file) \(canvas.arrow) store"
      }
    var lines = StyledText(sanitized(head)).wrapped(to: canvas.width) + StyledText(held, .muted).wrapped(to: canvas.width)
    if let former = facts.former { lines += StyledText(sanitized("what was there is kept in \(former)"), .muted).wrapped(to: canvas.width) }
    return lines
  }
}
