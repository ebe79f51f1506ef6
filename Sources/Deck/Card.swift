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
  /// A bare hexadecimal word made of the normalised category, topic and question; see `CardIdentity`.
  public var id: String
  /// What stands before the title's first ` - `; empty when the card has no topic.
  public var category: String
  /// What stands between the title's first and second ` - `; empty when the card has no topic.
  public var topic: String
  /// The question, without category and topic.
  public var question: String
  /// The answer; empty when its author wrote none.
  public var answer: String
  /// The language of the front matter, else the one that the text shows.
  public var lang: ProseLanguage
  /// The file that holds the card, as it was named when it was read.
  public var file: String
  /// The line of the word `Question`, from 1.
  public var line: Int
  /// The line of the word `Answer`, from 1.
  public var answerLine: Int
  /// The `gradus` fences of question and answer, in their order.
  public var experiments: [Fence]

  /// A card of the given parts; its id follows from category, topic and question.
  public init(
    category: String = "", topic: String = "", question: String, answer: String, lang: ProseLanguage = .english, file: String = "",
    line: Int = 1, answerLine: Int = 1, experiments: [Fence] = []
  ) {
    self.id = CardIdentity.id(category: category, topic: topic, question: question)
    self.category = category
    self.topic = topic
    self.question = question
    self.answer = answer
    self.lang = lang
    self.file = file
    self.line = line
    self.answerLine = answerLine
    self.experiments = experiments
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
