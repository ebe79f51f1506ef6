import Deck
import Foundation

/// Finds the options of a choice: the right answer, and three answers of other cards.
///
/// A distractor is of the right answer's topic, else of its category, in its language, of its kind (a number, a word, a sentence) and of a similar
/// length. It is never a second right answer: not the same after normalisation, neither holding the right one nor held by it, not worded like it,
/// not of a card that asks the same, and not like another option.
public struct Distractors: Sendable {
  /// How many options a choice has.
  public static let options = 4
  /// The most characters of an option.
  static let limit = 200

  /// A card that can lend its answer.
  private struct Candidate: Sendable {
    var card: Card
    var text: String
    var words: [String]
    var question: Set<String>
    var kind: Kind
  }

  private enum Kind: Sendable { case number, words, sentence }

  /// The cards by category, and those by category and topic.
  private var byCategory: [String: [Card]] = [:]
  private var byTopic: [String: [Card]] = [:]
  private let marker = AnswerMarker()

  /// The answers of cards.
  public init(_ cards: [Card]) {
    byCategory = Dictionary(grouping: cards) { CardIdentity.normalised($0.category) }
    byTopic = Dictionary(grouping: cards, by: Distractors.topic)
  }

  private static func topic(_ card: Card) -> String {
    CardIdentity.normalised(card.category) + "\u{1F}" + CardIdentity.normalised(card.topic)
  }

  /// At most so many cards of a topic, and of a category, are looked through for a choice.
  private static let drawn = 100

  /// The choice of a card; nil when its answer is no option, or too few others are.
  public func choice(for card: Card, using random: inout some RandomNumberGenerator) -> ChoiceItem? {
    guard let right = Distractors.candidate(card) else { return nil }
    let topic = Distractors.topic(card)
    let near = Distractors.draw(byTopic[topic] ?? [], using: &random)
    let far = Distractors.draw((byCategory[CardIdentity.normalised(card.category)] ?? []), using: &random).filter {
      Distractors.topic($0) != topic
    }
    let key = AnswerKey(card.answer)
    let others = (near + far).compactMap(Distractors.candidate).filter { isWrong($0, for: right, key) }
    // Those of the topic first, then those of a similar length, then as drawn.
    let ranked = others.enumerated().map { place, other in
      let lengths = [other.text.count, right.text.count]
      let isSimilar = (lengths.max() ?? 1) * 2 <= (lengths.min() ?? 1) * 5
      return (inTopic: Distractors.topic(other.card) == topic ? 0 : 1, band: isSimilar ? 0 : 1, place: place, other: other)
    }.sorted { ($0.inTopic, $0.band, $0.place) < ($1.inTopic, $1.band, $1.place) }
    var chosen: [Candidate] = []
    for (_, _, _, other) in ranked where chosen.count < Distractors.options - 1 {
      if chosen.allSatisfy({ !isAlike($0, other) }) { chosen.append(other) }
    }
    guard chosen.count == Distractors.options - 1 else { return nil }
    var texts = chosen.map(\.text)
    let place = Int.random(in: 0...texts.count, using: &random)
    texts.insert(right.text, at: place)
    return ChoiceItem(card, options: texts, right: place)
  }

  /// Some of the cards in a random order; of a large deck only a stretch is looked at.
  private static func draw(_ cards: [Card], using random: inout some RandomNumberGenerator) -> [Card] {
    guard cards.count > drawn else { return cards.shuffled(using: &random) }
    let start = Int.random(in: 0..<cards.count, using: &random)
    return (0..<drawn).map { cards[(start + $0) % cards.count] }.shuffled(using: &random)
  }

  private func isWrong(_ other: Candidate, for right: Candidate, _ key: AnswerKey) -> Bool {
    other.card.id != right.card.id && other.card.lang == right.card.lang && other.kind == right.kind && !isAlike(other, right)
      && Distractors.likeness(other.question, right.question) < 0.8
      && marker.mark(other.text, key).verdict != .right
  }

  /// Whether two answers could be taken for one.
  private func isAlike(_ one: Candidate, _ other: Candidate) -> Bool {
    let (first, second) = (one.words.joined(), other.words.joined())
    if one.kind == .number { return first == second || marker.mark(one.text, AnswerKey(other.text)).verdict != .wrong }
    return first == second || first.contains(second) || second.contains(first)
      || Distractors.likeness(Set(one.words), Set(other.words)) >= 0.5
  }

  /// The share of words that two texts have in common, from 0 to 1.
  private static func likeness(_ first: Set<String>, _ second: Set<String>) -> Double {
    let all = first.union(second).count
    return all == 0 ? 1 : Double(first.intersection(second).count) / Double(all)
  }

  private static func candidate(_ card: Card) -> Candidate? {
    guard let text = option(of: card.answer) else { return nil }
    let words = AnswerWords(PlainAnswer.plain(text)).words
    guard !words.isEmpty else { return nil }
    let kind: Kind = AnswerNumber.all(in: PlainAnswer.plain(text)) != nil ? .number : words.count <= 3 ? .words : .sentence
    return Candidate(card: card, text: text, words: words, question: Set(AnswerWords.keywords(of: card.question)), kind: kind)
  }

  /// The part of an answer that makes an option: its first paragraph, or the item of a list of one; nil when it is too long for one.
  static func option(of answer: String) -> String? {
    let (items, isWhole) = PlainAnswer.head(answer)
    guard isWhole, items.count == 1, !items[0].isEmpty, items[0].count <= limit else { return nil }
    let paragraph = answer.replacing("\r\n", with: "\n").split(separator: /\n[ \t]*\n/).first.map(String.init) ?? answer
    return paragraph.replacing(/^(?:[-*+]|\d{1,3}[.)])\s+/, with: "").replacing("\n", with: " ")
  }
}
