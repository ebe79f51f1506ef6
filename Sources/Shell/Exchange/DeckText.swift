import Deck

/// Writes cards as a deck holds them, so that reading gives the same cards back.
enum DeckText {
  /// One card.
  static func card(category: String, topic: String, question: String, answer: String) -> String {
    let title = category.isEmpty && topic.isEmpty ? "" : "\(category) - \(topic) - "
    let (question, answer) = (guarded(question), guarded(answer))
    // Indentation at the start of an answer means something, and what runs over lines reads better below.
    let isShort = !answer.contains("\n") && answer.first?.isWhitespace != true && !answer.hasPrefix("```")
    return "Question : \(title)\(question)\nAnswer   :" + (answer.isEmpty ? "" : isShort ? " \(answer)" : "\n\n\(answer)") + "\n"
  }

  static func card(_ card: Card) -> String {
    self.card(category: card.category, topic: card.topic, question: card.question, answer: card.answer)
  }

  /// A file of cards; they share a front matter when they share a language.
  static func deck(_ cards: [(text: String, lang: String)]) -> String {
    let languages = Set(cards.map(\.lang))
    let head = languages.count == 1 && ProseLanguage(rawValue: languages.first ?? "") != nil ? "---\nlang: \(cards[0].lang)\n---\n\n" : ""
    return head + cards.map(\.text).joined(separator: "\n")
  }

  /// The one card of a text that `card` wrote; nil where it is none.
  static func parsed(_ text: String) -> Card? {
    guard let document = try? Document(file: "", bytes: Array(text.utf8)), document.cards.count == 1, document.drafts.isEmpty else {
      return nil
    }
    return document.cards.first
  }

  /// The text with lines that would start a card written in another way: `Question :` shows the same with its first letter as an entity.
  private static func guarded(_ text: String) -> String {
    var isInFence = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      let words = line.drop { $0 == " " || $0 == "\t" }
      if words.hasPrefix("```") || words.hasPrefix("~~~") { isInFence.toggle() }
      guard !isInFence, let first = words.first?.unicodeScalars.first,
        words.prefixMatch(of: /(question|answer)[ \t]*:/.ignoresCase()) != nil
      else { return String(line) }
      return line.prefix(line.count - words.count) + "&#\(first.value);" + words.dropFirst()
    }.joined(separator: "\n")
  }
}
