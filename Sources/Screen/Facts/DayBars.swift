import Shell

/// Draws how many cards come due on each day as bars that stand on a line.
enum DayBars {
  /// Rows of the highest bar.
  private static let height = 5

  static func lines(of days: [Int], on canvas: Canvas) -> [StyledText] {
    let total = days.reduce(0, +)
    guard total > 0, let highest = days.max() else {
      return StyledText("nothing comes due in the next \(days.count) days", .muted).wrapped(to: canvas.width)
    }
    let isUnicode = canvas.repertoire == .unicode
    let margin = max(3, grouped(highest).count)
    let room = canvas.width - margin - 2
    let cell = room >= 2 * days.count ? 2 : 1
    let shown = days.prefix(max(1, room / cell))
    var lines = [StyledText("due in the next \(shown.count) days: \(counted(shown.reduce(0, +), "card"))", Style(bold: true))]
    let rows = min(height, isUnicode ? height : max(2, highest))
    for row in stride(from: rows - 1, through: 0, by: -1) {
      let label = row == rows - 1 ? grouped(highest) : ""
      var line = StyledText(label.padded(to: margin, .right) + (isUnicode ? " │" : " |"), .muted)
      for count in shown {
        let mark = isUnicode ? block(count, of: highest, row, rows) : bar(count, of: highest, row, rows)
        line.append(String(repeating: mark, count: cell), Style(.accent))
      }
      lines.append(line)
    }
    let base = String(repeating: isUnicode ? "─" : "-", count: shown.count * cell)
    lines.append(StyledText("0".padded(to: margin, .right) + (isUnicode ? " └" : " +") + base, .muted))
    lines.append(StyledText(String(repeating: " ", count: margin + 2) + marks(shown.count, cell), .muted))
    return lines
  }

  /// An eighth of a row is the smallest step; what is not nothing is seen.
  private static func block(_ count: Int, of highest: Int, _ row: Int, _ rows: Int) -> String {
    guard count > 0 else { return " " }
    let eighths = max(1, (count * rows * 8 + highest / 2) / highest)
    let blocks = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return blocks[min(8, max(0, eighths - row * 8))]
  }

  private static func bar(_ count: Int, of highest: Int, _ row: Int, _ rows: Int) -> String {
    guard count > 0 else { return " " }
    return max(1, (count * rows + highest / 2) / highest) > row ? "#" : " "
  }

  /// `today`, and every seventh day.
  private static func marks(_ days: Int, _ cell: Int) -> String {
    var text = "today"
    for day in stride(from: 7, to: days, by: 7) where text.count < day * cell { text = text.padded(to: day * cell) + "+\(day)" }
    return text
  }
}
