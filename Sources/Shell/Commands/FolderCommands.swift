import Foundation
import Language

/// `cd` and `ls`: where relative paths start, and what is there.
enum FolderCommands {
  static let cd = Command(
    .shell, .reads,
    Declaration<Action>(
      "cd", "Goes to a folder, where relative paths start from then on; alone, to the home folder.", examples: ["cd .", "cd /; cd -"],
      notes: "`cd -` goes back to the folder before. Files that are loaded already stay where they are.",
      .optional(.word("folder", "the folder, or `-`", from: .folders))
    ) { path in
      Action { _, surroundings in
        let files = surroundings.files
        guard !files.isConfined else { throw Complaint.confined("cd") }
        let target: URL
        if path == "-" {
          guard let former = files.formerFolder else {
            throw Complaint("there is no folder before this one", hint: "`cd FOLDER` goes to one")
          }
          target = former
        } else {
          target = try files.readable(path ?? "~")
        }
        try FolderCommands.check(target, named: path ?? target.path)
        surroundings.files.formerFolder = files.folder
        surroundings.files.folder = target
        return FolderFacts(folder: target.path, entries: nil)
      }
    })

  static let ls = Command(
    .shell, .reads,
    Declaration<Action>(
      "ls", "Lists a folder: folders first, then files with what they are and their size.", examples: ["ls", "ls ."],
      .optional(.word("folder", "the folder; where you are without it", from: .folders)),
      .boolean("all", "whether names that begin with a point are listed", default: false)
    ) { path, all in
      Action { _, surroundings in
        let files = surroundings.files
        guard !files.isConfined else { throw Complaint.confined("ls") }
        let folder = try path.map { try files.readable($0) } ?? files.folder
        try FolderCommands.check(folder, named: path ?? folder.path)
        return FolderFacts(folder: folder.path, entries: try FolderCommands.entries(of: folder, hidden: all))
      }
    })

  private static func check(_ url: URL, named path: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: url.deletingLastPathComponent().path)) ?? []
      throw Complaint(
        "there is no folder `\(path)`", hint: NearNames.hint(for: url.lastPathComponent, among: names) ?? "`ls` lists what is there")
    }
    guard isFolder.boolValue else { throw Complaint("`\(path)` is a file", hint: "name a folder") }
    guard access(url.path, X_OK) == 0 else {
      throw Complaint("the folder `\(path)` may not be entered", hint: String(cString: strerror(errno)))
    }
  }

  private static func entries(of folder: URL, hidden: Bool) throws -> [FolderFacts.Entry] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    } catch {
      throw Complaint("the folder `\(folder.path)` cannot be read", hint: String(cString: strerror(errno)))
    }
    let entries = names.filter { hidden || !$0.hasPrefix(".") }.map { name -> FolderFacts.Entry in
      let path = folder.appendingPathComponent(name).path
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      if isThere, isFolder.boolValue { return FolderFacts.Entry(name: name, kind: .folder, bytes: nil) }
      let attributes = try? FileManager.default.attributesOfItem(atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
      return FolderFacts.Entry(
        name: name, kind: isThere ? .init(file: name) : .brokenLink, bytes: isThere ? (attributes?[.size] as? NSNumber)?.intValue : nil)
    }
    return entries.sorted { ($0.kind == .folder ? 0 : 1, $0.name) < ($1.kind == .folder ? 0 : 1, $1.name) }
  }
}

/// A folder, and what is in it.
public struct FolderFacts: Facts {
  /// What an entry is, as far as its name tells.
  public enum Kind: String, Sendable {
    case folder, script, cards, session, weights, data, picture, package, store, file
    case brokenLink = "broken link"

    /// What a file of a name is.
    init(file name: String) {
      switch (name as NSString).pathExtension.lowercased() {
      case "gradus": self = .script
      case "md", "markdown": self = .cards
      case "session": self = .session
      case "safetensors": self = .weights
      case "csv", "tsv", "npz", "npy", "idx", "gz": self = .data
      case "png", "jpg", "jpeg", "svg", "pdf": self = .picture
      case "apkg": self = .package
      case "sqlite": self = .store
      default: self = name.hasSuffix("-ubyte") ? .data : .file
      }
    }
  }

  /// A file or a folder in it.
  public struct Entry: Sendable {
    /// Its name.
    public var name: String
    /// What it is.
    public var kind: Kind
    /// The size of a file in bytes; nil for a folder.
    public var bytes: Int?
  }

  /// The folder.
  public let folder: String
  /// What is in it; nil when only the folder is told.
  public let entries: [Entry]?

  /// The folder, and its entries where they are told.
  public var json: [(String, JSONValue)] {
    [("folder", .string(folder))]
      + (entries.map { entries in
        [
          (
            "entries",
            .array(
              entries.map {
                .object([
                  ("name", .string($0.name)), ("kind", .string($0.kind.rawValue)), ("bytes", $0.bytes.map { .integer($0) } ?? .null),
                ])
              })
          )
        ]
      } ?? [])
  }
}
