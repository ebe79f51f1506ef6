import Foundation
import GRDB
import Shell

/// How far the learner is in the lessons, in the store of the reviews: each change is on the disk before the call returns.
extension ReviewDatabase: ProgressStore {
  static func registerLessons(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("lessons") { database in
      try database.create(table: "lesson") { table in
        table.primaryKey("id", .text).notNull()
        table.column("step", .integer).notNull()
        table.column("steps", .integer).notNull()
        // Numbers of steps with blanks between them.
        table.column("solved", .text).notNull()
        table.column("skipped", .text).notNull()
        table.column("done", .boolean).notNull()
        // Milliseconds since 1970, in UTC.
        table.column("worked_at", .integer).notNull()
      }
      try database.create(table: "lesson_command") { table in
        table.autoIncrementedPrimaryKey("id")
        table.column("lesson", .text).notNull().indexed()
        table.column("step", .integer).notNull()
        table.column("command", .text).notNull()
      }
    }
  }

  /// How far every lesson is that was begun, by its id.
  public func lessons() throws -> [String: LessonProgress] {
    try guarded {
      try queue.read { database in
        var found: [String: LessonProgress] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT id, step, steps, solved, skipped, done, worked_at FROM lesson") {
          // Another program may have written into the file: a row that cannot be is passed over.
          guard let id = String.fromDatabaseValue(row["id"]), let step = Int.fromDatabaseValue(row["step"]),
            let steps = Int.fromDatabaseValue(row["steps"]), step >= 0, steps >= 0,
            let worked = Int64.fromDatabaseValue(row["worked_at"])
          else { continue }
          var progress = LessonProgress(lesson: id, steps: steps, date: Date(timeIntervalSince1970: Double(worked) / 1000))
          progress.step = step
          progress.solved = ReviewDatabase.numbers(row["solved"])
          progress.skipped = ReviewDatabase.numbers(row["skipped"])
          progress.isDone = Bool.fromDatabaseValue(row["done"]) ?? false
          found[id] = progress
        }
        for row in try Row.fetchAll(database, sql: "SELECT lesson, step, command FROM lesson_command ORDER BY id") {
          guard let id = String.fromDatabaseValue(row["lesson"]), let step = Int.fromDatabaseValue(row["step"]),
            let command = String.fromDatabaseValue(row["command"])
          else { continue }
          found[id]?.log.append(LessonProgress.Entry(step: step, command: command))
        }
        return found
      }
    }
  }

  /// Keeps how far a lesson is, in one transaction.
  public func keep(_ progress: LessonProgress) throws {
    try guarded {
      try queue.write { database in
        try database.execute(
          sql: "INSERT OR REPLACE INTO lesson (id, step, steps, solved, skipped, done, worked_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            progress.lesson, progress.step, progress.steps, ReviewDatabase.text(progress.solved), ReviewDatabase.text(progress.skipped),
            progress.isDone, Int64((progress.date.timeIntervalSince1970 * 1000).rounded()),
          ])
        try database.execute(sql: "DELETE FROM lesson_command WHERE lesson = ?", arguments: [progress.lesson])
        for entry in progress.log {
          try database.execute(
            sql: "INSERT INTO lesson_command (lesson, step, command) VALUES (?, ?, ?)",
            arguments: [progress.lesson, entry.step, entry.command])
        }
      }
    }
  }

  /// Forgets a lesson.
  public func forget(_ lesson: String) throws {
    try guarded {
      try queue.write { database in
        try database.execute(sql: "DELETE FROM lesson WHERE id = ?", arguments: [lesson])
        try database.execute(sql: "DELETE FROM lesson_command WHERE lesson = ?", arguments: [lesson])
      }
    }
  }

  private static func text(_ steps: Set<Int>) -> String { steps.sorted().map { String($0) }.joined(separator: " ") }
  private static func numbers(_ value: DatabaseValue) -> Set<Int> {
    Set((String.fromDatabaseValue(value) ?? "").split(separator: " ").compactMap { Int($0) })
  }
}
