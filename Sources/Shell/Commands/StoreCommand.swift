import Foundation
import Language

/// `store`, `store backup FILE`, `store restore FILE`: where reviews and runs are, and copies of them.
enum StoreCommand {
  private enum Request: Sendable {
    case tell
    case backUp(String, overwrite: Bool)
    case restore(String)
  }

  static let command = Command(
    .shell, [.reads, .writes, .keeps],
    Declaration<Action>(
      "store", "Tells where reviews and runs are kept, copies them, or brings a copy back.", examples: ["store"],
      notes: """
        A copy is one SQLite file, taken while other shells go on. `store restore` looks the copy through first, keeps what was there \
        beside the store, and changes all of it or nothing.
        """,
      .declared(
        "action", "what to do",
        from: [
          Declaration<Request>("show", "Tells where the store is and what it holds.", examples: ["store show"]) { .tell },
          Declaration<Request>(
            "backup", "Writes a copy of the store to a file.", examples: ["store backup reviews.sqlite"],
            notes: "An earlier copy is replaced, another file only by `overwrite=yes`.",
            .word("file", "the file to write", from: .files(ending: "sqlite")), .overwrite
          ) { .backUp($0, overwrite: $1) },
          Declaration<Request>(
            "restore", "Puts a copy in the place of the store.",
            examples: ["store backup reviews.sqlite; store restore reviews.sqlite"],
            .word("file", "the copy to read", from: .files(ending: "sqlite"))
          ) { .restore($0) },
        ], default: .tell)
    ) { request in
      Action { _, surroundings in
        guard !surroundings.files.isConfined else { throw Complaint.confined("store") }
        let keeper = try surroundings.storeKeeper
        switch request {
        case .tell: return StoreFacts(did: .told, try keeper.contents(), file: nil)
        case .backUp(let path, let overwrite):
          let url = try surroundings.files.writable(path, overwrite: overwrite, replacing: keeper.isCopy)
          return StoreFacts(did: .backedUp, try keeper.backUp(to: url), file: path)
        case .restore(let path):
          let (contents, former) = try keeper.restore(from: try surroundings.files.readable(path), at: surroundings.now)
          return StoreFacts(did: .restored, contents, file: path, former: former.path)
        }
      }
    })
}

/// What a store holds.
public struct StoreContents: Sendable, Equatable {
  /// Its file, and the bytes of it.
  public var file: URL
  public var bytes: Int
  /// How many reviews, cards that were reviewed, and runs there are.
  public var reviews, cards, runs: Int

  /// Contents of the given parts.
  public init(file: URL, bytes: Int, reviews: Int, cards: Int, runs: Int) {
    (self.file, self.bytes, self.reviews, self.cards, self.runs) = (file, bytes, reviews, cards, runs)
  }
}

/// Looks after the file in which reviews and runs are kept.
@MainActor public protocol StoreKeeper: AnyObject {
  /// Where it is and what it holds.
  func contents() throws -> StoreContents
  /// Writes a copy, whole or not at all, while others may write.
  func backUp(to file: URL) throws -> StoreContents
  /// Puts a copy in the place of what is kept, all of it or nothing, and tells where the former is.
  func restore(from file: URL, at now: Date) throws -> (contents: StoreContents, former: URL)
  /// Whether a file is a copy of a store that nobody opened as a store since.
  func isCopy(_ file: URL) -> Bool
}

extension StoreKeeper {
  /// Nothing is known of files.
  public func isCopy(_ file: URL) -> Bool { false }
}

/// Where the store is and what it holds, or what became of it.
public struct StoreFacts: Facts {
  /// What was done.
  public enum Deed: String, Sendable {
    case told, backedUp = "backed up", restored
  }
  /// What was done.
  public let did: Deed
  /// What the store, or the copy, holds.
  public let contents: StoreContents
  /// The copy as typed; nil when there is none.
  public let file: String?
  /// Where the store's former content is; nil when nothing was replaced.
  public let former: String?

  init(did: Deed, _ contents: StoreContents, file: String?, former: String? = nil) {
    (self.did, self.contents, self.file, self.former) = (did, contents, file, former)
  }

  /// The file, its size and what is in it.
  public var json: [(String, JSONValue)] {
    [
      ("did", .string(did.rawValue)), ("store", .string(contents.file.path)), ("bytes", .integer(contents.bytes)),
      ("reviews", .integer(contents.reviews)), ("cards", .integer(contents.cards)), ("runs", .integer(contents.runs)),
    ] + (file.map { [("file", .string($0))] } ?? []) + (former.map { [("former", .string($0))] } ?? [])
  }
}

/// A store in memory has no file to copy.
@MainActor public final class NoStoreFile: StoreKeeper {
  /// Nothing.
  public init() {}
  private var none: Complaint { Complaint("nothing is kept in a file here", hint: "the program itself keeps a store") }
  /// Complains.
  public func contents() throws -> StoreContents { throw none }
  /// Complains.
  public func backUp(to file: URL) throws -> StoreContents { throw none }
  /// Complains.
  public func restore(from file: URL, at now: Date) throws -> (contents: StoreContents, former: URL) { throw none }
}
