import Foundation
import Language

/// Notes as a table with tabs, with the heads that Anki reads: `#separator:tab`, `#html:true`, `#columns:...`.
enum NoteTable {
  private static let columns = ["Guid", "Notetype", "Deck"]

  private static let head =
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#columns:"
    + (columns + CardNote.fieldNames).joined(separator: "\t") + "\n"

  /// Whether a file begins as these tables do.
  static func isOne(_ file: URL) -> Bool { FileAccess.head(of: file, bytes: head.utf8.count) == Data(head.utf8) }

  static func text(of notes: [CardNote]) -> Data {
    var text = head
    for note in notes {
      let cells = [note.guid, note.kind, note.deck] + CardNote.fieldNames.map { note.field($0) ?? "" }
      text += cells.map(quoted).joined(separator: "\t") + "\n"
    }
    return Data(text.utf8)
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { "\t\"".contains($0) || $0.isNewline }) || cell.hasPrefix("#") else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }

  /// The notes of a table: with Anki's heads, or two columns for front and back.
  ///
  /// - Throws: A `Complaint` when it is no text or holds no row.
  static func notes(of content: Data, _ file: String) throws -> [CardNote] {
    guard var text = String(validating: content, as: UTF8.self) else { throw Complaint("`\(file)` is no UTF-8 text") }
    text = text.replacing("\r\n", with: "\n")
    if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
    var heads: [String: String] = [:]
    // A part of the text that moves: taking the heads off it one by one would copy the rest as often.
    var rest = text[...]
    while rest.hasPrefix("#") {
      let line = rest.prefix { $0 != "\n" }
      let parts = line.dropFirst().split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { heads[parts[0].lowercased()] = String(parts[1]) }
      rest = rest[line.endIndex...].dropFirst()
    }
    text = String(rest)
    let separator = separator(heads["separator"], text)
    let isHTML = heads["html"]?.lowercased() != "false"
    let names = heads["columns"]?.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    func place(_ head: String) -> Int? {
      heads["\(head) column"].flatMap { Int($0.trimmingCharacters(in: .whitespaces)) }.flatMap { $0 >= 1 ? $0 - 1 : nil }
    }
    let special = ["guid", "notetype", "deck", "tags"].map(place)
    let notes = rows(of: text, separator).compactMap { row -> CardNote? in
      func cell(_ index: Int?) -> String? { index.flatMap { row.indices.contains($0) ? row[$0] : nil } }
      let fields = row.indices.filter { index in !special.contains { $0 == index } }
      guard !fields.isEmpty, row.contains(where: { !$0.isEmpty }) else { return nil }
      let standard = ["Front", "Back"]
      return CardNote(
        guid: cell(special[0]) ?? "", kind: cell(special[1]) ?? heads["notetype"] ?? "",
        fields: fields.enumerated().map { number, index in
          let name = names.flatMap { $0.indices.contains(index) ? $0[index] : nil }
          return .init(
            name ?? (number < 2 ? standard[number] : "Field \(number + 1)"), isHTML ? row[index] : CardExport.escaped(row[index]))
        }, deck: cell(special[2]) ?? heads["deck"] ?? "")
    }
    guard !notes.isEmpty else { throw Complaint("`\(file)` holds no cards", hint: "a line is a card: its front, a tab, its back") }
    return notes
  }

  /// The separator that the head names, by a word or itself; a tab, unless only semicolons or commas are there.
  private static func separator(_ name: String?, _ text: String) -> Character {
    let words: [String: Character] = ["tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ", "colon": ":"]
    if let name { return words[name.trimmingCharacters(in: .whitespaces).lowercased()] ?? name.first ?? "\t" }
    return "\t;,".first { text.contains($0) } ?? "\t"
  }

  /// The rows; a cell in quotes may hold separators, line ends and doubled quotes.
  private static func rows(of text: String, _ separator: Character) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var index = text.startIndex
    func isEnd(_ character: Character) -> Bool { character == "\n" || character == "\r" }
    while index < text.endIndex {
      let character = text[index]
      let next = text.index(after: index)
      if isQuoted {
        if character != "\"" {
          cell.append(character)
        } else if next < text.endIndex, text[next] == "\"" {
          cell.append("\"")
          index = text.index(after: next)
          continue
        } else {
          isQuoted = false
        }
      } else if character == "\"" && cell.isEmpty {
        isQuoted = true
      } else if character == separator {
        row.append(cell)
        cell = ""
      } else if isEnd(character) {
        rows.append(row + [cell])
        (row, cell) = ([], "")
      } else {
        cell.append(character)
      }
      index = next
    }
    if !cell.isEmpty || !row.isEmpty { rows.append(row + [cell]) }
    return rows.filter { $0 != [""] }
  }
}

extension Data {
  /// Writes a file as a whole.
  ///
  /// - Throws: A `Complaint` that says why it cannot be written.
  func write(to file: URL) throws {
    do {
      try write(to: file, options: .atomic)
    } catch {
      throw Complaint("`\(file.path)` cannot be written", hint: "is its folder there, and yours to write?")
    }
  }
}
