import Foundation
import Testing

@testable import Shell

/// Sweeps in the built program: in a terminal, in a pipe, and through a kill.
@Suite struct ProgramSweepTests {
  private static let model = "data moons 400; layer dense 8 tanh; layer dense 1 sigmoid; compile adam 0.05 bce accuracy"
  private static let sweep = "sweep lr=0.3,0.1,0.03,0.01 dense.units=4,8 epochs=1500 val=0.2"

  private func object(_ outcome: ProgramHome.Outcome) throws -> [String: Any] { try #require(outcome.objects.last ?? nil) }

  /// The values of a sweep's runs, by their settings.
  private func values(_ object: [String: Any]) throws -> [String: Double] {
    var values: [String: Double] = [:]
    for combination in try #require(object["combinations"] as? [[String: Any]]) {
      for run in try #require(combination["runs"] as? [[String: Any]]) {
        let settings = combination["settings"] as? [String: Any] ?? [:]
        values["\(settings["lr"] ?? "") \(settings["dense.units"] ?? "") \(run["seed"] ?? "")"] =
          (run["metrics"] as? [String: Any])?["val_loss"] as? Double
      }
    }
    return values
  }

  /// Waits until some runs are done, and some are not.
  private func seeProgress(of shell: PtySession) throws {
    var seen = ""
    for _ in 0..<600 {
      seen += shell.drain(seconds: 0.05)
      if (1...6).contains(where: { seen.contains("\($0) of 8 runs done") }) { return }
    }
    Issue.record("no run was done in time: \(seen)")
  }

  @Test("kill -9 in the middle loses no run that was done; `sweep resume` in another shell makes the rest, with the same numbers")
  func kill() throws {
    let home = try ProgramHome()
    let shell = try home.terminal()
    try shell.send("\(Self.model)\r")
    try shell.expect("accuracy")
    try shell.send("\(Self.sweep)\r")
    try seeProgress(of: shell)
    shell.signal(SIGKILL)
    #expect(try shell.exitCode() == 137)
    let before = try object(home.run("--json", "-c", "sweep"))
    let done = try #require(before["done"] as? Int)
    #expect((1...7).contains(done))
    let rest = try object(home.run("--json", "-c", "sweep resume"))
    #expect(rest["left"] as? Int == 0 && rest["trained"] as? Int == 8 - done)
    let whole = try object(ProgramHome().run("--json", "-c", "\(Self.model); \(Self.sweep)"))
    #expect(try values(rest) == values(whole) && values(rest).count == 8)
    // A run is kept before the sweep is told of it: one that the kill met in between stands twice.
    let runs = try #require(try object(home.run("--json", "-c", "runs"))["runs"] as? [Any])
    #expect((8...9).contains(runs.count))
  }

  @Test("Ctrl-C brings the prompt back, with the table of what is done")
  func interrupted() throws {
    let home = try ProgramHome()
    let shell = try home.terminal()
    try shell.send("\(Self.model)\r")
    try shell.expect("accuracy")
    try shell.send("\(Self.sweep)\r")
    try seeProgress(of: shell)
    try shell.send("\u{3}")
    try shell.expect("`sweep resume` goes on")
    try shell.expect("> ")
    try shell.send("sweep resume\r")
    try shell.expect("`sweep use` makes it the model at hand")
    try shell.send("sweep use\r")
    try shell.expect("to the bit")
    try shell.send("quit\r")
    #expect(try shell.exitCode() == 0)
  }

  @Test("In a pipe there is neither a live table nor a control character")
  func pipe() throws {
    let home = try ProgramHome()
    let outcome = try home.run("-c", "\(Self.model); sweep lr=0.3,0.1 epochs=300")
    #expect(outcome.status == 0 && !outcome.output.contains("\u{1B}") && outcome.error.isEmpty, "\(outcome)")
    #expect(outcome.output.contains("the best: run"))
  }
}
