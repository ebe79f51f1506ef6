import Foundation
import GRDB
import Shell
import Store
import Study
import Testing

/// A folder that goes away with the test.
final class Folder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-store-\(UUID().uuidString)")
  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: url) }
}

private func review(_ card: String, _ grade: Grade, at second: Double, due: Double = 600) -> ReviewLog {
  let now = Date(timeIntervalSince1970: 1_750_000_000 + second)
  let state = CardState(
    phase: .learning, step: 1, memory: MemoryState(stability: 2.3065, difficulty: 2.118103970459015), due: now.addingTimeInterval(due),
    lastReview: now)
  return ReviewLog(cardID: card, grade: grade, reviewedAt: now, duration: 1234, state: state)
}

@MainActor @Suite struct ReviewDatabaseTests {
  @Test("What was stored comes back in another session, to the last bit of the memory")
  func survives() throws {
    let folder = try Folder()
    let file = folder.url.appendingPathComponent("deep/er/reviews.sqlite")
    let stored = [review("a", .good, at: 0), review("b", .again, at: 1.5), review("a", .easy, at: 2)]
    let first = try ReviewDatabase(file: file)
    for entry in stored { try first.append(entry) }
    let second = try ReviewDatabase(file: file)
    #expect(try second.all() == stored)
    #expect(try second.count() == 3)
    #expect(try second.states() == ["a": stored[2].state, "b": stored[1].state])
  }

  @Test(
    "What another program wrote into the store, and what no scheduler leaves behind, is a card not yet asked, or a part left out",
    arguments: [
      "stability = -1", "stability = 0", "stability = 9e999", "difficulty = -9e999", "difficulty = 0", "stability = 'abc'",
      "stability = NULL",
      "step = 'abc'", "step = -5", "step = 9223372036854775807", "due = 9223372036854775807", "due = -9223372036854775808", "due = 'x'",
      "reviewed_at = 'x'", "reviewed_at = 9223372036854775807", "phase = 'bogus'", "phase = x'ff'", "phase = 'review'", "card_id = x'ff'",
      "duration_ms = 'x'", "scheduler = x'ff'",
    ])
  func damaged(change: String) throws {
    let folder = try Folder()
    let file = folder.url.appendingPathComponent("r.sqlite")
    try ReviewDatabase(file: file).append(review("a", .good, at: 0))
    try DatabaseQueue(path: file.path).write { try $0.execute(sql: "UPDATE review SET " + change) }
    let database = try ReviewDatabase(file: file)
    let state = try database.states()["a"] ?? .new
    #expect(state.memory.map { $0.stability > 0 && $0.stability.isFinite } ?? (state.phase == .new))
    // A further review of it must be possible, on any day.
    let scheduler = try Scheduler(retention: 0.9, hasFuzz: true)
    for grade in Grade.allCases {
      let after = scheduler.review(state, grade: grade, at: Date(timeIntervalSince1970: 1_760_000_000))
      #expect(after.memory?.stability.isFinite == true, "\(grade)")
    }
    #expect(try database.all().count <= 1)
  }

  @Test("Taking the newest review of a card back brings the one before to light")
  func takesBack() throws {
    let folder = try Folder()
    let database = try ReviewDatabase(file: folder.url.appendingPathComponent("r.sqlite"))
    let stored = [review("a", .good, at: 0), review("b", .good, at: 1), review("a", .hard, at: 2)]
    for entry in stored { try database.append(entry) }
    try database.removeNewest(of: "a")
    #expect(try database.all() == Array(stored[0...1]))
  }

  @Test("What cards asked is kept, and a moved history is another card's, in every later session")
  func moves() throws {
    let folder = try Folder()
    let file = folder.url.appendingPathComponent("r.sqlite")
    let database = try ReviewDatabase(file: file)
    func card(_ id: String, _ question: String) -> RememberedCard {
      RememberedCard(id: id, category: "C", topic: "T", question: question, file: "d.md")
    }
    let stored = [review("a", .good, at: 0), review("b", .good, at: 1), review("a", .hard, at: 2)]
    for entry in stored { try database.append(entry) }
    try database.remember([card("a", "old"), card("b", "other")])
    try database.remember([card("a", "older")])
    #expect(try database.remembered() == ["a": card("a", "older"), "b": card("b", "other")])
    try database.move([HistoryMove(from: "a", to: card("c", "new"))])
    let later = try ReviewDatabase(file: file)
    #expect(try later.all().map(\.cardID) == ["c", "b", "c"])
    #expect(try later.states()["c"] == stored[2].state && later.states()["a"] == nil)
    #expect(try later.remembered() == ["c": card("c", "new"), "b": card("b", "other")])
  }

  @Test("A move that fails halfway moves nothing")
  func movesAllOrNothing() throws {
    let folder = try Folder()
    let file = folder.url.appendingPathComponent("r.sqlite")
    let database = try ReviewDatabase(file: file)
    for id in ["a", "b"] { try database.append(review(id, .good, at: 0)) }
    try DatabaseQueue(path: file.path).write {
      try $0.execute(sql: "CREATE TRIGGER stop BEFORE UPDATE ON review WHEN OLD.card_id = 'b' BEGIN SELECT RAISE(ABORT, 'no'); END")
    }
    let to = RememberedCard(id: "c", category: "", topic: "", question: "q", file: "")
    #expect(throws: Complaint.self) { try database.move([HistoryMove(from: "a", to: to), HistoryMove(from: "b", to: to)]) }
    #expect(try database.all().map(\.cardID) == ["a", "b"])
    #expect(try database.remembered().isEmpty)
  }

  @Test("Two shells that are open at once both see and lose nothing")
  func shares() throws {
    let folder = try Folder()
    let file = folder.url.appendingPathComponent("r.sqlite")
    let one = try ReviewDatabase(file: file)
    let other = try ReviewDatabase(file: file)
    for index in 0..<20 { try (index % 2 == 0 ? one : other).append(review("card\(index)", .good, at: Double(index))) }
    #expect(try one.count() == 20 && other.count() == 20)
  }

  @Test("A file that is no store is a complaint with its path, and stays as it was")
  func refusesOthers() throws {
    let folder = try Folder()
    let file = folder.url.appendingPathComponent("notes.txt")
    let text = Data(String(repeating: "these are my notes, not a database\n", count: 40).utf8)
    try text.write(to: file)
    let complaint = #expect(throws: Complaint.self) { _ = try ReviewDatabase(file: file) }
    #expect(complaint?.what.contains(file.path) == true)
    #expect(try Data(contentsOf: file) == text)
  }

  @Test("A folder in the place of the store is a complaint")
  func refusesFolders() throws {
    let folder = try Folder()
    #expect(throws: Complaint.self) { _ = try ReviewDatabase(file: folder.url) }
  }
}

@MainActor @Suite struct PreferenceFileTests {
  @Test("Settings are kept one by one, and lines that are none are passed over")
  func keeps() throws {
    let folder = try Folder()
    let file = folder.url.appendingPathComponent("config/settings")
    let preferences = PreferenceFile(file: file)
    #expect(preferences.load().isEmpty)
    try preferences.save("lang", "fr")
    try preferences.save("plot", "ascii")
    try preferences.save("lang", "en")
    #expect(PreferenceFile(file: file).load() == ["lang": "en", "plot": "ascii"])
    try Data("set lang fr\nrubbish\n\u{0}\n".utf8).write(to: file)
    #expect(preferences.load() == ["lang": "fr"])
  }
}
