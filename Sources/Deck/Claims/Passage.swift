/// A card, or a stretch of a lesson's prose, with the line of each of its words: what a reader of claims reads.
public struct Passage: Sendable, Hashable {
  /// A visible line.
  public struct Line: Sendable, Hashable {
    /// Its number in the file, from 1.
    public var number: Int
    /// Its text, without comments.
    public var text: String
    /// The first word after the opening of the fence that it stands in, in lower case; nil outside of fences.
    public var fence: String?

    /// A line of text, or of code.
    public init(number: Int, text: String, fence: String? = nil) {
      self.number = number
      self.text = text
      self.fence = fence
    }
  }

  /// The lines of the question; none in a lesson's prose.
  public var question: [Line] = []
  /// The lines of the answer, or of the prose.
  public var answer: [Line] = []

  /// All lines in their order.
  public var lines: [Line] { question + answer }
  /// Whether it is a card.
  public var isCard: Bool { !question.isEmpty }
  /// The words of the question, without code.
  public var questionText: String { Passage.text(question) }
  /// The words of the answer, without code.
  public var answerText: String { Passage.text(answer) }

  private static func text(_ lines: [Line]) -> String { lines.filter { $0.fence == nil }.map(\.text).joined(separator: "\n") }
}

/// Gathers the passages of a file from its lines: each card is one, and so is the prose under each heading of a lesson.
struct PassageReader {
  private(set) var passages: [Passage] = []
  private var passage = Passage()
  private var isQuestion = false
  private var fence: String?

  /// Takes the next line.
  mutating func take(_ line: ScannedLine) {
    switch line.kind {
    case .question:
      finish()
      isQuestion = true
    case .answer: isQuestion = false
    case .text, .code, .fenceEnd: break
    }
    let isCode = line.kind == .code
    if !isCode { fence = nil }
    if line.kind == .fenceEnd || line.isHidden { return }
    if let info = line.opens {
      fence = info.split { $0.isWhitespace || $0 == "{" }.first?.lowercased() ?? ""
      return
    }
    if line.kind == .text, !passage.isCard, line.text.first == UInt8(ascii: "#") { finish() }
    let kept = Passage.Line(number: line.number, text: line.text.text, fence: isCode ? fence ?? "" : nil)
    if isQuestion { passage.question.append(kept) } else { passage.answer.append(kept) }
  }

  /// Ends the last passage.
  mutating func finish() {
    if !passage.lines.isEmpty { passages.append(passage) }
    passage = Passage()
  }
}
