import Datasets
import Foundation
import Language

/// An Anki package: a ZIP archive of a data base of notes, of pictures by number, and of the pictures' names.
///
///     collection.anki2     SQLite, schema 11        media     {"0": "name.png", ...}        0, 1, ...     the pictures
///
/// Versions since 2.1.50 pack each member by Zstandard, the data base as `collection.anki21b`, and list the pictures in protocol buffers.
enum PackageFile {
  /// The greatest data base and the greatest picture that are read.
  private static let mostBytes = 500_000_000
  private static let mostPictureBytes = 30_000_000

  @MainActor static func write(_ package: NotePackage, to file: URL, _ collections: any NoteCollections, at now: Date) throws {
    let content = try inScratch { folder in
      let collection = folder.appendingPathComponent("collection.anki2")
      try collections.write(package.notes, to: collection, at: now)
      return try Data(contentsOf: collection)
    }
    let names = JSONValue.object(package.pictures.enumerated().map { ("\($0.offset)", .string($0.element.name)) })
    let members =
      [("collection.anki2", content), ("media", Data(names.text.utf8))]
      + package.pictures.enumerated().map { ("\($0.offset)", $0.element.content) }
    do throws(ZipWriter.Failure) {
      try ZipWriter.write(members, to: file)
    } catch {
      throw Complaint("`\(file.path)` cannot be written: \(error.reason)", hint: "is its folder there, and yours to write?")
    }
  }

  /// Whether a package holds exported cards alone: those of Anki have further data bases, and other notes.
  @MainActor static func isOne(_ file: URL, _ collections: any NoteCollections) -> Bool {
    guard let content = try? Data(contentsOf: file), let archive = try? ZipArchive(content),
      !archive.names.contains(where: { $0.hasPrefix("collection.anki21") }), let package = try? read(content, file.path, collections)
    else { return false }
    return package.notes.allSatisfy { $0.kind == CardNote.kind }
  }

  /// The notes and pictures of a package.
  ///
  /// - Throws: A `Complaint` when it is none, or one of a form that only newer versions of Anki read.
  @MainActor static func read(_ content: Data, _ file: String, _ collections: any NoteCollections) throws -> NotePackage {
    do {
      let archive = try ZipArchive(content)
      let names = Set(archive.names)
      // Newer exports hold an old data base too, with a single note that asks for an update.
      guard let database = ["collection.anki21b", "collection.anki21", "collection.anki2"].first(where: names.contains) else {
        throw Complaint("`\(file)` holds no collection of Anki", hint: "export a deck from Anki as .apkg")
      }
      let isPacked = database.hasSuffix("b")
      func member(_ name: String, most: Int) throws -> Data {
        let content = try archive.content(name, most: most)
        guard isPacked else { return content }
        do {
          return try Zstandard.unpacked(content, most: most)
        } catch Zstandard.Flaw.damaged(let reason) {
          throw ZipArchive.Flaw.damaged(member: name, reason)
        } catch {
          throw ZipArchive.Flaw.damaged(member: name, "it is too large")
        }
      }
      let collection = try member(database, most: mostBytes)
      let notes = try inScratch { folder in
        let place = folder.appendingPathComponent("collection.anki2")
        try collection.write(to: place)
        return try collections.notes(of: place)
      }
      var pictures: [(name: String, content: Data)] = []
      if names.contains("media") {
        let media = try member("media", most: mostBytes)
        let listed =
          isPacked ? MediaList.names(in: media) : (try? JSONSerialization.jsonObject(with: media)) as? [String: String] ?? [:]
        for (number, name) in listed.sorted(by: { (Int($0.key) ?? 0, $0.key) < (Int($1.key) ?? 0, $1.key) }) where names.contains(number) {
          guard isPicture(name) else { continue }
          pictures.append((name, try member(number, most: mostPictureBytes)))
        }
      }
      return NotePackage(notes: notes, pictures: pictures)
    } catch let flaw as ZipArchive.Flaw {
      switch flaw {
      case .notZip: throw Complaint("`\(file)` is no Anki package", hint: "a package is a ZIP archive; a table ends in .tsv")
      case .noMember(let name): throw Complaint("`\(file)` holds no `\(name)`")
      case .damaged(let member, let reason): throw Complaint("`\(file)` is damaged: \(member): \(reason)")
      }
    }
  }

  /// Whether a name of the archive is that of a picture, and only a name: it may come from anybody.
  private static func isPicture(_ name: String) -> Bool {
    !name.contains("/") && !name.contains("\\") && !name.hasPrefix(".") && !name.contains("\0")
      && ["png", "jpg", "jpeg"].contains(URL(fileURLWithPath: name).pathExtension.lowercased())
  }

  /// Runs a body with a folder of its own, which is gone afterwards.
  private static func inScratch<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Complaint("`\(folder.path)` cannot be made", hint: "is there room on the disk?")
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}
