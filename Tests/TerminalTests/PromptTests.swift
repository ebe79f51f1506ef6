import Testing

@testable import Terminal

@Suite struct PromptTests {
  @Test(arguments: [
    (prompt: Prompt([.init("gradus", .cyan), .init("> ")]), marked: "\u{1}\u{1b}[0;36m\u{1}gradus\u{1}\u{1b}[0m\u{1}> "),
    (Prompt([.init("a", .red), .init("b", .blue), .init(" ")]), "\u{1}\u{1b}[0;31m\u{1}a\u{1}\u{1b}[0;34m\u{1}b\u{1}\u{1b}[0m\u{1} "),
    // The last character loses its colour, for libedit would lose what ends the colour.
    (Prompt("go>", .bold), "\u{1}\u{1b}[0;1m\u{1}go\u{1}\u{1b}[0m\u{1}>"),
    ("plain> ", "plain> "),
    ("", ""),
  ])
  func everySequenceIsFollowedByOneCharacter(_ prompt: Prompt, _ marked: String) {
    #expect(prompt.marked(color: true) == marked)
    #expect(prompt.marked(color: false) == prompt.plainText)
  }

  @Test func controlCharactersStayOut() {
    #expect(Prompt("a\u{1b}[31m\u{1}b\n").plainText == "a[31mb")
  }

  @Test(arguments: [["TERM": "xterm"], ["TERM": "xterm", "NO_COLOR": "1"]])
  func colorIsShownUnlessUnwanted(_ environment: [String: String]) throws {
    let session = try PtySession(environment: environment)
    let before = try session.expect("probe")
    #expect(before.contains("\u{1b}[0;36m") == (environment["NO_COLOR"] == nil))
    try session.send("step\r")
    try session.expect("<step>")
  }

  @Test func aDumbTerminalGetsPlainLines() throws {
    let session = try PtySession(environment: ["TERM": "dumb"])
    #expect(try session.expect("probe> ") == "")
    try session.send("step\r")
    let shown = try session.expect("<step>")
    #expect(!shown.contains("\u{1b}"))
    try session.expect("probe> ")
    try session.send("\u{4}")
    try session.expect("[end]")
    #expect(try session.exitCode() == 0)
  }

  @Test func aPipeIsReadWithoutPrompt() throws {
    let probe = PtySession.products.appendingPathComponent("EditorProbe").path
    let session = try PtySession("/bin/sh", ["-c", "printf 'one\\ntwo' | '\(probe)'"])
    #expect(try session.expect("<one>\r\n<two>\r\n[end]") == "")
  }
}
