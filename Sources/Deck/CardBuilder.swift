/// Gathers the lines of one card.
struct CardBuilder {
  var title: Bytes = []
  var line = 0
  var answerLine = 0
  var questionLines: [Bytes] = []
  var answerLines: [Bytes] = []
  var experiments: [Fence] = []

  /// The words after `Question`, category and topic included.
  var wholeQuestion: String { joined([title.withoutLeadingBlanks] + questionLines) }

  /// The card of the gathered lines. Its category and topic are taken from `names`, so that all cards of a topic share them, also
  /// where one writes an accent as a mark of its own.
  func card(file: String, lang: ProseLanguage?, names: inout Set<String>) -> Card {
    // A question whose words start below the marker has its title there.
    var lines = ([title] + questionLines).drop(while: \.isBlank)
    let title = Title(lines.popFirst() ?? [])
    let question = joined([title.text] + lines)
    // The words after the marker start the text: their blanks mean nothing, unlike the indentation of a line below it.
    let answer = joined((answerLines.first.map { [$0.withoutLeadingBlanks] } ?? []) + answerLines.dropFirst())
    return Card(
      category: names.insert(title.category).memberAfterInsert, topic: names.insert(title.topic).memberAfterInsert, question: question,
      answer: answer,
      lang: lang ?? LanguageDetection.language(of: question + "\n\n" + answer), file: file, line: line, answerLine: answerLine,
      experiments: experiments)
  }
}

/// Lines as one text, without blank lines at either end and blanks at the end of the last one.
func joined(_ lines: [Bytes]) -> String {
  var lines = lines[...]
  while let first = lines.first, first.isBlank { lines.removeFirst() }
  while let last = lines.last, last.isBlank { lines.removeLast() }
  guard let last = lines.popLast() else { return "" }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(lines.reduce(last.count) { $0 + $1.count + 1 })
  for line in lines {
    bytes += line
    bytes.append(0x0A)
  }
  bytes += last.withoutTrailingBlanks
  return String(decoding: bytes, as: UTF8.self)
}
