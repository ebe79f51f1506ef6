import Foundation
import Shell
import Study
import Testing

@MainActor @Suite struct DeckCommandTests {
  private func shell(_ files: [String: String]) throws -> (TestShell, TemporaryFolder) {
    let shell = TestShell()
    let folder = try TemporaryFolder(files)
    shell.surroundings.files.folder = folder.url
    return (shell, folder)
  }

  private func write(_ text: String, _ name: String, _ folder: TemporaryFolder) throws {
    try Data(text.utf8).write(to: folder.url.appendingPathComponent(name))
  }

  private func kinds(_ json: [String: Any]) -> [String] {
    (json["findings"] as? [[String: Any]] ?? []).map { finding in
      let file = (finding["file"] as? String ?? "").split(separator: "/").last ?? ""
      return "\(file):\(finding["line"] as? Int ?? 0) \(finding["kind"] as? String ?? "")"
    }
  }

  @Test("deck check tells file, line, kind, what is wrong and what would be right")
  func check() throws {
    let (shell, folder) = try shell(["d.md": "Question : x\nAnswer : ![](gone.png)\n\nQuestion : x\nAnswer :\n"])
    defer { withExtendedLifetime(folder) {} }
    let json = try shell.json("deck check d.md")
    #expect(kinds(json) == ["d.md:2 missing_picture", "d.md:2 picture_only", "d.md:4 duplicate", "d.md:5 empty_answer"])
    #expect((json["confirmed"] as? [Any])?.isEmpty == true)
    #expect(json["count"] as? Int == 2 && json["different"] as? Int == 1)
    let text = shell.text("deck check d.md")
    #expect(text.contains("2 cards, 1 different: 4 findings"))
    #expect(text.contains("line 2  the picture `gone.png` is not there"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains("/d.md") })
    #expect(try shell.json("deck list")["count"] as? Int != 2, "a check loads nothing")
  }

  @Test("A file without a card is told of, and takes the place of no deck")
  func noCard() throws {
    let (shell, folder) = try shell(["no.md": "# Notes\n\nNothing to ask.\n", "d.md": "Question : x\nAnswer : y\n"])
    defer { withExtendedLifetime(folder) {} }
    let before = try #require(try shell.json("deck list")["count"] as? Int)
    #expect(before > 0)
    #expect(try shell.json("deck load no.md")["count"] as? Int == 0)
    #expect(shell.surroundings.warnings.map(\.what) == ["there is no card in `no.md`, and the built-in cards stay"])
    #expect(try shell.json("deck list")["count"] as? Int == before)
    try write("Question : to be answered\n", "draft.md", folder)
    #expect(try shell.json("deck load draft.md")["count"] as? Int == 0)
    #expect(try shell.json("deck list")["count"] as? Int == 0, "who writes a deck sees it grow")
    try write("Question : to be answered\nAnswer : so\n", "draft.md", folder)
    #expect(try shell.json("deck list")["count"] as? Int == 1)
    try write("# Nothing yet\n", "draft.md", folder)
    #expect(try shell.json("deck list")["count"] as? Int == 0)
    #expect(try shell.json("deck load d.md")["count"] as? Int == 1)
    #expect(
      try shell.json("deck load no.md")["count"] as? Int == 1, "beside a deck of one's own it is open, and read again when it changes")
    #expect(try shell.json("deck list")["count"] as? Int == 1)
  }

  @Test("deck check of a folder names the files that cannot be read and the cards of two files; without a name it checks what is loaded")
  func checksFolders() throws {
    let card = "Question : x\nAnswer : y\n"
    let (shell, folder) = try shell(["a.md": card, "b.md": card])
    try Data([0xFF, 0xFE, 0]).write(to: folder.url.appendingPathComponent("bad.md"))
    #expect(kinds(try shell.json("deck check .")) == ["b.md:1 duplicate", "bad.md:1 unreadable"])
    #expect(shell.text("deck check bad.md").contains("is no text: line 1 is not UTF-8"))
    #expect(shell.text("deck check none.md").contains("there is no file or folder"))
    try shell.run("deck load b.md")
    #expect(kinds(try shell.json("deck check")) == [])
    #expect(shell.text("deck check").contains("1 card: nothing to mend"))
  }

  @Test("A lesson checks no deck outside of its folder, nor learns which files are there")
  func confined() throws {
    let (shell, folder) = try shell(["secret.md": "Question : x\nAnswer : y\n", "secret.png": ""])
    let lesson = folder.url.appendingPathComponent("lesson")
    try FileManager.default.createDirectory(at: lesson, withIntermediateDirectories: true)
    try Data("Question : x\nAnswer : y ![](../secret.png)\n".utf8).write(to: lesson.appendingPathComponent("d.md"))
    try Data("```gradus\n> deck check ../secret.md\n```\n".utf8).write(to: lesson.appendingPathComponent("l.md"))
    #expect(shell.text("replay lesson/l.md").contains("a lesson may not"))
    try Data("```gradus\n> deck check d.md\n```\n".utf8).write(to: lesson.appendingPathComponent("l.md"))
    #expect(kinds(try shell.json("deck check lesson/d.md")) == [])
    try shell.run("replay lesson/l.md")
    let checked = try #require(shell.surroundings.shown.compactMap { $0 as? DeckCheckFacts }.last)
    #expect(checked.findings.map(\.kind) == [.missingPicture])
  }

  @Test("A deck that was edited is read again before the next command that uses its cards")
  func reloads() throws {
    let (shell, folder) = try shell(["d.md": "Question : x\nAnswer : y\n", "e.md": "Question : other\nAnswer : y\n"])
    try shell.run("deck load d.md")
    try shell.run("deck load e.md")
    try write("Question : x\nAnswer : y\nQuestion : fresh\nAnswer : z\n", "d.md", folder)
    #expect(try shell.json("cards fresh")["count"] as? Int == 1)
    #expect(try shell.json("deck list")["count"] as? Int == 3)
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("d.md"))
    #expect(try shell.json("cards")["count"] as? Int == 3, "the cards stay")
    #expect(shell.surroundings.warnings.map(\.what).filter { $0.hasSuffix("d.md` is gone") }.count == 1)
    try shell.run("topics")
    #expect(shell.surroundings.warnings.count == 1)
  }

  @Test(
    "What a search cannot find is said, and odd characters do no harm",
    arguments: ["cards fit()", "cards mot-clé", "cards l\"x", "cards *", "cards x:y", "cards ^", "cards '\"'", "cards NEAR OR"])
  func searches(line: String) throws {
    let (shell, folder) = try shell(["d.md": "Question : x\nAnswer : y\n"])
    defer { withExtendedLifetime(folder) {} }
    try shell.run("deck load d.md")
    #expect(shell.text(line) == "no card holds these words\n")
  }

  // What a mended question keeps.

  private static let before = "Question : N - B - What does the bias do?\nAnswer : y\nQuestion : N - B - What is momentum?\nAnswer : z\n"
  private static let after =
    "Question : N - B - What does the bias of a unit do?\nAnswer : y\nQuestion : N - B - How many epochs?\nAnswer : z\n"

  /// Two cards graded, then one question mended and the other replaced.
  private func mended() throws -> (TestShell, TemporaryFolder) {
    let (shell, folder) = try shell(["d.md": DeckCommandTests.before])
    try shell.run("deck load d.md")
    shell.surroundings.answers = ["", "3", "", "4"].map { .line($0) }
    try shell.run("quiz")
    try write(DeckCommandTests.after, "d.md", folder)
    return (shell, folder)
  }

  @Test(
    "deck relink moves a history on consent, and only then",
    arguments: [
      ("deck relink", ["y"], true), ("deck relink", ["maybe", " YES "], true), ("deck relink", ["n"], false), ("deck relink", [], false),
      ("deck relink yes=all", [], true),
    ])
  func relinks(line: String, answers: [String], isMoved: Bool) throws {
    let (shell, folder) = try mended()
    defer { withExtendedLifetime(folder) {} }
    let log = shell.surroundings.memory.log
    shell.surroundings.answers = answers.map { .line($0) }
    let json = try shell.json(line)
    #expect(json["moved"] as? Int == (isMoved ? 1 : 0))
    #expect(json["left"] as? Int == (isMoved ? 1 : 2))
    let pair = try #require((json["pairs"] as? [[String: Any]])?.first)
    #expect(pair["was"] as? String == "What does the bias do?" && pair["is"] as? String == "What does the bias of a unit do?")
    let id = try #require(pair["to"] as? String)
    var expected = log
    for index in expected.indices where isMoved && expected[index].cardID == pair["from"] as? String { expected[index].cardID = id }
    #expect(shell.surroundings.memory.log == expected)
    #expect(try shell.json("due")["new"] as? Int == (isMoved ? 1 : 2))
    #expect((try shell.json("deck relink yes=all")["moved"] as? Int) == (isMoved ? 0 : 1), "what was moved is not proposed again")
  }

  @Test("Ctrl-C moves nothing")
  func cancelled() throws {
    let (shell, folder) = try mended()
    defer { withExtendedLifetime(folder) {} }
    let log = shell.surroundings.memory.log
    shell.surroundings.answers = [.cancelled]
    #expect(shell.text("deck relink").contains("nothing was moved"))
    #expect(shell.surroundings.memory.log == log)
  }

  @Test("A card of a deck that is only not loaded keeps its history, one whose deck is gone may give it away")
  func otherDecks() throws {
    let (shell, folder) = try shell(["d.md": DeckCommandTests.before, "e.md": DeckCommandTests.after])
    try shell.run("deck load d.md")
    shell.surroundings.answers = ["", "3"].map { .line($0) }
    try shell.run("quiz n=1")
    let other = TestShell()
    other.surroundings.files.folder = folder.url
    for review in shell.surroundings.memory.log { other.surroundings.memory.append(review) }
    other.surroundings.memory.remember(Array(shell.surroundings.memory.remembered().values))
    try other.run("deck load e.md")
    #expect(other.text("deck relink yes=all") == "every history has its card\n")
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("d.md"))
    #expect(try other.json("deck relink yes=all")["moved"] as? Int == 1)
  }

  @Test("A pair is shown with both questions and how much they are alike")
  func shown() throws {
    let (shell, folder) = try mended()
    defer { withExtendedLifetime(folder) {} }
    shell.surroundings.answers = [.line("y")]
    let text = shell.text("deck relink")
    #expect(text.contains("1 of 1 histories moved") || text.contains("1 history moved"))
    let moment = try #require(shell.surroundings.shown.compactMap { $0 as? RelinkMoment }.first)
    #expect(moment.number == 1 && moment.count == 1 && moment.pair.likeness > 0.5)
  }
}
