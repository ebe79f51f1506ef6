import Foundation
import Testing

/// Exercises and predictions by hand, in a real terminal.
@Suite struct ProgramDrillTests {
  /// The updates that a question on the screen asks for, worked out from its numbers.
  private func updates(_ screen: String) throws -> Int {
    let words = screen.replacing(/\s+/, with: " ")
    let found = try #require(words.firstMatch(of: /has (\d+) samples, and a mini-batch holds (\d+)\..*updated in (one|\d+) epoch/))
    let samples = try #require(Int(found.1)), batch = try #require(Int(found.2))
    return (samples + batch - 1) / batch * (Int(found.3) ?? 1)
  }

  @Test func anExerciseIsAnsweredWorkedOutAndScheduled() throws {
    let home = try ProgramHome()
    let session = try home.terminal()
    try session.send("drill updates n=3\r")
    try session.expect("1 of 3")
    let right = try updates(try session.expect("answer > "))
    try session.send("\(right)\r")
    try session.expect("right")
    try session.expect("stored: it comes back in 10 min")
    try session.expect("2 of 3")
    let second = try updates(try session.expect("answer > "))
    try session.send("many\r")
    try session.expect("type a number, such as 1234")
    try session.expect("answer > ")
    try session.send(":hint\r")
    try session.expect("mini-batch")
    try session.expect("answer > ")
    try session.send("\(second + 100_000)\r")
    try session.expect("not the answer")
    #expect(try session.expect("stored").contains("\(second)."))
    try session.expect("answer > ")
    try session.send("\u{3}")
    try session.expect("2 exercises, 1 right")
    try session.expect("gradus > ")
    try session.send("drill\r")
    try session.expect("updates   in ")
    try session.expect("gradus > ")
    // What was typed as an answer is no command of the history.
    try session.send("\u{1b}[A")
    #expect(try !session.expect("drill").contains("\(right)"))
    try session.send("\u{15}quit\r")
    #expect(try session.exitCode() == 0)
    #expect(try home.run("--json", "-c", "due").objects.first??["drills"] as? Int == 1)
  }

  @Test func aPredictionIsAskedAndToldFromATerminalAndFromAScript() throws {
    let home = try ProgramHome()
    let model = "layer dense 1 sigmoid; data moons 60; compile sgd 0.1 bce; set predict on"
    let session = try home.terminal()
    try session.send(model + "\r")
    try session.expect("predict")
    try session.expect("> ")
    try session.send("fit 2\r")
    try session.expect("prediction > ")
    try session.send("?\r")
    let wanted = try session.expect("Enter alone trains without a prediction")
    try session.expect("prediction > ")
    try session.send(wanted.contains("a number") ? "0.5\r" : "b\r")
    try session.expect("you predicted")
    try session.expect("> ")
    try session.send("fit 1\r")
    try session.expect("prediction > ")
    try session.send("\u{3}")
    try session.expect("nothing was trained")
    try session.expect("> ")
    try session.send("quit\r")
    #expect(try session.exitCode() == 0)
    // A script answers on the line that follows; another session is not asked, as the setting is not kept.
    let answer = wanted.contains("a number") ? "0.5" : "b"
    let script = try home.run(input: "\(model)\nfit 2\n\(answer)\nevaluate\n")
    #expect(script.status == 0 && script.output.contains("you predicted \(answer)"), "\(script)")
    let plain = try home.run(input: "\(model.replacing("; set predict on", with: ""))\nfit 2\n")
    #expect(plain.status == 0 && !plain.output.contains("to train on is"), "\(plain)")
  }
}
