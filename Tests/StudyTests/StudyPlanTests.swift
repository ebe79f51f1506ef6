import Deck
import Foundation
import Testing

@testable import Study

@Suite("What a day brings")
struct StudyPlanTests {
  private static let names = ["new1", "new2", "new3", "due1", "due2", "due3", "step"]
  private static let cards = names.map { StudyQueueTests.card($0) }
  private static func id(_ name: String) -> String { StudyQueueTests.card(name).id }

  private func queue(
    _ limits: DailyLimits = .none, introduced: Set<String> = [], asked: [String: CardState.Phase] = [:], marks: [String: CardMarks] = [:],
    siblings: [String: String] = [:]
  ) -> StudyQueue {
    var states = [
      "due1": StudyQueueTests.state(.review, due: -3, stability: 2), "due2": StudyQueueTests.state(.review, due: -2, stability: 5),
      "due3": StudyQueueTests.state(.review, due: -1, stability: 9), "step": StudyQueueTests.state(.learning, due: -0.001),
    ]
    for (name, phase) in asked { states[name] = StudyQueueTests.state(phase, due: 4, reviewed: -0.1) }
    let groups = Dictionary(uniqueKeysWithValues: siblings.map { (StudyPlanTests.id($0.key), $0.value) })
    return StudyQueue(
      cards: StudyPlanTests.cards, states: Dictionary(uniqueKeysWithValues: states.map { (StudyPlanTests.id($0.key), $0.value) }),
      scheduler: .standard,
      plan: StudyPlan(
        dayBegan: start - 0.3 * day, limits: limits, introduced: Set(introduced.map(StudyPlanTests.id)),
        marks: Dictionary(uniqueKeysWithValues: marks.map { (StudyPlanTests.id($0.key), $0.value) }), siblings: groups))
  }

  private func asked(_ queue: StudyQueue, at now: Date = start) -> [String] {
    queue.next(at: now, limit: 20, new: 20).map(\.question)
  }

  @Test(
    "Limits count what the day brought already, also of cards that are not in the quiz; learning steps are never cut short",
    arguments: [
      (2, 2, [:], [], ["step", "due1", "due2", "new1", "new2"]), (0, 0, [:], [], ["step"]),
      (2, 2, ["other": CardState.Phase.review], [], ["step", "due1", "new1", "new2"]),
      (2, 2, ["other": .learning], ["other"], ["step", "due1", "due2", "new1"]),
      (1, 1, ["other": .review, "more": .review, "third": .learning], ["third"], ["step"]),
    ] as [(Int, Int, [String: CardState.Phase], Set<String>, [String])])
  func limits(new: Int, reviews: Int, before: [String: CardState.Phase], introduced: Set<String>, expected: [String]) {
    #expect(asked(queue(DailyLimits(newCards: new, reviews: reviews), introduced: introduced, asked: before)) == expected)
  }

  @Test("A grade of the session counts, and taking it back gives the place back")
  func counts() {
    var queue = queue(DailyLimits(newCards: 1, reviews: 1))
    #expect(queue.left == DailyLimits(newCards: 1, reviews: 1))
    let (new, due) = (StudyPlanTests.id("new1"), StudyPlanTests.id("due1"))
    let before = queue.states[due]
    for id in [new, due] { queue.set(queue.scheduler.review(queue.states[id] ?? .new, grade: .easy, at: start), of: id) }
    #expect(queue.left == DailyLimits(newCards: 0, reviews: 0))
    #expect(asked(queue) == ["step"])
    queue.set(nil, of: new)
    queue.set(before, of: due)
    #expect(asked(queue) == ["step", "due1", "new1"])
  }

  @Test("Suspended cards do not come, buried ones not before their morning, flagged ones as any other")
  func marks() {
    let queue = queue(marks: [
      "due1": CardMarks(isSuspended: true), "due2": CardMarks(buriedUntil: start + 60), "new1": CardMarks(isFlagged: true),
      "new2": CardMarks(isSuspended: true),
    ])
    #expect(asked(queue) == ["step", "due3", "new1", "new3"])
    #expect(asked(queue, at: start + 61).contains("due2"))
    #expect(queue.counts(at: start) == StudyQueue.Counts(new: 2, learning: 1, due: 1))
  }

  @Test(
    "Of siblings one comes on a day, a card in a learning step always",
    arguments: [
      (["new1": "a", "new2": "a"], [:], ["step", "due1", "due2", "due3", "new1", "new3"]),
      (["due2": "a", "new1": "a"], [:], ["step", "due1", "due2", "due3", "new2", "new3"]),
      (["step": "a", "due1": "a"], [:], ["step", "due2", "due3", "new1", "new2", "new3"]),
      (["due1": "a", "other": "a"], ["other": CardState.Phase.review], ["step", "due2", "due3", "new1", "new2", "new3"]),
      (["step": "a", "other": "a"], ["other": .review], ["step", "due1", "due2", "due3", "new1", "new2", "new3"]),
    ] as [([String: String], [String: CardState.Phase], [String])])
  func siblings(groups: [String: String], before: [String: CardState.Phase], expected: [String]) {
    #expect(asked(queue(asked: before, siblings: groups)) == expected)
  }

  @Test("Siblings are the cards at the same place of a lesson and its translation")
  func pairs() throws {
    let text = { (id: String, lang: String, questions: [String]) in
      "---\nid: \(id)\nlang: \(lang)\n---\n\n# T\n" + questions.map { "\nQuestion : C - T - \($0)\nAnswer : y\n" }.joined()
    }
    let document = { (file: String, text: String) throws in try Document(file: file, bytes: Array(text.utf8)) }
    let english = try document("e.md", text("one", "en", ["What?", "Why?"]))
    let french = try document("f.md", text("one", "fr", ["Quoi ?", "Pourquoi ?"]))
    let other = try document("o.md", text("two", "fr", ["Où ?", "Quand ?"]))
    let shorter = try document("s.md", text("one", "fr", ["Qui ?"]))
    let groups = Siblings.groups(of: [english, french, other, shorter])
    try #require(english.cards.count == 2 && french.cards.count == 2)
    #expect(groups.count == 4)
    for place in 0..<2 { #expect(groups[english.cards[place].id] == groups[french.cards[place].id]) }
    #expect(groups[english.cards[0].id] != groups[english.cards[1].id])
    #expect(Siblings.groups(of: [english, other, shorter]).isEmpty)
  }

  @Test(
    "A day begins at four in the morning",
    arguments: [
      ("2026-03-10T03:59:59Z", "2026-03-09T04:00:00Z"), ("2026-03-10T04:00:00Z", "2026-03-10T04:00:00Z"),
      ("2026-03-10T23:00:00Z", "2026-03-10T04:00:00Z"),
    ])
  func days(now: String, began: String) throws {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = .gmt
    let (now, began) = (try #require(ReviewMoment.date(now)), try #require(ReviewMoment.date(began)))
    #expect(StudyDay.began(now, calendar) == began)
    #expect(StudyDay.next(now, calendar) == began + day)
  }

  @Test("A card becomes a leech once: when it is forgotten for the threshold-th time after its learning steps")
  func leeches() {
    var log: [ReviewLog] = []
    var state = CardState.new
    var told: [Int] = []
    for (index, grade) in [1, 1, 4, 1, 4, 1, 1, 4, 1, 4, 3, 1].enumerated() {
      let now = start + Double(index) * 30 * day
      let grade = Grade(rawValue: grade) ?? .again
      state = Scheduler.standard.review(state, grade: grade, at: now)
      log.append(ReviewLog(cardID: "a", grade: grade, reviewedAt: now, state: state))
      if Leech.isNew(log, threshold: 3) { told.append(index) }
    }
    #expect(Leech.lapses(of: log) == 4)
    #expect(told == [8])
  }
}
