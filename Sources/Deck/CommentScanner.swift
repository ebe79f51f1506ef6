/// Takes HTML comments out of lines.
///
/// A comment may open and close anywhere in a line and run over many lines. `<!--` within a code span of one line, or after a `\`, opens
/// none. One that never ends hides the rest of the file when it opens at the start of a line, and is text elsewhere.
struct CommentScanner {
  /// Whether the next line starts inside a comment.
  private(set) var isInside = false
  /// The lines where a comment opens that never ends.
  private(set) var unclosed: [Int] = []
  private let lastEnd: Int

  /// A scanner for the lines of one file, which must be slices of it.
  init(file: Bytes) {
    var index = file.endIndex - 3
    while index >= file.startIndex, !file.holds("-->", at: index) { index -= 1 }
    lastEnd = index
  }

  /// The line without its comments; the same slice when it has none.
  mutating func visible(_ line: Bytes, number: Int) -> Bytes {
    if !isInside && line.firstIndex(of: "<!--", from: line.startIndex) == nil { return line }
    var result: [UInt8] = []
    var index = line.startIndex
    let spans = isInside ? [:] : lastRuns(line)
    while index < line.endIndex {
      if isInside {
        guard let end = line.firstIndex(of: "-->", from: index) else { return result[...] }
        isInside = false
        index = end + 3
      } else if line[index] == UInt8(ascii: "\\"), index + 1 < line.endIndex {
        result += line[index...index + 1]
        index += 2
      } else if line[index] == UInt8(ascii: "`") {
        let end = endOfSpan(line, at: index, lastRuns: spans)
        result += line[index..<end]
        index = end
      } else if line.holds("<!--", at: index) {
        // `<!-->` and `<!--->` are whole comments, so the end may share the opening's dashes.
        if lastEnd < index + 2 {
          unclosed.append(number)
          if !result[...].isBlank {
            result += line[index...]
            return result[...]
          }
        }
        isInside = true
        index += 2
      } else {
        result.append(line[index])
        index += 1
      }
    }
    return result[...]
  }

  /// The start of the last run of backquotes of each length.
  private func lastRuns(_ line: Bytes) -> [Int: Int] {
    var runs: [Int: Int] = [:]
    var index = line.startIndex
    while let start = line[index...].firstIndex(of: UInt8(ascii: "`")) {
      let count = line[start...].prefix { $0 == UInt8(ascii: "`") }.count
      runs[count] = start
      index = start + count
    }
    return runs
  }

  /// The end of the code span that opens at an index, or of the run of backquotes there when no run of its length follows.
  private func endOfSpan(_ line: Bytes, at start: Int, lastRuns: [Int: Int]) -> Int {
    let count = line[start...].prefix { $0 == UInt8(ascii: "`") }.count
    var index = start + count
    guard let last = lastRuns[count], last > start else { return index }
    while let next = line[index...].firstIndex(of: UInt8(ascii: "`")) {
      let length = line[next...].prefix { $0 == UInt8(ascii: "`") }.count
      index = next + length
      if length == count { return index }
    }
    return start + count
  }
}
