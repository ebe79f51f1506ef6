import Foundation
import GRDB
import Shell

/// A store that SQLite cannot read: there is nothing to tell of it or to copy, but a copy can take its place.
@MainActor public final class StoreWreck: StoreKeeper {
  private let file: URL
  private let reason: Complaint

  /// What is left of the store in a file.
  ///
  /// - Parameter reason: Why it cannot be opened.
  public init(_ file: URL, reason: Complaint) {
    self.file = file
    self.reason = reason
  }

  /// Tells why there is nothing to tell.
  public func contents() throws -> StoreContents { throw reason }
  /// Tells why there is nothing to copy.
  public func backUp(to file: URL) throws -> StoreContents { throw reason }

  /// Looks a copy through, sets the damaged files aside, and puts the copy in their place.
  public func restore(from copy: URL, at now: Date) throws -> (contents: StoreContents, former: URL) {
    let sound = try ReviewDatabase.sound(copy)
    let former = try ReviewDatabase.free(besides: file, at: now)
    try StoreWreck.set(aside: file, as: former, moving: true)
    do {
      let queue = try DatabaseQueue(path: file.path)
      try sound.backup(to: queue)
      try queue.close()
      return (try ReviewDatabase(file: file).contents(), former)
    } catch {
      for ending in StoreWreck.endings {
        unlink(file.path + ending)
        rename(former.path + ending, file.path + ending)
      }
      throw error is Complaint ? error : Complaint.badCopy(copy, "\(error)")
    }
  }

  /// The store's own file and what SQLite keeps beside it.
  private static let endings = ["", "-wal", "-shm", "-journal"]

  /// Copies or moves a store's files, unread, to another name.
  static func set(aside store: URL, as former: URL, moving: Bool) throws {
    for ending in endings where FileManager.default.fileExists(atPath: store.path + ending) {
      do {
        if moving {
          try FileManager.default.moveItem(atPath: store.path + ending, toPath: former.path + ending)
        } else {
          try FileManager.default.copyItem(atPath: store.path + ending, toPath: former.path + ending)
        }
      } catch {
        throw Complaint.noCopy(former, (error as NSError).localizedFailureReason ?? error.localizedDescription)
      }
    }
  }
}
