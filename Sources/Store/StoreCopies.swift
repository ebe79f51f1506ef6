import Foundation
import GRDB
import Shell

/// Copies of the store, made and brought back by SQLite's online backup: other shells go on meanwhile, and see the old store or the new one.
extension ReviewDatabase: StoreKeeper {
  /// Where the store is and what it holds.
  public func contents() throws -> StoreContents {
    try guarded { try ReviewDatabase.contents(of: queue, at: URL(fileURLWithPath: queue.path)) }
  }

  /// Writes a copy beside the file that is asked for, then puts it there.
  public func backUp(to file: URL) throws -> StoreContents {
    let own = URL(fileURLWithPath: queue.path)
    guard file.resolvingSymlinksInPath().path != own.resolvingSymlinksInPath().path else {
      throw Complaint("`\(file.path)` is the store itself", hint: "name another file for the copy")
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), isFolder.boolValue {
      throw Complaint.noCopy(file, "it is a folder")
    }
    let target = file.resolvingSymlinksInPath()
    // The log of another store would be played onto the copy that takes its place.
    guard ReviewDatabase.bytes(at: target.path + "-wal") == 0 else {
      throw Complaint.noCopy(file, "it is a store that is in use")
    }
    let draft = target.deletingLastPathComponent().appendingPathComponent(".\(target.lastPathComponent).\(UUID().uuidString.prefix(8))")
    defer { for ending in ["", "-journal", "-wal", "-shm"] { unlink(draft.path + ending) } }
    do {
      let copy = try DatabaseQueue(path: draft.path)
      try queue.backup(to: copy)
      // One file, without the log beside it that the store itself has.
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
    } catch let error as DatabaseError {
      throw Complaint.noCopy(file, error.message ?? "SQLite error \(error.resultCode.rawValue)")
    }
    guard rename(draft.path, target.path) == 0 else { throw Complaint.noCopy(file, String(cString: strerror(errno))) }
    var contents = try contents()
    contents.bytes = ReviewDatabase.size(of: target)
    return contents
  }

  /// Looks a copy through, keeps what is there beside the store, and takes the copy over in one transaction.
  public func restore(from file: URL, at now: Date) throws -> (contents: StoreContents, former: URL) {
    let own = URL(fileURLWithPath: queue.path)
    guard file.resolvingSymlinksInPath().path != own.resolvingSymlinksInPath().path else {
      throw Complaint("`\(file.path)` is the store itself", hint: "name a copy of it, which `store backup FILE` writes")
    }
    let copy = try ReviewDatabase.sound(file)
    let former = try ReviewDatabase.free(besides: own, at: now)
    do {
      _ = try backUp(to: former)
    } catch {
      // What SQLite cannot read any more is kept as it is.
      try StoreWreck.set(aside: own, as: former, moving: false)
    }
    try guarded {
      try copy.backup(to: queue)
      try ReviewDatabase.migrator.migrate(queue)
      // Reviews that came from elsewhere are added up here.
      try queue.write { try $0.execute(sql: "DELETE FROM tally") }
    }
    return (try contents(), former)
  }

  /// Whether a file is a copy of a store, as `backUp` writes it: it has the tables, no log beside it, and was not opened as a store since, which
  /// would have given it one.
  public func isCopy(_ file: URL) -> Bool {
    let target = file.resolvingSymlinksInPath().path
    guard !["-wal", "-shm", ".lock"].contains(where: { FileManager.default.fileExists(atPath: target + $0) }) else { return false }
    // The versions of the format for writing and reading: 1 keeps a journal, 2 a log beside the file.
    guard FileAccess.head(of: file, bytes: 20).suffix(2) == Foundation.Data([1, 1]) else { return false }
    return (try? ReviewDatabase.reading(file).read(ReviewDatabase.isStore)) == true
  }

  /// A file as a data base that nobody writes into.
  private static func reading(_ file: URL) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: file.path, configuration: configuration)
  }

  /// Whether a data base has the tables that tell a store.
  private static func isStore(_ database: Database) throws -> Bool {
    try database.tableExists("review") && database.tableExists("grdb_migrations")
  }

  /// A copy that is whole and a store that this program understands.
  static func sound(_ file: URL) throws -> DatabaseQueue {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) else {
      throw Complaint.badCopy(file, "there is no such file")
    }
    guard !isFolder.boolValue else { throw Complaint.badCopy(file, "it is a folder") }
    do {
      let copy = try reading(file)
      try copy.read { database in
        let verdict = try String.fetchOne(database, sql: "PRAGMA integrity_check") ?? ""
        guard verdict == "ok" else { throw Complaint.badCopy(file, "it is damaged: \(verdict.prefix(80))") }
        guard try isStore(database) else {
          throw Complaint.badCopy(file, "it is a database, but no store")
        }
        guard try !migrator.hasBeenSuperseded(database) else { throw Complaint.badCopy(file, "a newer gradus wrote it") }
        if let missing = try missing(in: database) { throw Complaint.badCopy(file, "it is damaged: it has no `\(missing)`") }
      }
      return copy
    } catch let error as DatabaseError {
      throw Complaint.badCopy(file, error.message ?? "SQLite error \(error.resultCode.rawValue)")
    }
  }

  /// The first table or column that a store of the same age has and this one has not: bits may have changed in its own description.
  private static func missing(in database: Database) throws -> String? {
    guard let age = try migrator.completedMigrations(database).last else { return "grdb_migrations" }
    let model = try DatabaseQueue()
    try migrator.migrate(model, upTo: age)
    return try model.read { model in
      // What keeps one table true to another.
      let triggers = Set(try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'"))
      for trigger in try String.fetchAll(model, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
      where !triggers.contains(trigger) {
        return trigger
      }
      for table in try String.fetchAll(model, sql: "SELECT name FROM sqlite_master WHERE type = 'table'") {
        guard try database.tableExists(table) else { return table }
        let columns = Set(try database.columns(in: table).map(\.name))
        if let column = try model.columns(in: table).first(where: { !columns.contains($0.name) }) { return "\(table).\(column.name)" }
      }
      return nil
    }
  }

  /// A name beside the store that is not taken.
  static func free(besides store: URL, at now: Date) throws -> URL {
    let stamp = now.formatted(.iso8601.timeSeparator(.omitted).dateSeparator(.omitted))
    let stem = store.deletingPathExtension().lastPathComponent + "-before-restore-" + stamp
    let folder = store.deletingLastPathComponent()
    for number in 1...1_000 {
      let file = folder.appendingPathComponent(number == 1 ? "\(stem).sqlite" : "\(stem)-\(number).sqlite")
      if !FileManager.default.fileExists(atPath: file.path) { return file }
    }
    throw Complaint.noCopy(folder, "there are too many former stores beside it")
  }

  private static func contents(of queue: DatabaseQueue, at file: URL) throws -> StoreContents {
    try queue.read { database in
      StoreContents(
        file: file, bytes: size(of: file), reviews: try Int.fetchOne(database, sql: "SELECT count(*) FROM review") ?? 0,
        cards: try Int.fetchOne(database, sql: "SELECT count(*) FROM latest") ?? 0,
        runs: try Int.fetchOne(database, sql: "SELECT count(*) FROM run") ?? 0)
    }
  }

  /// The bytes of a file, with those of the log beside it.
  private static func size(of file: URL) -> Int { bytes(at: file.path) + bytes(at: file.path + "-wal") }

  /// The bytes of a file; none where it is not there.
  private static func bytes(at path: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }
}

extension Complaint {
  static func noCopy(_ file: URL, _ reason: String) -> Complaint {
    Complaint("the copy `\(file.path)` cannot be written: \(reason)", hint: "name a file in a folder that is there and may be written")
  }
  static func badCopy(_ file: URL, _ reason: String) -> Complaint {
    Complaint("`\(file.path)` cannot be restored: \(reason)", hint: "nothing was changed; `store backup FILE` writes such a copy")
  }
}
