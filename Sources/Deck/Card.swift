/// The language that a card or a lesson is written in.
public enum ProseLanguage: String, Sendable, Hashable, CaseIterable {
  /// English.
  case english = "en"
  /// French.
  case french = "fr"
}

/// A question with its answer, as one file holds it.
///
/// Question and answer are Markdown as it was written, without the comments and without blank lines at either end.
public struct Card: Sendable, Hashable, Identifiable {
  /// What a card is made of.
  private struct Parts: Sendable, Hashable {
    let category: String
    let topic: String
    let question: String
    let answer: String
    let lang: ProseLanguage
    let file: String
    let line: Int
    let answerLine: Int
    let experiments: [Fence]
  }

  /// Decks of ten thousand cards are filtered, sorted and grouped: a copy of a card is its id and one reference.
  private final class Content: Sendable {
    let parts: Parts
    init(_ parts: Parts) { self.parts = parts }
  }

  private let content: Content

  /// A bare hexadecimal word made of the normalised category, topic and question; see `CardIdentity`.
  public let id: String
  /// What stands before the title's first ` - `; empty when the card has no topic.
  public var category: String { content.parts.category }
  /// What stands between the title's first and second ` - `; empty when the card has no topic.
  public var topic: String { content.parts.topic }
  /// The question, without category and topic.
  public var question: String { content.parts.question }
  /// The answer; empty when its author wrote none.
  public var answer: String { content.parts.answer }
  /// The language of the front matter, else the one that the text shows.
  public var lang: ProseLanguage { content.parts.lang }
  /// The file that holds the card, as it was named when it was read.
  public var file: String { content.parts.file }
  /// The line of the word `Question`, from 1.
  public var line: Int { content.parts.line }
  /// The line of the word `Answer`, from 1.
  public var answerLine: Int { content.parts.answerLine }
  /// The `gradus` fences of question and answer, in their order.
  public var experiments: [Fence] { content.parts.experiments }

  /// Cards are equal when their ids and all of their parts are.
  public static func == (first: Card, second: Card) -> Bool {
    first.id == second.id && (first.content === second.content || first.content.parts == second.content.parts)
  }

  /// Hashes the id and the parts.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(content.parts)
  }

  /// A card of the given parts; its id follows from category, topic and question where none is given.
  public init(
    id: String? = nil, category: String = "", topic: String = "", question: String, answer: String, lang: ProseLanguage = .english,
    file: String = "",
    line: Int = 1, answerLine: Int = 1, experiments: [Fence] = []
  ) {
    self.id = id ?? CardIdentity.id(category: category, topic: topic, question: question)
    content = Content(
      Parts(
        category: category, topic: topic, question: question, answer: answer, lang: lang, file: file, line: line, answerLine: answerLine,
        experiments: experiments))
  }
}

/// A question that cannot be asked yet: it has no `Answer` line, or an answer but no words of its own.
public struct Draft: Sendable, Hashable {
  /// The words after `Question`, category and topic included.
  public var question: String
  /// The file that holds the draft.
  public var file: String
  /// The line of the word `Question`, from 1.
  public var line: Int

  /// A draft of the given words at a place.
  public init(question: String, file: String, line: Int) {
    self.question = question
    self.file = file
    self.line = line
  }
}
