/// A topic with its cards.
public struct Topic: Sendable, Hashable {
  /// The category that the topic belongs to; empty for the cards without a topic.
  public var category: String
  /// The topic's name; empty for the cards without a topic.
  public var name: String
  /// Its cards in order of appearance, each as often as it stands.
  public var cards: [Card]

  /// A topic of the given cards.
  public init(category: String, name: String, cards: [Card]) {
    self.category = category
    self.name = name
    self.cards = cards
  }

  /// The topics of cards in order of appearance. Names that differ only in case and blanks are one topic, under its first spelling; cards
  /// without a topic are gathered in one with empty names.
  public static func topics(of cards: [Card]) -> [Topic] {
    var (topics, places) = parted(cards)
    for (card, place) in zip(cards, places) { topics[place].cards.append(card) }
    return topics
  }

  /// The topics of cards, without the cards, and the place of each card's topic among them.
  public static func parted(_ cards: [Card]) -> (topics: [Topic], places: [Int]) {
    var topics: [Topic] = []
    // By the names as they are written, since most are written as they were before, and by those that are the same.
    var written: [String: [String: Int]] = [:]
    var same: [String: Int] = [:]
    let places = cards.map { card in
      let (category, name) = (card.category, card.topic)
      if let place = written[category]?[name] { return place }
      let key = CardIdentity.normalised(category) + "\u{1F}" + CardIdentity.normalised(name)
      let place = same[key] ?? topics.count
      if place == topics.count { topics.append(Topic(category: category, name: name, cards: [])) }
      same[key] = place
      written[category, default: [:]][name] = place
      return place
    }
    return (topics, places)
  }
}

/// One Markdown file: a lesson, a deck of cards, or both.
public struct Document: Sendable, Hashable {
  /// A part of the lesson, in the order of the file.
  public enum Block: Sendable, Hashable {
    /// Markdown text without comments, and the line where it starts.
    case prose(String, line: Int)
    /// A `gradus` fence.
    case experiment(Fence)
    /// A `task` fence.
    case task(LessonTask)

    /// The line where it starts, from 1.
    public var line: Int {
      switch self {
      case .prose(_, let line): line
      case .experiment(let fence): fence.line
      case .task(let task): task.line
      }
    }
  }

  /// The file, as it was named when it was read.
  public var file: String
  /// What the file says about itself.
  public var frontMatter: FrontMatter
  /// The lesson: everything before the first `Question`.
  public var blocks: [Block]
  /// The cards in their order; one that stands twice is here twice.
  public var cards: [Card]
  /// The questions that cannot be asked yet.
  public var drafts: [Draft]
  /// What the author should look at, by line.
  public var findings: [Finding]

  /// The topics of the cards in order of appearance.
  public var topics: [Topic] { Topic.topics(of: cards) }

  /// The experiments of the lesson, those of the cards not included.
  public var experiments: [Fence] {
    blocks.compactMap { block in if case .experiment(let fence) = block { fence } else { nil } }
  }

  /// The tasks of the lesson.
  public var tasks: [LessonTask] {
    blocks.compactMap { block in if case .task(let task) = block { task } else { nil } }
  }

  /// Whether there is a lesson before the cards.
  public var isLesson: Bool { !blocks.isEmpty }

  /// The document in the bytes of a file: UTF-8 text with lines that end in LF, CR LF or CR, with or without a byte order mark. Bytes that are
  /// not UTF-8 are read as Windows-1252, and told.
  ///
  /// Never fails on text; what is doubtful in it is told in `findings`. Takes time in proportion to the bytes.
  ///
  /// - Throws: `DeckFault.notText` when the bytes are neither: they are not UTF-8 and hold zeros or start
  ///   with the byte order mark of UTF-16, as pictures and UTF-16 text do.
  public init(file: String, bytes: [UInt8]) throws(DeckFault) { try self.init(file: file, bytes: bytes) { _ in } }

  /// The document in the bytes of a file; `watch` sees each line after the front matter.
  init(file: String, bytes: [UInt8], watch: (ScannedLine) throws(DeckFault) -> Void) throws(DeckFault) {
    guard String(validating: bytes, as: UTF8.self) == nil else {
      var parser = DocumentParser(file: file, bytes: bytes)
      self = try parser.parsed(watch)
      return
    }
    let text = MixedText(bytes)
    // No text of these encodings begins with UTF-16's byte order mark.
    guard !bytes.contains(0), !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) else {
      throw DeckFault.notText(file, line: text.firstLine)
    }
    var parser = DocumentParser(file: file, bytes: text.bytes)
    self = try parser.parsed(watch)
    let count = text.lines == 1 ? "this line is" : "this line and \(text.lines - 1) more are"
    findings.append(Finding(.notUTF8, file: file, line: text.firstLine, count))
    findings.sort { ($0.line, $0.kind.rawValue) < ($1.line, $1.kind.rawValue) }
  }

  /// The document in a text.
  public init(file: String, text: String) {
    var parser = DocumentParser(file: file, bytes: Array(text.utf8))
    self = parser.parsed()
  }

  /// A document of the given parts.
  init(file: String, frontMatter: FrontMatter, blocks: [Block], cards: [Card], drafts: [Draft], findings: [Finding]) {
    self.file = file
    self.frontMatter = frontMatter
    self.blocks = blocks
    self.cards = cards
    self.drafts = drafts
    self.findings = findings
  }
}
