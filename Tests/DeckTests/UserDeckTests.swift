import Deck
import Foundation
import Testing

/// The deck that this program was made for; it stands beside the repository on some machines only.
private let userDeck: String? = {
  let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let path = repository.deletingLastPathComponent().appendingPathComponent("shared/decks/deep_learning.md").path
  return FileManager.default.fileExists(atPath: path) ? path : nil
}()

@Suite("The user's deck", .enabled(if: userDeck != nil))
struct UserDeckTests {
  let document: Document

  init() throws { document = try DeckFiles.document(#require(userDeck)) }

  @Test("79 cards, 78 different, 5 topics in their order")
  func counts() {
    #expect(document.cards.count == 79)
    #expect(CardLibrary([document]).different == 78)
    #expect(document.topics.map(\.category) == Array(repeating: "Deep Learning", count: 5))
    #expect(
      document.topics.map(\.name) == [
        "Gradient Descent", "Neural networks", "Neural networks with TensorFlow", "Understand CNN", "CNN with TensorFlow",
      ])
    #expect(document.topics.map(\.cards.count).reduce(0, +) == 79)
    #expect(document.drafts.isEmpty)
    #expect(document.blocks.isEmpty)
  }

  @Test("29 cards are French")
  func languages() {
    let french = document.cards.filter { $0.lang == .french }
    #expect(french.count == 29, "\(french.map(\.question))")
  }

  @Test("the one finding is the question that stands twice")
  func findings() throws {
    #expect(document.findings.map(\.kind) == [.duplicate])
    let twice = document.cards.filter { $0.line == document.findings.first?.line }
    #expect(twice.first?.question == "What is the purpose of an activation function in a neural network?")
  }

  @Test("a check finds the duplicate, the answer that is nothing but a picture, and the three pictures that are not there")
  func check() throws {
    let check = try DeckCheck(file: #require(userDeck))
    let kinds = Dictionary(grouping: check.findings, by: \.kind).mapValues(\.count)
    #expect(kinds == [.duplicate: 1, .pictureOnly: 1, .missingPicture: 3, .arithmetic: 5, .updateCount: 1], "\(check.findings)")
  }

  @Test("a check computes the worked example again, with all digits of what was rounded")
  func claims() throws {
    let check = try DeckCheck(file: #require(userDeck))
    func right(_ line: Int) -> String? { check.findings.first { $0.line == line && $0.kind == .arithmetic }?.right }
    #expect(right(349)?.contains("0.1966") == true)
    #expect(right(381)?.hasPrefix("0.5106 (0.510575)") == true)
    #expect(right(402)?.hasPrefix("0.0053 (0.00528") == true)
    #expect(check.findings.first { $0.kind == .updateCount }?.right.contains("ceil(N/16)") == true)
    #expect(check.confirmed.contains { $0.line == 877 && $0.says == "24 + 32 + 36 + 5 = 97" })
  }

  @Test("each card has a text of its own, trimmed, and no comment in it")
  func texts() throws {
    for card in document.cards {
      #expect(!card.question.isEmpty && !card.answer.isEmpty && !card.topic.isEmpty)
      for text in [card.question, card.answer] {
        #expect(text == text.trimmingCharacters(in: .whitespacesAndNewlines))
        #expect(!text.contains("<!--") && !text.contains("-->") && !text.contains("####\n## \n"))
        #expect(text.components(separatedBy: "```").count % 2 == 1, "a fence is cut in \(card.line)")
      }
    }
  }

  @Test("the line of a card is the line of its Question")
  func lines() throws {
    let text = try String(contentsOfFile: #require(userDeck), encoding: .utf8)
    let lines = text.components(separatedBy: "\n")
    for card in document.cards {
      let firstLine = card.question.components(separatedBy: "\n")[0]
      #expect(lines[card.line - 1].hasPrefix("Question") && lines[card.line - 1].contains(firstLine))
      #expect(lines[card.answerLine - 1].hasPrefix("Answer"))
    }
  }

  @Test("questions that hold fences, lists and mathematics come through whole")
  func wholeQuestions() {
    let fenced = document.cards.filter { $0.question.contains("```bash") }
    #expect(fenced.count == 4)
    #expect(fenced.filter { $0.question.contains("Total params: 97 (388.00 Byte)") && $0.question.hasSuffix("\n```") }.count == 3)
    #expect(fenced.filter { $0.question.contains("(None, 13, 13, 64)          |          36,928 |") }.count == 1)
    let listed = document.cards.filter { $0.question.contains("1. BatchNormalization\n1. Regularization\n1. Dense\n1. ReLU") }
    #expect(listed.map(\.answer) == ["ReLU"])
    #expect(listed.first?.question.hasSuffix("is an activation function used in neural networks?") == true)
    let worked = document.cards.filter { $0.question.hasSuffix("* Taux d'apprentissage $ \\eta = 0.1$") }
    #expect(worked.count == 1)
    #expect(worked.first?.question.contains("* Biais initial $b = 0.0$\n") == true)
    #expect(worked.first?.answer.hasSuffix("b \\leftarrow b + \\Delta b = 0 + 0.0052 = 0.0052\n$$") == true)
  }

  @Test("double blanks after the topic are no part of the question")
  func doubleBlanks() {
    #expect(document.cards.contains { $0.topic == "Neural networks" && $0.question == "What are hyperparameters in a neural network?" })
  }
}
