import Foundation
import GRDB
import Shell
import Study
import Testing

@testable import Store

@MainActor @Suite struct StudyDatabaseTests {
  private let file = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-study-\(UUID().uuidString).sqlite")
  private let start = Date(timeIntervalSince1970: 1_750_000_000)

  private func withStore(_ body: (ReviewDatabase) throws -> Void) throws {
    defer { for end in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: file.path + end) } }
    try body(try ReviewDatabase(file: file))
  }

  private func review(_ card: String, _ grade: Grade, day: Double) -> ReviewLog {
    ReviewLog(cardID: card, grade: grade, reviewedAt: start.addingTimeInterval(day * 86_400), state: .new)
  }

  @Test("Merged reviews are replayed with those that are there, in the order of time; a second merge adds nothing")
  func merges() throws {
    try withStore { store in
      let log = [
        review("a", .good, day: 0), review("a", .good, day: 0.01), review("a", .hard, day: 5), review("a", .again, day: 20),
        review("b", .easy, day: 1), review("unknown", .good, day: 2),
      ]
      let expected = Dictionary(grouping: log, by: \.cardID).mapValues { Scheduler.standard.replay($0) }
      #expect(try store.merge([log[3], log[1]], .standard) == 2)
      #expect(try store.merge(log.reversed(), .standard) == 4)
      #expect(try store.merge(log + log, .standard) == 0)
      #expect(try store.states() == expected)
      #expect(try store.count() == log.count)
      #expect(try store.reviews(of: "a").map(\.reviewedAt) == log.prefix(4).map(\.reviewedAt))
      try store.removeNewest(of: "a")
      #expect(try store.states()["a"] == Scheduler.standard.replay(Array(log.prefix(3))))
    }
  }

  @Test("The store equals the one in memory in what it tells of a day, of a card and of a merge")
  func agrees() throws {
    try withStore { store in
      let memory = MemoryReviews()
      let stores: [any ReviewStore] = [store, memory]
      let log = [review("a", .good, day: 0), review("b", .good, day: 1), review("a", .good, day: 1.1), review("c", .again, day: 1.2)]
      for each in stores {
        #expect(try each.merge(log, .standard) == 4)
        #expect(try each.introduced(since: start.addingTimeInterval(0.9 * 86_400)) == ["b", "c"])
        #expect(try each.introduced(since: start.addingTimeInterval(3 * 86_400)) == [])
        #expect(try each.log(since: start.addingTimeInterval(86_400)).map(\.cardID) == ["b", "a", "c"])
        try each.mark("a", CardMarks(isSuspended: true, buriedUntil: start, isFlagged: true))
        try each.mark("b", CardMarks(isFlagged: true))
        try each.mark("b", CardMarks())
        // `a` is suspended; none of the others waits on the first day, all of them after a year.
        #expect(try each.dueCount(at: start) == 0)
        #expect(try each.dueCount(at: start.addingTimeInterval(365 * 86_400)) == 2)
        #expect(try each.marks() == ["a": CardMarks(isSuspended: true, buriedUntil: start, isFlagged: true)])
      }
      #expect(try store.states() == memory.states())
    }
  }

  @Test("A moved history takes its marks along, and those of the card that it comes to stay")
  func moveMarks() throws {
    try withStore { store in
      let memory = MemoryReviews()
      let to = { RememberedCard(id: $0, category: "", topic: "", question: $0, file: "") }
      let stores: [any ReviewStore & CardMemory] = [store, memory]
      for each in stores {
        try each.append(review("a", .good, day: 0))
        try each.mark("a", CardMarks(isSuspended: true))
        try each.mark("b", CardMarks(isFlagged: true))
        try each.move([HistoryMove(from: "a", to: to("c")), HistoryMove(from: "b", to: to("c"))])
        #expect(try each.marks() == ["c": CardMarks(isSuspended: true)])
        #expect(try Set(each.states().keys) == ["c"])
      }
    }
  }

  @Test("The newest review of a card stays known when reviews are moved to another card, or removed, by whatever program")
  func moved() throws {
    try withStore { store in
      for entry in [review("a", .good, day: 0), review("a", .good, day: 1), review("b", .good, day: 2)] { try store.append(entry) }
      try DatabaseQueue(path: file.path).write { try $0.execute(sql: "UPDATE review SET card_id = 'c' WHERE card_id = 'a'") }
      #expect(try Set(store.states().keys) == ["b", "c"])
      #expect(try store.count() == 3)
      try DatabaseQueue(path: file.path).write { try $0.execute(sql: "DELETE FROM review WHERE card_id = 'c'") }
      #expect(try Set(store.states().keys) == ["b"])
    }
  }

  @Test("How many cards are due is what their newest reviews say, whoever writes, and those that are set aside are left out")
  func countsDue() throws {
    try withStore { store in
      let other = try DatabaseQueue(path: file.path)
      func day(_ count: Double) -> Date { start.addingTimeInterval(count * 86_400) }
      func due(_ card: String, _ day: Double) -> ReviewLog {
        var state = CardState.new
        state.phase = .review
        state.due = self.start.addingTimeInterval(day * 86_400)
        return ReviewLog(cardID: card, grade: .good, reviewedAt: start, state: state)
      }
      let log = [due("a", 1), due("b", 2), due("b", 4), due("c", 3), due("d", 3), review("new", .good, day: 0)]
      for entry in log { try store.append(entry) }
      let counts = { try [0.5, 1, 2, 3, 4].map { try store.dueCount(at: day($0)) } }
      #expect(try counts() == [0, 1, 1, 3, 4])
      try store.mark("c", CardMarks(isSuspended: true))
      try store.mark("d", CardMarks(buriedUntil: day(3.5)))
      try store.mark("never reviewed", CardMarks(isSuspended: true))
      #expect(try counts() == [0, 1, 1, 1, 3])
      try store.removeNewest(of: "b")
      #expect(try counts() == [0, 1, 2, 2, 3])
      try other.write { try $0.execute(sql: "UPDATE review SET due = due + 86400000 WHERE card_id = 'a'") }
      #expect(try counts() == [0, 0, 2, 2, 3])
      try other.write { try $0.execute(sql: "UPDATE review SET card_id = 'a' WHERE card_id = 'd'") }
      // The later of the two is the newest, and what was set aside is no longer there.
      #expect(try counts() == [0, 0, 1, 2, 2])
      try other.write { try $0.execute(sql: "UPDATE review SET id = id + 1000, due = due - 172800000 WHERE card_id = 'b'") }
      #expect(try counts() == [1, 1, 1, 2, 2])
      try other.write { try $0.execute(sql: "UPDATE review SET card_id = 'e', due = due + 86400000 WHERE card_id = 'b'") }
      #expect(try counts() == [0, 1, 1, 2, 2])
    }
  }

  @Test("A store from before the due dates were at hand tells the same number of due cards")
  func dueOfOlderStores() throws {
    defer { for end in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: file.path + end) } }
    let older = try DatabaseQueue(path: file.path)
    try ReviewDatabase.migrator.migrate(older, upTo: "newest reviews by number")
    try older.write { database in
      for (card, due) in [("a", 1), ("a", 5), ("b", 2), ("c", nil)] as [(String, Int?)] {
        try database.execute(
          sql: """
            INSERT INTO review (card_id, grade, reviewed_at, duration_ms, scheduler, phase, step, due)
            VALUES (?, 3, 0, 0, '', 'review', 0, ?)
            """, arguments: [card, due.map { $0 * 1000 }])
      }
    }
    let store = try ReviewDatabase(file: file)
    #expect(try [1, 2, 5].map { try store.dueCount(at: Date(timeIntervalSince1970: $0)) } == [0, 1, 2])
  }
}
