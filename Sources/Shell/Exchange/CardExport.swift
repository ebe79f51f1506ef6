import Deck
import Foundation
import Language

/// `deck export FILE`: the cards of the open decks for Anki.
enum CardExport {
  static func declaration<Value>(_ wrap: @escaping @Sendable (Action) -> Value) -> Declaration<Value> {
    Declaration(
      "export", "Writes the cards of the open decks for Anki: .apkg or .tsv.", examples: ["deck export cards.tsv"],
      notes: """
        Importing the file into Anki again updates the cards; their schedule stays. An earlier export is replaced, another file only by \
        `overwrite=yes`.
        """,
      .word("file", "the file to write", from: .files(ending: "apkg", "tsv")), .overwrite
    ) { path, overwrite in wrap(Action { session, surroundings in try run(path, overwrite: overwrite, &session, surroundings) }) }
  }

  @MainActor private static func run(
    _ path: String, overwrite: Bool, _ session: inout Session, _ surroundings: any Surroundings
  ) throws -> any Facts {
    let form = try NoteForm(path)
    let exchange = try surroundings.permittedExchange
    let file = try surroundings.files.writable(path, overwrite: overwrite) { file in
      switch form {
      case .table: NoteTable.isOne(file)
      case .package: PackageFile.isOne(file, exchange.collections)
      }
    }
    session.openBuiltInDecks(surroundings.files)
    guard !session.library.differentCards.isEmpty else { throw Complaint.noCards() }
    var album = PictureAlbum(markup: exchange.markup, files: surroundings.files)
    let notes = session.library.differentCards.map { note(of: $0, exchange.markup, &album) }
    let package = NotePackage(notes: notes, pictures: album.pictures)
    switch form {
    case .table: try NoteTable.text(of: notes).write(to: file)
    case .package: try PackageFile.write(package, to: file, exchange.collections, at: surroundings.now)
    }
    for path in album.missing.prefix(3) {
      surroundings.warn(Complaint("the picture `\(path)` is not there", hint: "its words stand for it"))
    }
    if form == .table, !album.pictures.isEmpty {
      surroundings.warn(Complaint("a table holds no pictures", hint: "`deck export FILE.apkg` takes them along"))
    }
    return ExchangeFacts(
      direction: .export, file: file.path, cards: notes.count, pictures: form == .package ? album.pictures.count : 0, skipped: 0)
  }

  @MainActor static func note(of card: Card, _ markup: any CardMarkup, _ album: inout PictureAlbum) -> CardNote {
    let front = markup.html(of: card.question) { album.name(of: $0, card.file) }
    let back = markup.html(of: card.answer) { album.name(of: $0, card.file) }
    let topic = [card.category, card.topic].filter { !$0.isEmpty }.joined(separator: " - ")
    // A deck of Anki has levels between two colons; a card without a topic goes where decks of no name go.
    let levels = [card.category, card.topic].map { $0.replacing("::", with: ": ") }.filter { !$0.isEmpty }
    return CardNote(
      guid: card.id, kind: CardNote.kind,
      fields: [
        .init("Front", front), .init("Back", back), .init("Topic", escaped(topic)), .init("Lang", card.lang.rawValue),
        .init("Source", "<pre>" + escaped(DeckText.card(card)) + "</pre>"),
      ], deck: levels.isEmpty ? "Gradus" : levels.joined(separator: "::"))
  }

  /// Text as HTML.
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
  }

  /// Text from HTML that `escaped` made, or an editor that knows more entities.
  static func unescaped(_ html: String) -> String {
    html.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing(
      "&nbsp;", with: " "
    ).replacing("&amp;", with: "&")
  }
}

/// The two forms that cards travel in.
enum NoteForm: Sendable {
  case table, package

  /// The form that a file's name tells.
  ///
  /// - Throws: A `Complaint` when it tells none.
  init(_ path: String) throws {
    switch URL(fileURLWithPath: path).pathExtension.lowercased() {
    case "tsv", "txt": self = .table
    case "apkg": self = .package
    default: throw Complaint("`\(path)` is neither .apkg nor .tsv", hint: "Anki reads both; .apkg holds pictures too")
    }
  }
}

/// The pictures that the cards of an export show: each under a name that its content gives, so that none takes another's place in Anki.
@MainActor struct PictureAlbum {
  let markup: any CardMarkup
  let files: FileAccess
  private(set) var pictures: [(name: String, content: Data)] = []
  /// The paths that name no file.
  private(set) var missing: [String] = []
  private var names: [String: String] = [:]

  init(markup: any CardMarkup, files: FileAccess) {
    self.markup = markup
    self.files = files
  }

  /// The name of a picture that the text of a file names; nil where it is an address, or not there.
  mutating func name(of path: String, _ file: String) -> String? {
    guard !path.contains("://") else { return nil }
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    guard let url = markup.picture(path, in: folder), (try? files.check(url)) != nil else {
      if !missing.contains(path) { missing.append(path) }
      return nil
    }
    if let name = names[url.path] { return name }
    guard let content = try? Data(contentsOf: url), content.count <= 30_000_000 else { return nil }
    // FNV-1a: enough to tell pictures of one name apart.
    let hash = content.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let safe = url.lastPathComponent.map { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "_" }
    let name = "gradus_" + String(hash, radix: 16) + "_" + String(safe.suffix(60))
    names[url.path] = name
    if !pictures.contains(where: { $0.name == name }) { pictures.append((name, content)) }
    return name
  }
}

/// What an export wrote, or an import.
public struct ExchangeFacts: Facts {
  /// Out of the shell or into it.
  public enum Direction: String, Sendable { case export, `import` }
  /// Which of the two it was.
  public let direction: Direction
  /// The file that was written.
  public let file: String
  /// Its cards and pictures.
  public let cards: Int, pictures: Int
  /// The notes that are no cards: with no front.
  public let skipped: Int

  /// The same.
  public var json: [(String, JSONValue)] {
    [("file", .string(file)), ("count", .integer(cards)), ("pictures", .integer(pictures)), ("skipped", .integer(skipped))]
  }
}

extension Surroundings {
  /// What exchanging cards needs.
  ///
  /// - Throws: A `Complaint` where it is not there: in a check of lessons.
  var permittedExchange: CardExchange {
    get throws {
      guard let exchange else { throw Complaint("cards are not exchanged in a check", hint: "type the command in the shell") }
      return exchange
    }
  }
}
