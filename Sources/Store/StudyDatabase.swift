import Foundation
import GRDB
import Shell
import Study

extension ReviewDatabase {
  static func registerDueDates(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("due dates of newest reviews") { database in
      // Every prompt tells how many cards are due: with ten thousand, their dates must be at hand in order. One way of writing is not seen by
      // the triggers: to replace a review by one of the same number and another card.
      try database.execute(
        sql: """
          ALTER TABLE latest ADD COLUMN due_at INTEGER;
          UPDATE latest SET due_at = (SELECT due FROM review WHERE id = latest.review_id);
          CREATE INDEX latest_on_due ON latest (due_at);
          DROP TRIGGER review_inserted;
          CREATE TRIGGER review_inserted AFTER INSERT ON review BEGIN
            INSERT INTO latest (card_id, review_id, reviews, due_at) VALUES (NEW.card_id, NEW.id, 1, NEW.due)
              ON CONFLICT (card_id) DO UPDATE SET review_id = NEW.id, reviews = reviews + 1, due_at = NEW.due;
          END;
          DROP TRIGGER review_deleted;
          CREATE TRIGGER review_deleted AFTER DELETE ON review BEGIN
            UPDATE latest SET reviews = reviews - 1,
              review_id = coalesce((SELECT max(id) FROM review WHERE card_id = OLD.card_id), -1),
              due_at = (SELECT due FROM review WHERE card_id = OLD.card_id ORDER BY id DESC LIMIT 1)
              WHERE card_id = OLD.card_id;
            DELETE FROM latest WHERE card_id = OLD.card_id AND reviews = 0;
          END;
          DROP TRIGGER review_moved;
          CREATE TRIGGER review_moved AFTER UPDATE OF card_id, id ON review
            WHEN OLD.card_id IS NOT NEW.card_id OR OLD.id IS NOT NEW.id BEGIN
            DELETE FROM latest WHERE card_id IN (OLD.card_id, NEW.card_id);
            INSERT INTO latest (card_id, review_id, reviews, due_at)
              SELECT newest.card_id, newest.id, newest.count, review.due
              FROM (SELECT card_id, max(id) AS id, count(*) AS count FROM review WHERE card_id IN (OLD.card_id, NEW.card_id) GROUP BY card_id)
              AS newest JOIN review ON review.id = newest.id;
          END;
          CREATE TRIGGER review_rescheduled AFTER UPDATE OF due ON review BEGIN
            UPDATE latest SET due_at = NEW.due WHERE card_id = NEW.card_id AND review_id = NEW.id;
          END;
          """)
    }
  }

  /// How many cards are due at a moment, of whatever deck; those that are set aside left out.
  public func dueCount(at now: Date) throws -> Int {
    try guarded {
      try queue.read { database in
        let moment = ReviewDatabase.milliseconds(now)
        // CROSS JOIN: few cards are set aside, and many are due.
        return try Int.fetchOne(
          database,
          sql: """
            SELECT (SELECT count(*) FROM latest WHERE due_at <= ?1) -
            (SELECT count(*) FROM mark CROSS JOIN latest ON latest.card_id = mark.card_id WHERE latest.due_at <= ?1
            AND (coalesce(mark.is_suspended, 0) <> 0 OR coalesce(mark.buried_until, 0) > ?1))
            """, arguments: [moment]) ?? 0
      }
    }
  }

  /// The cards whose first review of all lies at a moment or after it.
  public func introduced(since moment: Date) throws -> Set<String> {
    try guarded {
      try queue.read { database in
        let begin = ReviewDatabase.milliseconds(moment)
        return try Set(
          Row.fetchAll(
            database,
            sql: """
              SELECT card_id FROM review AS today WHERE reviewed_at >= ?
              AND NOT EXISTS (SELECT 1 FROM review WHERE card_id = today.card_id AND reviewed_at < ?)
              """, arguments: [begin, begin]
          ).compactMap { ReviewDatabase.text($0, "card_id") })
      }
    }
  }

  /// What the learner decided about cards, by id.
  public func marks() throws -> [String: CardMarks] {
    try guarded {
      try queue.read { database in
        let marks = try Row.fetchAll(database, sql: "SELECT card_id, is_suspended, buried_until, is_flagged FROM mark").compactMap {
          row -> (String, CardMarks)? in
          guard let cardID = ReviewDatabase.text(row, "card_id") else { return nil }
          let marks = CardMarks(
            isSuspended: ReviewDatabase.integer(row, "is_suspended") == 1, buriedUntil: ReviewDatabase.date(row, "buried_until"),
            isFlagged: ReviewDatabase.integer(row, "is_flagged") == 1)
          return (cardID, marks)
        }
        return Dictionary(marks) { _, last in last }
      }
    }
  }

  /// Keeps what the learner decided about a card; an ordinary card needs no row.
  public func mark(_ cardID: String, _ marks: CardMarks) throws {
    try guarded {
      try queue.write { database in
        guard marks != CardMarks() else { return try database.execute(sql: "DELETE FROM mark WHERE card_id = ?", arguments: [cardID]) }
        try database.execute(
          sql: "INSERT OR REPLACE INTO mark VALUES (?, ?, ?, ?)",
          arguments: [cardID, marks.isSuspended, marks.buriedUntil.map(ReviewDatabase.milliseconds), marks.isFlagged])
      }
    }
  }

  /// Adds the reviews that are not there yet and computes the states of their cards anew, in one transaction.
  public func merge(_ reviews: [ReviewLog], _ scheduler: Scheduler) throws -> Int {
    try guarded {
      try queue.write { database in
        var added = 0
        for (cardID, imported) in Dictionary(grouping: reviews, by: \.cardID).sorted(by: { $0.key < $1.key }) {
          try Interruption.check()
          let stored = try ReviewDatabase.reviews(database, of: cardID)
          var seen = Set(stored.map(ReviewKey.init))
          let new = imported.filter { seen.insert(ReviewKey($0)).inserted }
          guard !new.isEmpty else { continue }
          added += new.count
          // The reviews of a card are written anew in the order of their time, so that the last one is the newest by number too.
          try database.execute(sql: "DELETE FROM review WHERE card_id = ?", arguments: [cardID])
          for review in scheduler.replayed(stored + new) { try ReviewDatabase.insert(review, into: database) }
        }
        return added
      }
    }
  }
}
