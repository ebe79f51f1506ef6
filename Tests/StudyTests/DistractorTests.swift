import Deck
import Study
import Testing

@Suite struct DistractorTests {
  static func card(
    _ question: String, _ answer: String, topic: String = "Layers", category: String = "DL", lang: ProseLanguage = .english
  ) -> Card {
    Card(category: category, topic: topic, question: question, answer: answer, lang: lang)
  }

  static let deck = [
    card("Which layer drops units?", "Dropout"), card("Which layer shrinks maps?", "Max pooling"), card("What joins all units?", "Dense"),
    card("What scales features over the batch?", "`BatchNormalization`"), card("What slides a window?", "Convolution"),
    card("Name what keeps a share of units out", "drop-out"), card("What makes a vector of a map?", "Flatten", topic: "Shapes"),
    card("Welche?", "Dense", topic: "Other", category: "Elsewhere"), card("Que fait le biais ?", "Un décalage", lang: .french),
    card("How many weights?", "97"), card("How many biases?", "12"), card("How many layers?", "97.0"),
    card("What prevents overfitting best?", "It depends on the data, the model and the time that one has for trying things out"),
  ]

  private func choice(_ card: Card, seed: UInt64 = 0, of cards: [Card] = DistractorTests.deck) -> ChoiceItem? {
    var random = Draws(state: seed)
    return Distractors(cards).choice(for: card, using: &random)
  }

  @Test("A choice has four different options, one of them right, in an order that the seed decides", arguments: 0..<30)
  func fourOptions(seed: UInt64) throws {
    let card = Self.deck[0]
    let item = try #require(choice(card, seed: seed))
    #expect(item.options.count == 4 && Set(item.options).count == 4)
    #expect(item.options[try #require(item.rightOption)] == "Dropout")
    let again = try #require(choice(card, seed: seed))
    #expect(item.options == again.options)
    // Neither the same in another spelling, nor another language, another category, a number or a sentence.
    for option in item.options { #expect(!["drop-out", "Un décalage", "97", "12"].contains(option) && option.count < 40) }
  }

  @Test("Options come from the topic before the category, and seeds change their order")
  func order() throws {
    let items = (0..<20).compactMap { choice(Self.deck[0], seed: $0) }
    #expect(items.allSatisfy { !$0.options.contains("Flatten") })
    #expect(Set(items.compactMap(\.rightOption)).count == 4)
    let few = [0, 1, 2, 6].map { Self.deck[$0] }
    let wider = try #require(choice(few[0], of: few))
    #expect(wider.options.contains("Flatten"))
  }

  @Test("A second right answer is never an option")
  func neverSecond() throws {
    let right = Self.card("What is the loss?", "categorical cross-entropy")
    let others = ["sparse categorical cross-entropy", "Categorical crossentropy", "cross-entropy", "Hinge", "Huber", "Poisson"].map {
      Self.card("And for \($0)?", $0)
    }
    for seed in 0..<20 as Range<UInt64> {
      let options = Set(try #require(choice(right, seed: seed, of: [right] + others)).options)
      #expect(options == ["categorical cross-entropy", "Hinge", "Huber", "Poisson"])
    }
  }

  @Test("With too few like cards there is no choice")
  func tooFew() {
    #expect(choice(Self.deck[9]) == nil)
    #expect(choice(Self.deck[0], of: Array(Self.deck[0...2])) == nil)
    #expect(choice(Self.card("See?", "![a picture](a.png)")) == nil)
  }

  @Test(
    "An option is chosen by number, letter or its words",
    arguments: [("1", 0), ("b", 1), ("C)", 2), (" 4. ", 3), ("d", 3)])
  func answers(typed: String, place: Int) throws {
    let item = try #require(choice(Self.deck[0]))
    #expect(item.mark(typed)?.verdict == (place == item.rightOption ? .right : .wrong))
    #expect(item.mark("dropout")?.verdict == .right)
    #expect(item.mark("")?.verdict == .wrong)
    for nonsense in ["5", "0", "e", "-1", "what"] { #expect(item.mark(nonsense) == nil) }
  }

  @Test("Hints tell the topic, the beginning, then half; in a choice two wrong options")
  func hints() throws {
    let card = Self.card("Why?", "The gradient points uphill, so one goes the other way.")
    #expect(
      AnswerHint.hints(for: FlipItem(card)) == [.topic("Layers"), .beginning("The gradient"), .half("The gradient points uphill, so")])
    #expect(AnswerHint.hints(for: FlipItem(Self.deck[0])) == [.topic("Layers"), .beginning("D"), .half("Drop")])
    #expect(AnswerHint.hints(for: FlipItem(Self.card("Q", "Max"))) == [.topic("Layers"), .beginning("M"), .half("Ma")])
    let item = try #require(choice(Self.deck[0]))
    guard case .wrongOptions(let places) = try #require(AnswerHint.hints(for: item).last) else {
      Issue.record("no options are struck out")
      return
    }
    let right = try #require(item.rightOption)
    #expect(places.count == 2 && !places.contains(right))
  }
}
