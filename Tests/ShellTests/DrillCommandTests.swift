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
    #expect(text.contains("not the answer   you: ") && text.contains(asked[1].mistakes[0].remark.prefix(30)))
    #expect(text.contains(asked[1].solution.prefix(20)))
  }

  @Test("The ids of the kinds are what they were, and none is another's")
  func ids() throws {
    var ids: [String] = []
    for kind in DrillKinds.all {
      let shell = TestShell()
      shell.surroundings.answers = [.line("")]
      let asked = try #require(try shell.json("drill \(kind.name) n=1 seed=1")["asked"] as? [[String: Any]])
      ids += asked.compactMap { $0["id"] as? String }
    }
    #expect(Set(ids).count == DrillKinds.all.count)
    #expect(ids.first == "d48a82356c3b")
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

  @Test(":skip passes over, :hint twice offers candidates, Enter alone counts as missed, :quit and the end of input leave")
  func commands() throws {
    let shell = TestShell()
    let exercises = try exercises("params", 3)
    shell.surroundings.answers = [":skip", ":hint", ":h", ":try", ":edit", ":wrong", "", ":quit"].map { .line($0) }
    let json = try shell.json("drill params n=5 seed=1")
    let asked = try #require(json["asked"] as? [[String: Any]])
    #expect(asked.count == 1 && asked[0]["correct"] as? Bool == false && asked[0]["grade"] as? Int == 1)
    #expect(asked[0]["answer"] as? String == "")
    #expect(json["ended"] as? String == "left")
    let text = shown(shell)
    #expect(text.contains("it is one of ") && text.contains(exercises[1].answer.text) && text.contains("not answered"))
    #expect(
      shell.surroundings.warnings.map(\.what) == [
        "an exercise has no experiment", "this question stands in no file", "a quiz has no command `:wrong`",
      ])
    let other = TestShell()
    #expect(try other.json("drill params")["ended"] as? String == "left")
    #expect(other.surroundings.memory.log.isEmpty)
  }

  @Test(":undo takes the grade back and asks the same exercise again")
  func undo() throws {
    let shell = TestShell()
    let exercises = try exercises("params", 3)
    let wrong = exercises[0].mistakes[0].answer.text
    shell.surroundings.answers = [wrong, ":undo", exercises[0].answer.text, exercises[2].answer.text].map { .line($0) }
    let asked = try #require(try shell.json("drill params n=2 seed=1")["asked"] as? [[String: Any]])
    #expect(asked.map { $0["correct"] as? Bool } == [true, true])
    #expect(shell.surroundings.memory.log.map(\.grade) == [.good, .good])
  }

  @Test(
    "What is no answer is refused with what one looks like, and costs nothing",
    arguments: [
      ("params", "some", "type a number, such as 1234"), ("shapes", "wide", "type a shape, such as 8x8x16"), ("fit", "5", "from a to d"),
      ("forward", "half", "with a point, such as 0.731"),
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
    #expect(shell.surroundings.warnings.map(\.what) == ["`quit` builds no network", "`preset` builds no network"])
    let short = TestShell()
    short.surroundings.answers = [.line(commands[0]), .line("")]
    asked = try #require(try short.json("drill summary n=1 seed=\(seed)")["asked"] as? [[String: Any]])
    #expect(asked[0]["correct"] as? Bool == false)
  }

  @Test("The curves are shown as a plot, and in numbers where plots are off")
  func curves() throws {
    let shell = TestShell()
    try shell.run("drill curves n=1 seed=1")
    let plots = shell.surroundings.shown.compactMap { ($0 as? QuizMoment)?.plot }
    let plot = try #require(plots.first)
    #expect(plot.style == "auto" && plot.plot.panels[0].series.map(\.name) == ["loss", "val_loss"])
    #expect(!shown(shell).contains("epoch"))
    let off = TestShell()
    try off.run("set plot off; drill curves n=1 seed=1")
    #expect(off.surroundings.shown.allSatisfy { ($0 as? QuizMoment)?.plot == nil })
    #expect(shown(off).contains("epoch") && shown(off).contains("val_loss"))
  }

  /// The explanation that a missed exercise shows.
  private func workings(_ kind: String, seed: Int = 1) throws -> [any Facts] {
    let shell = TestShell()
    shell.surroundings.answers = [.line("")]
    try shell.run("drill \(kind) n=1 seed=\(seed)")
    let solved = shell.surroundings.shown.compactMap { if case .solved(let solved)? = $0 as? QuizMoment { solved } else { nil } }
    return try #require(solved.first).workings
  }

  @Test(
    "Numbers are worked out by what explain shows, and the explanation comes to the answer",
    arguments: ["params", "shapes", "forward", "backprop", "loss", "summary"], 0..<12)
  func workings(kind: String, seed: Int) throws {
    let drill = try #require(DrillKinds.all.first { $0.name == kind })
    var random = RandomSource(seed: UInt64(seed), stream: "drill")
    let exercise = try drill.exercise(&random)
    let facts = try #require(try workings(kind, seed: seed).first)
    switch (facts, exercise.answer) {
    case (let facts as ParameterCountFacts, .number(let number, _)):
      // The count itself, what is trainable, or what the count is taken apart into.
      let numbers = [facts.total, facts.trainable] + facts.layers.flatMap { [$0.count, $0.trainable] }
      let words = facts.layers.map(\.words).joined(separator: " ")
      #expect(numbers.contains(Int(number)) || words.contains("\(Int(number)) "), "\(words)")
    case (let facts as ParameterCountFacts, .shape(let shape)):
      let lengths = Dictionary(uniqueKeysWithValues: facts.layers[0].lengths.map { ($0.name, $0.value) })
      let height = lengths["height, width"] ?? lengths["height"], width = lengths["height, width"] ?? lengths["width"]
      #expect([height, width, lengths["channels"]] == shape.map(Optional.some))
    case (let facts as ParameterCountFacts, .network(let network)): #expect(facts.total == network.summary.total)
    case (let facts as ExplanationFacts, .number(let number, let tolerance)):
      let values = facts.sections.flatMap(\.quantities).compactMap(\.number)
      #expect(values.contains { abs($0 - number) <= tolerance / 10 }, "\(number) among \(values)")
    default: Issue.record("no explanation for \(kind)")
    }
  }

  @Test("Alone it lists the kinds with when each comes due")
  func lists() throws {
    let shell = TestShell()
    shell.surroundings.answers = [.line("")]
    try shell.run("drill loss n=1 seed=1")
    let kinds = try #require(try shell.json("drill")["kinds"] as? [[String: Any]])
    #expect(kinds.map { $0["name"] as? String } == DrillKinds.all.map(\.name))
    #expect(kinds.filter { $0["due"] is String }.map { $0["name"] as? String } == ["loss"])
    let text = shell.text("drill")
    #expect(text.contains("params    new") && text.contains("loss      in 1 min"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("quiz mode=drill asks the kinds that are due first, then new ones, each once")
  func order() throws {
    let shell = TestShell()
    shell.surroundings.answers = [.line("")]
    try shell.run("drill loss n=1 seed=1")
    shell.surroundings.now += 3600
    #expect(shell.text("due").contains("1 kind of exercises waits"))
    #expect(try shell.json("due")["drills"] as? Int == 1)
    shell.surroundings.answers = (0..<3).map { _ in .line("") }
    let asked = try #require(try shell.json("quiz mode=drill n=3 new=2")["asked"] as? [[String: Any]])
    #expect(asked.map { $0["kind"] as? String } == ["loss", "params", "shapes"])
    #expect(asked.allSatisfy { $0["mode"] as? String == "drill" })
  }

  @Test("A skill that is known is not due, and a practice asks it all the same")
  func practice() throws {
    let shell = TestShell()
    let right = try exercises("params", 1)[0].answer.text
    shell.surroundings.answers = [.line(right)]
    try shell.run("drill params n=1 seed=1")
    let none = try shell.json("quiz params mode=drill")
    #expect(none["ended"] as? String == "nothing_left")
    shell.surroundings.answers = [.line(right)]
    let asked = try #require(try shell.json("drill params n=1 seed=1")["asked"] as? [[String: Any]])
    #expect(asked.count == 1)
  }

  @Test(
    "A topic means the kinds that are about it",
    arguments: [
      ("convolution", ["shapes"]), ("params", ["params"]), ("Loss", ["loss", "fit", "curves"]), ("back-propagation", ["backprop"]),
    ])
  func topics(words: String, kinds: [String]) throws {
    let shell = TestShell()
    shell.surroundings.answers = kinds.map { _ in .line(":skip") } + [.line("")]
    try shell.run("quiz \(words) mode=drill")
    let shown = shell.surroundings.shown.compactMap { moment -> String? in
      if case .question(let item, _, _, _)? = moment as? QuizMoment { item.card.topic } else { nil }
    }
    #expect(shown == kinds.map { "drill \($0)" })
    #expect(shell.text("quiz pastry mode=drill").contains("no exercise is about `pastry`; the kinds are params, shapes"))
  }

  @Test("mode=mix puts an exercise after each four cards, and no distractor or deck knows of it")
  func mix() throws {
    let cards = (1...8).map { "Question : A - B - number \($0)?\nAnswer : \($0)\n" }.joined(separator: "\n")
    let folder = try TemporaryFolder(["d.md": cards])
    let shell = TestShell()
    try shell.run("deck load \(folder.url.path)/d.md")
    shell.surroundings.answers = ["1", "", "2", "", "3", "", "4", "", ""].map { .line($0) }
    let json = try shell.json("quiz mode=mix n=5")
    let asked = try #require(json["asked"] as? [[String: Any]])
    #expect(asked.map { $0["mode"] as? String } == ["type", "type", "type", "type", "drill"])
    #expect((json["look_at"] as? [String: Any])?["drills"] as? [String] == ["params"])
    #expect((json["look_at"] as? [String: Any])?["topics"] as? [String] == [])
    #expect(try shell.json("deck list")["count"] as? Int == 8)
    #expect(shell.surroundings.memory.remembered().count == 4)
  }

  @Test("Each time there are new exercises, and a lesson stores no grade")
  func fresh() throws {
    let shell = TestShell()
    shell.surroundings.answers = [.line(""), .line("")]
    let first = try #require(try shell.json("drill params n=1")["asked"] as? [[String: Any]])
    let second = try #require(try shell.json("drill params n=1")["asked"] as? [[String: Any]])
    #expect(first[0]["right"] as? String != second[0]["right"] as? String)
    let folder = try TemporaryFolder(["l.md": "```gradus\n> drill params n=1\n```\n"])
    let lesson = TestShell()
    lesson.surroundings.answers = [.line("")]
    try lesson.run("replay \(folder.url.path)/l.md")
    #expect(lesson.surroundings.answers.isEmpty && lesson.surroundings.memory.log.isEmpty)
  }

  @Test("At the end it is told what was missed")
  func ending() throws {
    let shell = TestShell()
    let asked = try exercises("params", 2)
    shell.surroundings.answers = [.line(asked[0].answer.text), .line(asked[1].mistakes[0].answer.text)]
    let text = shell.text("drill params n=2 seed=1")
    #expect(text.contains("2 exercises, 1 right") && text.contains("missed") && text.contains("drill params"))
    #expect(text.contains(asked[1].mistakes[0].remark.prefix(40)))
  }
}
