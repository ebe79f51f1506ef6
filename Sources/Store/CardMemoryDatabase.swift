import GRDB
import Shell

/// What reviewed cards asked, in the store of their reviews.
extension ReviewDatabase: CardMemory {
  static func registerCards(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("cards") { database in
      try database.create(table: "card") { table in
        table.primaryKey("id", .text).notNull()
        table.column("category", .text).notNull()
        table.column("topic", .text).notNull()
        table.column("question", .text).notNull()
        table.column("file", .text).notNull()
      }
    }
  }

  /// Remembers what cards asked, in one transaction.
  public func remember(_ cards: [RememberedCard]) throws {
    try guarded { try queue.write { database in for card in cards { try ReviewDatabase.store(card, in: database) } } }
  }

  /// What the cards asked, by id.
  public func remembered() throws -> [String: RememberedCard] {
    try guarded {
      try queue.read { database in
        let cards = try Row.fetchAll(database, sql: "SELECT id, category, topic, question, file FROM card").compactMap { row in
          // Another program may have written into the file: a row that holds no text is passed over.
          let parts = ["id", "category", "topic", "question", "file"].compactMap { String.fromDatabaseValue(row[$0]) }
          return parts.count == 5
            ? RememberedCard(id: parts[0], category: parts[1], topic: parts[2], question: parts[3], file: parts[4]) : nil
        }
        return Dictionary(cards.map { ($0.id, $0) }) { _, newest in newest }
      }
    }
  }

  /// Gives the histories of cards to others, in one transaction.
  public func move(_ moves: [HistoryMove]) throws {
    try guarded {
      try queue.write { database in
        for move in moves {
          try database.execute(sql: "UPDATE review SET card_id = ? WHERE card_id = ?", arguments: [move.to.id, move.from])
          try database.execute(sql: "UPDATE OR IGNORE mark SET card_id = ? WHERE card_id = ?", arguments: [move.to.id, move.from])
          for table in ["mark WHERE card_id", "card WHERE id"] {
            try database.execute(sql: "DELETE FROM \(table) = ?", arguments: [move.from])
          }
          try ReviewDatabase.store(move.to, in: database)
        }
      }
    }
  }

  private static func store(_ card: RememberedCard, in database: Database) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO card (id, category, topic, question, file) VALUES (?, ?, ?, ?, ?)",
      arguments: [card.id, card.category, card.topic, card.question, card.file])
  }
}
