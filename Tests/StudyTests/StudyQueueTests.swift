import Deck
import Foundation
import Study
import Testing

@Suite("The queue")
struct StudyQueueTests {
  static func card(_ question: String, _ topic: String = "T") -> Card { Card(category: "C", topic: topic, question: question, answer: "y") }

  static func state(_ phase: CardState.Phase, due: Double, reviewed: Double = -10, stability: Double = 5) -> CardState {
    CardState(
      phase: phase, memory: MemoryState(stability: stability, difficulty: 5), due: start + due * day, lastReview: start + reviewed * day)
  }

  let cards = ["n1", "late", "n2", "step2", "step1", "soon", "future", "weak", "n3", "n1"].map { card($0) }
  let states: [String: CardState] = [
    "late": state(.review, due: -5, stability: 50), "step2": state(.relearning, due: -0.001), "step1": state(.learning, due: -0.002),
    "soon": state(.learning, due: 0.005), "future": state(.review, due: 0.001), "weak": state(.review, due: 0, stability: 2),
  ]

  func queue() throws -> StudyQueue {
    let byID = Dictionary(uniqueKeysWithValues: states.map { (StudyQueueTests.card($0.key).id, $0.value) })
    return StudyQueue(cards: cards, states: byID, scheduler: try Scheduler())
  }

  @Test(
    "asks learning, then the most forgotten, then new cards in their order",
    arguments: [
      (10, 5, 0.0, ["step1", "step2", "weak", "late", "n1", "n2", "n3"]), (10, 2, 0, ["step1", "step2", "weak", "late", "n1", "n2"]),
      (3, 5, 0, ["step1", "step2", "weak"]), (10, 0, 600, ["step1", "step2", "weak", "late", "soon"]),
      (10, -1, 0, ["step1", "step2", "weak", "late"]),
      (0, 5, 0, []), (-1, 5, 0, []),
    ])
  func order(limit: Int, new: Int, ahead: Double, expected: [String]) throws {
    #expect(try queue().next(at: start, limit: limit, new: new, ahead: ahead).map(\.question) == expected)
  }

  @Test("counts each card once")
  func counts() throws {
    #expect(try queue().counts(at: start) == StudyQueue.Counts(new: 3, learning: 3, due: 2))
    #expect(try queue().counts(at: start + day) == StudyQueue.Counts(new: 3, learning: 3, due: 3))
    #expect(
      StudyQueue(cards: [], states: [:], scheduler: try Scheduler()).counts(at: start) == StudyQueue.Counts(new: 0, learning: 0, due: 0))
  }

  @Test("knows when the next card comes")
  func nextDue() throws {
    #expect(try queue().nextDue(after: start) == start + 0.001 * day)
    #expect(try queue().nextDue(after: start + day) == nil)
  }

  @Test("a card that was answered leaves the queue until its time")
  func session() throws {
    var queue = try queue()
    let scheduler = try Scheduler()
    var now = start
    var asked: [String] = []
    while let card = queue.next(at: now, limit: 1, new: 5).first {
      asked.append(card.question)
      queue.set(scheduler.review(queue.states[card.id] ?? .new, grade: .easy, at: now), of: card.id)
      now += 1
    }
    #expect(asked == ["step1", "step2", "weak", "late", "n1", "n2", "n3"])
  }
}

@Suite("Topics by name")
struct TopicFilterTests {
  static let cards = [
    ("Deep Learning", "Neural networks"), ("Deep Learning", "Neural networks with TensorFlow"), ("Deep Learning", "Époque et lots"),
    ("Statistics", "Deep samples"), ("", ""), ("Deep Learning", "neural  Networks"),
  ].enumerated().map { Card(category: $1.0, topic: $1.1, question: "\($0)", answer: "y") }

  @Test(
    "an exact name beats a prefix, a prefix beats words",
    arguments: [
      ("Neural networks", ["0", "5"]), ("neural NETWORKS  ", ["0", "5"]), ("neural", ["0", "1", "5"]), ("tensorflow neural", ["1"]),
      ("epoque", ["2"]), ("deep learning", ["0", "1", "2", "5"]), ("deep", ["0", "1", "2", "3", "5"]),
      ("Deep Learning - Neural networks", ["0", "5"]),
      ("deep learning - n", ["0", "1", "5"]), ("statistics samples", ["3"]), ("nothing", []), ("-", []),
      ("", ["0", "1", "2", "3", "4", "5"]),
    ])
  func matches(name: String, questions: [String]) {
    #expect(TopicFilter.cards(name, in: TopicFilterTests.cards).map(\.question) == questions)
  }

  @Test("topics come in the order of the cards")
  func topics() {
    let topics = TopicFilter.topics("deep learning", in: Topic.topics(of: TopicFilterTests.cards))
    #expect(topics.map(\.name) == ["Neural networks", "Neural networks with TensorFlow", "Époque et lots"])
  }
}
