import Deck
import Engine
import Foundation
import Study

/// A moment of a quiz, to be shown while it runs.
public enum QuizMoment: Facts {
  /// A question, the how many-th, and how many are wanted at most.
  case question(Card, number: Int, of: Int)
  /// The answer of the card, and the grades with when each would bring it back.
  case answer(Card, typed: String, due: [(grade: Grade, date: Date)], now: Date)
  /// The grade is stored; when the card comes back.
  case graded(Grade, due: Date?, now: Date)
  /// A remark on what was typed.
  case remark(String)

  /// Nothing: a quiz tells its JSON at its end.
  public var json: [(String, JSONValue)] { [] }
}

/// One card that was asked.
public struct AskedCard: Sendable {
  /// The card.
  public let card: Card
  /// What was typed before the answer was shown.
  public let answer: String
  /// The grade.
  public let grade: Grade
  /// When the card comes back.
  public let due: Date?
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

  /// What was asked, answered and graded.
  public var json: [(String, JSONValue)] {
    [
      (
        "asked",
        .array(
          asked.map {
            .object([
              ("id", .string($0.card.id)), ("mode", .string("flip")), ("answer", .string($0.answer)),
              ("correct", .bool($0.grade != .again)),
              ("grade", .integer($0.grade.rawValue)), ("due", .optional($0.due.map(timestamp))),
            ])
          })
      ), ("ended", .string(ending.rawValue)),
    ]
  }
}

/// A time as ISO 8601 in UTC, to the millisecond.
public func timestamp(_ date: Date) -> String {
  date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
}

/// Asks cards one after the other and stores each grade before it asks the next.
@MainActor struct Quiz {
  /// Cards graded Again come back within this time of their due date, so that they return in the same quiz.
  static let ahead: TimeInterval = 90

  let surroundings: any Surroundings
  let store: any ReviewStore
  var queue: StudyQueue
  var newCards: Int
  /// How often a card is forgotten until it is called a leech.
  var leechThreshold = Settings().leechThreshold
  let limit: Int
  private var asked: [AskedCard] = []
  private var before: [(state: CardState?, wasNew: Bool)] = []
  private var skipped = Set<String>()

  init(_ cards: [Card], limit: Int, new: Int, scheduler: Scheduler, plan: StudyPlan, _ surroundings: any Surroundings) throws {
    self.surroundings = surroundings
    store = try surroundings.permittedReviews
    queue = StudyQueue(cards: cards, states: try store.states(), scheduler: scheduler, plan: plan)
    newCards = new
    self.limit = limit
  }

  mutating func run() throws -> QuizFacts {
    while asked.count < limit {
      guard let card = nextCard() else { return end(.nothingLeft) }
      guard try ask(card) else { return end(.left) }
    }
    return end(.complete)
  }

  private func nextCard() -> Card? {
    queue.next(at: surroundings.now, limit: 1, new: newCards, ahead: Quiz.ahead, skipping: skipped).first
  }

  private func end(_ ending: QuizFacts.Ending) -> QuizFacts {
    QuizFacts(asked: asked, ending: ending, nextDue: queue.nextDue(after: surroundings.now), now: surroundings.now)
  }

  /// Asks one card; false when the person leaves.
  private mutating func ask(_ card: Card) throws -> Bool {
    let began = surroundings.now
    surroundings.show(QuizMoment.question(card, number: asked.count + 1, of: limit))
    var typed = ""
    reading: while true {
      switch surroundings.ask(.answer) {
      case .cancelled, .end: return false
      case .line(let line):
        guard line.hasPrefix(":") else {
          typed = line
          break reading
        }
        switch try command(line, card) {
        case .stay: continue
        case .next: return true
        case .leave: return false
        }
      }
    }
    let state = queue.states[card.id] ?? .new
    let previews = Grade.allCases.compactMap { grade in
      queue.scheduler.review(state, grade: grade, at: surroundings.now).due.map { (grade, $0) }
    }
    surroundings.show(QuizMoment.answer(card, typed: typed, due: previews, now: surroundings.now))
    while true {
      switch surroundings.ask(.grade) {
      case .cancelled, .end: return false
      case .line(let line):
        if line.hasPrefix(":") {
          switch try command(line, card) {
          case .stay: continue
          case .next: return true
          case .leave: return false
          }
        }
        guard let grade = Quiz.grade(line) else {
          surroundings.show(QuizMoment.remark("type 1 (again), 2 (hard), 3 (good) or 4 (easy)"))
          continue
        }
        try store(grade, card, state, typed, since: began)
        return true
      }
    }
  }

  private mutating func store(_ grade: Grade, _ card: Card, _ state: CardState, _ typed: String, since began: Date) throws {
    let now = surroundings.now
    var random = RandomSource(seed: UInt64(try store.count()), stream: card.id)
    let after = queue.scheduler.review(state, grade: grade, at: now, random: &random)
    let duration = Int((now.timeIntervalSince(began) * 1000).rounded().clamped(to: 0...86_400_000))
    try store.append(ReviewLog(cardID: card.id, grade: grade, reviewedAt: now, duration: duration, mode: "flip", state: after))
    try store.remember([RememberedCard(card)])
    before.append((queue.states[card.id], state.phase == .new))
    if state.phase == .new { newCards -= 1 }
    queue.states[card.id] = after
    asked.append(AskedCard(card: card, answer: typed, grade: grade, due: after.due))
    surroundings.show(QuizMoment.graded(grade, due: after.due, now: now))
    if let remark = try LeechRemark.after(grade, card, threshold: leechThreshold, store) { surroundings.show(QuizMoment.remark(remark)) }
  }

  private enum Next { case stay, next, leave }

  /// What follows a colon.
  private mutating func command(_ line: String, _ card: Card) throws -> Next {
    let name = line.dropFirst().trimmingCharacters(in: .whitespaces).lowercased()
    switch name {
    case "quit", "q": return .leave
    case "skip", "s":
      skipped.insert(card.id)
      return .next
    case "undo", "u":
      guard let last = asked.popLast(), let (state, wasNew) = before.popLast() else {
        surroundings.show(QuizMoment.remark("nothing is graded yet"))
        return .stay
      }
      try store.removeNewest(of: last.card.id)
      queue.states[last.card.id] = state
      if wasNew { newCards += 1 }
      surroundings.show(QuizMoment.remark("the last grade is taken back"))
      return .next
    default:
      surroundings.show(QuizMoment.remark(":skip passes the card over, :undo takes the last grade back, :quit leaves the quiz"))
      return .stay
    }
  }

  /// A grade as a number or a word.
  static func grade(_ text: String) -> Grade? {
    let text = text.trimmingCharacters(in: .whitespaces).lowercased()
    let words: [String: Grade] = ["again": .again, "hard": .hard, "good": .good, "easy": .easy]
    return Int(text).flatMap(Grade.init) ?? words[text]
  }
}

extension Comparable {
  fileprivate func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}
