import Foundation
import GRDB
import Shell
import Study

/// A tally as it was read from the store or written into it.
struct KeptTally: Sendable {
  /// The name of its rules.
  let rules: String
  /// The number of the newest review that is counted.
  let last: Int64
  /// The version of the store that was read.
  let version: Int
  let tally: ReviewTally
}

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
      let former = keptTally
      let (kept, tally, uncounted) = try queue.read { database in
        let kept = try ReviewDatabase.kept(in: database, former)
        let (tally, uncounted) = try ReviewDatabase.tally(kept, rules, database)
        return (kept, tally, uncounted)
      }
      keptTally = kept
      if let tally, uncounted <= ReviewDatabase.fewReviews { return tally }
      do {
        let fresh = try queue.write { database in
          let kept = try ReviewDatabase.kept(in: database, nil)
          let tally =
            try ReviewDatabase.tally(kept, rules, database).tally ?? ReviewTally(ReviewDatabase.stored(database, after: .min), rules)
          let last = try Int64.fetchOne(database, sql: "SELECT max(id) FROM review") ?? 0
          // Other rules are those of other settings, or of another place on earth: one tally is enough.
          try database.execute(sql: "DELETE FROM tally")
          try database.execute(sql: "INSERT INTO tally VALUES (?, ?, ?)", arguments: [rules.name, last, Foundation.Data(tally.bytes)])
          return KeptTally(rules: rules.name, last: last, version: try ReviewDatabase.version(database), tally: tally)
        }
        keptTally = fresh
        return fresh.tally
      } catch let error as DatabaseError where [.SQLITE_FULL, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_BUSY].contains(error.resultCode) {
        // What cannot be kept can still be told.
        return try queue.read { ReviewTally(try ReviewDatabase.stored($0, after: .min), rules) }
      }
    }
  }

  /// What the review of each card that was stored last left behind: of the kept tally, whose rules do not matter here, and of the reviews since.
  public func states() throws -> [String: CardState] {
    try guarded {
      let former = keptTally
      let (kept, states) = try queue.read { database in
        let kept = try ReviewDatabase.kept(in: database, former)
        var states = kept?.tally.states ?? [:]
        let columns = ReviewDatabase.reviewColumns
        let rows =
          if let kept {
            try Row.fetchCursor(database, sql: "SELECT \(columns) FROM review WHERE id > ? ORDER BY id", arguments: [kept.last])
          } else {
            try Row.fetchCursor(database, sql: "SELECT \(columns) FROM latest JOIN review ON review.id = latest.review_id")
          }
        while let row = try rows.next() {
          if let cardID = ReviewDatabase.text(row, 0) { states[cardID] = ReviewDatabase.state(of: row) }
        }
        return (kept, states)
      }
      keptTally = kept
      return states
    }
  }

  /// The tally that is kept: the one in hand where it is still that one, else what the bytes in the store say.
  private static func kept(in database: Database, _ inHand: KeptTally?) throws -> KeptTally? {
    let version = try version(database)
    let row = try Row.fetchOne(database, sql: "SELECT rules, last_review FROM tally")
    guard let row, let rules = text(row, 0), let last = Int64.fromDatabaseValue(row[1]) else { return nil }
    if let inHand, inHand.rules == rules, inHand.last == last, inHand.version == version { return inHand }
    guard let bytes = try Row.fetchOne(database, sql: "SELECT tally FROM tally").flatMap({ Foundation.Data.fromDatabaseValue($0[0]) }),
      let tally = ReviewTally(bytes: [UInt8](bytes))
    else { return nil }
    return KeptTally(rules: rules, last: last, version: version, tally: tally)
  }

  /// A number that changes whenever another shell has written.
  private static func version(_ database: Database) throws -> Int { try Int.fetchOne(database, sql: "PRAGMA data_version") ?? 0 }

  /// A kept tally with the reviews since, and how many these are; nil where it was kept under other rules, or where the reviews since change what
  /// was counted.
  private static func tally(
    _ kept: KeptTally?, _ rules: ReviewTally.Rules, _ database: Database
  ) throws -> (tally: ReviewTally?, uncounted: Int) {
    guard let kept, kept.rules == rules.name else { return (nil, 0) }
    var tally = kept.tally
    let reviews = try stored(database, after: kept.last)
    return (tally.add(reviews, rules) ? tally : nil, reviews.count)
  }

  /// The reviews of numbers over a given one, in the order in which they were stored.
  private static func stored(_ database: Database, after number: Int64) throws -> [ReviewLog] {
    try reviews(database, "WHERE id > ? ORDER BY id", [number])
  }

  /// The reviews of a card in the order of their time.
  static func reviews(_ database: Database, of cardID: String) throws -> [ReviewLog] {
    try reviews(database, "WHERE card_id = ? ORDER BY reviewed_at, id", [cardID])
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
