import Foundation
import Testing

/// The lesson player in a real terminal.
@Suite struct ProgramLessonTests {
  static let lesson = """
    ---
    title: Counting
    id: counting
    lang: en
    ---
    # Counting

    Welcome.

    ```gradus
    > input 2
    > layer dense 8
    ```

    **Your turn.** End with one unit.

    ```task
    goal: summary | total == 33
    hint: One layer more.
    > layer dense 1
    ```

    ## What to keep

    - A bias each.

    """

  private func home() throws -> ProgramHome {
    let home = try ProgramHome()
    try FileManager.default.createDirectory(at: home.folder.appendingPathComponent("course/en"), withIntermediateDirectories: true)
    try home.write(ProgramLessonTests.lesson, to: "course/en/counting.md")
    return home
  }

  @Test func enterGoesOnAndTheLearnerTypesInBetween() throws {
    let home = try home()
    let shell = try home.terminal("--lessons", home.folder.path + "/course", prompt: "gradus > ")
    try shell.send("lesson start counting\r")
    try shell.expect("step 1 of 4   Enter runs input 2; layer dense 8")
    try shell.expect("gradus counting 1/4 > ")
    try shell.send("\r")
    try shell.expect("24 parameters")
    try shell.expect("gradus counting 2/4 2-8 > ")
    try shell.send("summary style=short\r")
    try shell.expect("(None, 8)   24")
    try shell.expect("> ")
    try shell.send("\r")
    try shell.expect("Your turn.")
    try shell.expect("gradus counting 3/4 2-8 > ")
    // A task is not passed over by Enter.
    try shell.send("\r")
    try shell.expect("gradus counting 3/4 2-8 > ")
    try shell.send("layer dense 1\r")
    try shell.expect("Solved.")
    try shell.send("\r")
    try shell.expect("A bias each.")
    try shell.send("next\r")
    try shell.expect("The end of the lesson")
    try shell.expect("gradus 2-8-1 > ")
    try shell.send("quit\r")
    #expect(try shell.exitCode() == 0)
  }

  @Test func aKilledLessonGoesOnWhereItWas() throws {
    let home = try home()
    let first = try home.terminal("--lessons", home.folder.path + "/course", prompt: "gradus > ")
    try first.send("lesson start counting step=3\r")
    try first.expect("gradus counting 3/4 2-8 > ")
    try first.send("layer dense 5 tanh\r")
    try first.expect("gradus counting 3/4 2-8-5 > ")
    first.signal(SIGKILL)
    #expect(try first.exitCode() == 128 + Int(SIGKILL))

    let second = try home.terminal("--lessons", home.folder.path + "/course", prompt: "the lesson counting waits at step 3 of 4")
    try second.expect("gradus > ")
    try second.send("lesson start counting\r")
    let shown = try second.expect("gradus counting 3/4 2-8-5 > ")
    #expect(shown.contains("End with one unit.") && !shown.contains("> input 2"), "\(shown)")
    try second.send("undo; layer dense 1\r")
    try second.expect("Solved.")
    try second.expect("gradus counting 3/4 2-8-1 > ")
    second.signal(SIGKILL)
    #expect(try second.exitCode() == 128 + Int(SIGKILL))

    let third = try home.run("--lessons", "course", "-c", "lesson start counting; next; next; lesson")
    #expect(third.status == 0 && third.output.contains("A bias each.") && third.output.contains("Tasks solved: 1 of 1"), "\(third)")
    #expect(third.output.contains("done"), "\(third)")
  }

  @Test func longProseWaitsAfterEachScreen() throws {
    let home = try home()
    let paragraphs = (1...30).map { "Paragraph \($0) of many." }.joined(separator: "\n\n")
    try home.write("---\ntitle: Long\nid: long\nlang: en\n---\n\(paragraphs)\n", to: "course/en/long.md")
    let shell = try home.terminal("--lessons", home.folder.path + "/course", prompt: "gradus > ")
    try shell.send("lesson start long\r")
    let screen = try shell.expect("Enter goes on ")
    #expect(screen.contains("Paragraph 10 of") && !screen.contains("Paragraph 12 of"), "\(screen)")
    try shell.send("\r")
    try shell.expect("Enter goes on ")
    try shell.send("\r")
    try shell.expect("Paragraph 30 of many.")
    try shell.expect("step 1 of 1")
  }

  @Test func aCourseOfOnesOwnIsMadeCheckedPlayedAndAsked() throws {
    let home = try ProgramHome()
    try FileManager.default.createDirectory(at: home.folder.appendingPathComponent("mine"), withIntermediateDirectories: true)
    #expect(try home.run("new", "lesson", "mine/first.md").status == 0)
    #expect(try home.run("check", "mine").status == 0)
    let played = try home.run(
      "--lessons", "mine", "-c", "lesson; lesson start first; next; next; layer dense 1; next; next; topics; lesson recap kept.md")
    #expect(played.status == 0 && played.output.contains("A lesson of mine") && played.output.contains("Solved."), "\(played)")
    #expect(played.output.contains("My topic"), "\(played)")
    #expect(try home.run("check", "kept.md").status == 0)
  }

  @Test func lessonsAreCheckedInParallelWithTheSameResult() throws {
    let home = try home()
    for name in ["a", "b", "c"] {
      try home.write(
        "---\ntitle: \(name)\nid: \(name)\nlang: en\n---\n```gradus\n> input 2\nwrong \(name)\n```\n", to: "course/en/\(name).md")
    }
    let outcome = try home.run("check", "course")
    #expect(outcome.status == 1 && outcome.output.contains("4 files, 6 commands, 1 task: 3 not as expected"), "\(outcome)")
    let places = ["a", "b", "c"].compactMap { outcome.output.range(of: "- wrong \($0)")?.lowerBound }
    #expect(places.count == 3 && places == places.sorted())
  }

  @Test func aLessonThatTrainsForEverIsEndedAndTheOthersAreChecked() throws {
    let home = try home()
    let training = "> data moons 200; layer dense 8; layer dense 1 sigmoid; compile adam bce; fit 1000000"
    try home.write("---\ntitle: a\nid: a\nlang: en\n---\n```gradus\n\(training)\n```\n", to: "course/en/a.md")
    let outcome = try home.run("check", "--limit", "1", "course")
    #expect(outcome.status == 1 && outcome.output.contains("a.md:6: the fence takes longer than 1 second"), "\(outcome)")
    #expect(outcome.output.contains("2 files, 3 commands, 1 task: all as expected, 1 complaint"), "\(outcome)")
  }
}
