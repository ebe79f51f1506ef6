/// One line of a file as its reader sees it: comments taken out, fenced code told from text.
struct ScannedLine {
  /// What a line is.
  enum Kind: Equatable {
    /// Text, or a blank line.
    case text
    /// The word `Question` or `Answer` with its colon; the line's text is what follows.
    case question, answer
    /// The opening of fenced code, with its info string. The opening can follow a marker or a bullet on the same line.
    case code
    /// The closing of fenced code.
    case fenceEnd
  }

  /// The line's number, from 1.
  var number: Int
  /// What the line is.
  var kind: Kind
  /// The visible text; of a marker, what follows the colon.
  var text: Bytes
  /// The visible text with the marker.
  var whole: Bytes = []
  /// The info string of the fence that this line opens.
  var opens: String?
  /// The fence that was open ended with the list that held it, before this line.
  var endsFenceBefore = false
  /// The line holds nothing but a comment or a part of one.
  var isHidden = false
}

/// Reads a file line by line and keeps track of comments and of fenced code, which hide each other: a comment inside a fence is code, a
/// fence inside a comment is none.
///
/// Fences follow CommonMark: three or more `` ` `` or `~`, indented by less than four columns within their list item, closed by at least as
/// many, or by the end of the list item. Each byte is looked at a constant number of times.
struct LineScanner {
  private struct OpenFence {
    var mark: UInt8
    var count: Int
    var indent: Int
    var container: Int
    var line: Int
  }

  private var comments: CommentScanner
  private var fence: OpenFence?
  private var lists: [Int] = []

  /// A scanner for the lines of one file.
  init(file: Bytes) { comments = CommentScanner(file: file) }

  /// The lines where a comment opens that never ends.
  var unclosedComments: [Int] { comments.unclosed }

  /// The line and the closing mark of a fence that is open after the last line.
  var unclosedFence: (line: Int, mark: String)? {
    fence.map { ($0.line, String(repeating: Character(UnicodeScalar($0.mark)), count: $0.count)) }
  }

  /// The indentation of the fence's opening, which its lines may share without meaning it.
  var fenceIndent: Int { fence?.indent ?? 0 }

  /// The next line of the file.
  mutating func scan(_ line: Bytes, number: Int) -> ScannedLine {
    var endsFenceBefore = false
    if let open = fence {
      if line.isBlank { return ScannedLine(number: number, kind: .code, text: line) }
      let (columns, start) = line.indentation()
      if columns >= open.container {
        guard columns < open.indent + 4, isClosing(line[start...], open) else {
          return ScannedLine(number: number, kind: .code, text: line)
        }
        fence = nil
        return ScannedLine(number: number, kind: .fenceEnd, text: line)
      }
      fence = nil
      endsFenceBefore = true
    }
    var scanned = ScannedLine(number: number, kind: .text, text: line, endsFenceBefore: endsFenceBefore)
    if !comments.isInside, let info = opening(line, number: number) {
      scanned.opens = info
      return scanned
    }
    scanned.text = comments.visible(line, number: number)
    if scanned.text.count != line.count && scanned.text.isBlank {
      scanned.isHidden = true
      return scanned
    }
    if let (kind, rest) = LineScanner.marker(scanned.text) {
      scanned.kind = kind
      scanned.whole = scanned.text
      scanned.text = rest
      lists = []
    }
    // A marker's own words can open a fence (`Answer : ```python`), as can what follows a comment.
    if scanned.kind != .text || scanned.text.count != line.count { scanned.opens = opening(scanned.text, number: number) }
    return scanned
  }

  /// `Question` or `Answer` in any case at the start of the line after optional blanks, followed by optional blanks and a colon.
  private static func marker(_ line: Bytes) -> (ScannedLine.Kind, Bytes)? {
    let words: [(StaticString, ScannedLine.Kind)] = [("question", .question), ("answer", .answer)]
    let text = line.withoutLeadingBlanks
    guard let first = text.first, first | 0x20 == UInt8(ascii: "q") || first | 0x20 == UInt8(ascii: "a") else { return nil }
    for (word, kind) in words {
      let count = word.utf8CodeUnitCount
      guard text.count > count else { continue }
      let start = text.startIndex
      guard (0..<count).allSatisfy({ text[start + $0] | 0x20 == word.utf8Start[$0] }) else { continue }
      let rest = text[(start + count)...].withoutLeadingBlanks
      if rest.first == UInt8(ascii: ":") { return (kind, rest.dropFirst()) }
    }
    return nil
  }

  private func isClosing(_ line: Bytes, _ open: OpenFence) -> Bool {
    let count = line.prefix { $0 == open.mark }.count
    return count >= open.count && line.dropFirst(count).isBlank
  }

  /// The info string of the fence that the line opens, after the bullets of any lists; nil when it opens none.
  private mutating func opening(_ line: Bytes, number: Int) -> String? {
    var (columns, start) = line.indentation()
    guard start < line.endIndex else { return nil }
    while let last = lists.last, last > columns { lists.removeLast() }
    while let width = LineScanner.bulletWidth(line[start...]), columns - (lists.last ?? 0) < 4 {
      let after = line[(start + width)...]
      let (content, next) = after.indentation(from: columns + width)
      // A bullet before nothing, or before indented code, has its content one column on.
      let isShort = next < line.endIndex && content - (columns + width) < 5
      lists.append(isShort ? content : columns + width + 1)
      guard next < line.endIndex else { return nil }
      (columns, start) = (content, next)
    }
    let container = lists.last ?? 0
    let mark = line[start]
    guard columns - container < 4, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
    let count = line[start...].prefix { $0 == mark }.count
    let info = line[(start + count)...]
    guard count >= 3, mark == UInt8(ascii: "~") || !info.contains(mark) else { return nil }
    fence = OpenFence(mark: mark, count: count, indent: columns, container: container, line: number)
    return info.trimmed.text
  }

  /// The bytes of a list bullet (`-`, `*`, `+`, `1.`, `1)`) that is followed by a blank or by the end of the line.
  private static func bulletWidth(_ line: Bytes) -> Int? {
    guard let first = line.first else { return nil }
    var width = 1
    if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) {
      width = line.prefix(10).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
      guard width < 10, let stop = line.dropFirst(width).first, stop == UInt8(ascii: ".") || stop == UInt8(ascii: ")") else { return nil }
      width += 1
    } else if first != UInt8(ascii: "-") && first != UInt8(ascii: "*") && first != UInt8(ascii: "+") {
      return nil
    }
    guard let next = line.dropFirst(width).first else { return width }
    return next == 0x20 || next == 0x09 ? width : nil
  }
}
