import Foundation
import GRDB
import Shell

/// The data base of an Anki package, in the form that every version since 2.1 reads: schema 11, its types of notes and decks as JSON.
@MainActor public final class AnkiCollections: NoteCollections {
  /// Reads and writes such files.
  public init() {}

  /// Writes notes into a new file.
  public func write(_ notes: [CardNote], to file: URL, at now: Date) throws {
    try guarded(file) {
      let queue = try DatabaseQueue(path: file.path)
      let milliseconds = Int64(now.timeIntervalSince1970 * 1000)
      let decks = AnkiSchema.numbered(notes.map(\.deck))
      try queue.write { database in
        try database.execute(sql: AnkiSchema.tables)
        try database.execute(
          sql: "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
          arguments: [
            milliseconds / 1000, milliseconds, milliseconds, AnkiSchema.settings, AnkiSchema.noteTypes(at: milliseconds),
            AnkiSchema.decks(decks, at: milliseconds), AnkiSchema.deckOptions,
          ])
        for (number, note) in notes.enumerated() {
          let id = milliseconds + Int64(number)
          let fields = CardNote.fieldNames.map { note.field($0) ?? "" }
          let sorted = AnkiSchema.plain(fields[0])
          try database.execute(
            sql: "INSERT INTO notes VALUES (?, ?, ?, ?, -1, '', ?, ?, ?, 0, '')",
            arguments: [
              id, note.guid, AnkiSchema.noteType, milliseconds / 1000, fields.joined(separator: "\u{1F}"), sorted,
              Int64(SHA1.firstWord(of: Array(sorted.utf8))),
            ])
          try database.execute(
            sql: "INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')",
            arguments: [id, id, decks[note.deck] ?? 1, milliseconds / 1000, number + 1])
        }
      }
      try queue.close()
    }
  }

  /// The notes of a file.
  ///
  /// - Throws: A `Complaint` when it is no such data base.
  public func notes(of file: URL) throws -> [CardNote] {
    try guarded(file) {
      var configuration = Configuration()
      configuration.readonly = true
      let queue = try DatabaseQueue(path: file.path, configuration: configuration)
      let notes = try queue.read { database -> [CardNote] in
        // The file comes from anybody: what a column holds is asked first.
        func text(_ row: Row, _ column: String) -> String { String.fromDatabaseValue(row[column]) ?? "" }
        func number(_ row: Row, _ column: String) -> Int64 { Int64.fromDatabaseValue(row[column]) ?? 0 }
        guard let head = try Row.fetchOne(database, sql: "SELECT models, decks FROM col") else { return [] }
        let types = AnkiSchema.objects(text(head, "models")), decks = AnkiSchema.objects(text(head, "decks"))
        var places: [Int64: Int64] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT nid, did FROM cards ORDER BY ord DESC") {
          places[number(row, "nid")] = number(row, "did")
        }
        return try Row.fetchAll(database, sql: "SELECT id, guid, mid, flds FROM notes ORDER BY id").map { row in
          let type = types[String(number(row, "mid"))]
          let names = (type?["flds"] as? [[String: Any]] ?? []).map { $0["name"] as? String ?? "" }
          let texts = text(row, "flds").split(separator: "\u{1F}", omittingEmptySubsequences: false)
          let fields = texts.enumerated().map { index, html in
            CardNote.Field(names.indices.contains(index) ? names[index] : "Field \(index + 1)", String(html))
          }
          let deck = places[number(row, "id")].flatMap { decks[String($0)]?["name"] as? String } ?? ""
          return CardNote(guid: text(row, "guid"), kind: type?["name"] as? String ?? "", fields: fields, deck: deck)
        }
      }
      try queue.close()
      return notes
    }
  }

  private func guarded<Value>(_ file: URL, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw Complaint("the cards cannot be read or written: \(error.message ?? "SQLite error \(error.resultCode.rawValue)")")
    }
  }
}
