import Deck
import Foundation
import Testing

@Suite("Opened decks")
struct ShelfTests {
  private static func card(_ question: String) -> [UInt8] { Array("Question : \(question)\nAnswer : y\n".utf8) }
  private static func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

  @Test("are read again when their file was written, only the one that was")
  func changes() throws {
    let folder = try FileTests.Folder(["a.md": ShelfTests.card("a"), "b.md": ShelfTests.card("b"), "c.md": ShelfTests.card("c")])
    var shelf = DeckShelf()
    _ = try shelf.open(folder.path + "/a.md")
    _ = try shelf.open(folder.path + "/b.md")
    #expect(shelf.refresh().isEmpty)
    try ShelfTests.write(ShelfTests.card("A longer one"), folder.path + "/a.md")
    #expect(shelf.refresh().read.map(\.file) == [folder.path + "/a.md"])
    #expect(shelf.library.cards.map(\.question) == ["A longer one", "b"])
    #expect(shelf.refresh().isEmpty)
  }

  @Test("of a folder follow the files that come, go and are renamed")
  func folders() throws {
    let folder = try FileTests.Folder(["a.md": ShelfTests.card("a"), "b.md": ShelfTests.card("b")])
    var shelf = DeckShelf()
    _ = try shelf.open(folder.path)
    try ShelfTests.write(ShelfTests.card("c"), folder.path + "/c.md")
    #expect(shelf.refresh().read.count == 1)
    try FileManager.default.moveItem(atPath: folder.path + "/a.md", toPath: folder.path + "/z.md")
    let changes = shelf.refresh()
    #expect(changes.gone.map(\.file) == [folder.path + "/a.md"] && changes.gone.map(\.cards) == [1])
    #expect(shelf.library.cards.map(\.question) == ["b", "c", "a"])
  }

  @Test("that become unreadable keep their cards and are told once, also those that are gone, until they come back")
  func faults() throws {
    let folder = try FileTests.Folder(["a.md": ShelfTests.card("a")])
    let file = folder.path + "/a.md"
    var shelf = DeckShelf()
    _ = try shelf.open(file)
    try ShelfTests.write([0xFF, 0xFE, 0, 0], file)
    #expect(shelf.refresh().faults == [.notText(file, line: 1)])
    #expect(shelf.refresh().faults.isEmpty)
    #expect(shelf.library.count == 1)
    try FileManager.default.removeItem(atPath: file)
    #expect(shelf.refresh().faults == [.noSuchFile(file)])
    #expect(shelf.refresh().faults.isEmpty)
    #expect(shelf.library.count == 1)
    try ShelfTests.write(ShelfTests.card("back"), file)
    #expect(shelf.refresh().read.count == 1)
    #expect(shelf.library.cards.map(\.question) == ["back"])
  }

  @Test("are left alone where they may not be read")
  func permits() throws {
    let folder = try FileTests.Folder(["a.md": ShelfTests.card("a")])
    struct Refused: Error {}
    var shelf = DeckShelf()
    #expect(throws: Refused.self) { try shelf.open(folder.path) { _ in throw Refused() } }
    #expect(shelf.library.count == 0)
    _ = try shelf.open(folder.path)
    try ShelfTests.write(ShelfTests.card("longer"), folder.path + "/a.md")
    #expect(shelf.refresh { _ in false }.isEmpty)
    #expect(shelf.library.cards.map(\.question) == ["a"])
  }
}

@Suite("Documents that are asked for again")
struct DocumentCacheTests {
  private static func write(_ question: String, _ path: String, written: Double) throws {
    try Data("Question : \(question)\nAnswer : y\n".utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: written)], ofItemAtPath: path)
  }

  @Test("are those of the file as it is, also after it was written with as many bytes")
  func changes() throws {
    let folder = try FileTests.Folder([:])
    let file = folder.path + "/a.md"
    for (place, question) in ["one", "two", "six"].enumerated() {
      try Self.write(question, file, written: 1_700_000_000 + Double(place))
      for _ in 0..<2 { #expect(try DeckFiles.document(file).cards.map(\.question) == [question]) }
    }
    // Written just now, and once more in the same moment, as far as its stamp can tell.
    let now = Date().timeIntervalSince1970.rounded(.down)
    for question in ["now", "new"] {
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
      try handle.write(contentsOf: Data("Question : \(question)\nAnswer : y\n".utf8))
      try handle.close()
      try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: now)], ofItemAtPath: file)
      #expect(try DeckFiles.document(file).cards.map(\.question) == [question])
    }
    try FileManager.default.removeItem(atPath: file)
    #expect(throws: DeckFault.noSuchFile(file)) { try DeckFiles.document(file) }
  }

  @Test("come in the order of their names, each with its own fault, and none when the reading was stopped")
  func order() throws {
    let names = (0..<40).map { "d\($0).md" }
    let folder = try FileTests.Folder(Dictionary(uniqueKeysWithValues: names.map { ($0, Array("Question : \($0)\nAnswer : y\n".utf8)) }))
    let paths = names.map { folder.path + "/" + $0 } + [folder.path + "/none.md"]
    let results = DeckFiles.documents(paths)
    #expect(results.dropLast().map { try? $0.get().cards.first?.question } == names)
    #expect(results.last == .failure(.noSuchFile(folder.path + "/none.md")))
    // The question is put by the thread of the caller, and heard by those that read.
    let caller = Thread.current
    #expect(throws: DeckFault.self) { try DeckFiles.load(folder.path, isStopped: { Thread.current === caller }) }
  }
}

@Suite("Relinking")
struct RelinkingTests {
  private static func old(_ id: String, _ question: String, _ topic: String = "T") -> RememberedCard {
    RememberedCard(id: id, category: "C", topic: topic, question: question, file: "d.md")
  }
  private static func new(_ question: String, _ topic: String = "T") -> Card {
    Card(category: "C", topic: topic, question: question, answer: "y")
  }

  @Test(
    "pairs a question with its mended form and leaves others alone",
    arguments: [
      (["What is a stride?"], ["What is the stride?", "What is the padding?"], ["What is the stride?"]),
      (["What is a learning rate"], ["What is a learning rate in gradient descent?"], ["What is a learning rate in gradient descent?"]),
      (["Qu'est-ce que l'epoque ?"], ["Qu'est-ce qu'une époque ?", "Qu'est-ce que l'époque ?"], ["Qu'est-ce que l'époque ?"]),
      (["What is momentum?"], ["How many parameters has a dense layer?"], [nil]),
      (["one fine question", "one fine question more"], ["one fine question more!"], [nil, "one fine question more!"]),
    ])
  func pairs(old: [String], new: [String], expected: [String?]) {
    let pairs = Relinking.pairs(
      old: old.enumerated().map { RelinkingTests.old("\($0.offset)", $0.element) }, new: new.map { RelinkingTests.new($0) })
    for (place, question) in expected.enumerated() {
      #expect(pairs.first { $0.old.id == "\(place)" }?.new.question == question)
    }
    #expect(pairs.allSatisfy { (Relinking.threshold...1).contains($0.likeness) })
  }

  @Test("prefers the card of the same topic, and follows a topic's new name")
  func topics() {
    let found = Relinking.pairs(
      old: [RelinkingTests.old("0", "what is it?", "Nets")],
      new: [RelinkingTests.new("what is it?", "Losses"), RelinkingTests.new("what is it?", "Neural nets")])
    #expect(found.map(\.new.topic) == ["Neural nets"])
  }

  @Test("nothing to pair is no pair")
  func empty() {
    #expect(Relinking.pairs(old: [], new: []).isEmpty)
    #expect(Relinking.pairs(old: [RelinkingTests.old("0", "")], new: [RelinkingTests.new("?")]).isEmpty)
  }
}
