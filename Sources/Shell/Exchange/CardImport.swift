import Deck
import Foundation
import Language

/// `deck import FILE`: the cards of Anki as a deck in Markdown.
enum CardImport {
  static func declaration<Value>(_ wrap: @escaping @Sendable (Action) -> Value) -> Declaration<Value> {
    Declaration(
      "import", "Writes the cards of an Anki package or table into a Markdown deck beside it.",
      examples: ["deck export cards.tsv; deck import cards.tsv"],
      notes: "A deck that is there already stays; to= takes another name. `deck load` opens what was written.",
      .word("file", "an .apkg or .tsv file", from: .files(ending: "apkg", "tsv")),
      .optional(.word("to", "the deck to write", from: .files(ending: "md"))).named
    ) { path, target in wrap(Action { _, surroundings in try run(path, target, surroundings) }) }
  }

  @MainActor private static func run(_ path: String, _ target: String?, _ surroundings: any Surroundings) throws -> any Facts {
    let form = try NoteForm(path)
    let file = try surroundings.files.readable(path)
    let exchange = try surroundings.permittedExchange
    let deck = try surroundings.files.writable(target ?? (path as NSString).deletingPathExtension + ".md")
    guard ["md", "markdown"].contains(deck.pathExtension.lowercased()) else {
      throw Complaint("`\(deck.lastPathComponent)` is no name of a deck", hint: "decks end in .md")
    }
    guard !FileManager.default.fileExists(atPath: deck.path) else {
      throw Complaint("there is already a file `\(deck.path)`", hint: "to=OTHER.md takes another name")
    }
    guard let content = try? Data(contentsOf: file) else { throw Complaint("`\(file.path)` cannot be read", hint: "is it there?") }
    let package =
      switch form {
      case .table: NotePackage(notes: try NoteTable.notes(of: content, file.path))
      case .package: try PackageFile.read(content, file.path, exchange.collections)
      }
    let name = deck.deletingPathExtension().lastPathComponent
    // An address in Markdown has no blanks.
    let album = name.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "_" } + "_pictures"
    let cards = package.notes.compactMap { card(of: $0, exchange.markup, name) { "\(String(album))/\($0)" } }
    guard !cards.isEmpty else { throw Complaint("`\(file.path)` holds no cards", hint: "a note without a front is none") }
    let shown = package.pictures.filter { picture in package.notes.contains { $0.fields.contains { $0.html.contains(picture.name) } } }
    if !shown.isEmpty {
      let folder = deck.deletingLastPathComponent().appendingPathComponent(String(album))
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      } catch {
        throw Complaint("`\(folder.path)` cannot be made", hint: "is its folder yours to write?")
      }
      for picture in shown {
        let place = folder.appendingPathComponent(picture.name)
        if !FileManager.default.fileExists(atPath: place.path) { try picture.content.write(to: place) }
      }
    }
    try Data(DeckText.deck(cards).utf8).write(to: deck)
    return ExchangeFacts(
      direction: .import, file: deck.path, cards: cards.count, pictures: shown.count, skipped: package.notes.count - cards.count)
  }

  /// The card of a note; nil where the note has no front.
  @MainActor private static func card(
    of note: CardNote, _ markup: any CardMarkup, _ name: String, picture: (String) -> String
  ) -> (text: String, lang: String)? {
    if let own = ownCard(of: note, markup) { return (DeckText.card(own), note.field("Lang") ?? own.lang.rawValue) }
    let front = note.field("Front") ?? note.fields.first?.html ?? ""
    let back = note.field("Back") ?? note.fields.dropFirst().first?.html ?? ""
    let (asked, answered) = ClozeText.card(front, back)
    let question = markup.markdown(of: asked, picture: picture)
    guard question.contains(where: { !$0.isWhitespace }) else { return nil }
    let levels = note.deck.components(separatedBy: "::").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    // Where a deck of Anki has one level, the file's name stands over it.
    let (category, topic) =
      levels.count > 1 ? (levels[0], levels.dropFirst().joined(separator: ": ")) : (name, levels.first ?? name)
    func part(_ text: String) -> String { text.replacing(" - ", with: ", ").split(whereSeparator: \.isNewline).joined(separator: " ") }
    let text = DeckText.card(
      category: part(category), topic: part(topic), question: question, answer: markup.markdown(of: answered, picture: picture))
    return (text, note.field("Lang") ?? DeckText.parsed(text)?.lang.rawValue ?? "en")
  }

  /// The card that the note was made of, when nobody edited the note since.
  @MainActor private static func ownCard(of note: CardNote, _ markup: any CardMarkup) -> Card? {
    guard note.kind == CardNote.kind, var source = note.field("Source"), source.hasPrefix("<pre>"), source.hasSuffix("</pre>") else {
      return nil
    }
    source = CardExport.unescaped(String(source.dropFirst(5).dropLast(6)))
    guard let card = DeckText.parsed(source), card.id == note.guid else { return nil }
    // Pictures have other names in Anki; a card with some is compared without them.
    func plain(_ html: String) -> String { html.replacing(/<img[^>]*>/, with: "<img>") }
    func same(_ markdown: String, _ field: String) -> Bool {
      note.field(field).map { plain(markup.html(of: markdown) { $0.contains("://") ? nil : $0 }) == plain($0) } ?? false
    }
    return same(card.question, "Front") && same(card.answer, "Back") ? card : nil
  }
}

/// Notes with gaps, `{{c1::word::hint}}`: one card that asks for all of them.
enum ClozeText {
  /// What is asked, with `[...]` or the hint in the gaps, and the text with the gaps filled.
  static func card(_ front: String, _ back: String) -> (asked: String, answered: String) {
    let gap = /\{\{c\d+::(.*?)(?:::(.*?))?\}\}/.dotMatchesNewlines()
    guard front.contains(gap) else { return (front, back) }
    let asked = front.replacing(gap) { "[\($0.output.2 ?? "...")]" }
    let filled = front.replacing(gap) { "<b>\($0.output.1)</b>" }
    return (asked, back.isEmpty ? filled : filled + "<br>" + back)
  }
}
