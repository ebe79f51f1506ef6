import Deck
import Drills
import Engine
import Foundation
import Language
import Study

/// Asks cards one after the other and stores each grade before it asks the next.
@MainActor struct Quiz {
  /// Cards graded Again come back within this time of their due date, so that they return in the same quiz.
  static let ahead: TimeInterval = 90

  let surroundings: any Surroundings
  let store: any ReviewStore
  let limit: Int
  /// The reviews that the store held when the quiz began.
  private let storedBefore: Int
  /// The session as the quiz leaves it: `:edit` reloads its decks.
  var session: Session
  var queue: StudyQueue
  var maker: QuizItemMaker
  private var newCards: Int
  private var asked: [AskedCard] = []
  private var before: [(state: CardState?, wasNew: Bool)] = []
  private var skipped = Set<String>()
  /// A card to be asked at once: its grade was taken back, or its text was edited.
  private var again: Card?
  /// The exercise of that card, as it was asked before.
  private var exerciseAgain: DrillItem?
  /// The kind of exercise that is asked again and again, due or not; nil in a quiz.
  private let practised: Card?

  /// So many new cards are asked when nobody tells a number.
  static let usualNewCards = 5

  init(_ cards: [Card], _ mode: QuizMode, limit: Int, new: Int?, _ session: Session, _ surroundings: any Surroundings) throws {
    self.surroundings = surroundings
    self.session = session
    self.limit = limit
    newCards = new ?? Quiz.usualNewCards
    practised = nil
    store = try surroundings.permittedReviews
    var plan = try session.studyPlan(surroundings)
    // Who tells a number wants it today.
    if new != nil { plan.limits.newCards = Int(Int32.max) }
    queue = StudyQueue(cards: cards, states: try store.states(), scheduler: try session.scheduler(), plan: plan)
    storedBefore = try store.count()
    maker = QuizItemMaker(
      mode, cards: cards, seed: session.settings.seed &+ UInt64(storedBefore), plotStyle: session.settings.plot)
  }

  /// Exercises of one kind, as many as are wanted.
  init(practising kind: DrillKind, limit: Int, seed: UInt64?, _ session: Session, _ surroundings: any Surroundings) throws {
    let card = DrillCards.card(of: kind)
    self.surroundings = surroundings
    self.session = session
    self.limit = limit
    newCards = 0
    practised = card
    store = try surroundings.permittedReviews
    queue = StudyQueue(cards: [card], states: try store.states(), scheduler: try session.scheduler())
    storedBefore = try store.count()
    maker = QuizItemMaker(
      .drill, cards: [], seed: seed ?? session.settings.seed &+ UInt64(storedBefore), plotStyle: session.settings.plot)
  }

  mutating func run() throws -> QuizFacts {
    while asked.count < limit {
      guard let card = nextCard() else { return end(.nothingLeft) }
      let item = try exerciseAgain ?? maker.item(for: card, phase: queue.states[card.id]?.phase ?? .new)
      exerciseAgain = nil
      if let remark = maker.takeRemark() { surroundings.show(QuizMoment.remark(remark)) }
      if let exercise = item as? DrillItem {
        guard try ask(exercise) else { return end(.left) }
        continue
      }
      session.cardInHand = card.id
      guard try ask(item) else { return end(.left) }
    }
    return end(.complete)
  }

  private mutating func nextCard() -> Card? {
    if let card = again {
      again = nil
      return card
    }
    if let practised { return practised }
    return queue.next(at: surroundings.now, limit: 1, new: newCards, ahead: Quiz.ahead, skipping: skipped).first
  }

  private func end(_ ending: QuizFacts.Ending) -> QuizFacts {
    let missed = asked.filter { !$0.isKnown }
    return QuizFacts(
      asked: asked, ending: ending, nextDue: queue.nextDue(after: surroundings.now), now: surroundings.now,
      advice: QuizAdvice(missed, session), isPractice: practised != nil)
  }

  /// What waits, of new cards those that this quiz may still ask; nil where one kind is practised.
  private func left(at now: Date) -> StudyQueue.Counts? {
    guard practised == nil else { return nil }
    var left = queue.counts(at: now)
    left.new = max(0, min(left.new, newCards, queue.left.newCards))
    left.due = min(left.due, queue.left.reviews)
    return left
  }

  /// Asks one card; false when the person leaves.
  private mutating func ask(_ item: any QuizItem) throws -> Bool {
    let began = surroundings.now
    surroundings.show(QuizMoment.question(item, number: asked.count + 1, of: limit, left: left(at: began)))
    var commands = QuizCommands(item)
    var typed = ""
    var mark = Mark(.open)
    answering: while true {
      switch try line(item.options.isEmpty ? .answer : .choice, &commands) {
      case .text(let line):
        guard let found = item.mark(line) else {
          surroundings.show(QuizMoment.remark(item.expectation))
          continue
        }
        (typed, mark) = (line, found)
        break answering
      case .next: return true
      case .leave: return false
      }
    }
    let state = queue.states[item.card.id] ?? .new
    let previews = Grade.allCases.compactMap { grade in
      queue.scheduler.review(state, grade: grade, at: surroundings.now).due.map { (grade, $0) }
    }
    // Who was told half of the answer did not know it well.
    let proposal = commands.toldMuch ? mark.proposal.map { min($0, .hard) } : mark.proposal
    surroundings.show(
      QuizMoment.answer(item, typed: typed, mark: mark, proposal: proposal, due: previews, now: surroundings.now))
    while true {
      switch try line(proposal.map { .proposedGrade($0.rawValue) } ?? .grade, &commands) {
      case .text(let line):
        guard let grade = Quiz.grade(line) ?? (line.allSatisfy(\.isWhitespace) ? proposal : nil) else {
          surroundings.show(QuizMoment.remark("type 1 (again), 2 (hard), 3 (good) or 4 (easy); `:quit` leaves"))
          continue
        }
        try store(grade, item, state, typed, since: began)
        return true
      case .next: return true
      case .leave: return false
      }
    }
  }

  /// Asks an exercise, which is graded as the engine marks it; false when the person leaves.
  private mutating func ask(_ item: DrillItem) throws -> Bool {
    let began = surroundings.now
    surroundings.show(QuizMoment.question(item, number: asked.count + 1, of: limit, left: left(at: began)))
    var commands = QuizCommands(item)
    var network = NetworkAnswer(item.exercise, settings: session.settings)
    var answer: ExerciseAnswer?
    var typed = ""
    answering: while true {
      switch try line(item.options.isEmpty ? .answer : .choice, &commands) {
      case .text(let line) where item.asksCommands:
        guard network.take(line, surroundings) else { continue }
        (typed, answer) = (network.typed, network.answer)
        break answering
      case .text(let line):
        guard item.mark(line) != nil else {
          surroundings.show(QuizMoment.remark(item.expectation))
          continue
        }
        (typed, answer) = (line.trimmingCharacters(in: .whitespaces), AnswerReader.read(line, for: item.exercise))
        break answering
      case .next: return true
      case .leave: return false
      }
    }
    let solved = SolvedExercise(
      item, typed: typed, answer: answer, seconds: surroundings.now.timeIntervalSince(began), wasHelped: commands.toldMuch)
    surroundings.show(QuizMoment.solved(solved))
    try store(solved.grade, item, queue.states[item.card.id] ?? .new, typed, since: began, solved)
    return true
  }

  private enum Input {
    case text(String)
    case next, leave
  }

  /// The next line that is no command; or where a command leads.
  private mutating func line(_ question: Question, _ commands: inout QuizCommands) throws -> Input {
    while true {
      switch surroundings.ask(question) {
      case .cancelled, .end: return .leave
      case .line(let line):
        guard line.hasPrefix(":") else { return .text(line) }
        switch try commands.run(line, in: &self) {
        case .stay: continue
        case .next: return .next
        case .leave: return .leave
        }
      }
    }
  }

  private mutating func store(
    _ grade: Grade, _ item: any QuizItem, _ state: CardState, _ typed: String, since began: Date, _ exercise: SolvedExercise? = nil
  ) throws {
    let now = surroundings.now
    let card = item.card
    var random = RandomSource(seed: UInt64(storedBefore + asked.count), stream: card.id)
    let after = queue.scheduler.review(state, grade: grade, at: now, random: &random)
    let duration = Int((now.timeIntervalSince(began) * 1000).rounded().clamped(to: 0...86_400_000))
    try store.append(ReviewLog(cardID: card.id, grade: grade, reviewedAt: now, duration: duration, mode: item.mode.rawValue, state: after))
    // A skill stands in no deck that could be mended: nothing is to be relinked.
    if exercise == nil { try store.remember([RememberedCard(card)]) }
    before.append((queue.states[card.id], state.phase == .new))
    if state.phase == .new { newCards -= 1 }
    queue.set(after, of: card.id)
    asked.append(AskedCard(card: card, mode: item.mode, answer: typed, grade: grade, due: after.due, exercise: exercise))
    surroundings.show(QuizMoment.graded(grade, due: after.due, now: now))
    // A skill that is hard is practised, not rewritten.
    if exercise == nil, let remark = try LeechRemark.after(grade, card, threshold: session.settings.leechThreshold, store) {
      surroundings.show(QuizMoment.remark(remark))
    }
  }

  /// A grade as a number or a word.
  static func grade(_ text: String) -> Grade? {
    let text = text.trimmingCharacters(in: .whitespaces).lowercased()
    let words: [String: Grade] = ["again": .again, "hard": .hard, "good": .good, "easy": .easy]
    return Int(text).flatMap(Grade.init) ?? words[text]
  }
}

// What commands do to the quiz.
extension Quiz {
  /// Passes a card over until the next quiz.
  mutating func skip(_ card: Card) { skipped.insert(card.id) }

  /// Takes the last grade back, in the store too, and asks its card again; false when nothing is graded.
  mutating func takeBack() throws -> Bool {
    guard let last = asked.last, let (state, wasNew) = before.last else { return false }
    try store.removeNewest(of: last.card.id)
    asked.removeLast()
    before.removeLast()
    queue.set(state, of: last.card.id)
    if wasNew { newCards += 1 }
    again = queue.cards.first { $0.id == last.card.id }
    exerciseAgain = last.exercise?.item
    return true
  }

  /// Takes a deck as it stands now in the place of what was read before, and asks the card in its new words.
  mutating func reload(_ document: Document, asking card: Card) {
    session.take(document)
    // A question in new words is another card; it stands where the old one stood, or near.
    let new = document.cards.first { $0.id == card.id } ?? document.cards.min { abs($0.line - card.line) < abs($1.line - card.line) }
    let present = Dictionary(session.library.differentCards.map { ($0.id, $0) }) { first, _ in first }
    let cards = queue.cards.compactMap { $0.id == card.id ? new : DrillCards.kind(of: $0.id) == nil ? present[$0.id] : $0 }
    queue.replaceCards(by: cards)
    maker.cards = cards
    again = new
  }
}

extension Comparable {
  fileprivate func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}
