import Foundation
import Testing

/// A quiz by hand, in a real terminal.
@Suite struct ProgramQuizTests {
  @Test func questionEnterAnswerGrade() throws {
    let home = try ProgramHome()
    try home.write(
      "Question : Test - Sums - What is 1 + 1?\nAnswer : It is **two**.\n\nQuestion : And 2 + 2?\nAnswer : Four.\n", to: "d.md")
    let session = try home.terminal()
    try session.send("deck load \(home.folder.path)/d.md\r")
    try session.expect("2 cards")
    try session.expect("> ")
    try session.send("quiz Sums\r")
    try session.expect("1 of at most")
    try session.expect("What is 1 + 1?")
    try session.expect("Enter shows the answer, `:help` lists what else can be typed")
    try session.expect("answer > ")
    try session.send("two\r")
    #expect(try session.expect("grade 1-4 > ").contains("It is two."))
    try session.send("9\r")
    try session.expect("type 1 (again)")
    try session.expect("grade 1-4 > ")
    try session.send("3\r")
    try session.expect("stored")
    try session.expect("1 card graded, 1 known")
    try session.expect("> ")
    try session.send("quiz\r")
    try session.expect("And 2 + 2?")
    try session.expect("answer > ")
    try session.send("\u{3}")
    try session.expect("0 cards graded")
    try session.expect("gradus > ")
    // Answers are no commands: they stay out of the history.
    try session.send("\u{1b}[A")
    #expect(try !session.expect("quiz").contains("two"))
    try session.send("\r")
    try session.expect("answer > ")
    try session.send("\u{4}")
    try session.expect("0 cards graded")
    try session.expect("gradus > ")
    try session.send("\u{4}")
    #expect(try session.exitCode() == 0)
    let due = try home.run("--json", "-c", "deck load d.md; due")
    let object = due.objects.compactMap { $0 }.last
    #expect(object?["learning"] as? Int == 1 && object?["new"] as? Int == 1, "\(due)")
  }

  @Test func controlCAtTheGradeLeavesWithEverythingKept() throws {
    let home = try ProgramHome()
    let session = try home.terminal()
    try session.send("quiz\r")
    try session.expect("answer > ")
    try session.send("\r")
    try session.expect("grade 1-4 > ")
    try session.send("2\r")
    try session.expect("stored")
    try session.expect("answer > ")
    try session.send("\r")
    try session.expect("grade 1-4 > ")
    try session.send("\u{3}")
    try session.expect("1 card graded")
    try session.expect("gradus > ")
    try session.send("quit\r")
    #expect(try session.exitCode() == 0)
    #expect(try home.run("--json", "-c", "due").objects.first??["learning"] as? Int == 1)
  }

  @Test func aCardLongerThanTheScreenComesAScreenAtATime() throws {
    let home = try ProgramHome()
    let lines = (1...90).map { "- point number \($0)\n" }.joined()
    try home.write("Question : Tell all\nAnswer : \n" + lines, to: "long.md")
    let session = try home.terminal(rows: 20)
    try session.send("deck load \(home.folder.path)/long.md; quiz\r")
    try session.expect("answer > ")
    var shown = ""
    for mark in Array(repeating: "Enter goes on ", count: 5) + ["grade 1-4 > "] {
      try session.send("\r")
      let page = try session.expect(mark)
      #expect(page.split(separator: "\n").count < 20, "\(page)")
      shown += page
    }
    for number in 1...90 { #expect(shown.contains("point number \(number)\r")) }
  }

  @Test func textOfACardSendsNothingToTheTerminal() throws {
    let home = try ProgramHome()
    try home.write("Question : A - \u{1b}]0;T\u{7} - What \u{1b}[2J?\nAnswer : \u{1b}[31m \u{9b}31m red `\u{1b}[5m`\n", to: "evil.md")
    let session = try home.terminal()
    try session.send("deck load \(home.folder.path)/evil.md; cards; topics; quiz\r")
    try session.expect("answer > ")
    try session.send("\r")
    try session.expect("grade 1-4 > ")
    for evil in ["\u{1b}[2J", "\u{1b}]0;", "\u{1b}[31m", "\u{9b}", "\u{1b}[5m"] { #expect(!session.transcript.contains(evil)) }
  }
}
