import Foundation
import GRDB
import Shell
import Study
import Testing

@testable import Store

@MainActor @Suite("Copies of the store") struct StoreCopyTests {
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-copies-\(UUID().uuidString)")
    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }
    func file(_ name: String) -> URL { url.appendingPathComponent(name) }
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }
  }
  private let now = Date(timeIntervalSince1970: 1_750_000_000)

  private func details(_ data: String) -> TrainingRun.Details {
    TrainingRun.Details(
      began: now, data: data, model: "2-1", recipe: "data \(data)", layers: [], settings: [], seed: 1, seconds: 1, epochs: 1, updates: 1,
      ended: "completed")
  }

  @Test("A copy brings back what was there, and what it replaced is kept beside the store")
  func roundTrip() throws {
    let folder = try Folder()
    let store = try ReviewDatabase(file: folder.file("store.sqlite"))
    _ = try store.keep(details("moons"), TrainingRun.Curves())
    #expect(try store.backUp(to: folder.file("copy.sqlite")).runs == 1)
    #expect(!folder.names.contains { $0.hasPrefix("copy.sqlite-") || $0.hasPrefix(".") }, "one file, no draft")
    _ = try store.keep(details("iris"), TrainingRun.Curves())
    // Another shell has the store open.
    let other = try ReviewDatabase(file: folder.file("store.sqlite"))
    #expect(try other.newest(5).count == 2)
    let (contents, former) = try store.restore(from: folder.file("copy.sqlite"), at: now)
    #expect(contents.runs == 1)
    for shell in [store, other] { #expect(try shell.newest(5).map(\.details.data) == ["moons"]) }
    #expect(try ReviewDatabase(file: former).newest(5).map(\.details.data) == ["moons", "iris"])
    let again = try store.restore(from: former, at: now)
    #expect(again.contents.runs == 2 && again.former != former)
    #expect(try other.keep(details("xor"), TrainingRun.Curves()) == 3)
  }

  @Test("A copy is told from a store that somebody uses, and does not take the place of one that is open")
  func stores() throws {
    let folder = try Folder()
    let store = try ReviewDatabase(file: folder.file("store.sqlite"))
    _ = try store.keep(details("moons"), TrainingRun.Curves())
    _ = try store.backUp(to: folder.file("copy.sqlite"))
    #expect(store.isCopy(folder.file("copy.sqlite")) && !store.isCopy(folder.file("store.sqlite")))
    #expect(!store.isCopy(folder.file("none.sqlite")))
    let other = try ReviewDatabase(file: folder.file("other.sqlite"))
    _ = try other.keep(details("iris"), TrainingRun.Curves())
    #expect(!store.isCopy(folder.file("other.sqlite")))
    let refusal = #expect(throws: Complaint.self) { try store.backUp(to: folder.file("other.sqlite")) }
    #expect(refusal?.what.contains("a store that is in use") == true)
    #expect(try other.newest(5).map(\.details.data) == ["iris"])
  }

  @Test("A copy takes the place of a store that SQLite cannot read; the wreck is kept, a bad copy changes nothing")
  func wreck() throws {
    let folder = try Folder()
    let file = folder.file("store.sqlite")
    do {
      let store = try ReviewDatabase(file: file)
      _ = try store.keep(details("moons"), TrainingRun.Curves())
      _ = try store.backUp(to: folder.file("copy.sqlite"))
    }
    for ending in ["-wal", "-shm"] { unlink(file.path + ending) }
    let junk = Foundation.Data(repeating: 0x67, count: 5_000)
    try junk.write(to: file)
    let reason = try #require(#expect(throws: Complaint.self) { try ReviewDatabase(file: file) })
    #expect(reason.what.contains("it is damaged") && reason.hint.contains("`store restore FILE`"))
    let wreck = StoreWreck(file, reason: reason)
    #expect(throws: reason) { try wreck.contents() }
    #expect(throws: reason) { try wreck.backUp(to: folder.file("other.sqlite")) }
    try junk.write(to: folder.file("bad.sqlite"))
    #expect(throws: Complaint.self) { try wreck.restore(from: folder.file("bad.sqlite"), at: now) }
    #expect(try Foundation.Data(contentsOf: file) == junk)
    let (contents, former) = try wreck.restore(from: folder.file("copy.sqlite"), at: now)
    #expect(contents.runs == 1)
    #expect(try Foundation.Data(contentsOf: former) == junk)
    #expect(try ReviewDatabase(file: file).newest(5).map(\.details.data) == ["moons"])
  }

  @Test(
    "A store whose description was damaged is complained of, not read",
    arguments: [
      ("review", "step"), ("review", "card_id"), ("mark", "is_flagged"), ("run", "curve_values"), ("run_start", "command"),
      ("sweep", "recipe"), ("lesson", "done"), ("lesson_command", "command"),
    ])
  func damagedDescription(table: String, column: String) throws {
    let folder = try Folder()
    let store = try ReviewDatabase(file: folder.file("store.sqlite"))
    _ = try store.keep(details("moons"), TrainingRun.Curves())
    try store.append(ReviewLog(cardID: "a", grade: .good, reviewedAt: now, state: .new))
    try store.queue.write { database in
      // The description alone changes, as a bit in the file would: the rows stay as they are.
      try database.execute(sql: "PRAGMA writable_schema = ON")
      try database.execute(
        sql: "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ?",
        arguments: ["\"\(column)\"", "\"_\(column)\"", table])
    }
    try store.queue.close()
    #expect(throws: Complaint.self) {
      let store = try ReviewDatabase(file: folder.file("store.sqlite"))
      _ = (try store.states(), try store.all(), try store.marks(), try store.run(1), try store.start(of: 1), try store.lessons())
      _ = try store.newestSweeps(3)
    }
  }

  @Test("What is no sound store is refused, and the store stays as it is")
  func refused() throws {
    let folder = try Folder()
    let store = try ReviewDatabase(file: folder.file("store.sqlite"))
    _ = try store.keep(details("moons"), TrainingRun.Curves())
    _ = try store.backUp(to: folder.file("copy.sqlite"))
    let whole = try Foundation.Data(contentsOf: folder.file("copy.sqlite"))
    try Foundation.Data("no database at all, but long enough to be looked at".utf8).write(to: folder.file("text.sqlite"))
    try whole.prefix(whole.count / 2).write(to: folder.file("half.sqlite"))
    try DatabaseQueue(path: folder.file("other.sqlite").path).write { try $0.execute(sql: "CREATE TABLE a (b)") }
    try whole.write(to: folder.file("newer.sqlite"))
    try DatabaseQueue(path: folder.file("newer.sqlite").path).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of the future')")
    }
    for (file, change) in [("column", "ALTER TABLE review RENAME COLUMN step TO stap"), ("table", "ALTER TABLE latest RENAME TO lotest")] {
      try whole.write(to: folder.file("\(file).sqlite"))
      try DatabaseQueue(path: folder.file("\(file).sqlite").path).write { try $0.execute(sql: change) }
    }
    let cases = [
      ("column.sqlite", "it has no `review.step`"), ("table.sqlite", "it has no `latest`"), ("none.sqlite", "no such file"), ("", "folder"),
      ("text.sqlite", "not a database"), ("half.sqlite", "malformed"),
      ("other.sqlite", "no store"), ("newer.sqlite", "newer"), ("store.sqlite", "the store itself"),
    ]
    for (name, reason) in cases {
      let error = #expect(throws: Complaint.self, "\(name)") { try store.restore(from: folder.file(name), at: now) }
      #expect(error?.what.contains(reason) == true || name == "half.sqlite", "\(name): \(String(describing: error))")
    }
    #expect(try store.newest(5).map(\.details.data) == ["moons"])
    #expect(!folder.names.contains { $0.contains("before-restore") })
    for target in ["none/copy.sqlite", "", "store.sqlite"] {
      #expect(throws: Complaint.self, "\(target)") { try store.backUp(to: folder.file(target)) }
    }
  }
}
