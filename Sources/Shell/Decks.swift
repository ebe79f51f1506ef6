import Deck
import Foundation
import Language

/// Reads decks and tells their faults as complaints.
public enum Decks {
  /// The documents of a file or folder.
  ///
  /// - Throws: A `Complaint` that says why nothing could be read.
  public static func load(_ path: String) throws -> DeckFiles.Loaded {
    do throws(DeckFault) {
      return try DeckFiles.load(path)
    } catch {
      throw Complaint.deck(error)
    }
  }

  /// The document of one file.
  ///
  /// - Throws: A `Complaint` that says why it could not be read.
  public static func document(at url: URL) throws -> Document {
    do throws(DeckFault) {
      return try DeckFiles.document(url.path)
    } catch {
      throw Complaint.deck(error)
    }
  }
}

extension Complaint {
  /// Why a deck could not be read.
  public static func deck(_ fault: DeckFault) -> Complaint {
    switch fault {
    case .noSuchFile(let path):
      Complaint("there is no file or folder `\(path)`", hint: "`deck load FILE` takes a Markdown file or a folder of them")
    case .noDecks(let path): Complaint("there is no Markdown file in `\(path)`", hint: "decks and lessons end in .md")
    case .notText(let path, let line): Complaint("`\(path)` is not UTF-8 text: line \(line)", hint: "save it as UTF-8")
    case .tooLarge(let path, let bytes, let limit):
      Complaint("`\(path)` has \(grouped(bytes)) bytes", hint: "a deck may have \(grouped(limit))")
    case .notAFile(let path): Complaint("`\(path)` is no file", hint: "`deck load` takes a Markdown file or a folder of them")
    case .unreadable(let path, let reason): Complaint("`\(path)` cannot be read: \(reason)")
    }
  }
}
