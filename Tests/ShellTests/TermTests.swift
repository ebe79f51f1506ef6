import Deck
import Foundation
import Testing

@testable import Screen
@testable import Shell

@Suite("Terms of the field")
@MainActor struct TermTests {
  private static let library = TermLibrary(lessons: projectRoot.appendingPathComponent("Lessons"))

  private func term(_ line: String, in shell: TestShell = TestShell()) throws -> TermFacts {
    try #require(try shell.run(line) as? TermFacts)
  }

  @Test("Both languages explain the same terms")
  func languages() {
    let english = Self.library.all(in: .english)
    let french = Self.library.all(in: .french)
    #expect(english.count >= 70)
    #expect(english.allSatisfy { $0.lang == .english } && french.allSatisfy { $0.lang == .french })
    #expect(Set(english.map(\.id)) == Set(french.map(\.id)))
    for (one, other) in zip(english.sorted { $0.id < $1.id }, french.sorted { $0.id < $1.id }) {
      #expect(one.commands == other.commands && (one.formula == nil) == (other.formula == nil), "\(one.id)")
    }
  }

  @Test("Every term is one paragraph with something to try, and its formula is typeset", arguments: [ProseLanguage.english, .french])
  func contents(lang: ProseLanguage) {
    for term in Self.library.all(in: lang) {
      #expect(!term.paragraph.isEmpty && !term.paragraph.contains("\n\n"), "\(term.id)")
      #expect(!term.commands.isEmpty, "\(term.id)")
      for command in term.commands { #expect(!command.hasPrefix("explain"), "\(term.id)") }
      let lines = TermText.lines(of: TermFacts(term: term, cards: []), on: Canvas(width: 80))
      for line in lines { #expect(!line.plain.contains("\\") && line.cellWidth <= 80, "\(term.id): \(line.plain)") }
      let ascii = term.formula.map { Formula($0).block(width: 78, .ascii) } ?? []
      for line in ascii { #expect(line.utf8.allSatisfy { $0 < 0x80 } && line.cellWidth <= 78, "\(term.id): \(line)") }
    }
  }

  @Test("No two terms of a language share a name, and every related term is there", arguments: [ProseLanguage.english, .french])
  func names(lang: ProseLanguage) {
    var owners: [String: String] = [:]
    for term in Self.library.all(in: lang) {
      for key in Set(term.names.map(TermName.key)) {
        #expect(owners[key] == nil, "\(key) names \(term.id) and \(owners[key] ?? "")")
        owners[key] = term.id
      }
      #expect(!term.related.isEmpty, "\(term.id)")
      for name in term.related {
        guard case .one(let other) = Self.library.find(name, in: lang),
          other.names.contains(where: { TermName.key($0) == TermName.key(name) })
        else {
          Issue.record("\(term.id) sends to `\(name)`, which is no term")
          continue
        }
        #expect(other.id != term.id, "\(term.id) sends to itself")
      }
    }
  }

  @Test(
    "A term is found however one writes it",
    arguments: [
      ("learning rate", "learning-rate"), ("Learning-Rates", "learning-rate"), ("the learning rate", "learning-rate"),
      ("minibatches", "mini-batch"), ("mini batch", "mini-batch"), ("drop-out", "dropout"), ("DROPOUT", "dropout"), ("strides", "stride"),
      ("vanishing gradients", "vanishing-gradient"), ("le taux d'apprentissage", "learning-rate"),
      ("taux d’apprentissage", "learning-rate"),
      ("époques", "epoch"), ("epoque", "epoch"), ("réseau résiduel", ""), ("overfit", "overfitting"), ("sur-apprentissage", "overfitting"),
      ("vanish", "vanishing-gradient"), ("bce", "binary-cross-entropy"), ("R2", "r2"), ("l'époque", "epoch"), ("softmaxes", "softmax"),
    ])
  func finding(text: String, id: String) throws {
    guard !id.isEmpty else {
      #expect(throws: Complaint.self) { try term("explain term \(text)") }
      return
    }
    #expect(try term("explain term \(text)").term.id == id)
  }

  @Test("`set lang` chooses the text, whichever language the name is in")
  func language() throws {
    let shell = TestShell()
    #expect(try term("explain term époque", in: shell).term.lang == .english)
    try shell.run("set lang fr")
    for name in ["époque", "epoch"] {
      let facts = try term("explain term \(name)", in: shell)
      #expect(facts.term.lang == .french && facts.term.name == "époque")
    }
    // `pas` is the French word for a stride; a name of the language wins.
    #expect(try term("explain pas", in: shell).term.id == "stride")
    #expect(shell.text("explain term époque").contains("voir aussi"))
  }

  @Test(
    "What is no term is answered with the nearest names",
    arguments: [
      ("explain momentim", "`momentum`"), ("explain term sofmax", "`softmax`"), ("explain term gradien", "begins the names of"),
      ("explain term cross", "cross-entropy, cross-validation"),
    ])
  func misses(line: String, answer: String) {
    let text = TestShell().text(line)
    #expect(text.contains(answer), "\(text)")
    #expect(text.split(separator: "\n").count <= 4)
  }

  @Test("Cards that ask about the term stand beside it, in either language")
  func cards() throws {
    let shell = TestShell()
    let facts = try term("explain term bias", in: shell)
    #expect(!facts.cards.isEmpty && facts.cards.count <= 5)
    for card in facts.cards { #expect(card.question.lowercased().contains("bias")) }
    let deck = FileManager.default.temporaryDirectory.appendingPathComponent("terms-\(UUID().uuidString).md")
    defer { try? FileManager.default.removeItem(at: deck) }
    try Data("Question : D - T - Que fait le taux d'apprentissage ?\nAnswer : x\n\nQuestion : D - Stride - Why?\nAnswer : y\n".utf8).write(
      to: deck)
    try shell.run("deck load \(deck.path)")
    #expect(try term("explain term learning rate", in: shell).cards.map(\.question) == ["Que fait le taux d'apprentissage ?"])
    #expect(try term("explain term stride", in: shell).cards.map(\.question) == ["Why?"])
    // In French a stride is a step, which is spelt as a negation.
    try Data("Question : D - T - Pourquoi n'apprend-il pas ?\nAnswer : x\n\nQuestion : D - T - Un pas de convolution ?\nAnswer : y\n".utf8)
      .write(to: deck)
    try shell.run("deck load \(deck.path)")
    #expect(try term("explain term stride", in: shell).cards.map(\.question) == ["Un pas de convolution ?"])
  }

  @Test("Terms are no decks: they are neither listed nor counted")
  func decks() throws {
    let shell = TestShell()
    try shell.run("topics")
    #expect(shell.session.library.documents.allSatisfy { !$0.file.contains("/terms/") })
    #expect(!shell.session.library.documents.isEmpty)
  }

  @Test("A lesson may explain terms, wherever it lies, and a shell without lessons says that there are none")
  func confined() throws {
    let shell = TestShell()
    let elsewhere = FileManager.default.temporaryDirectory
    shell.surroundings.files = shell.surroundings.files.confined(to: elsewhere, scratch: elsewhere)
    #expect(try term("explain term stride", in: shell).term.id == "stride")
    shell.surroundings.files = FileAccess(folder: elsewhere, lessons: nil)
    #expect(throws: Complaint.self) { try shell.run("explain term stride") }
  }

  @Test("The JSON object has all parts")
  func json() throws {
    let json = try TestShell().json("explain term dropout")
    #expect(json["term"] as? String == "dropout" && json["lang"] as? String == "en")
    #expect(json["formula"] is String && (json["try"] as? [String])?.first == "input 3")
    #expect((json["related"] as? [String])?.contains("overfitting") == true && json["paragraph"] is String && json["cards"] is [Any])
  }

  @Test("Tab offers the next word of a term")
  func completion() {
    let shell = TestShell()
    #expect(shell.candidates("explain term vani").map(\.text) == ["vanishing"])
    #expect(shell.candidates("explain vanishing ").map(\.text).contains("gradient"))
    #expect(shell.candidates("explain xav").map(\.text) == ["xavier"])
    #expect(shell.candidates("explain softm").map(\.text) == ["softmax"])
  }
}
