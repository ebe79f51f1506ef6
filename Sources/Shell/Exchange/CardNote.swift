import Foundation

/// A card as Anki keeps it: a note with fields of HTML in a deck.
public struct CardNote: Sendable, Equatable {
  /// What tells the note from all others; of our own cards their id, so that importing again updates.
  public var guid: String
  /// The name of the note's type.
  public var kind: String
  /// The fields in order, each HTML.
  public var fields: [Field]
  /// The deck, as Anki writes it: `Category::Topic`.
  public var deck: String

  /// A field of a note.
  public struct Field: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its HTML.
    public var html: String
    /// A field.
    public init(_ name: String, _ html: String) {
      self.name = name
      self.html = html
    }
  }

  /// A note.
  public init(guid: String, kind: String, fields: [Field], deck: String) {
    self.guid = guid
    self.kind = kind
    self.fields = fields
    self.deck = deck
  }

  /// The HTML of a field by its name; nil where the note has none.
  public func field(_ name: String) -> String? { fields.first { $0.name == name }?.html }

  /// The type of the notes that are exported.
  public static let kind = "Gradus"
  /// Its fields. `Source` holds the card as a deck has it: as long as nobody edits the others, importing gives the same card back.
  public static let fieldNames = ["Front", "Back", "Topic", "Lang", "Source"]
}

/// Notes with the pictures that they show.
public struct NotePackage: Sendable, Equatable {
  /// The notes.
  public var notes: [CardNote]
  /// The pictures by the names that the notes call them.
  public var pictures: [(name: String, content: Data)]

  /// A package.
  public init(notes: [CardNote], pictures: [(name: String, content: Data)] = []) {
    self.notes = notes
    self.pictures = pictures
  }

  /// Whether two packages hold the same.
  public static func == (first: NotePackage, second: NotePackage) -> Bool {
    first.notes == second.notes && first.pictures.elementsEqual(second.pictures) { $0.name == $1.name && $0.content == $1.content }
  }
}

/// Turns the text of cards into HTML and back.
@MainActor public protocol CardMarkup: AnyObject {
  /// The HTML of a Markdown text: mathematics as `\( \)` and `\[ \]`, no script, no style.
  ///
  /// - Parameter picture: The name to show for a picture that the text names; nil where it is to be told in words.
  func html(of markdown: String, picture: (String) -> String?) -> String
  /// The Markdown of the HTML of a note.
  ///
  /// - Parameter picture: The path for a picture of that name.
  func markdown(of html: String, picture: (String) -> String) -> String
  /// The picture that a Markdown text names, where a file of the text's folder is meant.
  func picture(_ path: String, in folder: URL) -> URL?
}

/// Writes and reads the data base of an Anki package.
@MainActor public protocol NoteCollections: AnyObject {
  /// Writes notes into a new file.
  func write(_ notes: [CardNote], to file: URL, at now: Date) throws
  /// The notes of a file.
  ///
  /// - Throws: A `Complaint` when it is no such data base.
  func notes(of file: URL) throws -> [CardNote]
}

/// What exchanging cards with Anki needs.
@MainActor public struct CardExchange {
  /// The text.
  public let markup: any CardMarkup
  /// The data base.
  public let collections: any NoteCollections

  /// The two parts.
  public init(markup: any CardMarkup, collections: any NoteCollections) {
    self.markup = markup
    self.collections = collections
  }
}
