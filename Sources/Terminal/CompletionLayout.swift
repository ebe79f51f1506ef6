import CEditline

/// A list of candidates as rows of text that fit a terminal.
enum CompletionLayout {
  /// As many candidates are shown one a row with their summaries; more stand in columns.
  static let summaryLimit = 16

  /// The rows for a terminal of that size; what does not fit its height is counted in the last row.
  static func rows(_ candidates: [CompletionList.Candidate], width: Int, height: Int) -> [String] {
    let room = max(width - 1, 8)
    let rows =
      candidates.count <= summaryLimit && candidates.contains { !$0.summary.isEmpty }
      ? withSummaries(candidates, room: room) : inColumns(candidates.map(\.text), room: room)
    let limit = max(height - 3, 4)
    guard rows.count > limit else { return rows }
    let perRow = max(1, (candidates.count + rows.count - 1) / rows.count)
    return rows.prefix(limit - 1) + [trimmed("... and \(candidates.count - min(candidates.count, (limit - 1) * perRow)) more", to: room)]
  }

  private static func withSummaries(_ candidates: [CompletionList.Candidate], room: Int) -> [String] {
    let widest = min(candidates.map { columnCount($0.text) }.max() ?? 0, room / 2)
    return candidates.map { candidate in
      let name = "  " + padded(candidate.text, to: widest)
      return candidate.summary.isEmpty ? trimmed(name, to: room) : trimmed(name + "  " + candidate.summary, to: room)
    }
  }

  // Down the columns, as `ls` does, for the eye follows an alphabet downwards.
  private static func inColumns(_ texts: [String], room: Int) -> [String] {
    let cell = (texts.map(columnCount).max() ?? 0) + 2
    let columns = max(1, (room + 2) / cell)
    let count = (texts.count + columns - 1) / columns
    return (0..<count).map { row in
      let line = stride(from: row, to: texts.count, by: count).map { padded(texts[$0], to: cell) }.joined()
      return trimmed(line, to: room)
    }
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - columnCount(text)))
  }

  private static func trimmed(_ text: String, to width: Int) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    guard columnCount(text) > width else { return text }
    while columnCount(text) > width - 3, !text.isEmpty { text.removeLast() }
    return text + "..."
  }
}

/// How many columns of a terminal the text takes.
func columnCount(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + Int(gradus_column_count($1.value)) }
}
