import Foundation
import Testing

/// Scripts, lessons, `-c`, `--json` and signals, without a terminal.
@Suite struct ProgramScriptTests {
  static let training = "input 2; layer dense 4 tanh; layer dense 1 sigmoid; data moons 64; compile adam 0.05 bce accuracy"

  @Test func theIssuesFirstSessionLearns() throws {
    let outcome = try ProgramHome().run(
      "--json", "-c",
      """
      input 2; layer dense 8 relu; layer batchnorm; layer dense 4 relu; layer dense 1 sigmoid; summary; data moons 500; \
      compile adam 0.01 bce accuracy; fit 30; evaluate
      """)
    #expect(outcome.status == 0, "\(outcome)")
    let summary = outcome.objects.compactMap { $0 }.first { $0["command"] as? String == "summary" }
    #expect(summary?["total"] as? Int == 97 && summary?["bytes"] as? Int == 388)
    #expect((outcome.objects.last??["accuracy"] as? Double ?? 0) > 0.95, "\(outcome)")
  }

  @Test func standardInputIsAScript() throws {
    let home = try ProgramHome()
    let outcome = try home.run(
      [], input: "# a comment\ninput 2\nlayer dense \\\n8\n\n> summary style=short\ngradus 2-8 > version")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("dense (Dense)   (None, 8)   24"), "\(outcome)")
    #expect(!outcome.output.contains("\u{1b}") && !outcome.output.contains("> "), "\(outcome)")
    #expect(outcome.error.isEmpty, "\(outcome)")
    let failed = try home.run([], input: "version\nfoo\nsummary\n")
    #expect(failed.status == 1 && failed.output.hasPrefix("gradus") && !failed.output.contains("Model"), "\(failed)")
  }

  @Test func aScriptWritesNoProgress() throws {
    let outcome = try ProgramHome().run("-c", ProgramScriptTests.training + "; fit 200")
    #expect(outcome.status == 0 && outcome.error.isEmpty && outcome.output.contains("200 epochs"), "\(outcome)")
  }

  @Test func filesRunInOrderAndShareASession() throws {
    let home = try ProgramHome()
    try home.write("input 2\nlayer dense 3\n", to: "model.gradus")
    try home.write("summary style=short\n", to: "look.gradus")
    try home.write("# Words\n\nProse that is *shown*.\n\n```gradus\n> layer dense 1\n> summary style=short\n...\n```\n", to: "lesson.md")
    let outcome = try home.run("model.gradus", "-f", "look.gradus", "lesson.md")
    #expect(outcome.status == 0, "\(outcome)")
    let order = try home.run("model.gradus", "look.gradus", "lesson.md", "-c", "version")
    #expect(order.output.contains("dense (Dense)   (None, 3)   9"), "\(order)")
    #expect(order.output.contains("Prose that is shown.") && order.output.contains("dense_1 (Dense)   (None, 1)   4"), "\(order)")
    #expect(order.output.hasSuffix("gradus 0.1.0\n"), "\(order)")
  }

  @Test func aFailureInAFileNamesFileAndLine() throws {
    let home = try ProgramHome()
    try home.write("version\n\n  layer dense x\nversion\n", to: "a.gradus")
    let outcome = try home.run("a.gradus", "-c", "help")
    #expect(outcome.status == 1 && outcome.output == "gradus 0.1.0\n", "\(outcome)")
    #expect(outcome.error.hasPrefix("a.gradus, line 3:\n  layer dense x\n              ^ "), "\(outcome)")
  }

  @Test func aLessonShowsItsCommandsBetweenItsProse() throws {
    let home = try ProgramHome()
    try home.write("One.\n\n```gradus\n> input 2\n> layer dense 3\n```\n\nTwo.\n", to: "l.md")
    let outcome = try home.run("l.md")
    let expected = "\nOne.\n\n> input 2\ninput (None, 2)\n> layer dense 3\ndense (Dense)   (None, 3)   9 parameters\n\nTwo.\n"
    #expect(outcome.output == expected, "\(outcome)")
    let replayed = try home.run("-c", "replay l.md")
    #expect(replayed.output == expected + "\nl.md: 2 commands replayed\n", "\(replayed)")
  }

  @Test func aFailureInAReplayIsToldOnce() throws {
    let home = try ProgramHome()
    try home.write("version\nfoo\n", to: "inner.gradus")
    try home.write("replay inner.gradus\n", to: "outer.gradus")
    let outcome = try home.run("-c", "replay outer.gradus")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.error == "inner.gradus, line 2: there is no command `foo`; `help` lists the commands\n", "\(outcome)")
  }

  @Test func oddTextIsReadOrRefusedInAFewWords() throws {
    let home = try ProgramHome()
    try home.write("\u{feff}version\r\nversion\r\n", to: "windows.gradus")
    #expect(try home.run("windows.gradus").output == "gradus 0.1.0\ngradus 0.1.0\n")
    let long = try home.run([], input: String(repeating: "x", count: 20_000) + "\n")
    #expect(long.status == 1 && long.error.count < 1_000, "\(long)")
    let none = try home.run("-c", "replay none.md")
    #expect(none.status == 1 && none.error.contains("a lesson in .md"), "\(none)")
  }

  @Test func aLessonThatSaysOtherwiseFails() throws {
    let home = try ProgramHome()
    try home.write("```gradus\n> input 2\n> layer dense 8\n> summary style=short\ndense (Dense)   (None, 8)   25\n```\n", to: "l.md")
    let outcome = try home.run("l.md")
    #expect(outcome.status == 1 && outcome.error.contains("l.md, line 4: the output is not as the lesson says"), "\(outcome)")
  }

  @Test(arguments: [
    ["--keep-going", "-c", "foo; version", "-c", "bar", "-c", "version"], ["-c", "foo; version; bar; version", "--keep-going"],
  ])
  func keepGoingGoesOn(_ arguments: [String]) throws {
    let outcome = try ProgramHome().run(arguments)
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.output == "gradus 0.1.0\ngradus 0.1.0\n", "\(outcome)")
    #expect(outcome.error.contains("`foo`") && outcome.error.contains("`bar`"), "\(outcome)")
  }

  @Test func quietLeavesResults() throws {
    let outcome = try ProgramHome().run("--quiet", "-c", ProgramScriptTests.training + "; summary style=short; evaluate")
    #expect(outcome.status == 0 && outcome.error.isEmpty, "\(outcome)")
    #expect(!outcome.output.contains("parameters") && outcome.output.contains("(None, 4)   12\n"), "\(outcome)")
  }

  @Test func everyLineOfJSONIsAnObject() throws {
    let home = try ProgramHome()
    try home.write("input 2\nfoo\n", to: "a.gradus")
    let outcome = try home.run(
      [
        "--json", "--keep-going", "a.gradus", "nofile.gradus", "-c", ProgramScriptTests.training, "-c",
        "step 2; fit 2; evaluate; show dense.kernel",
        "-c", "summary; plot loss; predict 0 0; help fit; fit?; set; topics; cards neuron; deck list; due; version; apropos loss",
        "-c", "layer dens; evaluate on=x; plot nothing; \"; version", "-c", "quiz n=2",
      ], input: "\n3\n\n4\n")
    #expect(outcome.status == 1, "\(outcome)")
    let objects = outcome.objects
    #expect(objects.count > 20 && objects.allSatisfy { $0?["command"] is String && $0?["ok"] is Bool }, "\(outcome)")
    for failed in objects.compactMap({ $0 }).filter({ $0["ok"] as? Bool == false }) {
      let error = failed["error"] as? [String: Any]
      #expect(error?["what"] is String && error?["hint"] is String && error?["where"] != nil, "\(failed)")
    }
    #expect(objects.last??["command"] as? String == "quiz n=2")
    #expect((objects.last??["asked"] as? [Any])?.count == 2)
    #expect(outcome.error.isEmpty, "\(outcome)")
  }

  @Test func aScriptAnswersAQuizOnTheLinesThatFollow() throws {
    let home = try ProgramHome()
    let outcome = try home.run([], input: "quiz n=5\nmy answer\n3\n\nnonsense\n4\n\n")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("2 cards graded") && outcome.output.contains("1 of at most 5"), "\(outcome)")
    let due = try home.run("--json", "-c", "due")
    let decks = try home.run("--json", "-c", "deck list")
    let cards = try #require(decks.objects.first??["different"] as? Int)
    #expect(due.objects.first??["new"] as? Int == cards - 2, "\(due)")
    // `-c` and files hand their questions on to standard input; lines behind the quiz are commands again.
    try home.write("quiz n=1\n\n1\nversion\n", to: "q.gradus")
    let file = try home.run("q.gradus")
    #expect(file.output.contains("1 card graded") && file.output.hasSuffix("gradus 0.1.0\n"), "\(file)")
    let handed = try home.run(["-c", "quiz n=1; version"], input: "\n2\n")
    #expect(handed.output.contains("1 card graded") && handed.output.hasSuffix("gradus 0.1.0\n"), "\(handed)")
  }

  @Test func staysWhenAskedTo() throws {
    let outcome = try ProgramHome().run(["-i", "-c", "input 2; foo"], input: "layer dense 3\nversion\n")
    // The status still tells of the failure; standard input, which is no terminal, is the rest of the script.
    #expect(outcome.status == 1 && outcome.output.hasSuffix("9 parameters\ngradus 0.1.0\n"), "\(outcome)")
  }

  @Test(arguments: [[], ["script.gradus"], ["-c", ProgramScriptTests.training + "; fit 1000000; version"], ["lesson.md"]])
  func anInterruptedScriptEndsWith130(_ arguments: [String]) throws {
    let home = try ProgramHome()
    let script = ProgramScriptTests.training.replacing("; ", with: "\n") + "\nfit 1000000\nversion\n"
    try home.write(script, to: "script.gradus")
    try home.write("```gradus\n" + script.split(separator: "\n").map { "> \($0)\n" }.joined() + "```\n", to: "lesson.md")
    let program = try home.start(arguments)
    try program.write(arguments.isEmpty ? script : "")
    try program.wait(for: "adam, rate 0.05")
    usleep(50_000)
    program.signal(SIGINT)
    let outcome = try program.finished()
    #expect(outcome.status == 130, "\(outcome)")
    #expect(!outcome.output.contains("gradus 0.1.0"), "\(outcome)")
  }

  @Test func withoutGnuplotOnlyPlotsAreMissing() throws {
    let home = try ProgramHome()
    let plain = ["PATH": "/nonexistent"]
    let outcome = try home.run(["-c", ProgramScriptTests.training + "; fit 3; plot loss; version"], environment: plain)
    #expect(outcome.status == 0 && outcome.output.contains("3 epochs") && outcome.output.hasSuffix("gradus 0.1.0\n"), "\(outcome)")
    #expect(outcome.error.contains("there is no gnuplot") && outcome.error.split(separator: "\n").count == 1, "\(outcome)")
    let file = try home.run(["-c", ProgramScriptTests.training + "; fit 3; plot loss file=a.png"], environment: plain)
    #expect(file.status == 1 && file.error.contains("there is no gnuplot"), "\(file)")
  }

  @Test func plotsThatAreOffSaySo() throws {
    let outcome = try ProgramHome().run("-c", "set plot off; \(ProgramScriptTests.training); fit 2; plot loss")
    #expect(outcome.status == 0 && outcome.error.contains("set plot auto"), "\(outcome)")
  }

  @Test func settingsOutliveTheProgram() throws {
    let home = try ProgramHome()
    #expect(try home.run("-c", "set lang fr").status == 0)
    #expect(try home.run("-c", "cards neurone").output.contains("Neurone"))
    #expect(try home.run("-c", "set color always").status == 0)
    #expect(try home.run("-c", "input 2; summary").output.contains("\u{1b}["))
    #expect(try !home.run("-c", "input 2; summary", "--color", "never").output.contains("\u{1b}["))
  }
}
