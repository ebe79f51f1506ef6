import Foundation
import GRDB
import Shell

/// Sweeps and how their runs went, in the store of the runs: each run is on the disk before the call returns.
extension ReviewDatabase {
  static func registerSweeps(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("sweeps") { database in
      try database.create(table: "sweep") { table in
        table.autoIncrementedPrimaryKey("id")
        // Milliseconds since 1970, in UTC.
        table.column("began_at", .integer).notNull()
        // What is tried, as JSON, and the session that it began with as `save` writes it.
        table.column("recipe", .text).notNull()
        table.column("session", .blob).notNull()
      }
      try database.create(table: "sweep_outcome") { table in
        table.column("sweep_id", .integer).notNull()
        table.column("place", .integer).notNull()
        // How the run went, as JSON.
        table.column("outcome", .text).notNull()
        table.primaryKey(["sweep_id", "place"])
      }
    }
  }

  /// Keeps a sweep that begins and gives it the next number.
  public func keep(_ recipe: SweepRecipe, session: Foundation.Data, began: Date) throws -> Int {
    let words = String(decoding: try JSONEncoder().encode(recipe), as: UTF8.self)
    return try guarded {
      try queue.write { database in
        try database.execute(
          sql: "INSERT INTO sweep (began_at, recipe, session) VALUES (?, ?, ?)",
          arguments: [Int64(began.timeIntervalSince1970 * 1000), words, session])
        return Int(database.lastInsertedRowID)
      }
    }
  }

  /// Keeps how a run of it went; of a sweep that was forgotten meanwhile nothing is kept.
  public func keep(_ outcome: SweepOutcome, at place: Int, of sweep: Int) throws {
    try guarded { try queue.write { database in try ReviewDatabase.keep(outcome, at: place, of: sweep, in: database) } }
  }

  static func keep(_ outcome: SweepOutcome, at place: Int, of sweep: Int, in database: Database) throws {
    let words = String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self)
    try database.execute(
      sql: "INSERT OR REPLACE INTO sweep_outcome SELECT id, ?, ? FROM sweep WHERE id = ?", arguments: [place, words, sweep])
  }

  /// The newest sweeps, the newest last.
  public func newestSweeps(_ count: Int) throws -> [KeptSweep] {
    try guarded {
      try queue.read { database in
        try Row.fetchAll(database, sql: "SELECT id, began_at, recipe, session FROM sweep ORDER BY id DESC LIMIT ?", arguments: [count])
          .compactMap { try ReviewDatabase.sweep(of: $0, in: database) }.reversed()
      }
    }
  }

  /// A sweep by its number.
  public func sweep(_ number: Int) throws -> KeptSweep? {
    try guarded {
      try queue.read { database in
        try Row.fetchOne(database, sql: "SELECT id, began_at, recipe, session FROM sweep WHERE id = ?", arguments: [number])
          .flatMap { try ReviewDatabase.sweep(of: $0, in: database) }
      }
    }
  }

  /// Forgets a sweep.
  public func removeSweep(_ number: Int) throws -> Bool {
    try guarded {
      try queue.write { database in
        try database.execute(sql: "DELETE FROM sweep_outcome WHERE sweep_id = ?", arguments: [number])
        try database.execute(sql: "DELETE FROM sweep WHERE id = ?", arguments: [number])
        return database.changesCount > 0
      }
    }
  }

  /// A row as a sweep; nil where another program wrote what cannot be read.
  private static func sweep(of row: Row, in database: Database) throws -> KeptSweep? {
    guard let id = Int.fromDatabaseValue(row["id"]), let began = Int64.fromDatabaseValue(row["began_at"]),
      let words = text(row, "recipe"), let session = Foundation.Data.fromDatabaseValue(row["session"]),
      let recipe = try? JSONDecoder().decode(SweepRecipe.self, from: Foundation.Data(words.utf8)), recipe.isSound
    else { return nil }
    var sweep = KeptSweep(id: id, began: Date(timeIntervalSince1970: Double(began) / 1000), recipe: recipe, session: session)
    for row in try Row.fetchAll(database, sql: "SELECT place, outcome FROM sweep_outcome WHERE sweep_id = ?", arguments: [id]) {
      guard let place = Int.fromDatabaseValue(row["place"]), (0..<recipe.runs).contains(place), let words = text(row, "outcome"),
        let outcome = try? JSONDecoder().decode(SweepOutcome.self, from: Foundation.Data(words.utf8))
      else { continue }
      sweep.outcomes[place] = outcome
    }
    return sweep
  }
}
