/// Reads one file into a `Document`, a line at a time.
struct DocumentParser {
  /// Where the lines go that are being read.
  private enum Part { case prose, question, answer, beyond }

  private let file: String
  private var bytes: [UInt8]
  private var document: Document
  private var part = Part.prose
  private var proseLines: [Bytes] = []
  private var proseStart = 1
  private var card = CardBuilder()
  private var fence: FenceBuilder?
  private var task: TaskBuilder?
  private var fenceIndent = 0
  /// The line of the second Answer that is being passed over, and the lines with text below it.
  private var beyond = (line: 0, lost: 0)
  private var firstPlaces: [String: Int] = [:]
  /// The categories and topics.
  private var names: Set<String> = []

  init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
    document = Document(file: file, frontMatter: FrontMatter(), blocks: [], cards: [], drafts: [], findings: [])
  }

  /// The document.
  mutating func parsed() -> Document { parsed { (_) throws(Never) in } }

  /// The document; `watch` sees each line after the front matter, and ends the reading with what it throws.
  mutating func parsed<Fault: Error>(_ watch: (ScannedLine) throws(Fault) -> Void) throws(Fault) -> Document {
    removeZeroBytes()
    var content = bytes[...]
    if content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
    var reader = LineReader(content)
    readFrontMatter(&reader)
    var scanner = LineScanner(file: content)
    while let (line, number) = reader.next() {
      let scanned = scanner.scan(line, number: number)
      try watch(scanned)
      take(scanned)
      if scanned.opens != nil { fenceIndent = scanner.fenceIndent }
    }
    finishFence()
    finishPart()
    for line in scanner.unclosedComments { find(.unclosedComment, line) }
    if let (line, mark) = scanner.unclosedFence { find(.unclosedFence, line, "`\(mark)`") }
    document.findings.sort { ($0.line, $0.kind.rawValue) < ($1.line, $1.kind.rawValue) }
    return document
  }

  private mutating func find(_ kind: Finding.Kind, _ line: Int, _ detail: String = "") {
    document.findings.append(Finding(kind, file: file, line: line, detail))
  }

  /// A zero byte would end the text for a C library: it becomes the replacement character, as CommonMark wants it.
  private mutating func removeZeroBytes() {
    guard let first = bytes.firstIndex(of: 0) else { return }
    find(.zeroByte, 1 + bytes[..<first].reduce(0) { $1 == 0x0A ? $0 + 1 : $0 })
    bytes = bytes.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] }
  }

  /// Front matter starts on the first line; a `---` there that no other `---` follows, or only after a card, is a rule of the prose.
  private mutating func readFrontMatter(_ reader: inout LineReader) {
    let start = reader
    guard let (first, number) = reader.next(), first.withoutTrailingBlanks.elementsEqual("---".utf8) else {
      reader = start
      return
    }
    var matter = FrontMatterParser()
    var scanner = LineScanner(file: [])
    var isPlausible = false
    while let (line, number) = reader.next() {
      if line.withoutTrailingBlanks.elementsEqual("---".utf8) {
        document.frontMatter = matter.matter
        for mistake in matter.mistakes { find(.frontMatter, mistake.line, mistake.says) }
        return
      }
      if scanner.scan(line, number: number).kind != .text { break }
      if number == 2 { isPlausible = ["title:", "id:", "lang:", "needs:"].contains { line.starts(with: $0.utf8) } }
      matter.read(line, number: number)
    }
    if isPlausible { find(.unclosedFrontMatter, number) }
    reader = start
  }

  private mutating func take(_ line: ScannedLine) {
    if line.endsFenceBefore { finishFence() }
    switch line.kind {
    case .code:
      let code = unindented(line.text).text
      fence?.append(code, line: line.number)
      task?.append(code, line: line.number)
      if fence == nil && task == nil || part != .prose { append(line) }
      return
    case .fenceEnd:
      let isExperiment = fence != nil || task != nil
      finishFence()
      if !isExperiment || part != .prose { append(line) }
      return
    case .question:
      finishPart()
      part = .question
      card = CardBuilder(title: line.text, line: line.number)
    case .answer:
      if part == .question {
        part = .answer
        card.answerLine = line.number
        append(line)
      } else {
        // What follows a second Answer would be read as a part of the first one.
        if part == .prose {
          find(.strayAnswer, line.number)
          var whole = line
          whole.text = line.whole
          append(whole)
        } else {
          finishPart()
          part = .beyond
          beyond = (line.number, 0)
        }
      }
    case .text: break
    }
    if let info = line.opens, let builder = FenceBuilder(info: info, line: line.number) {
      if part == .prose { finishProse() }
      fence = builder
      if part != .prose && line.kind == .text { append(line) }
    } else if let info = line.opens, part == .prose, let builder = TaskBuilder(info: info, line: line.number) {
      finishProse()
      task = builder
    } else if line.kind == .text, !line.isHidden {
      append(line)
    }
  }

  /// A line of a fence without the indentation that it shares with the fence's opening.
  private func unindented(_ line: Bytes) -> Bytes {
    var rest = line
    for _ in 0..<fenceIndent where rest.first == 0x20 { rest = rest.dropFirst() }
    return rest
  }

  private mutating func append(_ line: ScannedLine) {
    switch part {
    case .prose:
      if proseLines.isEmpty {
        if line.kind != .code && line.text.isBlank { return }
        proseStart = line.number
      }
      proseLines.append(line.text)
    case .question: card.questionLines.append(line.text)
    case .answer: card.answerLines.append(line.text)
    case .beyond: beyond.lost += line.text.isBlank ? 0 : 1
    }
  }

  private mutating func finishFence() {
    if var builder = task {
      task = nil
      document.blocks.append(.task(builder.finished()))
      for finding in builder.findings { find(finding.kind, finding.line, finding.detail) }
    }
    guard var builder = fence else { return }
    fence = nil
    let finished = builder.finished()
    for finding in builder.findings { find(finding.kind, finding.line) }
    switch part {
    case .prose: document.blocks.append(.experiment(finished))
    case .question, .answer: card.experiments.append(finished)
    case .beyond: break
    }
  }

  private mutating func finishProse() {
    let text = joined(proseLines)
    if !text.isEmpty { document.blocks.append(.prose(text, line: proseStart)) }
    proseLines = []
  }

  private mutating func finishPart() {
    finishFence()
    switch part {
    case .prose: finishProse()
    case .question:
      find(.draft, card.line)
      document.drafts.append(Draft(question: card.wholeQuestion, file: file, line: card.line))
    case .answer: finishCard()
    case .beyond:
      let lines = beyond.lost == 0 ? "" : beyond.lost == 1 ? " and the line below it" : " and the \(beyond.lost) lines below it"
      find(.strayAnswer, beyond.line, ": it\(lines) \(beyond.lost == 0 ? "is" : "are") left out")
    }
  }

  private mutating func finishCard() {
    let card = card.card(file: file, lang: document.frontMatter.lang, names: &names)
    if card.question.isEmpty {
      if card.answer.isEmpty && card.topic.isEmpty { return }
      find(.emptyQuestion, card.line)
      document.drafts.append(Draft(question: self.card.wholeQuestion, file: file, line: card.line))
      return
    }
    if card.answer.isEmpty { find(.emptyAnswer, card.answerLine) }
    if let place = firstPlaces[card.id] {
      find(.duplicate, card.line, "line \(place)")
    } else {
      firstPlaces[card.id] = card.line
    }
    document.cards.append(card)
  }
}
