import Drills
import Engine
import Foundation
import Screen
import Shell
import Study
import Testing

@MainActor @Suite struct DrillCommandTests {
  /// The exercises that `drill KIND seed=1` asks.
  private func exercises(_ name: String, _ count: Int) throws -> [Exercise] {
    let kind = try #require(DrillKinds.all.first { $0.name == name })
    var random = RandomSource(seed: 1, stream: "drill")
    return try (0..<count).map { _ in try kind.exercise(&random) }
  }

  private func shown(_ shell: TestShell) -> String {
    shell.surroundings.shown.map { ReportText.lines(of: $0, on: Canvas(width: 80)).rendered(.plain) }.joined()
  }

  @Test("A right answer is good, a known mistake is told and worked out, and each is stored under the id of its kind")
  func marks() throws {
    let shell = TestShell()
    let asked = try exercises("params", 2)
    shell.surroundings.answers = [.line(asked[0].answer.text), .line(asked[1].mistakes[0].answer.text)]
    let json = try shell.json("drill params n=2 seed=1")
    let answers = try #require(json["asked"] as? [[String: Any]])
    #expect(answers.map { $0["correct"] as? Bool } == [true, false])
    #expect(answers.map { $0["grade"] as? Int } == [3, 1])
    #expect(answers.allSatisfy { $0["mode"] as? String == "drill" && $0["kind"] as? String == "params" && $0["due"] is String })
    #expect(answers[1]["mistake"] as? String == asked[1].mistakes[0].remark)
    #expect(json["ended"] as? String == "complete")
    let id = try #require(answers[0]["id"] as? String)
    #expect(id.wholeMatch(of: #/[0-9a-f]{12}/#) != nil)
    let log = shell.surroundings.memory.log
    #expect(log.map(\.cardID) == [id, id] && log.map(\.grade) == [.good, .again] && log.map(\.duration) == [5000, 5000])
    // Good on a new skill: ten minutes; then forgotten again, a minute.
    #expect(try #require(log[0].due).timeIntervalSince(log[0].reviewedAt) == 600)
    #expect(log[1].state.phase == .learning)
    let text = shown(shell)
    #expect(text.contains("not right: " + asked[1].mistakes[0].remark.prefix(30)))
    #expect(text.contains("1.") && text.contains(asked[1].answer.text))
  }

  @Test("The ids of the kinds are what they were, and none is another's")
  func ids() throws {
    let shell = TestShell()
    shell.surroundings.answers = DrillKinds.all.map { _ in .line(":solution") }
    let asked = try #require(try shell.json("drill n=9 seed=1")["asked"] as? [[String: Any]])
    #expect(asked.compactMap { $0["kind"] as? String } == DrillKinds.all.map(\.name))
    #expect(Set(asked.compactMap { $0["id"] as? String }).count == 9)
    #expect(asked[0]["id"] as? String == "d48a82356c3b")
  }

  @Test("A slow answer, or one after a hint, is hard")
  func slow() throws {
    for answers in [[":hint"], Array(repeating: "no number", count: 13)] {
      let shell = TestShell()
      let right = try exercises("params", 1)[0].answer.text
      shell.surroundings.answers = (answers + [right]).map { .line($0) }
      let asked = try #require(try shell.json("drill params n=1 seed=1")["asked"] as? [[String: Any]])
      #expect(asked[0]["grade"] as? Int == 2, "\(answers[0])")
    }
  }

  @Test(":skip passes over, :hint twice offers candidates, :solution counts as missed, :quit and the end of input leave")
  func commands() throws {
    let shell = TestShell()
    let second = try exercises("forward", 3)
    shell.surroundings.answers = [":skip", ":hint", ":h", ":what", ":solution", ":quit"].map { .line($0) }
    let json = try shell.json("drill forward n=5 seed=1")
    let asked = try #require(json["asked"] as? [[String: Any]])
    #expect(asked.count == 1 && asked[0]["correct"] as? Bool == false && asked[0]["grade"] as? Int == 1)
    #expect(json["ended"] as? String == "left")
    let text = shown(shell)
    #expect(text.contains("It is one of:") && text.contains(second[1].answer.text) && text.contains(":solution shows how it is done"))
    let other = TestShell()
    #expect(try other.json("drill params")["ended"] as? String == "left")
    #expect(other.surroundings.memory.log.isEmpty)
  }

  @Test(
    "What is no answer is refused with what one looks like, and costs nothing",
    arguments: [
      ("params", "some", "type a number, such as 1234"), ("shapes", "wide", "type a shape, such as 8x8x16"), ("fit", "5", "from 1 to 4"),
      ("forward", "", "with a point, such as 0.731"),
    ])
  func refuses(kind: String, line: String, says: String) throws {
    let shell = TestShell()
    shell.surroundings.answers = [.line(line)]
    #expect((try shell.json("drill \(kind) seed=1")["asked"] as? [Any])?.isEmpty == true)
    #expect(shown(shell).contains(says))
  }

  /// A seed whose first exercise is to rebuild a summary.
  private func rebuilding() throws -> (seed: UInt64, exercise: Exercise, commands: [String]) {
    let kind = try #require(DrillKinds.all.first { $0.name == "summary" })
    for seed in UInt64(0)..<50 {
      var random = RandomSource(seed: seed, stream: "drill")
      let exercise = try kind.exercise(&random)
      guard case .network = exercise.answer else { continue }
      let block = exercise.solution.components(separatedBy: "```\n")[1]
      return (seed, exercise, block.split(separator: "\n").filter { $0 != "```" }.map { String($0) })
    }
    throw Missing()
  }
  private struct Missing: Error {}

  @Test("A summary is rebuilt with commands, on a line or on several, and the session's own model stays")
  func rebuilds() throws {
    let (seed, _, commands) = try rebuilding()
    for answers in [[commands.joined(separator: "; ")], commands, ["layer dense x"] + commands] {
      let shell = TestShell()
      try shell.run("input 3; layer dense 2")
      shell.surroundings.answers = answers.map { .line($0) }
      let asked = try #require(try shell.json("drill summary n=1 seed=\(seed)")["asked"] as? [[String: Any]])
      #expect(asked.map { $0["correct"] as? Bool } == [true])
      #expect(shell.session.model.network.inputShape == [3] && shell.session.model.network.layers.count == 1)
    }
  }

  @Test("A summary rebuilt with a known mistake is told; other commands do not run; an empty line ends the answer")
  func rebuildsWrong() throws {
    let (seed, exercise, commands) = try rebuilding()
    let inputs = try #require(Int(commands[0].dropFirst(6)))
    let shell = TestShell()
    shell.surroundings.answers = ["quit", "preset xor", "input \(inputs + 1)"].map { .line($0) } + commands.dropFirst().map { .line($0) }
    var asked = try #require(try shell.json("drill summary n=1 seed=\(seed)")["asked"] as? [[String: Any]])
    #expect(asked[0]["mistake"] as? String == exercise.mistakes[0].remark)
    #expect(shown(shell).contains("the answer is made of `input`, `layer`"))
    let short = TestShell()
    short.surroundings.answers = [.line(commands[0]), .line("")]
    asked = try #require(try short.json("drill summary n=1 seed=\(seed)")["asked"] as? [[String: Any]])
    #expect(asked[0]["correct"] as? Bool == false)
  }

  @Test("The curves are shown as a plot in characters")
  func curves() throws {
    let shell = TestShell()
    try shell.run("drill curves n=1 seed=1")
    let plot = try #require(shell.surroundings.shown.compactMap { ($0 as? DrillMoment)?.plot }.first)
    #expect(plot.style == "ascii" && plot.plot.panels[0].series.map(\.name) == ["loss", "val_loss"])
  }

  @Test("Without a kind, what is due comes first, then what was never asked")
  func order() throws {
    let shell = TestShell()
    shell.surroundings.answers = [.line(":solution")]
    try shell.run("drill loss n=1 seed=1")
    shell.surroundings.now += 3600
    shell.surroundings.answers = [":solution", ":solution"].map { .line($0) }
    let asked = try #require(try shell.json("drill n=2 seed=1")["asked"] as? [[String: Any]])
    #expect(asked.map { $0["kind"] as? String } == ["loss", "params"])
  }

  @Test("Each time there are new exercises, and a lesson stores no grade")
  func fresh() throws {
    let shell = TestShell()
    shell.surroundings.answers = [.line(":solution"), .line(":solution")]
    let first = try #require(try shell.json("drill params n=1")["asked"] as? [[String: Any]])
    let second = try #require(try shell.json("drill params n=1")["asked"] as? [[String: Any]])
    #expect(first[0]["right"] as? String != second[0]["right"] as? String)
    let folder = try TemporaryFolder(["l.md": "```gradus\n> drill params n=1\n```\n"])
    let lesson = TestShell()
    lesson.surroundings.answers = [.line(":solution")]
    try lesson.run("replay \(folder.url.path)/l.md")
    #expect(lesson.surroundings.answers.isEmpty && lesson.surroundings.memory.log.isEmpty)
  }

  @Test("At the end it is told what was missed")
  func ending() throws {
    let shell = TestShell()
    let asked = try exercises("params", 2)
    shell.surroundings.answers = [.line(asked[0].answer.text), .line(asked[1].mistakes[0].answer.text)]
    let text = shell.text("drill params n=2 seed=1")
    #expect(text.contains("2 exercises, 1 right") && text.contains("missed:") && text.contains("again: `drill params`"))
    #expect(text.contains(asked[1].mistakes[0].remark.prefix(40)))
  }
}
