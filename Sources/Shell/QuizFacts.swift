import Deck
import Foundation
import Study

/// A moment of a quiz, to be shown while it runs.
public enum QuizMoment: Facts {
  /// A question, the how many-th, how many are wanted at most, and what waits.
  /// What waits is nil where exercises are practised, due or not.
  case question(any QuizItem, number: Int, of: Int, left: StudyQueue.Counts?)
  /// The answer of the card beside what was typed, what a machine makes of it, and the grades with when each would bring it back.
  case answer(any QuizItem, typed: String, mark: Mark, proposal: Grade?, due: [(grade: Grade, date: Date)], now: Date)
  /// What came of the answer to an exercise.
  case solved(SolvedExercise)
  /// The grade is stored; when the card comes back.
  case graded(Grade, due: Date?, now: Date)
  /// A hint at the answer.
  case hint(AnswerHint)
  /// A remark on what was typed.
  case remark(String)
  /// What may follow a colon.
  case help([(name: String, meaning: String)])

  /// Nothing: a quiz tells its JSON at its end.
  public var json: [(String, JSONValue)] { [] }

  /// What is to be drawn with it.
  public var plot: PlotFacts? {
    if case .question(let item, _, _, _) = self { (item as? DrillItem)?.plot } else { nil }
  }
}

/// One card that was asked.
public struct AskedCard: Sendable {
  /// The card.
  public let card: Card
  /// How it was asked.
  public let mode: AskingMode
  /// What was typed before the answer was shown.
  public let answer: String
  /// The grade.
  public let grade: Grade
  /// When the card comes back.
  public let due: Date?
  /// What came of an exercise; nil for a deck's card.
  public var exercise: SolvedExercise?
  /// Whether it was known: the grade says so, which the learner gives or accepts.
  public var isKnown: Bool { grade != .again }
}

/// How a quiz went.
public struct QuizFacts: Facts {
  /// The cards in the order in which they were graded.
  public let asked: [AskedCard]
  /// Why it ended: all asked, nothing left, or the person left.
  public enum Ending: String, Sendable {
    /// As many cards as were wanted.
    case complete
    /// No further card is due.
    case nothingLeft = "nothing_left"
    /// The person left.
    case left
  }
  /// Why it ended.
  public let ending: Ending
  /// When the next card comes due; nil when none waits.
  public let nextDue: Date?
  /// The time at the end.
  public let now: Date
  /// What to look at after what was missed.
  public let advice: QuizAdvice
  /// Whether one kind of exercise was practised, due or not.
  public let isPractice: Bool

  /// The exercises that were answered wrongly.
  public var missedExercises: [SolvedExercise] { asked.compactMap(\.exercise).filter { !$0.isRight } }

  /// The cards that were graded Again at least once, each once, exercises among them by their skill.
  public var missed: [Card] {
    var seen: Set<String> = []
    return asked.filter { !$0.isKnown }.map(\.card).filter { seen.insert($0.id).inserted }
  }

  /// What was asked, answered and graded, and what was missed.
  public var json: [(String, JSONValue)] {
    [
      (
        "asked",
        .array(
          asked.map {
            .object(
              [
                ("id", .string($0.card.id)), ("mode", .string($0.mode.rawValue)), ("answer", .string($0.answer)),
                ("correct", .bool($0.isKnown)), ("grade", .integer($0.grade.rawValue)), ("due", .optional($0.due.map(timestamp))),
              ] + ($0.exercise?.json ?? []))
          })
      ), ("missed", .strings(missed.map(\.id))),
      (
        "look_at",
        .object([
          ("topics", .strings(advice.topics)), ("terms", .strings(advice.terms)), ("lessons", .strings(advice.lessons)),
          ("drills", .strings(advice.drills)),
        ])
      ), ("ended", .string(ending.rawValue)),
    ]
  }
}

/// What to look at after a quiz.
public struct QuizAdvice: Sendable {
  /// The topics of the missed cards, the one with the most first.
  public let topics: [String]
  /// Terms that the missed cards are about.
  public let terms: [String]
  /// The files of lessons that hold missed cards.
  public let lessons: [String]
  /// The kinds of exercises that were missed.
  public let drills: [String]

  /// At most so many of each are named.
  private static let limit = 3

  @MainActor init(_ asked: [AskedCard], _ session: Session) {
    let missed = asked.filter { $0.exercise == nil }.map(\.card)
    var kinds: Set<String> = []
    drills = asked.compactMap(\.exercise?.item.kind.name).filter { kinds.insert($0).inserted }
    var counts: [String: Int] = [:]
    for card in missed where !card.topic.isEmpty { counts[card.topic, default: 0] += 1 }
    topics = Array(counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key).prefix(QuizAdvice.limit))
    let files = Set(missed.map(\.file))
    lessons = Array(
      session.library.documents.filter { document in
        files.contains(document.file)
          && document.blocks.contains { if case .prose(let text, _) = $0 { text.contains { !$0.isWhitespace } } else { true } }
      }.map(\.file).prefix(QuizAdvice.limit))
    var seen: Set<String> = []
    terms = Array(missed.compactMap { Terms.asked(by: $0, session) }.filter { seen.insert($0).inserted }.prefix(QuizAdvice.limit))
  }
}
