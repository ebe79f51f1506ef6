import Deck
import Drills
import Foundation
import Study

/// `quiz`: asks cards and schedules them by FSRS-6.
enum QuizCommand {
  static let command = Command(
    .learn, .keeps,
    Declaration<Action>(
      "quiz", "Asks cards, marks what can be marked, and schedules them by FSRS-6.",
      examples: ["quiz", "quiz Neuron n=5", "quiz mode=type", "quiz mode=choice n=5", "quiz mode=drill n=3", "preset lenet; quiz here"],
      notes: """
        Think or type, press Enter, compare, and give a grade: 1 again, 2 hard, 3 good, 4 easy. FSRS-6 decides when a card comes back, and each \
        grade is stored at once. `type` marks short answers: case, accents, blanks, small slips, rounding and units are forgiven, and Enter \
        accepts the proposed grade; of a long answer it tells the keywords. `choice` takes 1-4 or a-d. `mix` types short answers, chooses long ones \
        that are new, turns over those that are known, and puts exercises of the engine among them; `drill` asks only these, each kind when it \
        is due. `quiz here` asks about the layers, loss, optimizer and data in hand.
        Plain text is your answer; :hint, :skip, :undo, :edit, :try, :explain TERM, :quit and :help are commands, and Ctrl-C leaves with \
        everything kept.
        """,
      .text("topic", "a topic, the start of one, words of a card, or `here` for the present model", from: .topics),
      .integer("n", "how many cards at most", in: 1...10_000, default: 10).named,
      .optional(.integer("new", "how many new cards at most, whatever the day's limit; without it 5 within the limit", in: 0...10_000))
        .named,
      .choice(
        "mode", "how cards are asked",
        from: [
          ("flip", "the card is turned over and you grade yourself"), ("type", "you type the answer and it is marked"),
          ("choice", "you choose one of four answers"), ("drill", "exercises that the engine makes and marks"),
          ("mix", "as it fits the card and how well you know it"),
        ], default: "flip"
      ).named,
      .optional(.choice("lang", "only cards of one language", from: [("en", "English"), ("fr", "French")])).named
    ) { topic, count, new, mode, lang in
      Action { session, surroundings in
        session.openDecks(surroundings)
        var asked = session
        // The built-in cards of another language are opened for this quiz alone.
        if let lang {
          asked.settings.lang = lang
          asked.openBuiltInDecks(surroundings.files)
        }
        let mode = QuizMode(rawValue: mode) ?? .flip
        let cards =
          try mode == .drill
          ? drills(topic) : mode == .mix ? mixed(topic, lang, asked, surroundings) : chosen(topic, lang, asked, surroundings)
        var quiz = try Quiz(cards, mode, limit: count, new: new, asked, surroundings)
        let facts = try quiz.run()
        session.cardInHand = quiz.session.cardInHand
        // Decks that were edited are read again.
        session.openDecks(surroundings)
        return facts
      }
    })

  /// The kinds of exercises that the words are about.
  private static func drills(_ words: String) throws -> [Card] {
    let cards = DrillCards.about(words)
    guard !cards.isEmpty else {
      throw Complaint("no exercise is about `\(words)`", hint: "the kinds are \(DrillKinds.all.map(\.name).joined(separator: ", "))")
    }
    return cards
  }

  /// The cards of a topic with the exercises about it between them. `here` asks cards alone: exercises draw networks of their own.
  @MainActor private static func mixed(
    _ words: String, _ lang: String?, _ session: Session, _ surroundings: any Surroundings
  ) throws -> [Card] {
    DrillCards.mixed(try chosen(words, lang, session, surroundings), with: DrillCards.about(words))
  }

  /// The cards of a topic, else those that hold the words.
  @MainActor private static func chosen(
    _ words: String, _ lang: String?, _ session: Session, _ surroundings: any Surroundings
  ) throws -> [Card] {
    let all = session.library.differentCards.filter { lang == nil || $0.lang.rawValue == lang }
    guard !all.isEmpty else { throw Complaint.noCards(in: lang) }
    if words.isEmpty { return session.lessonsFirst(all, surroundings) }
    if words.lowercased() == "here", TopicName.exact(words, in: session.library) == nil { return try QuizScreen.cards(all, session) }
    let byTopic = TopicFilter.cards(words, in: all)
    if !byTopic.isEmpty { return byTopic }
    let ids = Set(all.map(\.id))
    let found = session.library.search(words).filter { ids.contains($0.id) }
    guard !found.isEmpty else {
      throw Complaint.noTopic(words, NearNames.hint(for: words, among: session.library.topics.map(\.name)))
    }
    return found
  }
}

/// `due`: how many cards wait.
enum DueCommand {
  static let command = Command(
    .learn,
    Declaration<Action>("due", "Tells how many cards are new, being learned, and due.", examples: ["due"]) {
      Action { session, surroundings in
        session.openDecks(surroundings)
        let queue = StudyQueue(
          cards: session.library.differentCards, states: try surroundings.permittedReviews.states(), scheduler: try session.scheduler(),
          plan: try session.studyPlan(surroundings))
        let skills = StudyQueue(cards: DrillCards.all, states: queue.states, scheduler: queue.scheduler).counts(at: surroundings.now)
        return DueFacts(
          counts: queue.counts(at: surroundings.now), drills: skills.due + skills.learning, next: queue.nextDue(after: surroundings.now),
          now: surroundings.now)
      }
    })
}

/// How many cards wait.
public struct DueFacts: Facts {
  /// New, in learning, and due.
  public let counts: StudyQueue.Counts
  /// Kinds of exercises that are being learned or due; those that were never asked do not wait.
  public let drills: Int
  /// When the next card comes due.
  public let next: Date?
  /// The time now.
  public let now: Date
  /// The counts, and when the next card comes due.
  public var json: [(String, JSONValue)] {
    [
      ("new", .integer(counts.new)), ("learning", .integer(counts.learning)), ("due", .integer(counts.due)),
      ("drills", .integer(drills)), ("next", .optional(next.map(timestamp))),
    ]
  }
}
