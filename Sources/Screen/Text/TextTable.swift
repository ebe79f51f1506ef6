/// A table drawn with lines, whose cells wrap.
public struct TextTable: Sendable {
  /// How one column looks.
  public struct Column: Sendable {
    /// What stands above the column.
    public var title: StyledText
    /// Where the cells' text stands.
    public var alignment: Alignment
    /// The width of the text in cells, nil to fit what the column holds.
    public var width: Int?

    /// A column.
    public init(_ title: StyledText, _ alignment: Alignment = .left, width: Int? = nil) {
      self.title = title
      self.alignment = alignment
      self.width = width
    }
  }

  /// The lines of a table.
  public enum Frame: Sendable, Equatable {
    /// A thin frame, a line under the header.
    case thin
    /// As Keras 3 prints: a heavy header, a line between any two rows.
    case heavyHeader
    /// No frame at all: columns parted by two blanks.
    case none
  }

  /// The columns from left to right.
  public var columns: [Column]
  /// The rows from top to bottom; missing cells are empty, those beyond the columns are not shown.
  public var rows: [[StyledText]]
  /// The lines around and between.
  public var frame: Frame
  /// Whether a word too long for its column ends in `…` instead of being broken.
  public var ellipsis: Bool
  /// Whether rows are told as text where columns would break words.
  public var folds: Bool

  /// A table.
  public init(_ columns: [Column], rows: [[StyledText]] = [], frame: Frame = .thin, ellipsis: Bool = false, folds: Bool = false) {
    self.columns = columns
    self.rows = rows
    self.frame = frame
    self.ellipsis = ellipsis
    self.folds = folds
  }

  /// The table's lines, none wider than `width` cells unless the columns' number makes that impossible.
  public func lines(width: Int = .max, repertoire: Repertoire = .unicode) -> [StyledText] {
    guard !columns.isEmpty else { return [] }
    if folds, !holdsWords(within: width) { return folded(width: width) }
    let widths = columnWidths(within: width)
    let glyphs = FrameGlyphs(frame, repertoire)
    let hasHeader = columns.contains { !$0.title.isEmpty }
    var lines: [StyledText] = []
    func rule(_ rule: FrameGlyphs.Rule?) {
      guard let rule else { return }
      lines.append(StyledText(rule.line(over: widths), .muted))
    }
    rule(hasHeader ? glyphs.top : glyphs.plainTop)
    if hasHeader {
      lines += band(columns.map { $0.title.restyled { $0.bold = true } }, widths, glyphs.headerBar, bottom: true)
      rule(glyphs.underHeader)
    }
    for (index, row) in rows.enumerated() {
      if index > 0 { rule(glyphs.between) }
      lines += band(row, widths, glyphs.bar, bottom: false)
    }
    rule(glyphs.bottom)
    return lines
  }

  /// One row as lines; `bottom` says that short cells stand at the band's lower edge.
  private func band(_ row: [StyledText], _ widths: [Int], _ bar: String, bottom: Bool) -> [StyledText] {
    let cells = zip(columns.indices, widths).map { index, width in
      index < row.count ? row[index].wrapped(to: width, ellipsis: ellipsis) : [StyledText()]
    }
    let height = cells.map(\.count).max() ?? 1
    return (0..<height).map { number in
      var line = StyledText(bar.isEmpty ? "" : bar + " ", .muted)
      for (index, cell) in cells.enumerated() {
        let number = bottom ? number - (height - cell.count) : number
        let part = cell.indices.contains(number) ? cell[number] : StyledText()
        if index > 0 { line.append(bar.isEmpty ? "  " : " \(bar) ", .muted) }
        line.append(part.padded(to: widths[index], columns[index].alignment))
      }
      if !bar.isEmpty { line.append(" " + bar, .muted) }
      return line
    }
  }

  /// The cells that the text of a column takes where it is broken into parts.
  private func greatest(_ index: Int, of parts: (String) -> [Substring]) -> Int {
    let cells = [columns[index].title] + rows.map { index < $0.count ? $0[index] : StyledText() }
    return max(1, cells.flatMap { parts($0.plain).map(\.cellWidth) }.max() ?? 1)
  }

  /// The cells of the longest word of each column.
  private var wordWidths: [Int] { columns.indices.map { index in greatest(index) { $0.split(whereSeparator: \.isWhitespace) } } }

  /// The cells that lines and gaps leave to the columns.
  private func room(within width: Int) -> Int {
    let lines = frame == .none ? 2 * (columns.count - 1) : 3 * columns.count + 1
    return max(width == .max ? .max : width - lines, columns.count)
  }

  /// Whether the columns fit without a broken word.
  private func holdsWords(within width: Int) -> Bool {
    zip(columns, wordWidths).reduce(0) { $0 + ($1.0.width ?? $1.1) } <= room(within: width)
  }

  /// What each column gets: its natural width, the widest ones made narrower until the table fits; words are broken only where that is not enough.
  private func columnWidths(within width: Int) -> [Int] {
    var widths = columns.indices.map { index in columns[index].width ?? greatest(index) { $0.split(separator: "\n") } }
    let room = room(within: width)
    guard widths.reduce(0, +) > room else { return widths }
    for least in [wordWidths, columns.map { _ in 1 }] {
      while widths.reduce(0, +) > room {
        let flexible = widths.indices.filter { columns[$0].width == nil && widths[$0] > least[$0] }
        guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
        widths[widest] -= 1
      }
    }
    return widths
  }
}

/// The characters of a table's lines.
struct FrameGlyphs {
  /// A horizontal line: its left end, dash, crossing and right end.
  struct Rule {
    var left, dash, cross, right: String

    init(_ characters: String) {
      let parts = characters.map(String.init)
      (left, dash, cross, right) = (parts[0], parts[1], parts[2], parts[3])
    }

    /// The line over columns of the given widths.
    func line(over widths: [Int]) -> String {
      left + widths.map { String(repeating: dash, count: $0 + 2) }.joined(separator: cross) + right
    }
  }

  var top, plainTop, underHeader, between, bottom: Rule?
  var headerBar = "", bar = ""

  init(_ frame: TextTable.Frame, _ repertoire: Repertoire) {
    switch (frame, repertoire) {
    case (.none, _): break
    case (.thin, .unicode):
      (top, plainTop, underHeader, bottom) = (Rule("┌─┬┐"), Rule("┌─┬┐"), Rule("├─┼┤"), Rule("└─┴┘"))
      (headerBar, bar) = ("│", "│")
    case (.heavyHeader, .unicode):
      (top, plainTop, underHeader, between, bottom) = (Rule("┏━┳┓"), Rule("┌─┬┐"), Rule("┡━╇┩"), Rule("├─┼┤"), Rule("└─┴┘"))
      (headerBar, bar) = ("┃", "│")
    case (.thin, .ascii), (.heavyHeader, .ascii):
      (top, plainTop, bottom) = (Rule("+-++"), Rule("+-++"), Rule("+-++"))
      underHeader = frame == .thin ? Rule("+-++") : Rule("+=++")
      between = frame == .thin ? nil : Rule("+-++")
      (headerBar, bar) = ("|", "|")
    }
  }
}
