/// A question's first line read as `Category - Topic - text`.
///
/// The first two hyphens between blanks split; the end of the line counts as a blank. With fewer, or with nothing between them, there is no
/// topic and the whole is the question.
struct Title {
  var category = ""
  var topic = ""
  var text: Bytes

  init(_ line: Bytes) {
    text = line.trimmed
    var parts: [Bytes] = []
    var start = line.startIndex
    var index = line.startIndex
    while parts.count < 2, let hyphen = line[index...].firstIndex(of: UInt8(ascii: "-")) {
      let before = line[start..<hyphen]
      let isParted = before.count != before.withoutTrailingBlanks.count
      if isParted && (hyphen + 1 == line.endIndex || line.blankLength(at: hyphen + 1) > 0) {
        parts.append(before.trimmed)
        start = hyphen + 1
      }
      index = hyphen + 1
    }
    if parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) {
      category = parts[0].text
      topic = parts[1].text
      text = line[start...].trimmed
    }
  }
}
