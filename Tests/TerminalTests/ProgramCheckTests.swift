import Foundation
import Testing

/// `gradus check` and `gradus new lesson`.
@Suite struct ProgramCheckTests {
  static let wrong = """
    # A lesson

    ```gradus
    > input 2
    > layer dense 8
    > summary style=short
    dense (Dense)   (None, 8)   25
    > version
    ...
    ```

    The end.

    """

  @Test func aNewLessonPassesItsCheck() throws {
    let home = try ProgramHome()
    let made = try home.run("new", "lesson", "mine.md")
    #expect(made.status == 0 && made.output.contains("gradus check mine.md"), "\(made)")
    let text = try home.text(of: "mine.md")
    let checked = try home.run("check", "mine.md")
    #expect(checked.status == 0 && checked.output.contains("all as expected"), "\(checked)")
    // What is there is not overwritten.
    let again = try home.run("new", "lesson", "mine.md")
    #expect(again.status == 1 && again.error.contains("left as it is"), "\(again)")
    #expect(try home.text(of: "mine.md") == text)
    #expect(try home.run("new", "lesson", "no/folder/mine.md").status == 1)
  }

  @Test func aDifferenceIsShownAndEndsWithOne() throws {
    let home = try ProgramHome()
    try home.write(ProgramCheckTests.wrong, to: "l.md")
    let outcome = try home.run("check", "l.md")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.output.contains("l.md:6: summary style=short"), "\(outcome)")
    #expect(
      outcome.output.contains("- dense (Dense)   (None, 8)   25") && outcome.output.contains("+ dense (Dense)   (None, 8)   24"),
      "\(outcome)")
    #expect(outcome.output.hasSuffix("1 file, 4 commands: 1 not as expected\n"), "\(outcome)")
    #expect(try home.text(of: "l.md") == ProgramCheckTests.wrong)
  }

  @Test(arguments: [["--json", "check", "l.md"], ["check", "--json", "l.md"], ["check", "l.md", "--json"]])
  func flagsStandBeforeAndAfter(_ arguments: [String]) throws {
    let home = try ProgramHome()
    try home.write(ProgramCheckTests.wrong, to: "l.md")
    let outcome = try home.run(arguments)
    let object = try #require(outcome.objects.first ?? nil, "\(outcome)")
    #expect(outcome.status == 1 && outcome.objects.count == 1 && object["ok"] as? Bool == false)
    let difference = try #require((object["differences"] as? [[String: Any]])?.first)
    #expect(difference["line"] as? Int == 6 && difference["actual"] as? [String] == ["dense (Dense)   (None, 8)   24"])
  }

  @Test func anUpdateRewritesOnConsentOnly() throws {
    let home = try ProgramHome()
    try home.write(ProgramCheckTests.wrong, to: "l.md")
    let unasked = try home.run("check", "--update", "l.md")
    #expect(unasked.status == 1 && unasked.error.contains("--yes"), "\(unasked)")
    #expect(try home.text(of: "l.md") == ProgramCheckTests.wrong)
    let rewritten = try home.run("check", "--update", "--yes", "l.md")
    #expect(rewritten.status == 0 && rewritten.output.contains("+ dense"), "\(rewritten)")
    #expect(try home.text(of: "l.md") == ProgramCheckTests.wrong.replacing("25", with: "24"))
    #expect(try home.run("check", "l.md").status == 0)
  }

  @Test func consentMayBeTyped() throws {
    let home = try ProgramHome()
    try home.write(ProgramCheckTests.wrong, to: "l.md")
    let session = try home.terminal("check", "--update", home.folder.path + "/l.md", prompt: "[y/N] ")
    try session.send("n\r")
    #expect(try session.exitCode() == 1)
    let second = try home.terminal("check", "--update", home.folder.path + "/l.md", prompt: "[y/N] ")
    try second.send("y\r")
    #expect(try second.exitCode() == 0)
    #expect(try home.text(of: "l.md").contains("24"))
  }

  @Test func aFolderIsCheckedWhole() throws {
    let home = try ProgramHome()
    try FileManager.default.createDirectory(at: home.folder.appendingPathComponent("all"), withIntermediateDirectories: true)
    try home.write(ProgramCheckTests.wrong, to: "all/a.md")
    try home.write(ProgramCheckTests.wrong, to: "all/b.md")
    let outcome = try home.run("check", "all")
    #expect(outcome.status == 1 && outcome.output.contains("2 files, 8 commands: 2 not as expected"), "\(outcome)")
  }

  @Test(arguments: ["\u{feff}", ""])
  func linesThatEndInCarriageReturnsStayThatWay(_ mark: String) throws {
    let home = try ProgramHome()
    try home.write(mark + ProgramCheckTests.wrong.replacing("\n", with: "\r\n"), to: "l.md")
    #expect(try home.run("check", "l.md").status == 1)
    #expect(try home.run("check", "--update", "--yes", "l.md").status == 0)
    #expect(try home.text(of: "l.md") == mark + ProgramCheckTests.wrong.replacing("25", with: "24").replacing("\n", with: "\r\n"))
    #expect(try home.run("check", "l.md").status == 0)
  }

  @Test(arguments: ["data csv /etc/passwd target=1", "replay ../x.gradus", "deck load ..", "quit"])
  func aLessonTouchesOnlyItsFolder(_ command: String) throws {
    let home = try ProgramHome()
    try FileManager.default.createDirectory(at: home.folder.appendingPathComponent("in"), withIntermediateDirectories: true)
    try home.write("version\n", to: "x.gradus")
    try home.write("```gradus\n> \(command)\n```\n", to: "in/l.md")
    let outcome = try home.run("check", "in/l.md")
    #expect(outcome.status == 1 && outcome.output.contains("1 not as expected"), "\(outcome)")
  }
}
