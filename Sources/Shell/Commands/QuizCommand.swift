import Deck
import Foundation
import Study

/// `quiz`: asks cards and schedules them by FSRS-6.
enum QuizCommand {
  static let command = Command(
    .recall, .keeps,
    Declaration<Action>(
      "quiz", "Asks cards: think, press Enter, compare, grade yourself from 1 to 4.", examples: ["quiz", "quiz Neuron n=5"],
      notes: """
        1 is again, 2 hard, 3 good, 4 easy; FSRS-6 decides when a card comes back, and each grade is stored at once. Plain text is your answer; \
        :skip, :undo and :quit are commands, Ctrl-C leaves with everything kept.
        """,
      .text("topic", "a topic, the start of one, or words of a card", from: .topics),
      .integer("n", "how many cards at most", in: 1...10_000, default: 10).named,
      .integer("new", "how many new cards at most", in: 0...10_000, default: 5).named,
      .choice("mode", "how cards are asked", from: [("flip", "the card is turned over and you grade yourself")], default: "flip").named,
      .optional(.choice("lang", "only cards of one language", from: [("en", "English"), ("fr", "French")])).named
    ) { topic, count, new, _, lang in
      Action { session, surroundings in
        session.openDecks(surroundings)
        var asked = session
        // The built-in cards of another language are opened for this quiz alone.
        if let lang {
          asked.settings.lang = lang
          asked.openBuiltInDecks(surroundings.files)
        }
        let cards = try chosen(topic, lang, asked)
        var quiz = try Quiz(
          cards, limit: count, new: new, scheduler: try session.scheduler(), plan: try asked.studyPlan(surroundings), surroundings)
        quiz.leechThreshold = session.settings.leechThreshold
        return try quiz.run()
      }
    })

  /// The cards of a topic, else those that hold the words.
  private static func chosen(_ words: String, _ lang: String?, _ session: Session) throws -> [Card] {
    let all = session.library.differentCards.filter { lang == nil || $0.lang.rawValue == lang }
    guard !all.isEmpty else { throw Complaint.noCards(in: lang) }
    if words.isEmpty { return all }
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
    .recall,
    Declaration<Action>("due", "Tells how many cards are new, being learned, and due.", examples: ["due"]) {
      Action { session, surroundings in
        session.openDecks(surroundings)
        let queue = StudyQueue(
          cards: session.library.differentCards, states: try surroundings.permittedReviews.states(), scheduler: try session.scheduler(),
          plan: try session.studyPlan(surroundings))
        return DueFacts(counts: queue.counts(at: surroundings.now), next: queue.nextDue(after: surroundings.now), now: surroundings.now)
      }
    })
}

/// How many cards wait.
public struct DueFacts: Facts {
  /// New, in learning, and due.
  public let counts: StudyQueue.Counts
  /// When the next card comes due.
  public let next: Date?
  /// The time now.
  public let now: Date
  /// The counts, and when the next card comes due.
  public var json: [(String, JSONValue)] {
    [
      ("new", .integer(counts.new)), ("learning", .integer(counts.learning)), ("due", .integer(counts.due)),
      ("next", .optional(next.map(timestamp))),
    ]
  }
}
