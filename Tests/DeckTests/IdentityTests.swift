import Deck
import Testing

@Suite("The identity of a card")
struct IdentityTests {
  @Test("is the start of a published digest")
  func published() {
    // printf 'deep learning\x1fcnn\x1fwhat is a stride?' | sha256sum
    #expect(CardIdentity.id(category: "Deep Learning", topic: "CNN", question: "What is a stride?") == "972ed968db24")
    #expect(CardIdentity.id(category: "", topic: "", question: String(repeating: "é", count: 100)) == "cf2c55b8b6f8")
  }

  @Test(
    "does not see case, blanks and the way an accent is written",
    arguments: [
      ("What  is\n\ta stride?", "what is a stride?"), (" x ", "x"), ("x\u{A0}y", "x y"), ("caf\u{E9}", "cafe\u{301}"),
      ("\u{C9}TAT", "\u{E9}tat"),
      ("a\u{1F}b", "a b"), ("e\u{301}\u{1F} b", "\u{E9} b"),
    ])
  func normalised(first: String, second: String) {
    #expect(CardIdentity.id(category: "A", topic: "B", question: first) == CardIdentity.id(category: "a", topic: "b ", question: second))
  }

  @Test("changes with each part and with the place of a word")
  func parts() {
    let parts = [
      ("a", "b", "c"), ("a", "b", "d"), ("a", "d", "c"), ("d", "b", "c"), ("a b", "", "c"), ("", "a b", "c"), ("a", "", "b c"),
      ("", "", "a b c"),
      ("a\u{1F}b", "", "c"),
    ]
    let ids = Set(parts.map { CardIdentity.id(category: $0.0, topic: $0.1, question: $0.2) })
    // The last of the list normalises to ("a b", "", "c").
    #expect(ids.count == parts.count - 1)
    for id in ids { #expect(id.count == CardIdentity.length && id.allSatisfy { $0.isHexDigit && !$0.isUppercase }) }
  }

  @Test("stays when the answer is mended or the card moves")
  func mended() throws {
    let before = Document(file: "a.md", text: "Question : A - B - x\nAnswer : wrong")
    let after = Document(file: "b.md", text: "Prose\n\nquestion: A - B -  X\nanswer: right\n\n* and more")
    #expect(try #require(before.cards.first).id == #require(after.cards.first).id)
  }
}
