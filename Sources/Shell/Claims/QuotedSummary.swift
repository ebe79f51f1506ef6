import Deck
import Foundation

/// A table of layers that a deck quotes: Keras' summaries in all their frames, Markdown tables of the same columns, torchsummary's.
struct QuotedSummary {
  /// A layer of the table.
  struct Row {
    var line: Int
    /// Its name and kind without blanks, as the first column holds them, over several lines where it was wrapped.
    var title: String
    /// One sample's shape; nil where the table leaves it open.
    var shape: [Int]?
    /// Its parameters; nil where the table leaves them open.
    var count: Int?
    /// What the columns behind hold: the layers it is connected to.
    var rest: String

    /// The name, before the bracket.
    var name: String { String(title.prefix { $0 != "(" }) }
    /// The kind in lower case: "conv2d".
    var kind: String {
      let kind =
        title.firstIndex(of: "(").map { title[title.index(after: $0)...].prefix { $0 != ")" } }
        ?? title.prefix { $0.isLetter || $0.isNumber }
      let word = kind.filter { $0.isLetter || $0.isNumber }.lowercased()
      return title.contains("(") ? word : String(word.reversed().drop { $0.isNumber && !word.hasSuffix("d") }.reversed())
    }
  }

  /// A line under the table.
  struct Total {
    enum Kind { case all, trainable, frozen, optimizer }
    var kind: Kind
    var line: Int
    var count: Int
    /// The memory in brackets behind it: the number as printed, and bytes a unit.
    var memory: (text: String, unit: Double)?
  }

  var rows: [Row] = []
  var totals: [Total] = []
  /// Whether no row was left out.
  var isWhole = true

  /// The tables of a passage.
  static func tables(in lines: [Passage.Line]) -> [QuotedSummary] {
    var reader = QuotedSummaryReader()
    for line in lines where line.fence.map({ $0 != "gradus" }) ?? true { reader.take(line) }
    // No network has more layers; a file that has is no summary.
    return reader.finished().filter { $0.rows.count <= 500 }
  }
}

/// Reads tables of layers, a line at a time.
private struct QuotedSummaryReader {
  private var tables: [QuotedSummary] = []
  private var table = QuotedSummary()
  private var hasHeader = false
  private var last = 0
  private var pending: (line: Int, cells: [String])?

  private static let headings = LetterSearch(["shape", "forme", "sortie", "output"])
  // The regular expressions are never changed.
  private nonisolated(unsafe) static let shape =
    /[\[(]{1,2}\s*(None|\?|-1|\d+)((?:\s*,\s*(?:None|\?|\d+))*)\s*,?(?:\s*([\])]{1,2})|(?=\s{2,}))/
  private nonisolated(unsafe) static let count = /^\s*(\?+|\d[\d,_ \u{A0}\u{202F}']*)/
  private nonisolated(unsafe) static let total =
    /([^:=|]*)[:=|]\s*\**\s*(\d[\d,_ \u{A0}\u{202F}']*)\**\s*(?:\(\s*([\d.,]+)\s*(Bytes?|B|[KMG]i?[Bo]|octets?)\s*\))?/.ignoresCase()

  mutating func take(_ line: Passage.Line) {
    if line.number > last + 2 { finish() }
    let isNext = line.number == last + 1
    last = line.number
    let isASCII = line.text.utf8.allSatisfy { $0 < 0x80 }
    let text = isASCII ? line.text : String(line.text.map { "│┃|║".contains($0) ? "|" : $0 })
    let folded = CardLibrary.folded(text)
    if isHeader(folded) {
      finish()
      last = line.number
      hasHeader = true
      return
    }
    if folded.hasPrefix("model:") {
      finish()
      last = line.number
      return
    }
    if takeTotal(text, folded, line.number) { return }
    if takeCells(text, line.number) { return }
    flush()
    if takeRow(text, line.number) { return }
    let plain = text.filter { !$0.isWhitespace && $0 != "|" }
    if !table.rows.isEmpty, table.totals.isEmpty, plain == "..." || plain == "…" || plain == "⋮" || plain == "[...]" {
      table.isWhole = false
    }
    if isNext, table.totals.isEmpty { continueRow(text) }
  }

  /// A line of a table with columns: where the third is empty, it goes on with the cells of the line before.
  private mutating func takeCells(_ text: String, _ number: Int) -> Bool {
    let cells = text.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
    guard cells.count >= 4, hasHeader else { return false }
    let inner = Array(cells[(cells[0].isEmpty ? 1 : 0)...])
    guard inner.count >= 3 else { return false }
    if let pending, inner[2].isEmpty, pending.cells.count == inner.count {
      self.pending?.cells = zip(pending.cells, inner).map { $0 + $1 }
    } else {
      flush()
      pending = (number, inner)
    }
    return true
  }

  /// Takes the cells that wait for their next line.
  private mutating func flush() {
    guard let (line, cells) = pending else { return }
    pending = nil
    _ = takeRow(cells[0] + "  " + cells[1] + "  " + cells[2...].joined(separator: "  "), line)
  }

  private func isHeader(_ folded: String) -> Bool {
    QuotedSummaryReader.headings.isMentioned(in: folded) && folded.contains("param")
      && folded.filter { $0.isLetter }.count < 70 && folded.firstMatch(of: /\(\s*(none|\d+)\s*,/) == nil
  }

  private mutating func takeRow(_ text: String, _ number: Int) -> Bool {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") }),
      let match = text.firstMatch(of: QuotedSummaryReader.shape)
    else { return false }
    let first = String(match.1)
    let isOpen = first == "None" || first == "-1" || first == "?"
    guard isOpen || hasHeader else { return false }
    let title = text[..<match.range.lowerBound].filter { !$0.isWhitespace && $0 != "|" && $0 != "*" && $0 != "`" }
    guard let head = title.first, head.isLetter || head == "_", title.count <= 60,
      !title.contains(where: { ":;=.\"".contains($0) && $0 != "." })
    else { return false }
    let behind = text[match.range.upperBound...].drop { $0.isWhitespace || $0 == "|" || $0 == "*" }
    guard let counted = behind.firstMatch(of: QuotedSummaryReader.count) else { return false }
    if !hasHeader,
      !title.contains("(")
        || table.rows.isEmpty && LayerReadings.isUnknown(QuotedSummary.Row(line: 0, title: title, shape: nil, count: nil, rest: "").kind)
    {
      return false
    }
    if !table.totals.isEmpty || table.rows.contains(where: { $0.title == title }) { finish() }
    var dims = match.2.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    if !isOpen { dims.insert(first, at: 0) }
    var shape: [Int]? = dims.compactMap { Int($0) }
    // A shape that did not fit its column may lack digits.
    if match.3 == nil || shape?.count != dims.count || dims.isEmpty || !(shape ?? []).isPossible { shape = nil }
    // torchsummary puts the channels first.
    if first == "-1", let known = shape, known.count == 3 { shape = [known[1], known[2], known[0]] }
    let digits = counted.1.filter(\.isNumber)
    table.rows.append(
      QuotedSummary.Row(
        line: number, title: title, shape: shape, count: digits.count > 12 ? nil : Int(digits),
        rest: String(behind[counted.range.upperBound...])))
    return true
  }

  /// A title that did not fit its column goes on in the next line.
  private mutating func continueRow(_ text: String) {
    guard let row = table.rows.last, row.line == last - 1 || !row.title.hasSuffix(")") else { return }
    let word = text.trimmingCharacters(in: .whitespaces)
    guard !word.isEmpty, word.count < 40, word.allSatisfy({ $0.isLetter || $0.isNumber || "_()".contains($0) }), !row.title.hasSuffix(")")
    else { return }
    table.rows[table.rows.count - 1].title += word
  }

  private mutating func takeTotal(_ text: String, _ folded: String, _ number: Int) -> Bool {
    guard !table.rows.isEmpty || pending != nil, folded.contains("param"), folded.contains(where: \.isNumber),
      let match = text.firstMatch(of: QuotedSummaryReader.total)
    else {
      return false
    }
    let words = CardLibrary.folded(String(match.1)).filter { $0.isLetter || $0 == " " }.split(separator: " ")
    guard words.count <= 5, words.contains(where: { $0.hasPrefix("param") }) else { return false }
    let isTrainable = words.contains { $0.hasPrefix("train") || $0.hasPrefix("entrain") || $0.hasPrefix("nontrain") }
    let isNegated = words.contains { $0 == "non" || $0 == "not" || $0.hasPrefix("nontrain") }
    let isOptimizer = words.contains { $0.hasPrefix("optim") }
    guard isTrainable || isOptimizer || words.contains(where: { $0.hasPrefix("tota") }),
      let count = Int(match.2.filter(\.isNumber).prefix(16))
    else { return false }
    flush()
    var memory: (String, Double)?
    if let size = match.3, let unit = match.4 {
      let scale: Double =
        switch unit.lowercased().first {
        case "k": 1024;
        case "m": 1_048_576;
        case "g": 1_073_741_824;
        default: 1
        }
      memory = (String(size), scale)
    }
    table.totals.append(
      QuotedSummary.Total(
        kind: isOptimizer ? .optimizer : isNegated ? .frozen : isTrainable ? .trainable : .all, line: number, count: count, memory: memory))
    return true
  }

  private mutating func finish() {
    flush()
    if !table.rows.isEmpty { tables.append(table) }
    table = QuotedSummary()
    hasHeader = false
  }

  mutating func finished() -> [QuotedSummary] {
    finish()
    return tables
  }
}

extension Array<Int> {
  /// Whether a sample may have the shape: no length is 0, and products of its values do not overflow.
  var isPossible: Bool { allSatisfy { $0 > 0 } && reduce(1.0) { $0 * Double($1) } < 0x1p28 }
}
