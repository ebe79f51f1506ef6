import Deck
import Testing

@Suite("The language of a card")
struct LanguageTests {
  static let texts: [(question: String, answer: String, lang: ProseLanguage)] = [
    ("What is a stride?", "How far the filter moves", .english),
    ("Qu'est-ce qu'un pas ?", "Ce dont le filtre avance", .french),
    ("C'est quoi un epoch ?", "One pass", .french),
    ("Entropie croisée", "", .french),
    ("ReLU", "max(0, x)", .english),
    ("L’époque", "", .french),
    ("L'e\u{301}poque", "", .french),
    ("What does `le de la les des` print?", "A naïve text", .english),
    ("Which of these?\n```\nle la les des une pour dans\n```", "The first", .english),
    ("Que montre $the = of + is + to$ ?", "Une somme", .french),
    ("It's a question on plus or comment, a son", "", .english),
  ]

  @Test("is seen in its small words and accents", arguments: texts)
  func detected(question: String, answer: String, lang: ProseLanguage) {
    let document = Document(file: "d.md", text: "Question : \(question)\nAnswer : \(answer)")
    #expect(document.cards.map(\.lang) == [lang])
  }

  @Test("is what the front matter says, whatever the text", arguments: ProseLanguage.allCases)
  func declared(lang: ProseLanguage) {
    for (question, answer, _) in LanguageTests.texts {
      let document = Document(file: "d.md", text: "---\nlang: \(lang.rawValue)\n---\nQuestion : \(question)\nAnswer : \(answer)")
      #expect(document.cards.map(\.lang) == [lang])
    }
  }
}
