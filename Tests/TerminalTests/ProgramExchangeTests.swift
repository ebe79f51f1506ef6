import Foundation
import Testing

/// Cards leave for Anki and come back, through the built program.
@Suite struct ProgramExchangeTests {
  static let deck = """
    Question : Maths - Sigma - What is $\\sigma(0)$?
    Answer   : One half, for $$\\sigma(z) = \\frac{1}{1 + e^{-z}}$$ and

    | z | value |
    |---|---|
    | 0 | 0.5 |

    ```python
    if a < b and b > 0: print("a & b")
    ```

    Question : Maths - Pictures - What does it show?
    Answer   : ![A curve](curve.png) and "quotes"\twith a tab.

    Question : Français - Accents - Qu'est-ce que l'élève a « entraîné » ?
    Answer   : Un réseau.

    Question : No topic at all?
    Answer   : - one
      - two
    """

  /// The least PNG that is one.
  static let picture = Data(
    base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")

  private func cards(_ home: ProgramHome, _ deck: String) throws -> [[String: String]] {
    let outcome = try home.run("--json", "-c", "deck load \(deck)")
    let cards = try #require(outcome.objects.first??["cards"] as? [[String: Any]])
    return cards.map { card in
      card.compactMapValues { $0 as? String }.filter { ["id", "category", "topic", "question", "answer", "lang"].contains($0.key) }
    }
  }

  @Test("What is exported comes back as it was: mathematics, tables, code, accents, pictures", arguments: ["apkg", "tsv"])
  func roundTrip(form: String) throws {
    let home = try ProgramHome()
    try home.write(Self.deck, to: "deck.md")
    try #require(Self.picture).write(to: home.folder.appendingPathComponent("curve.png"))
    let outcome = try home.run("-c", "deck load deck.md; deck export out.\(form); deck import out.\(form) to=back.md")
    #expect(outcome.status == 0, "\(outcome)")
    let before = try cards(home, "deck.md")
    let after = try cards(home, "back.md")
    // The picture lies where the import put it; all the rest is the same, ids too, so that the history stays.
    let clean = { (cards: [[String: String]]) in
      cards.map { $0.mapValues { $0.replacing(/\]\([^)]*curve\.png\)/, with: "](curve.png)") } }
    }
    #expect(before.count == 4)
    #expect(clean(after) == clean(before))
    if form == "apkg" {
      let folder = home.folder.appendingPathComponent("back_pictures")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names.count == 1)
      #expect(try Data(contentsOf: folder.appendingPathComponent(try #require(names.first))) == Self.picture)
    }
    let check = try home.run("-c", "deck check back.md")
    #expect(check.status == 0 && !check.output.contains("missing"), "\(check)")
  }

  @Test("A package can be read as Anki reads it: one note and one card for each, in decks by category and topic")
  func collection() throws {
    let home = try ProgramHome()
    try home.write(Self.deck, to: "deck.md")
    let outcome = try home.run("--json", "-c", "deck load deck.md; deck export out.apkg")
    #expect(outcome.objects.last??["count"] as? Int == 4, "\(outcome)")
    let bytes = try Data(contentsOf: home.folder.appendingPathComponent("out.apkg"))
    #expect(bytes.prefix(4) == Data([0x50, 0x4B, 3, 4]))
    // A picture that is not there is told, and its words stand for it.
    #expect(outcome.error.contains("curve.png"), "\(outcome)")
  }

  @Test(
    "What is no package or table is refused in one line, and nothing is written",
    arguments: [
      ("deck export out.txt.gz", "neither .apkg nor .tsv"), ("deck import none.apkg", "none.apkg"),
      ("deck import broken.apkg", "no Anki package"),
      ("deck import empty.tsv", "holds no cards"), ("deck import latin.tsv", "no UTF-8"), ("deck import good.tsv to=deck.md", "already"),
      ("deck import good.tsv to=deck.html", "no name of a deck"), ("deck export /nowhere/at/all.tsv", "cannot be written"),
      ("deck export /nowhere/at/all.apkg", "cannot be written"),
    ])
  func refusals(line: String, words: String) throws {
    let home = try ProgramHome()
    try home.write(Self.deck, to: "deck.md")
    try home.write("not a zip", to: "broken.apkg")
    try home.write("#separator:tab\n\n", to: "empty.tsv")
    try Data([0x63, 0xE9, 0x09, 0x61]).write(to: home.folder.appendingPathComponent("latin.tsv"))
    try home.write("front\tback\n", to: "good.tsv")
    let files = {
      try FileManager.default.contentsOfDirectory(atPath: home.folder.path).filter { !$0.hasPrefix(".") && !$0.contains("data") }.sorted()
    }
    let before = try files()
    let outcome = try home.run("-c", line)
    #expect(outcome.status == 1 && outcome.error.contains(words), "\(outcome)")
    #expect(
      try files().filter { !["config", "state", "cache"].contains($0) } == before.filter { !["config", "state", "cache"].contains($0) })
  }

  @Test("Packages that Anki wrote are read, the older form and the newer one", arguments: ["old", "new"])
  func packagesOfAnki(form: String) throws {
    let home = try ProgramHome()
    let golden = try #require(Bundle.module.url(forResource: "anki_\(form)", withExtension: "apkg", subdirectory: "Golden"))
    let outcome = try home.run("--json", "-c", "deck import \(golden.path) to=cards.md; deck load cards.md")
    let cards = try #require(outcome.objects.last??["cards"] as? [[String: Any]], "\(outcome)")
    #expect(cards.map { $0["topic"] as? String } == ["Convolution", "Convolution", "Convolution"])
    #expect(cards.map { $0["question"] as? String } == ["What is $x^2$ at 3?", "See **this**", "A \\[...\\] moves by its \\[...\\]."])
    let answers = cards.compactMap { $0["answer"] as? String }
    #expect(
      answers == ["Nine: $$3^2 = 9$$", "![](cards_pictures/pic.png) and\n\n```\na < b\n```", "A **kernel** moves by its **stride**."])
    let picture = try Data(contentsOf: home.folder.appendingPathComponent("cards_pictures/pic.png"))
    #expect(picture == Self.picture)
  }

  @Test("An export and a copy of the store replace what they wrote before; packages of Anki and other data bases stay")
  func replacing() throws {
    let home = try ProgramHome()
    for _ in 0..<2 {
      let outcome = try home.run("-c", "deck export cards.apkg; store backup copy.sqlite")
      #expect(outcome.status == 0, "\(outcome)")
    }
    for name in ["old", "new"] {
      let golden = try #require(Bundle.module.url(forResource: "anki_\(name)", withExtension: "apkg", subdirectory: "Golden"))
      let bytes = try Data(contentsOf: golden)
      try bytes.write(to: home.folder.appendingPathComponent("\(name).apkg"))
      let outcome = try home.run("-c", "deck export \(name).apkg")
      #expect(outcome.status == 1 && outcome.error.contains("`overwrite=yes` replaces it"), "\(outcome)")
      #expect(try Data(contentsOf: home.folder.appendingPathComponent("\(name).apkg")) == bytes)
    }
    try home.write("SQLite format 3\0 of somebody else", to: "other.sqlite")
    #expect(try home.run("-c", "store backup other.sqlite").error.contains("`overwrite=yes` replaces it"))
    let outcome = try home.run(
      "-c", "store backup other.sqlite overwrite=yes; deck export old.apkg overwrite=yes; store restore other.sqlite")
    #expect(outcome.status == 0, "\(outcome)")
  }

  @Test("A damaged package of the newer form is refused in one line", arguments: [40, 400, 1200])
  func damaged(cut: Int) throws {
    let home = try ProgramHome()
    let golden = try #require(Bundle.module.url(forResource: "anki_new", withExtension: "apkg", subdirectory: "Golden"))
    var bytes = try Data(contentsOf: golden)
    // The names stay, the content does not.
    for index in stride(from: cut, to: min(bytes.count - 600, cut + 3000), by: 7) { bytes[index] ^= 0x55 }
    try bytes.write(to: home.folder.appendingPathComponent("cards.apkg"))
    let outcome = try home.run("-c", "deck import cards.apkg")
    #expect(outcome.status == 1 && !outcome.error.isEmpty && outcome.output.isEmpty, "\(outcome)")
  }

  @Test("Tables of other programs are read: commas, quotes, line ends in cells, HTML")
  func tables() throws {
    let home = try ProgramHome()
    try home.write("\"What, exactly?\",\"One <b>bold</b> word<br>and more\"\n\"Said \"\"so\"\"\",Yes\n", to: "cards.tsv")
    let outcome = try home.run("--json", "-c", "deck import cards.tsv; deck load cards.md")
    let cards = try #require(outcome.objects.last??["cards"] as? [[String: Any]])
    #expect(cards.map { $0["question"] as? String } == ["What, exactly?", "Said \"so\""], "\(outcome)")
    #expect((cards.first?["answer"] as? String)?.contains("**bold**") == true, "\(outcome)")
  }
}
