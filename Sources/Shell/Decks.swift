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

  /// The Markdown files that a file or folder names.
  ///
  /// - Throws: A `Complaint` that says why there are none.
  static func names(_ path: String) throws -> [String] {
    do throws(DeckFault) {
      return try DeckFiles.names(path)
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
  /// A deck that was loaded holds no card.
  ///
  /// - Parameter keeps: Whether the built-in cards stay for it.
  static func noCardIn(_ path: String, keeps: Bool) -> Complaint {
    Complaint(
      "there is no card in `\(path)`" + (keeps ? ", and the built-in cards stay" : ""),
      hint: "a card is a line `Question : ...` and a line `Answer : ...`")
  }

  /// A file or folder that was loaded is not there any more.
  static func deckMissing(_ path: String) -> Complaint {
    Complaint("`\(path)` is gone", hint: "its cards stay as they were until you leave")
  }

  /// A file is gone from a folder that was loaded.
  static func deckGone(_ file: String, cards: Int) -> Complaint {
    Complaint(
      "`\(file)` is gone, and its \(grouped(cards)) \(cards == 1 ? "card" : "cards") with it", hint: "what you know of them is kept")
  }

  /// Why a deck could not be read.
  public static func deck(_ fault: DeckFault) -> Complaint {
    switch fault {
    case .noSuchFile(let path):
      Complaint("there is no file or folder `\(path)`", hint: "`deck load FILE` takes a Markdown file or a folder of them")
    case .noDecks(let path): Complaint("there is no Markdown file in `\(path)`", hint: "decks and lessons end in .md")
    case .notText(let path, let line): Complaint("`\(path)` is no text: line \(line) is not UTF-8", hint: "save it as UTF-8")
    case .tooLarge(let path, let bytes, let limit):
      Complaint("`\(path)` has \(grouped(bytes)) bytes", hint: "a deck may have \(grouped(limit))")
    case .notAFile(let path): Complaint("`\(path)` is no file", hint: "`deck load` takes a Markdown file or a folder of them")
    case .unreadable(let path, let reason): Complaint("`\(path)` cannot be read: \(reason)")
    case .stopped: Interruption.complaint
    }
  }
}
