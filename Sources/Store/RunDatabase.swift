import Foundation
import GRDB
import Shell

extension ReviewDatabase: RunStore {
  /// Keeps a run and what belongs to it in one transaction, and gives it the next number; numbers are never given twice.
  public func keep(_ details: TrainingRun.Details, _ history: TrainingRun.Curves, from start: RunStart?, as part: SweepPart?) throws -> Int
  {
    let words = try JSONEncoder().encode(details)
    let (names, values) = RunCurves.packed(history)
    return try guarded {
      try queue.write { database in
        try database.execute(
          sql: "INSERT INTO run (began_at, details, curve_names, curve_values) VALUES (?, ?, ?, ?)",
          arguments: [Int64(details.began.timeIntervalSince1970 * 1000), String(decoding: words, as: UTF8.self), names, values])
        let number = Int(database.lastInsertedRowID)
        if let start {
          try database.execute(
            sql: "INSERT OR REPLACE INTO run_start VALUES (?, ?, ?)", arguments: [number, start.command, start.session])
        }
        if let part { try ReviewDatabase.keep(part.outcome(of: number), at: part.place, of: part.sweep, in: database) }
        return number
      }
    }
  }

  private static let runColumns = "id, details, curve_names, curve_values"

  /// The newest runs, the newest last.
  public func newest(_ count: Int) throws -> [TrainingRun] {
    try guarded {
      try queue.read { database in
        try Row.fetchAll(database, sql: "SELECT \(ReviewDatabase.runColumns) FROM run ORDER BY id DESC LIMIT ?", arguments: [count])
          .compactMap(ReviewDatabase.run).reversed()
      }
    }
  }

  /// A run by its number.
  public func run(_ number: Int) throws -> TrainingRun? {
    try guarded {
      try queue.read { database in
        try Row.fetchOne(database, sql: "SELECT \(ReviewDatabase.runColumns) FROM run WHERE id = ?", arguments: [number]).flatMap(
          ReviewDatabase.run)
      }
    }
  }

  /// Writes a note to a run.
  public func note(_ number: Int, _ text: String?) throws -> Bool {
    try guarded {
      try queue.write { database in
        guard let row = try Row.fetchOne(database, sql: "SELECT \(ReviewDatabase.runColumns) FROM run WHERE id = ?", arguments: [number]),
          var details = ReviewDatabase.run(of: row)?.details
        else { return false }
        details.note = text
        let words = String(decoding: try JSONEncoder().encode(details), as: UTF8.self)
        try database.execute(sql: "UPDATE run SET details = ? WHERE id = ?", arguments: [words, number])
        return true
      }
    }
  }

  /// Where a run began.
  public func start(of number: Int) throws -> RunStart? {
    try guarded {
      try queue.read { database in
        guard let row = try Row.fetchOne(database, sql: "SELECT command, session FROM run_start WHERE run_id = ?", arguments: [number]),
          let command = ReviewDatabase.text(row, "command"), let session = Foundation.Data.fromDatabaseValue(row["session"])
        else { return nil }
        return RunStart(command: command, session: session)
      }
    }
  }

  /// Forgets a run.
  public func remove(_ number: Int) throws -> Bool {
    try guarded {
      try queue.write { database in
        try database.execute(sql: "DELETE FROM run_start WHERE run_id = ?", arguments: [number])
        try database.execute(sql: "DELETE FROM run WHERE id = ?", arguments: [number])
        return database.changesCount > 0
      }
    }
  }

  /// A row as a run; nil where another program wrote what cannot be read.
  private static func run(of row: Row) -> TrainingRun? {
    guard let id = Int.fromDatabaseValue(row["id"]), let words = String.fromDatabaseValue(row["details"]),
      let details = try? JSONDecoder().decode(TrainingRun.Details.self, from: Foundation.Data(words.utf8)),
      let names = String.fromDatabaseValue(row["curve_names"]), let values = Foundation.Data.fromDatabaseValue(row["curve_values"])
    else { return nil }
    return TrainingRun(id: id, details: details, history: RunCurves.history(names: names, values: values))
  }
}

/// Curves as bytes: the values of one after the other, each a double in the machine's order, with the names and lengths beside them.
private enum RunCurves {
  static func packed(_ history: TrainingRun.Curves) -> (names: String, values: Foundation.Data) {
    let names = history.names.map { "\($0) \(history[$0].count)" }.joined(separator: "\n")
    let numbers = history.names.flatMap { history[$0] }
    return (names, numbers.withUnsafeBytes { Foundation.Data($0) })
  }

  static func history(names: String, values: Foundation.Data) -> TrainingRun.Curves {
    let numbers = values.withUnsafeBytes { bytes in
      (0..<bytes.count / 8).map { bytes.loadUnaligned(fromByteOffset: $0 * 8, as: Double.self) }
    }
    var history = TrainingRun.Curves()
    var place = 0
    for line in names.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 2, let count = Int(parts[1]), count >= 0, count <= numbers.count - place else { break }
      history.append(String(parts[0]), numbers[place..<place + count])
      place += count
    }
    return history
  }
}
