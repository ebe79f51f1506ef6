import Foundation
import Testing

/// The program's flags and exit statuses, without a terminal.
@Suite struct ProgramFlagsTests {
  @Test(arguments: [
    (arguments: ["--version"], output: "gradus 0."),
    (["--help"], "USAGE: gradus"),
    (["-h"], "gradus check FILE|FOLDER..."),
    (["check", "--help"], "--update"),
    (["--json", "check", "--help"], "--update"),
    (["new", "--help"], "gradus new"),
    (["-c", "version"], "gradus 0."),
    (["-c", ""], ""),
    (["-c", "version", "-c", "help fit"], "fit EPOCHS"),
    (["--seed", "7", "--threads", "1", "--color", "never", "-c", "version"], "gradus 0."),
  ])
  func theseEndWell(_ arguments: [String], _ output: String) throws {
    let outcome = try ProgramHome().run(arguments)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains(output) || output.isEmpty, "\(outcome)")
    #expect(outcome.error.isEmpty, "\(outcome)")
  }

  @Test(arguments: [
    ["--nosuch"], ["-x"], ["--seed", "abc"], ["--seed", "-1"], ["--threads", "0"], ["--color", "pink"], ["-c"],
    ["--lessons", "/nonexistent"],
    ["check"], ["check", "--nosuch", "a.md"], ["new"], ["new", "deck", "a.md"], ["--update"], ["--nosuch", "check", "a.md"],
  ])
  func wrongUsageEndsWithTwo(_ arguments: [String]) throws {
    let outcome = try ProgramHome().run(arguments)
    #expect(outcome.status == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && outcome.error.contains("Error:"), "\(outcome)")
  }

  @Test(arguments: [
    (arguments: ["-c", "layer dens 8"], line: "        ^^^^ there is no kind `dens`; did you mean `dense`?"),
    (["-c", "version; evaluate"], "no data yet; try `data moons`"),
    (["-c", "version; foo \"x"], "nothing closes this"),
    (["nofile.gradus"], "there is no file"),
    (["-f", "nofile.md"], "there is no file"),
    (["check", "nofile.md"], "`check` takes lessons"),
    (["--store", "/proc/none/x", "-c", "due"], "the store `/proc/none/x` cannot be used"),
    (["--store", "/proc/none/x", "-c", "quiz"], "the store `/proc/none/x` cannot be used"),
    (["--store", "/tmp", "-c", "due"], "the store `/tmp` cannot be used: it is a folder"),
  ])
  func aFailureEndsWithOneAndSaysWhy(_ arguments: [String], _ line: String) throws {
    let outcome = try ProgramHome().run(arguments)
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.error.contains(line), "\(outcome)")
  }

  @Test func aStoreThatIsNoneIsLeftAlone() throws {
    let home = try ProgramHome()
    try home.write("not a database, but somebody's text\n", to: "notes")
    let outcome = try home.run("--store", "notes", "-c", "due")
    #expect(outcome.status == 1 && outcome.error.contains("cannot be used"), "\(outcome)")
    #expect(try home.text(of: "notes") == "not a database, but somebody's text\n")
  }

  @Test func aSettingThatCannotBeKeptHoldsForTheSession() throws {
    let outcome = try ProgramHome().run(["-c", "set lang fr"], environment: ["XDG_CONFIG_HOME": "/proc/none"])
    #expect(outcome.output.hasPrefix("lang        fr\n"), "\(outcome)")
    #expect(outcome.error.contains("it holds for this session only: the setting cannot be kept"), "\(outcome)")
  }

  @Test func missingLessonsAreSaidNotGuessed() throws {
    let home = try ProgramHome()
    for command in ["cards", "topics", "quiz"] {
      let outcome = try home.run(["-c", command], environment: ["GRADUS_LESSONS": home.folder.path])
      #expect(outcome.status == 1 && outcome.error.contains("no cards"), "\(outcome)")
    }
    let data = try home.run(["-c", "data iris"], environment: ["GRADUS_LESSONS": home.folder.path])
    #expect(data.status == 1 && data.error.contains("--lessons"), "\(data)")
    // What needs no lessons works without them.
    let rest = try home.run(["-c", "data moons 50; due"], environment: ["GRADUS_LESSONS": home.folder.path])
    #expect(rest.status == 0, "\(rest)")
  }

  @Test func theSeedDecides() throws {
    let home = try ProgramHome()
    let commands = "input 2; layer dense 3; show dense.kernel"
    let first = try home.run("--seed", "7", "-c", commands)
    #expect(try home.run("-c", commands, "--seed", "7").output == first.output)
    #expect(try home.run("--seed", "8", "-c", commands).output != first.output)
  }

  @Test func aStoreOfItsOwnIsUsed() throws {
    let home = try ProgramHome()
    let quiz = try home.run(["--store", "mine.sqlite", "-c", "quiz n=1"], input: "\n3\n")
    #expect(quiz.status == 0 && quiz.output.contains("stored"), "\(quiz)")
    #expect(try home.run("--store", "mine.sqlite", "--json", "-c", "due").objects.first??["learning"] as? Int == 1)
    #expect(try home.run("--json", "-c", "due").objects.first??["learning"] as? Int == 0)
  }

  @Test func aReaderThatLeavesIsNoCrash() throws {
    let program = PtySession.products.appendingPathComponent("gradus").path
    let session = try PtySession(
      "/bin/sh",
      ["-c", "'\(program)' -c 'help; summary; help; summary; help; summary' | head -1; echo left; '\(program)' -c help >&-; echo $?"])
    let shown = try session.expect("left")
    #expect(shown.split(whereSeparator: \.isNewline).count == 1, "\(shown)")
    try session.expect("1")
    #expect(try session.exitCode() == 0)
    #expect(!session.transcript.contains("rror") && !session.transcript.contains("rash"), "\(session.transcript)")
  }
}
