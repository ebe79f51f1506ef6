import Foundation
import Shell
import Study
import Testing

@MainActor @Suite struct StudyCommandTests {
  static let deck = """
    Question : Deep Learning - Neurons - What does the bias do?
    Answer   : It shifts the sum.

    Question : Deep Learning - Neurons - What is a weight?
    Answer   :

    * a factor
    * of an input

    Question : Deep Learning - Losses - What is the MSE?
    Answer   : The mean of the squared errors.
    """

  private func shell() throws -> (TestShell, TemporaryFolder) {
    let shell = TestShell()
    let folder = try TemporaryFolder(["deck.md": Self.deck])
    shell.surroundings.files.folder = folder.url
    try shell.run("deck load deck.md")
    return (shell, folder)
  }

  @Test("A deck's cards are listed with all that is known of them")
  func loads() throws {
    let (shell, folder) = try shell()
    let json = try shell.json("deck list")
    #expect(json["count"] as? Int == 3)
    let cards = try #require(json["cards"] as? [[String: Any]])
    #expect(cards[0]["question"] as? String == "What does the bias do?")
    #expect(cards[1]["answer"] as? String == "* a factor\n* of an input")
    #expect(cards[2]["topic"] as? String == "Losses")
    #expect(cards[2]["category"] as? String == "Deep Learning")
    #expect(cards[2]["line"] as? Int == 10)
    #expect((cards[0]["file"] as? String)?.hasPrefix(folder.url.path) == true)
    let id = try #require(cards[0]["id"] as? String)
    #expect(try shell.json("card \(id)")["answer"] as? String == "It shifts the sum.")
    #expect(try shell.json("cards squared")["count"] as? Int == 1)
    #expect(try shell.json("cards neurons")["count"] as? Int == 2)
    #expect((try shell.json("topics")["topics"] as? [[String: Any]])?.count == 2)
  }

  @Test("A quiz asks, grades, schedules and stores before it asks the next")
  func quiz() throws {
    let (shell, _) = try shell()
    shell.surroundings.answers = ["an answer", "3", "", "easy", "", "nonsense", "1"].map { .line($0) }
    let json = try shell.json("quiz")
    let asked = try #require(json["asked"] as? [[String: Any]])
    #expect(asked.map { $0["grade"] as? Int } == [3, 4, 1])
    #expect(asked[0]["answer"] as? String == "an answer")
    #expect(asked.map { $0["correct"] as? Bool } == [true, true, false])
    #expect(asked[0]["mode"] as? String == "flip")
    #expect(shell.surroundings.memory.log.map(\.grade) == [.good, .easy, .again])
    let due = try #require(asked[0]["due"] as? String)
    #expect(ISO8601DateFormatter.withFractions.date(from: due) == shell.surroundings.memory.log[0].due)
    // Good in learning: ten minutes. Easy: days. Again: a minute.
    let log = shell.surroundings.memory.log
    #expect(try #require(log[0].due).timeIntervalSince(log[0].reviewedAt) == 600)
    #expect(try #require(log[1].due).timeIntervalSince(log[1].reviewedAt) > 5 * 86_400)
    #expect(try #require(log[2].due).timeIntervalSince(log[2].reviewedAt) == 60)
    let counts = try shell.json("due")
    #expect(counts["new"] as? Int == 0 && counts["learning"] as? Int == 2 && counts["due"] as? Int == 0)
  }

  @Test("Ctrl-C, the end of input and :quit leave with everything kept", arguments: ["cancelled", "end", ":quit"])
  func leaves(how: String) throws {
    let (shell, _) = try shell()
    let last: Reply = how == "cancelled" ? .cancelled : how == "end" ? .end : .line(how)
    shell.surroundings.answers = [.line(""), .line("3"), .line(""), last]
    let json = try shell.json("quiz")
    #expect((json["asked"] as? [Any])?.count == 1)
    #expect(json["ended"] as? String == "left")
    #expect(shell.surroundings.memory.log.count == 1)
  }

  @Test(":skip passes a card over, :undo takes a grade back")
  func commands() throws {
    let (shell, _) = try shell()
    shell.surroundings.answers = [":skip", "", "3", ":undo", "", "4", "", "2"].map { .line($0) }
    let json = try shell.json("quiz")
    let asked = try #require(json["asked"] as? [[String: Any]])
    #expect(asked.map { $0["grade"] as? Int } == [4, 2])
    #expect(shell.surroundings.memory.log.count == 2)
  }

  @Test("A card graded Again comes back in the same quiz, others do not")
  func comesBack() throws {
    let (shell, _) = try shell()
    shell.surroundings.answers = ["", "1", "", "3", "", "3", "", "3", "", "3"].map { .line($0) }
    let asked = try #require(try shell.json("quiz")["asked"] as? [[String: Any]])
    #expect(asked.count == 4)
    #expect(asked[3]["id"] as? String == asked[0]["id"] as? String)
  }

  @Test(
    "n= and new= bound a quiz, a topic chooses its cards",
    arguments: [("quiz n=1", 1), ("quiz new=2", 2), ("quiz new=0", 0), ("quiz losses", 1), ("quiz neur", 2)])
  func bounds(line: String, count: Int) throws {
    let (shell, _) = try shell()
    shell.surroundings.answers = (0..<20).map { .line($0 % 2 == 0 ? "" : "4") }
    #expect((try shell.json(line)["asked"] as? [Any])?.count == count)
  }

  @Test("Without a deck of one's own the project's cards are there, in the language of the settings")
  func builtIn() throws {
    let shell = TestShell()
    #expect(try #require(try shell.json("deck list")["count"] as? Int) > 10)
    let english = try shell.json("cards")["cards"] as? [[String: Any]]
    try shell.run("set lang fr")
    let french = try shell.json("cards")["cards"] as? [[String: Any]]
    #expect(english?.first?["lang"] as? String == "en")
    #expect(french?.first?["lang"] as? String == "fr")
  }

  @Test(
    "topics takes the start of a name, and an exact name beats it",
    arguments: [
      ("topics", ["Net", "Net layers", "Loss"]), ("topics net", ["Net"]), ("topics Net l", ["Net layers"]),
      ("topics ne", ["Net", "Net layers"]),
    ])
  func topics(line: String, names: [String]) throws {
    let folder = try TemporaryFolder([
      "d.md": ["Net", "Net layers", "Loss"].map { "Question : A - \($0) - what is it?\nAnswer : x\n" }.joined()
    ])
    let shell = TestShell()
    try shell.run("deck load \(folder.url.path)/d.md")
    #expect((try shell.json(line)["topics"] as? [[String: Any]])?.map { $0["topic"] as? String } == names)
    #expect(shell.text("topics zzz").contains("there is no topic `zzz`"))
  }

  @Test("lang= asks the built-in cards of that language, and the session keeps its own")
  func quizLanguage() throws {
    let shell = TestShell()
    shell.surroundings.answers = [.line(""), .line("3")]
    let asked = try #require(try shell.json("quiz n=1 lang=fr")["asked"] as? [[String: Any]])
    try shell.run("set lang fr")
    #expect(try shell.json("card \(asked[0]["id"] as? String ?? "-")")["lang"] as? String == "fr")
    try shell.run("set lang en")
    #expect((try shell.json("cards")["cards"] as? [[String: Any]])?.first?["lang"] as? String == "en")
    let folder = try TemporaryFolder(["d.md": "---\nlang: en\n---\nQuestion : a - b - c\nAnswer : d\n"])
    try shell.run("deck load \(folder.url.path)/d.md")
    #expect(shell.text("quiz lang=fr").contains("no cards in French are loaded"))
  }

  @Test("A lesson's commands may not leave its folder")
  func confined() throws {
    let folder = try TemporaryFolder(["secret.csv": "x,y\n1,2\n2,3\n"])
    let lessons = folder.url.appendingPathComponent("lesson")
    try FileManager.default.createDirectory(at: lessons, withIntermediateDirectories: true)
    for command in [
      "data csv ../secret.csv target=y", "data csv \(folder.url.path)/secret.csv target=y", "deck load /etc/passwd", "replay x.gradus",
      "quit",
    ] {
      let file = lessons.appendingPathComponent("l.md")
      try Data("Text\n\n```gradus\n> \(command)\n```\n".utf8).write(to: file)
      let shell = TestShell()
      #expect(shell.text("replay \(file.path)").contains("a lesson may not"), "\(command): \(shell.text("replay \(file.path)"))")
    }
    #expect(TestShell().surroundings.files.isConfined == false)
  }

  @Test("A lesson reads no deck through a link that leads out of its folder")
  func links() throws {
    let folder = try TemporaryFolder(["secret.md": StudyCommandTests.deck])
    let lessons = folder.url.appendingPathComponent("lesson")
    try FileManager.default.createDirectory(at: lessons, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: lessons.appendingPathComponent("link.md"), withDestinationURL: folder.url.appendingPathComponent("secret.md"))
    for command in ["deck load .", "deck load link.md", "data csv link.md target=1"] {
      try Data("```gradus\n> \(command)\n```\n".utf8).write(to: lessons.appendingPathComponent("l.md"))
      let shell = TestShell()
      #expect(shell.text("replay \(lessons.path)/l.md").contains("a lesson may not"), "\(command)")
    }
  }

  @Test("A lesson grades no card and keeps no setting for later sessions")
  func keepsNothing() throws {
    let folder = try TemporaryFolder(["l.md": "```gradus\n> set lang fr\n> quiz n=1\n> due\n```\n"])
    let shell = TestShell()
    shell.surroundings.answers = [.line(""), .line("3")]
    try shell.run("replay \(folder.url.path)/l.md")
    #expect(shell.surroundings.answers.isEmpty)
    #expect(shell.surroundings.memory.log.isEmpty)
    #expect(shell.surroundings.kept.isEmpty)
    try shell.run("set lang en")
    #expect(shell.surroundings.kept == ["lang en"])
  }
}

extension ISO8601DateFormatter {
  static var withFractions: ISO8601DateFormatter {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    return formatter
  }
}
