import Foundation
import GRDB
import Shell
import Study

extension ReviewDatabase {
  /// How many cards are due at a moment, of whatever deck; those that are set aside left out.
  public func dueCount(at now: Date) throws -> Int {
    try guarded {
      try queue.read { database in
        let moment = ReviewDatabase.milliseconds(now)
        return try Int.fetchOne(
          database,
          sql: """
            SELECT count(*) FROM latest JOIN review ON review.id = latest.review_id LEFT JOIN mark ON mark.card_id = latest.card_id
            WHERE review.due <= ? AND coalesce(mark.is_suspended, 0) = 0 AND coalesce(mark.buried_until, 0) <= ?
            """, arguments: [moment, moment]) ?? 0
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
