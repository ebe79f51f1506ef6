import Deck
import Foundation
import Testing

@Suite("The library")
struct LibraryTests {
  static let first = Document(
    file: "a.md", text: "Question : A - One - what is a stride?\nAnswer : a step\nQuestion : A - Two - où est l'époque ?\nAnswer : là\n")
  static let second = Document(
    file: "b.md", text: "Question : a - one - What is a stride?\nAnswer : twice\nQuestion : alone\nAnswer : a Step\nQuestion : draft")

  @Test("counts each card as often as it stands, and the different ones")
  func counts() {
    let library = CardLibrary([LibraryTests.first, LibraryTests.second])
    #expect(library.count == 4 && library.different == 3)
    #expect(library.topics.map { "\($0.category)/\($0.name)/\($0.cards.count)" } == ["A/One/2", "A/Two/1", "//1"])
    #expect(library.differentCards.map(\.file) == ["a.md", "a.md", "b.md"])
  }

  @Test("tells of a card that stands in two files")
  func findings() {
    let library = CardLibrary([LibraryTests.first, LibraryTests.second])
    #expect(library.findings.map { "\($0.file):\($0.line) \($0.kind.rawValue)" } == ["b.md:5 draft", "b.md:1 duplicate"])
    #expect(library.findings.last?.says.contains("a.md") == true)
  }

  @Test("a file that is loaded again takes its old place")
  func reload() {
    var library = CardLibrary([LibraryTests.first, LibraryTests.second])
    library.add([Document(file: "a.md", text: "Question : new\nAnswer : y")])
    #expect(library.cards.map(\.question) == ["new", "What is a stride?", "alone"])
    library.add(["./a.md", ".//b.md", "", ""].map { Document(file: $0, text: "Question : \($0)\nAnswer : y") })
    #expect(library.documents.map(\.file) == ["./a.md", ".//b.md", "", ""])
  }

  @Test("finds a card by the start of its id")
  func prefixes() throws {
    let library = CardLibrary([LibraryTests.first, LibraryTests.second])
    for card in library.differentCards {
      #expect(library.card(card.id) == .one(card))
      #expect(library.card(card.id.prefix(8).uppercased()) == .one(card))
    }
    #expect(library.card("") == .none)
    #expect(library.card("xyz") == .none)
    let many = CardLibrary([Document(file: "m.md", text: (0..<40).map { "Question : \($0)\nAnswer : y\n" }.joined())])
    let digit = String(try #require(many.cards.first).id.prefix(1))
    guard case .several(let found) = many.card(digit) else {
      Issue.record("forty cards share no first digit")
      return
    }
    #expect(found.count > 1 && found.allSatisfy { $0.id.hasPrefix(digit) })
  }
}

@Suite("Files")
struct FileTests {
  /// A folder that goes when the test ends.
  final class Folder {
    let path: String

    init(_ files: [String: [UInt8]]) throws {
      path = FileManager.default.temporaryDirectory.appendingPathComponent("decks-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, bytes) in files {
        let url = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  @Test("of a folder are read in the order of their paths, those below it too")
  func folder() throws {
    let card = Array("Question : x\nAnswer : y".utf8)
    let folder = try Folder(["b.md": card, "a/c.MD": card, "a/note.txt": card, ".hidden/d.md": card, "bad.md": [0x51, 0x0A, 0xFF, 0x00]])
    let loaded = try DeckFiles.load(folder.path)
    #expect(loaded.documents.map(\.file) == [folder.path + "/a/c.MD", folder.path + "/b.md"])
    #expect(loaded.faults == [.notText(folder.path + "/bad.md", line: 2)])
    #expect(CardLibrary(loaded.documents).count == 2)
  }

  @Test("that cannot be read are told by what is wrong")
  func faults() throws {
    let folder = try Folder(["utf16.md": [0xFF, 0xFE, 0x51, 0x00], "empty/note.txt": []])
    #expect(throws: DeckFault.noSuchFile(folder.path + "/none.md")) { try DeckFiles.load(folder.path + "/none.md") }
    #expect(throws: DeckFault.noSuchFile("")) { try DeckFiles.load("") }
    #expect(throws: DeckFault.noDecks(folder.path + "/empty")) { try DeckFiles.load(folder.path + "/empty") }
    #expect(throws: DeckFault.notText(folder.path + "/utf16.md", line: 1)) { try DeckFiles.load(folder.path + "/utf16.md") }
    #expect(throws: DeckFault.notAFile("/dev/null")) { try DeckFiles.load("/dev/null") }
    let large = folder.path + "/large.md"
    #expect(FileManager.default.createFile(atPath: large, contents: nil))
    #expect(truncate(large, DeckFiles.limit + 1) == 0)
    #expect(throws: DeckFault.tooLarge(large, bytes: DeckFiles.limit + 1, limit: DeckFiles.limit)) { try DeckFiles.load(large) }
  }
}
