/// Looks at the lines of a file, outside of code and comments, for text that lies where its author did not mean it, and gathers the pictures.
struct DeckLint {
  private enum Part { case prose, question, answer }

  private(set) var findings: [Finding] = []
  /// The pictures of the whole file with their lines.
  private(set) var pictures: [(path: String, line: Int)] = []
  private let file: String
  private var part = Part.prose
  /// The first of the headings that the answer ends in so far.
  private var heading: (line: Int, text: String)?

  init(file: String) { self.file = file }

  /// Looks at the next line.
  mutating func look(at line: ScannedLine) {
    switch line.kind {
    case .question:
      finish()
      part = .question
    case .answer:
      heading = nil
      part = .answer
    case .text: break
    case .code, .fenceEnd:
      heading = nil
      return
    }
    if line.isHidden || line.text.isBlank { return }
    let text = line.text.text
    pictures += PictureReference.paths(in: text).map { ($0, line.number) }
    if part == .answer, line.kind == .text, DeckLint.isHeading(line.text) {
      heading = heading ?? (line.number, line.text.trimmed.text)
    } else {
      heading = nil
    }
    if line.kind == .text, line.opens == nil, let marker = DeckLint.meantMarker(line.text) {
      findings.append(Finding(.strayText, file: file, line: line.number, "`\(line.text.trimmed.text.prefix(40))` is no `\(marker) :`"))
    }
  }

  /// Ends the card that the last lines belong to.
  mutating func finish() {
    if let heading {
      findings.append(
        Finding(.strayText, file: file, line: heading.line, "the heading `\(heading.text.prefix(40))` ends the answer above it"))
    }
    heading = nil
  }

  /// One to six `#`, then a blank or nothing, indented by less than four columns.
  private static func isHeading(_ line: Bytes) -> Bool {
    let (columns, start) = line.indentation()
    let marks = line[start...].prefix { $0 == UInt8(ascii: "#") }
    return columns < 4 && (1...6).contains(marks.count) && (marks.endIndex == line.endIndex || line.blankLength(at: marks.endIndex) > 0)
  }

  /// `Question` or `Answer`, when the line seems to be meant as such a marker but is none: it wears marks (`**Answer** :`, `# Question :`), is
  /// misspelt by a letter, numbered, French, or stands alone without a colon.
  static func meantMarker(_ line: Bytes) -> String? {
    let marks = Set("#*_>-+ \t".utf8)
    var rest = line.drop { marks.contains($0) }
    // The word and its colon stand at the start: the rest of a long line says nothing.
    rest = rest.prefix(40)
    let word = rest.prefix { $0 >= 0x80 || ($0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z")) }.trimmed
    guard (5...12).contains(word.count) else { return nil }
    let after = rest[word.endIndex...].drop { marks.contains($0) || (0x30...0x39).contains($0) }.withoutLeadingBlanks
    let folded = CardLibrary.folded(word.text)
    if after.isEmpty { return ["question", "answer"].contains(folded) && rest.count == line.trimmed.count ? folded.capitalized : nil }
    guard after.first == UInt8(ascii: ":") else { return nil }
    if folded == "reponse" { return "Answer" }
    return ["Question", "Answer"].first { Likeness.distance(folded, $0.lowercased()) <= 1 }
  }
}
