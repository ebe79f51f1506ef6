import Deck
import Foundation

/// The ways of asking.
public enum AskingMode: String, Sendable, Hashable, CaseIterable {
  /// The card is turned over and the learner judges.
  case flip
  /// The answer is typed and marked.
  case type
  /// One of four options is chosen.
  case choice
  /// An exercise that the engine made, and marks.
  case drill
}

/// One question of a quiz: what it shows, what it offers, and how it marks an answer.
///
/// A quiz asks cards through `FlipItem`, `TypedItem` and `ChoiceItem`. An exercise made by the engine is an item of its own: its card's id is
/// that of the skill, so that the skill has a memory state as any card has, and its question and answer are what was drawn this time.
public protocol QuizItem: Sendable {
  /// Question and answer in Markdown, and the id that the schedule knows.
  var card: Card { get }
  /// How it is asked.
  var mode: AskingMode { get }
  /// The options in Markdown; empty where the answer is free.
  var options: [String] { get }
  /// The place of the right option, from 0; nil without options.
  var rightOption: Int? { get }
  /// What helps, each telling more than the one before.
  var hints: [AnswerHint] { get }
  /// What an answer looks like, for who typed something else.
  var expectation: String { get }
  /// Marks what was typed; Enter alone comes as an empty text. Nil when it is no answer at all, as `7` of four options.
  func mark(_ typed: String) -> Mark?
}

extension QuizItem {
  /// No options.
  public var options: [String] { [] }
  /// None.
  public var rightOption: Int? { nil }
  /// The topic, then more and more of the answer.
  public var hints: [AnswerHint] { AnswerHint.hints(for: self) }
  /// The number or letter of an option.
  public var expectation: String { "type 1, 2, 3 or 4, or a, b, c or d" }
}

/// A card that is turned over.
public struct FlipItem: QuizItem {
  /// The card.
  public let card: Card
  /// Turned over.
  public let mode = AskingMode.flip

  /// The item of a card.
  public init(_ card: Card) { self.card = card }

  /// The learner judges.
  public func mark(_ typed: String) -> Mark? { Mark(.open) }
}

/// A card whose answer is typed.
public struct TypedItem: QuizItem {
  /// The card.
  public let card: Card
  /// Typed.
  public let mode = AskingMode.type
  private let key: AnswerKey
  private let marker: AnswerMarker

  /// The item of a card, marked by a marker.
  public init(_ card: Card, marker: AnswerMarker) {
    self.card = card
    self.marker = marker
    key = AnswerKey(card.answer, question: card.question)
  }

  /// Compares with the card's answer; without an answer a long one is the learner's to judge.
  public func mark(_ typed: String) -> Mark? { marker.mark(typed, key) }
}

/// A card whose answer is chosen among four.
public struct ChoiceItem: QuizItem {
  /// The card.
  public let card: Card
  /// Chosen.
  public let mode = AskingMode.choice
  /// Four options.
  public let options: [String]
  private let right: Int

  /// The place of the right option.
  public var rightOption: Int? { right }

  init(_ card: Card, options: [String], right: Int) {
    self.card = card
    self.options = options
    self.right = right
  }

  /// The letters of the options.
  public static let letters = ["a", "b", "c", "d"]

  /// Takes 1 to 4, a to d or the words of an option; Enter alone chooses none.
  public func mark(_ typed: String) -> Mark? {
    let text = PlainAnswer.plain(typed).lowercased().trimmingCharacters(in: .init(charactersIn: " .)("))
    if text.isEmpty { return Mark(.wrong) }
    let number = Int(text).map { $0 - 1 }.flatMap { options.indices.contains($0) ? $0 : nil }
    let place =
      number ?? ChoiceItem.letters.firstIndex(of: text)
      ?? options.firstIndex { AnswerWords(PlainAnswer.plain($0)).joined == AnswerWords(text).joined }
    return place.map { Mark($0 == right ? .right : .wrong) }
  }
}
