import Deck
import Drills
import Engine
import Study

/// How a quiz is to ask: in one way, or in the way that fits each card.
enum QuizMode: String, Sendable {
  case flip, type, choice, drill, mix
}

/// Makes the item of each card: the one place that knows which mode asks which card.
@MainActor struct QuizItemMaker {
  private let mode: QuizMode
  private let seed: UInt64
  private let plotStyle: String
  /// Where exercises are drawn from.
  private var random: RandomSource
  /// The cards of the quiz: what distractors are drawn from, exercises apart.
  var cards: [Card] {
    didSet {
      cards.removeAll { DrillCards.kind(of: $0.id) != nil }
      distractors = nil
      marker = nil
    }
  }
  private var distractors: Distractors?
  private var marker: AnswerMarker?
  private var remark: String?
  private var hasRemarked = false

  init(_ mode: QuizMode, cards: [Card], seed: UInt64, plotStyle: String) {
    self.mode = mode
    self.cards = cards.filter { DrillCards.kind(of: $0.id) == nil }
    self.seed = seed
    self.plotStyle = plotStyle
    random = RandomSource(seed: seed, stream: "drill")
  }

  /// The item of a card whose memory is in a phase; that of a drill is a new exercise each time.
  ///
  /// - Throws: What the engine says of an exercise.
  mutating func item(for card: Card, phase: CardState.Phase) throws -> any QuizItem {
    if let kind = DrillCards.kind(of: card.id) { return DrillItem(kind, try kind.exercise(&random), plotStyle: plotStyle) }
    switch mode {
    case .flip, .drill: return FlipItem(card)
    case .type: return typed(card)
    case .choice:
      if let choice = choice(card) { return choice }
      if !hasRemarked { remark = "where fewer than three like answers stand beside it, a card is turned over instead" }
      hasRemarked = true
      return FlipItem(card)
    case .mix:
      // A short answer can be typed. A long one is recognised first, and recalled when it is known better.
      if AnswerKey(card.answer).isShort { return typed(card) }
      if phase != .review, let choice = choice(card) { return choice }
      return FlipItem(card)
    }
  }

  /// What is to be said once about the way of asking.
  mutating func takeRemark() -> String? {
    defer { remark = nil }
    return remark
  }

  private mutating func typed(_ card: Card) -> any QuizItem {
    let marker = marker ?? AnswerMarker(vocabulary: cards.prefix(QuizItemMaker.vocabulary).map { $0.question + " " + $0.topic })
    self.marker = marker
    return TypedItem(card, marker: marker)
  }

  private mutating func choice(_ card: Card) -> ChoiceItem? {
    let distractors = distractors ?? Distractors(cards)
    self.distractors = distractors
    var random = RandomSource(seed: seed, stream: card.id)
    return distractors.choice(for: card, using: &random)
  }

  /// The words of so many cards are known to the marker.
  private static let vocabulary = 500
}
