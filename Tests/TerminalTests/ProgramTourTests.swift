import Foundation
import Testing

/// What meets a person who comes for the first time, and how one leaves.
@Suite struct ProgramTourTests {
  private let first = "watch it learn, ask why, be asked"

  @Test func theFirstStartGreetsInThreeLinesLaterOnesInOne() throws {
    let home = try ProgramHome()
    let shell = try home.terminal(prompt: "gradus > ")
    try shell.send("version\r")
    let screen = try shell.expect("gradus 0.1.0\r\n")
    _ = screen
    try shell.expect("> ")
    try shell.send("quit\r")
    #expect(try shell.exitCode() == 0)
    let again = try home.terminal(prompt: "gradus > ")
    try again.send("quit\r")
    #expect(try again.exitCode() == 0)
    #expect(shell.transcript.contains(first) && shell.transcript.contains("`tour` shows it in two minutes"))
    #expect(!again.transcript.contains(first) && again.transcript.contains("`help` lists the commands"))
    let french = try ProgramHome().terminal(environment: ["LANG": "fr_FR.UTF-8", "LC_ALL": ""], prompt: "gradus > ")
    #expect(french.transcript.contains("`set lang fr` : en français"))
  }

  @Test func theTourGoesOnByEnterAndLeavesTheSessionAlone() throws {
    let home = try ProgramHome()
    let shell = try home.terminal(rows: 60, prompt: "gradus > ")
    try shell.send("layer dense 5; set live off\r")
    try shell.expect("gradus ? > ")
    try shell.send("tour\r")
    for _ in 1..<10 {
      try shell.expect("Enter goes on ")
      try shell.send("\r")
    }
    try shell.expect("lesson start neuron")
    try shell.expect("gradus ? > ")
    try shell.send("tour\r")
    try shell.expect("Enter goes on ")
    try shell.send("q\r")
    try shell.expect("`tour` begins again")
    try shell.expect("gradus ? > ")
    try shell.send("set lang fr\r")
    try shell.expect("gradus ? > ")
    try shell.send("tour\r")
    try shell.expect("la suite ")
    try shell.send("\u{03}")
    try shell.expect("`tour` begins again")
  }

  @Test func inAScriptTheTourPlaysThrough() throws {
    let home = try ProgramHome()
    let outcome = try home.run("-c", "tour; version")
    #expect(outcome.status == 0 && outcome.output.hasSuffix("gradus 0.1.0\n"), "\(outcome)")
    let json = try home.run("--json", "-c", "tour")
    #expect(json.objects.allSatisfy { $0?["ok"] as? Bool == true } && json.objects.last??["done"] as? Bool == true, "\(json)")
  }

  @Test func controlCTwiceOffersToLeave() throws {
    let home = try ProgramHome()
    let shell = try home.terminal(prompt: "gradus > ")
    try shell.send("\u{03}")
    try shell.expect("gradus > ")
    usleep(1_200_000)
    try shell.send("\u{03}")
    try shell.expect("gradus > ")
    try shell.send("\u{03}")
    try shell.expect("leave gradus?")
    try shell.send("no\r")
    try shell.expect("gradus > ")
    try shell.send("input 2\u{03}")
    try shell.expect("gradus > ")
    try shell.send("\u{03}")
    try shell.expect("leave gradus?")
    try shell.send("yes\r")
    #expect(try shell.exitCode() == 0)
  }

  @Test func thePromptCanBeShortAndIsKept() throws {
    let home = try ProgramHome()
    let shell = try home.terminal(prompt: "gradus > ")
    try shell.send("data moons; set prompt short\r")
    try shell.expect("prompt      short")
    try shell.expect("gradus > ")
    try shell.send("set prompt off\r")
    try shell.expect("prompt      off")
    try shell.expect("> ")
    try shell.send("quit\r")
    #expect(try shell.exitCode() == 0)
    let again = try home.terminal(prompt: "> ")
    try again.send("undo\r")
    try again.expect("nothing to undo")
    #expect(try home.run("-c", "set prompt tiny").error.contains("full, short, off"))
  }
}
