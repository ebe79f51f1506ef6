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
  }

  /// What all reviews add up to: a kept tally, and what came since.
  public func tally(_ rules: ReviewTally.Rules) throws -> ReviewTally {
    try guarded {
      let (tally, uncounted) = try queue.read { try ReviewDatabase.tally($0, rules) }
      if let tally, uncounted <= ReviewDatabase.fewReviews { return tally }
      do {
        return try queue.write { database in
          if let tally = try ReviewDatabase.tally(database, rules).tally {
            try ReviewDatabase.keep(tally, rules, in: database)
            return tally
          }
          let (reviews, isInOrder) = try ReviewDatabase.reviews(database, "1")
          let tally = ReviewTally(reviews, rules)
          if isInOrder { try ReviewDatabase.keep(tally, rules, in: database) }
          return tally
        }
      } catch let error as DatabaseError where [.SQLITE_FULL, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_BUSY].contains(error.resultCode) {
        // What cannot be kept can still be told.
        return try queue.read { ReviewTally(try ReviewDatabase.reviews($0, "1").reviews, rules) }
      }
    }
  }

  /// What the newest review of each card left behind: of the kept tally, whose rules do not matter here, and of the reviews since.
  public func states() throws -> [String: CardState] {
    try guarded {
      try queue.read { database in
        let kept = try Row.fetchOne(database, sql: "SELECT last_review, tally FROM tally")
        if let (last, tally) = kept.flatMap(ReviewDatabase.tally) {
          var states = tally.states
          try ReviewDatabase.addStates("FROM review WHERE id > ? ORDER BY id", [last], to: &states, database)
          return states
        }
        var states: [String: CardState] = [:]
        try ReviewDatabase.addStates("FROM latest JOIN review ON review.id = latest.review_id", [], to: &states, database)
        return states
      }
    }
  }

  private static func addStates(
    _ source: String, _ arguments: StatementArguments, to states: inout [String: CardState], _ database: Database
  ) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT \(reviewColumns) \(source)", arguments: arguments)
    while let row = try rows.next() {
      if let cardID = text(row, 0) { states[cardID] = state(of: row) }
    }
  }

  /// Keeps a tally of all reviews. Other rules are those of other settings, or of another place on earth: one tally is enough.
  private static func keep(_ tally: ReviewTally, _ rules: ReviewTally.Rules, in database: Database) throws {
    let last = try Int64.fetchOne(database, sql: "SELECT max(id) FROM review") ?? 0
    try database.execute(sql: "DELETE FROM tally")
    try database.execute(sql: "INSERT INTO tally VALUES (?, ?, ?)", arguments: [rules.name, last, Foundation.Data(tally.bytes)])
  }

  /// The kept tally with the reviews since, and how many these are; nil where there is none, or where the reviews since are not in order.
  private static func tally(_ database: Database, _ rules: ReviewTally.Rules) throws -> (tally: ReviewTally?, uncounted: Int) {
    let kept = try Row.fetchOne(database, sql: "SELECT last_review, tally FROM tally WHERE rules = ?", arguments: [rules.name])
    guard let (last, former) = kept.flatMap(tally) else { return (nil, 0) }
    var tally = former
    let (reviews, isInOrder) = try reviews(database, "id > ?", [last])
    return (isInOrder && tally.add(reviews, rules) ? tally : nil, reviews.count)
  }

  private static func tally(of row: Row) -> (last: Int64, tally: ReviewTally)? {
    guard let last = Int64.fromDatabaseValue(row[0]), let bytes = Foundation.Data.fromDatabaseValue(row[1]) else { return nil }
    return ReviewTally(bytes: [UInt8](bytes)).map { (last, $0) }
  }

  /// The reviews of which something is true, in the order of their time, and whether those of each card were stored in that order: after a clock
  /// jumped back, what counts of a card is the review that was stored last.
  static func reviews(
    _ database: Database, _ condition: String, _ arguments: StatementArguments = []
  ) throws -> (reviews: [ReviewLog], isInOrder: Bool) {
    var reviews: [ReviewLog] = []
    var last: [String: Int64] = [:]
    var isInOrder = true
    let rows = try Row.fetchCursor(
      // Sorting is quicker than a look into the table for each entry of an index: hence the signs.
      database, sql: "SELECT \(reviewColumns), id FROM review WHERE \(condition) ORDER BY +reviewed_at, +id", arguments: arguments)
    while let row = try rows.next() {
      try Interruption.check(every: 1024, at: reviews.count)
      guard let review = review(of: row) else { continue }
      reviews.append(review)
      let id = Int64.fromDatabaseValue(row[11]) ?? 0
      if let before = last.updateValue(id, forKey: review.cardID), before > id { isInOrder = false }
    }
    return (reviews, isInOrder)
  }
}
