import Foundation
import Testing

@testable import Shell

/// However a shell ends, the next one offers what it had.
@Suite struct ProgramKeepingTests {
  private static let model =
    "set live off; set batch 2; data moons 60000; layer dense 16 tanh; layer dense 16 tanh; layer dense 1 sigmoid; compile adam 0.001 bce accuracy"

  private func sessions(_ home: ProgramHome) -> [String] {
    let folder = home.folder.appendingPathComponent("data/gradus/sessions")
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  /// The greatest number that stands between two texts.
  private func greatest(in text: String, after before: String, until after: String) -> Int {
    text.components(separatedBy: before).dropFirst().compactMap {
      $0.components(separatedBy: after).first.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) }
    }.max() ?? 0
  }

  @Test("Twenty kills at random moments of a training: each time evaluate tells the value of the last finished epoch or a later one")
  func kills() throws {
    let home = try ProgramHome()
    var epochs = 0
    for round in 0..<20 {
      let shell = try home.terminal(prompt: round == 0 ? "> " : "yes or no")
      if round > 0 {
        try shell.send("y\r")
        try shell.expect("opened")
        try shell.expect("gradus moons")
        let kept = home.folder.appendingPathComponent("kept\(round).session").path
        try shell.send("save \(kept)\r")
        try shell.expect("saved")
        let (head, _) = try SessionFile.read(try Foundation.Data(contentsOf: URL(fileURLWithPath: kept)))
        #expect(head.epochs >= epochs, "round \(round): the training had come to epoch \(epochs), kept is \(head.epochs)")
        let told = try home.run("--json", "-c", "open \(kept); evaluate")
        // JSONSerialization may miss the last bit of a number; Swift's own reading does not.
        let digits = told.output.components(separatedBy: "\"loss\": ").last?.prefix { $0 != "," } ?? ""
        let value = Double(digits)
        let curve = try #require(head.curves.first { $0.name == "val_loss" })
        #expect(value == curve.values.last.map { Double(bitPattern: $0) }, "round \(round): \(told)")
        #expect(curve.values.count == head.epochs)
        epochs = head.epochs
      } else {
        try shell.send(Self.model + "\r")
        try shell.expect("adam")
      }
      try shell.send("fit 1000000 val=0.2\r")
      // On a busy machine the first epoch may take longer than the wait for the kill.
      try shell.expect(" 2/1")
      let seen = shell.drain(seconds: 0.5 + Double.random(in: 0..<0.5))
      shell.signal(SIGKILL)
      #expect(try shell.exitCode() == 137)
      // What is shown is the epoch under way.
      let shown = greatest(in: seen, after: "poch ", until: "/")
      #expect(shown > 0)
      epochs += max(0, shown - 1)
    }
    #expect(epochs > 5)
  }

  @Test("SIGTERM and SIGHUP keep the session and leave, at the prompt and in a training", arguments: [SIGTERM, SIGHUP], [false, true])
  func signals(signal: Int32, trains: Bool) throws {
    let home = try ProgramHome()
    let shell = try home.terminal()
    try shell.send(Self.model + "\r")
    try shell.expect("adam")
    if trains {
      try shell.send("fit 1000000\r")
      try shell.expect("poch")
      _ = shell.drain(seconds: 0.3)
    } else {
      try shell.expect("> ")
      _ = shell.drain(seconds: 0.2)
    }
    shell.signal(signal)
    #expect(try shell.exitCode() == 128 + Int(signal))
    let next = try home.terminal(prompt: "yes or no")
    try next.send("y\r")
    try next.expect("moons 2-16-16-1")
  }

  @Test("Who leaves is asked nothing the next time; who says no finds the session where it was put aside")
  func leaving() throws {
    let home = try ProgramHome()
    let first = try home.terminal()
    try first.send("data moons 40; layer dense 1\r")
    try first.expect("moons 2-1 >")
    try first.send("quit\r")
    #expect(try first.exitCode() == 0)
    #expect(sessions(home) == [])
    let second = try home.terminal()
    try second.send("data moons 40; layer dense 1\r")
    try second.expect("moons 2-1 >")
    second.signal(SIGKILL)
    _ = try second.exitCode()
    // Scripts are neither asked nor do they touch it.
    let before = sessions(home)
    #expect(try home.run("-c", "data iris").status == 0)
    #expect(try home.run([], input: "data iris\n").status == 0)
    #expect(sessions(home) == before && before.count == 2)
    let third = try home.terminal(prompt: "yes or no")
    try third.send("n\r")
    try third.expect("put aside")
    try third.send("quit\r")
    _ = try third.exitCode()
    #expect(sessions(home) == ["declined.session"])
  }

  @Test("Who goes on finds model, variables and decks as they were; a deck that is gone is told of")
  func decks() throws {
    let home = try ProgramHome()
    try home.write("Question : x\nAnswer : y\n", to: "one.md")
    try home.write("Question : z\nAnswer : y\n", to: "two.md")
    let first = try home.terminal()
    try first.send("cd \(home.folder.path)\r")
    try first.send("data moons 40; layer dense 1; let n=7; deck load one.md; deck load two.md\r")
    try first.expect("2 cards")
    try first.expect("moons 2-1 >")
    first.signal(SIGKILL)
    _ = try first.exitCode()
    try FileManager.default.removeItem(at: home.folder.appendingPathComponent("two.md"))
    let second = try home.terminal(prompt: "yes or no")
    try second.send("y\r")
    try second.expect("two.md")
    try second.expect("moons 2-1 >")
    try second.send("deck list; let\r")
    #expect(try second.expect("moons 2-1 >").contains("1 card"))
    try second.send("quit\r")
    #expect(try second.exitCode() == 0)
  }

  @Test("A trained model is put aside when its shell is left, and `open` goes on with it")
  func farewell() throws {
    let home = try ProgramHome()
    let shell = try home.terminal()
    try shell.send("data moons 40; layer dense 1 sigmoid; compile adam bce; fit 2\r")
    try shell.expect("e2 ")
    try shell.send("fit 1; quit\r")
    try shell.expect("the session stays in")
    #expect(try shell.exitCode() == 0)
    #expect(sessions(home) == ["last.session"])
    let file = home.folder.appendingPathComponent("data/gradus/sessions/last.session").path
    let opened = try home.run("--json", "-c", "open \(file); evaluate")
    #expect(opened.status == 0 && opened.objects.first??["epochs"] as? Int == 3, "\(opened)")
  }

  @Test("Leaving in a lesson keeps the session from before it")
  func farewellInALesson() throws {
    let home = try ProgramHome()
    let shell = try home.terminal()
    try shell.send("data moons 40; layer dense 1 sigmoid; compile adam bce; fit 2\r")
    try shell.expect("e2 ")
    try shell.send("lesson start neuron\r")
    try shell.expect("neuron 1/")
    try shell.send("quit\r")
    try shell.expect("the session stays in")
    #expect(try shell.exitCode() == 0)
    let opened = try home.run("--json", "-c", "open \(home.folder.path)/data/gradus/sessions/last.session")
    #expect(opened.objects.first??["epochs"] as? Int == 2, "\(opened)")
  }

  @Test("Two shells at once keep a session each, and neither is offered to the other")
  func twoShells() throws {
    let home = try ProgramHome()
    let first = try home.terminal()
    try first.send("data moons 40; layer dense 1\r")
    try first.expect("moons 2-1 >")
    let second = try home.terminal()
    try second.send("data iris\r")
    try second.expect("gradus iris 4 >")
    #expect(sessions(home).filter { $0.hasSuffix(".session") }.count == 2)
    first.signal(SIGKILL)
    _ = try first.exitCode()
    try second.send("quit\r")
    #expect(try second.exitCode() == 0)
    let third = try home.terminal(prompt: "yes or no")
    try third.send("y\r")
    try third.expect("moons 2-1 >")
  }
}
