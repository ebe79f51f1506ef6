import Foundation
import GRDB
import Shell
import Study

extension ReviewDatabase {
  /// So many reviews are counted on top of a kept tally before a new one is kept.
  private static let fewReviews = 1000

  /// A tally of the reviews up to a number. Triggers let it go when one of these changes, whoever changes it.
  static func registerTallies(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("tallies") { database in
      try database.execute(
        sql: """
          CREATE TABLE tally (rules TEXT PRIMARY KEY NOT NULL, last_review INTEGER NOT NULL, tally BLOB NOT NULL);
          CREATE TRIGGER tallied_review_inserted AFTER INSERT ON review BEGIN DELETE FROM tally WHERE last_review >= NEW.id; END;
          CREATE TRIGGER tallied_review_deleted AFTER DELETE ON review BEGIN DELETE FROM tally WHERE last_review >= OLD.id; END;
          CREATE TRIGGER tallied_review_changed AFTER UPDATE ON review BEGIN DELETE FROM tally WHERE last_review >= min(OLD.id, NEW.id); END;
          """)
    }
    migrator.registerMigration("newest reviews by number") { database in
      // What is the newest of a card when one is taken back: the one that was stored last, as when one is added, though the clock jumped.
      try database.execute(
        sql: """
          DROP TRIGGER review_deleted;
          CREATE TRIGGER review_deleted AFTER DELETE ON review BEGIN
            UPDATE latest SET reviews = reviews - 1, review_id = coalesce((SELECT max(id) FROM review WHERE card_id = OLD.card_id), -1)
              WHERE card_id = OLD.card_id;
            DELETE FROM latest WHERE card_id = OLD.card_id AND reviews = 0;
          END;
          DROP TRIGGER review_moved;
          CREATE TRIGGER review_moved AFTER UPDATE OF card_id ON review WHEN OLD.card_id IS NOT NEW.card_id BEGIN
            DELETE FROM latest WHERE card_id IN (OLD.card_id, NEW.card_id);
            INSERT INTO latest SELECT card_id, max(id), count(*) FROM review WHERE card_id IN (OLD.card_id, NEW.card_id) GROUP BY card_id;
          END;
          UPDATE latest SET review_id = coalesce((SELECT max(id) FROM review WHERE review.card_id = latest.card_id), -1);
          """)
    }
  }

  /// What all reviews add up to: a kept tally, and what came since.
  public func tally(_ rules: ReviewTally.Rules) throws -> ReviewTally {
    try guarded {
      let (tally, uncounted) = try queue.read { try ReviewDatabase.tally($0, rules) }
      if let tally, uncounted <= ReviewDatabase.fewReviews { return tally }
      do {
        return try queue.write { database in
          let tally = try ReviewDatabase.tally(database, rules).tally ?? ReviewTally(ReviewDatabase.stored(database, after: .min), rules)
          let last = try Int64.fetchOne(database, sql: "SELECT max(id) FROM review") ?? 0
          // Other rules are those of other settings, or of another place on earth: one tally is enough.
          try database.execute(sql: "DELETE FROM tally")
          try database.execute(sql: "INSERT INTO tally VALUES (?, ?, ?)", arguments: [rules.name, last, Foundation.Data(tally.bytes)])
          return tally
        }
      } catch let error as DatabaseError where [.SQLITE_FULL, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_BUSY].contains(error.resultCode) {
        // What cannot be kept can still be told.
        return try queue.read { ReviewTally(try ReviewDatabase.stored($0, after: .min), rules) }
      }
    }
  }

  /// What the review of each card that was stored last left behind: of the kept tally, whose rules do not matter here, and of the reviews since.
  public func states() throws -> [String: CardState] {
    try guarded {
      try queue.read { database in
        let kept = try Row.fetchOne(database, sql: "SELECT last_review, tally FROM tally")
        let counted = kept.flatMap(ReviewDatabase.tally)
        var states = counted?.tally.states ?? [:]
        let columns = ReviewDatabase.reviewColumns
        let rows =
          if let counted {
            try Row.fetchCursor(database, sql: "SELECT \(columns) FROM review WHERE id > ? ORDER BY id", arguments: [counted.last])
          } else {
            try Row.fetchCursor(database, sql: "SELECT \(columns) FROM latest JOIN review ON review.id = latest.review_id")
          }
        while let row = try rows.next() {
          if let cardID = ReviewDatabase.text(row, 0) { states[cardID] = ReviewDatabase.state(of: row) }
        }
        return states
      }
    }
  }

  /// The kept tally with the reviews since, and how many these are; nil where there is none, or where the reviews since change what was counted.
  private static func tally(_ database: Database, _ rules: ReviewTally.Rules) throws -> (tally: ReviewTally?, uncounted: Int) {
    let kept = try Row.fetchOne(database, sql: "SELECT last_review, tally FROM tally WHERE rules = ?", arguments: [rules.name])
    guard let (last, former) = kept.flatMap(tally) else { return (nil, 0) }
    var tally = former
    let reviews = try stored(database, after: last)
    return (tally.add(reviews, rules) ? tally : nil, reviews.count)
  }

  private static func tally(of row: Row) -> (last: Int64, tally: ReviewTally)? {
    guard let last = Int64.fromDatabaseValue(row[0]), let bytes = Foundation.Data.fromDatabaseValue(row[1]) else { return nil }
    return ReviewTally(bytes: [UInt8](bytes)).map { (last, $0) }
  }

  /// The reviews of numbers over a given one, in the order in which they were stored.
  private static func stored(_ database: Database, after number: Int64) throws -> [ReviewLog] {
    try reviews(database, "WHERE id > ? ORDER BY id", [number])
  }

  /// The reviews that the rest of a query names.
  static func reviews(_ database: Database, _ rest: String, _ arguments: StatementArguments = []) throws -> [ReviewLog] {
    var reviews: [ReviewLog] = []
    let rows = try Row.fetchCursor(database, sql: "SELECT \(reviewColumns) FROM review \(rest)", arguments: arguments)
    while let row = try rows.next() {
      try Interruption.check(every: 1024, at: reviews.count)
      if let review = review(of: row) { reviews.append(review) }
    }
    return reviews
  }
}
