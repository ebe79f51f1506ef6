import Foundation
import GRDB
import Shell

/// The data base of an Anki package. It is written in the form that every version since 2.1 reads: schema 11, its types of notes and decks as
/// JSON. Schema 18, in which newer versions keep each in a table of its own, is read too.
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
        let (types, decks) = try AnkiCollections.names(in: database)
        var places: [Int64: Int64] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT nid, did FROM cards ORDER BY ord DESC") {
          places[number(row, "nid")] = number(row, "did")
        }
        return try Row.fetchAll(database, sql: "SELECT id, guid, mid, flds FROM notes ORDER BY id").map { row in
          let type = types[number(row, "mid")]
          let names = type?.fields ?? []
          let texts = text(row, "flds").split(separator: "\u{1F}", omittingEmptySubsequences: false)
          let fields = texts.enumerated().map { index, html in
            CardNote.Field(names.indices.contains(index) ? names[index] : "Field \(index + 1)", String(html))
          }
          let deck = places[number(row, "id")].flatMap { decks[$0] } ?? ""
          return CardNote(guid: text(row, "guid"), kind: type?.name ?? "", fields: fields, deck: deck)
        }
      }
      try queue.close()
      return notes
    }
  }

  /// The types of notes and the decks by their numbers.
  private static func names(
    in database: Database
  ) throws -> (types: [Int64: (name: String, fields: [String])], decks: [Int64: String]) {
    var types: [Int64: (name: String, fields: [String])] = [:]
    var decks: [Int64: String] = [:]
    if try database.tableExists("notetypes") {
      // Sorting by name would need a collation that only Anki has.
      for row in try Row.fetchAll(database, sql: "SELECT id, name FROM notetypes") {
        types[Int64.fromDatabaseValue(row["id"]) ?? 0] = (String.fromDatabaseValue(row["name"]) ?? "", [])
      }
      for row in try Row.fetchAll(database, sql: "SELECT ntid, name FROM fields ORDER BY ntid, ord") {
        types[Int64.fromDatabaseValue(row["ntid"]) ?? 0]?.fields.append(String.fromDatabaseValue(row["name"]) ?? "")
      }
      for row in try Row.fetchAll(database, sql: "SELECT id, name FROM decks") {
        // The levels stand between separators of units.
        decks[Int64.fromDatabaseValue(row["id"]) ?? 0] = (String.fromDatabaseValue(row["name"]) ?? "").replacing("\u{1F}", with: "::")
      }
    } else if let head = try Row.fetchOne(database, sql: "SELECT models, decks FROM col") {
      for (number, type) in AnkiSchema.objects(String.fromDatabaseValue(head["models"]) ?? "") {
        let fields = (type["flds"] as? [[String: Any]] ?? []).map { $0["name"] as? String ?? "" }
        if let number = Int64(number) { types[number] = (type["name"] as? String ?? "", fields) }
      }
      for (number, deck) in AnkiSchema.objects(String.fromDatabaseValue(head["decks"]) ?? "") {
        if let number = Int64(number) { decks[number] = deck["name"] as? String }
      }
    }
    return (types, decks)
  }

  private func guarded<Value>(_ file: URL, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw Complaint("the cards cannot be read or written: \(error.message ?? "SQLite error \(error.resultCode.rawValue)")")
    }
  }
}
