import CEditline

/// A list of candidates as rows of text that fit a terminal.
///
/// Where all have room they stand one a row with their summaries. More stand in columns by their names alone; asked again, pages of them tell
/// their summaries too.
enum CompletionLayout {
  /// The rows for a terminal of that size. Only those that are shown are made: there may be thousands.
  ///
  /// - Parameter page: 0 for the first look; from 1 the page of summaries that comes next, round and round.
  static func rows(_ candidates: [CompletionList.Candidate], width: Int, height: Int, page: Int = 0) -> [String] {
    let room = max(width - 1, 8)
    let limit = max(height - 3, 4)
    let isTold = candidates.contains { !$0.summary.isEmpty }
    if isTold, candidates.count <= limit { return withSummaries(candidates[...], room: room) }
    let columns = Columns(candidates.map(\.text), room: room)
    // A row of names hides nothing, but one that does not fit is no overview.
    if page == 0, columns.rows < limit || !isTold && columns.rows == limit {
      let names = columns.lines(0..<columns.rows)
      return isTold ? names + [trimmed("Tab again: what they are", to: room)] : names
    }
    let length = limit - 1
    let count = isTold ? candidates.count : columns.rows
    let pages = (count + length - 1) / length
    let shown = (isTold && columns.rows < limit ? page - 1 : page) % pages
    let part = (shown * length)..<min(count, (shown + 1) * length)
    let rows = isTold ? withSummaries(candidates[part], room: room) : columns.lines(part)
    return rows + [trimmed("page \(shown + 1) of \(pages); Tab again: the next", to: room)]
  }

  private static func withSummaries(_ candidates: ArraySlice<CompletionList.Candidate>, room: Int) -> [String] {
    let widest = min(candidates.map { columnCount($0.text) }.max() ?? 0, room / 2)
    return candidates.map { candidate in
      let name = "  " + padded(candidate.text, to: widest)
      return candidate.summary.isEmpty ? trimmed(name, to: room) : trimmed(name + "  " + candidate.summary, to: room)
    }
  }

  /// Names down the columns, as `ls` has them, for the eye follows an alphabet downwards.
  private struct Columns {
    let texts: [String]
    let room, cell, rows: Int

    init(_ texts: [String], room: Int) {
      (self.texts, self.room) = (texts, room)
      cell = (texts.map(columnCount).max() ?? 0) + 2
      let columns = max(1, (room + 2) / cell)
      rows = (texts.count + columns - 1) / columns
    }

    func lines(_ part: Range<Int>) -> [String] {
      part.map { row in
        trimmed(stride(from: row, to: texts.count, by: rows).map { padded(texts[$0], to: cell) }.joined(), to: room)
      }
    }
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - columnCount(text)))
  }

  /// The text within a width; a cut is made between words where one is near, and shown by points.
  private static func trimmed(_ text: String, to width: Int) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    guard columnCount(text) > width else { return text }
    while columnCount(text) > width - 3, !text.isEmpty { text.removeLast() }
    if let blank = text.lastIndex(of: " "), text.distance(from: blank, to: text.endIndex) <= max(4, width / 8),
      text[..<blank].contains(where: { $0 != " " })
    {
      text = String(text[..<blank])
    }
    while text.last == " " { text.removeLast() }
    return text + "..."
  }
}

/// How many columns of a terminal the text takes.
func columnCount(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + Int(gradus_column_count($1.value)) }
}
