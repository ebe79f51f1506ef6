import Foundation
import GRDB
import Shell
import Study

/// The reviews, and the runs, in SQLite: each grade is on the disk before `append` returns, and two shells may write at once.
///
/// The log is the truth: a row a review, with the state that it left behind and the version of the scheduler that computed it, so that it can
/// be replayed under another model.
@MainActor public final class ReviewDatabase: ReviewStore {
  let queue: DatabaseQueue
  /// The tally that was read or written last.
  var keptTally: KeptTally?

  /// Opens the store, and makes it and its folder where there is none.
  ///
  /// - Throws: A `Complaint` when the file is no store, or cannot be opened or written.
  public init(file: URL) throws {
    do {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw Complaint.storeUnusable(file, "its folder cannot be made")
    }
    guard !FileAccess.isFolder(file) else { throw Complaint.storeUnusable(file, "it is a folder") }
    // Two first opens at once would both migrate; the side file lets one go before the other.
    let lock = try FileLock(file.appendingPathExtension("lock"))
    defer { lock.release() }
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.prepareDatabase { database in
        try database.execute(sql: "PRAGMA journal_mode = WAL")
        // A grade must survive a power cut too, not only the end of the process.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        // Eight megabytes of pages, as they are read.
        try database.execute(sql: "PRAGMA cache_size = -8000")
      }
      let opened = try DatabaseQueue(path: file.path, configuration: configuration)
      // What a newer version made may mean something else than it says here.
      guard try !opened.read(ReviewDatabase.migrator.hasBeenSuperseded) else { throw Complaint.storeNewer(file) }
      do {
        try ReviewDatabase.migrator.migrate(opened)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
        throw Complaint.storeUnusable(
          file, "an older gradus wrote it, and it may not be written", hint: "make it writable once, or `--store FILE` takes another file")
      }
      queue = opened
    } catch let error as DatabaseError {
      throw Complaint.storeUnusable(file, error)
    }
  }

  /// Append-only: a migration that was released is never edited.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("reviews") { database in
      try database.create(table: "review") { table in
        table.autoIncrementedPrimaryKey("id")
        table.column("card_id", .text).notNull().indexed()
        table.column("grade", .integer).notNull().check { (1...4).contains($0) }
        // Milliseconds since 1970, in UTC.
        table.column("reviewed_at", .integer).notNull()
        table.column("duration_ms", .integer).notNull()
        table.column("scheduler", .text).notNull()
        table.column("phase", .text).notNull()
        table.column("step", .integer).notNull()
        table.column("stability", .double)
        table.column("difficulty", .double)
        table.column("due", .integer)
      }
    }
    migrator.registerMigration("runs") { database in
      try database.create(table: "run") { table in
        table.autoIncrementedPrimaryKey("id")
        // Milliseconds since 1970, in UTC.
        table.column("began_at", .integer).notNull()
        // What was trained and how, as JSON.
        table.column("details", .text).notNull()
        table.column("curve_names", .text).notNull()
        table.column("curve_values", .blob).notNull()
      }
    }
    registerCards(in: &migrator)
    migrator.registerMigration("review modes") { database in
      try database.alter(table: "review") { $0.add(column: "mode", .text) }
    }
    migrator.registerMigration("newest reviews and marks") { database in
      // With a million reviews, the state of every card must be at hand without reading them all. Triggers keep the table true whoever writes.
      try database.execute(
        sql: """
          CREATE TABLE latest (card_id TEXT PRIMARY KEY NOT NULL, review_id INTEGER NOT NULL, reviews INTEGER NOT NULL) WITHOUT ROWID;
          INSERT INTO latest SELECT card_id, max(id), count(*) FROM review GROUP BY card_id;
          CREATE INDEX review_on_reviewed_at ON review (reviewed_at);
          CREATE TRIGGER review_inserted AFTER INSERT ON review BEGIN
            INSERT INTO latest VALUES (NEW.card_id, NEW.id, 1)
              ON CONFLICT (card_id) DO UPDATE SET review_id = NEW.id, reviews = reviews + 1;
          END;
          CREATE TRIGGER review_deleted AFTER DELETE ON review BEGIN
            UPDATE latest SET reviews = reviews - 1, review_id = coalesce(
              (SELECT id FROM review WHERE card_id = OLD.card_id ORDER BY reviewed_at DESC, id DESC LIMIT 1), -1)
              WHERE card_id = OLD.card_id;
            DELETE FROM latest WHERE card_id = OLD.card_id AND reviews = 0;
          END;
          CREATE TRIGGER review_moved AFTER UPDATE OF card_id ON review WHEN OLD.card_id IS NOT NEW.card_id BEGIN
            DELETE FROM latest WHERE card_id IN (OLD.card_id, NEW.card_id);
            INSERT INTO latest SELECT moved.card_id, (SELECT id FROM review WHERE card_id = moved.card_id
              ORDER BY reviewed_at DESC, id DESC LIMIT 1), count(*)
              FROM review AS moved WHERE card_id IN (OLD.card_id, NEW.card_id) GROUP BY card_id;
          END;
          """)
      try database.create(table: "mark") { table in
        table.primaryKey("card_id", .text)
        table.column("is_suspended", .boolean).notNull()
        // Milliseconds since 1970, in UTC.
        table.column("buried_until", .integer)
        table.column("is_flagged", .boolean).notNull()
      }
    }
    registerLessons(in: &migrator)
    migrator.registerMigration("run starts") { database in
      try database.create(table: "run_start") { table in
        table.primaryKey("run_id", .integer)
        // The command that trained, and the session that it began with as `save` writes it.
        table.column("command", .text).notNull()
        table.column("session", .blob).notNull()
      }
    }
    registerSweeps(in: &migrator)
    registerTallies(in: &migrator)
    registerDueDates(in: &migrator)
    return migrator
  }

  /// What a review is read from, in the order of `review(of:)`. Columns are asked for by their names: SQLite says which one a damaged file has
  /// not.
  static let reviewColumns =
    "review.card_id, grade, reviewed_at, duration_ms, scheduler, phase, step, stability, difficulty, due, mode"

  /// The number of reviews.
  public func count() throws -> Int {
    try guarded { try queue.read { try Int.fetchOne($0, sql: "SELECT coalesce(sum(reviews), 0) FROM latest") ?? 0 } }
  }

  /// All reviews in the order of their time.
  public func all() throws -> [ReviewLog] { try log(since: nil) }

  /// The reviews since a moment, or all of them, in the order of their time.
  public func log(since: Date?) throws -> [ReviewLog] {
    let first = since.map(ReviewDatabase.milliseconds) ?? Int64.min
    // Sorting is quicker than a look into the table for each entry of an index: hence the signs.
    return try guarded {
      try queue.read { try ReviewDatabase.reviews($0, "WHERE reviewed_at >= ? ORDER BY +reviewed_at, +id", [first]) }
    }
  }

  /// The reviews of one card in the order of their time.
  public func reviews(of cardID: String) throws -> [ReviewLog] {
    try guarded { try queue.read { try ReviewDatabase.reviews($0, of: cardID) } }
  }

  /// Stores one review; it is on the disk when this returns.
  public func append(_ review: ReviewLog) throws {
    try guarded { try queue.write { try ReviewDatabase.insert(review, into: $0) } }
  }

  /// Takes the newest review of a card back.
  public func removeNewest(of cardID: String) throws {
    try guarded {
      try queue.write { database in
        try database.execute(
          sql: "DELETE FROM review WHERE id = (SELECT review_id FROM latest WHERE card_id = ?)", arguments: [cardID])
      }
    }
  }

  static func insert(_ review: ReviewLog, into database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO review (card_id, grade, reviewed_at, duration_ms, scheduler, phase, step, stability, difficulty, due, mode)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      review.cardID, review.grade.rawValue, milliseconds(review.reviewedAt), review.duration, review.version, review.state.phase.rawValue,
      review.state.step, review.stability, review.difficulty, review.due.map(milliseconds), review.mode,
    ])
  }

  /// A row of the columns of a review; nil where another program wrote no text for the card.
  static func review(of row: Row) -> ReviewLog? {
    guard let cardID = text(row, 0) else { return nil }
    return ReviewLog(
      cardID: cardID, grade: integer(row, 1).flatMap { Grade(rawValue: $0) } ?? .again, reviewedAt: date(row, 2) ?? .distantPast,
      duration: min(max(integer(row, 3) ?? 0, 0), 1_000_000_000), version: text(row, 4) ?? "", mode: text(row, 10), state: state(of: row))
  }

  /// The state that a review left behind. Another program may have written into the file: what cannot be is read as not there.
  static func state(of row: Row) -> CardState {
    var memory: MemoryState?
    if let stability = decimal(row, 7), let difficulty = decimal(row, 8), stability > 0, (1...10).contains(difficulty) {
      memory = MemoryState(stability: stability, difficulty: difficulty)
    }
    let phase = text(row, 5).flatMap { CardState.Phase(rawValue: $0) } ?? .new
    guard memory != nil || phase == .new else { return .new }
    return CardState(phase: phase, step: max(0, integer(row, 6) ?? 0), memory: memory, due: date(row, 9), lastReview: date(row, 2))
  }

  // GRDB ends the program where a column holds another kind of value than it is asked for; these ask first. Rows of thousands are asked by place: a
  // name is looked for in each row anew.
  static func text(_ row: Row, _ column: String) -> String? { String.fromDatabaseValue(row[column]) }
  static func integer(_ row: Row, _ column: String) -> Int? { Int.fromDatabaseValue(row[column]) }
  static func date(_ row: Row, _ column: String) -> Date? { Int64.fromDatabaseValue(row[column]).map(date) }
  static func text(_ row: Row, _ column: Int) -> String? { String.fromDatabaseValue(row[column]) }
  private static func integer(_ row: Row, _ column: Int) -> Int? { Int.fromDatabaseValue(row[column]) }
  private static func decimal(_ row: Row, _ column: Int) -> Double? {
    Double.fromDatabaseValue(row[column]).flatMap { $0.isFinite ? $0 : nil }
  }
  private static func date(_ row: Row, _ column: Int) -> Date? { Int64.fromDatabaseValue(row[column]).map(date) }

  static func milliseconds(_ date: Date) -> Int64 { Int64((date.timeIntervalSince1970 * 1000).rounded()) }
  private static func date(_ milliseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

  func guarded<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw Complaint.storeUnusable(URL(fileURLWithPath: queue.path), error)
    }
  }
}

extension Complaint {
  static func storeNewer(_ file: URL) -> Complaint {
    storeUnusable(file, "a newer gradus wrote it", hint: "update gradus, or let `--store FILE` take another file")
  }

  /// What SQLite says; where it found no room, in plain words.
  static func storeUnusable(_ file: URL, _ error: DatabaseError) -> Complaint {
    let free = try? FileManager.default.attributesOfFileSystem(forPath: file.deletingLastPathComponent().path)[.systemFreeSize] as? Int64
    let hasNoRoom = error.resultCode == .SQLITE_FULL || error.resultCode == .SQLITE_IOERR && (free ?? .max) < 200_000
    if [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
      return storeUnusable(
        file, "it is damaged (\(error.message ?? "\(error.resultCode)"))",
        hint: "`store restore FILE` puts a copy in its place, `--store FILE` takes another file")
    }
    return storeUnusable(file, hasNoRoom ? "the disk is full" : error.message ?? "SQLite error \(error.resultCode.rawValue)")
  }

  static func storeUnusable(_ file: URL, _ reason: String, hint: String = "`--store FILE` takes another file") -> Complaint {
    Complaint("the store `\(file.path)` cannot be used: \(reason)", hint: hint)
  }
}
