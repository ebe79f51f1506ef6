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

  private var candidates: [String: [Candidate]] = [:]
  private let marker = AnswerMarker()

  /// The answers of cards.
  public init(_ cards: [Card]) {
    for card in cards {
      guard let candidate = Distractors.candidate(card) else { continue }
      candidates[CardIdentity.normalised(card.category), default: []].append(candidate)
    }
  }

  /// The choice of a card; nil when its answer is no option, or too few others are.
  public func choice(for card: Card, using random: inout some RandomNumberGenerator) -> ChoiceItem? {
    guard let right = Distractors.candidate(card) else { return nil }
    let topic = CardIdentity.normalised(card.topic)
    let others = (candidates[CardIdentity.normalised(card.category)] ?? []).filter { isWrong($0, for: right) }
    // Drawn among the most alike: those of the topic first, then by how far their lengths are apart.
    let ranked = others.shuffled(using: &random).enumerated().map { place, other in
      let ratio = Double(max(other.text.count, right.text.count)) / Double(max(1, min(other.text.count, right.text.count)))
      return (inTopic: CardIdentity.normalised(other.card.topic) == topic ? 0 : 1, band: ratio <= 2.5 ? 0 : 1, place: place, other: other)
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

  private func isWrong(_ other: Candidate, for right: Candidate) -> Bool {
    other.card.id != right.card.id && other.card.lang == right.card.lang && other.kind == right.kind && !isAlike(other, right)
      && Distractors.likeness(other.question, right.question) < 0.8
      && marker.mark(other.text, AnswerKey(right.card.answer)).verdict != .right
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
    let paragraph = answer.components(separatedBy: "\n\n")[0].trimmingCharacters(in: .whitespacesAndNewlines)
    return paragraph.replacing(/^(?:[-*+]|\d{1,3}[.)])\s+/, with: "").replacing("\n", with: " ")
  }
}
