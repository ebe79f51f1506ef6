import Foundation
import Screen
import Shell
import Testing

@MainActor @Suite struct ForecastTests {
  private static let model = "layer dense 8 tanh; layer dense 1 sigmoid; data moons 100; compile adam 0.05 bce accuracy"

  private func shell(seed: Int = 0) throws -> TestShell {
    let shell = TestShell()
    try shell.run("set seed \(seed); \(Self.model); set predict on")
    return shell
  }

  /// The question that was asked last.
  private func question(_ shell: TestShell) -> ForecastQuestion? {
    shell.surroundings.shown.compactMap { if case .question(let question)? = $0 as? ForecastMoment { question } else { nil } }.last
  }

  private func text(_ shell: TestShell) -> String {
    shell.surroundings.shown.map { ReportText.lines(of: $0, on: Canvas(width: 80)).rendered(.plain) }.joined()
  }

  @Test("Nobody is asked before it is set, nor by epoch, nor in a lesson")
  func off() throws {
    let plain = TestShell()
    try plain.run("\(Self.model); fit 1; step")
    #expect(question(plain) == nil)
    let shell = try shell()
    try shell.run("epoch")
    let folder = try TemporaryFolder(["l.md": "```gradus\n> fit 1\n> step\n```\n"])
    try shell.run("replay \(folder.url.path)/l.md")
    #expect(question(shell) == nil)
    #expect(!shell.surroundings.kept.contains { $0.hasPrefix("predict") })
    try shell.run("set predict off; fit 1")
    #expect(question(shell) == nil)
  }

  @Test(
    "Every kind of question comes, and what it says is what evaluate measures before and after",
    arguments: ["fit 5", "fit 5 val=0.3", "step 3"])
  func asks(line: String) throws {
    var kinds = Set<String>()
    for seed in 0..<12 {
      let shell = try shell(seed: seed)
      let other = TestShell()
      try other.run("set seed \(seed); \(Self.model)")
      if line.contains("val") { try other.run("fit 1 val=0.3; rewind") }
      let before = try other.json("evaluate on=train")
      shell.surroundings.answers = [.line("wrong"), .line("a"), .line("0.5")]
      let json = try shell.json(line)
      let asked = try #require(question(shell))
      let told = try #require(json["prediction"] as? [String: Any])
      kinds.insert("\(asked.kind) \(asked.name)")
      let was = try #require(before[asked.name] as? Double)
      #expect(abs(asked.before - was) < 1e-6)
      let after = try #require(try shell.json("evaluate on=train")[asked.name] as? Double)
      #expect(try abs(#require(told["after"] as? Double) - after) < 1e-12)
      #expect(told["about"] as? String == asked.name)
      switch asked.kind {
      case .value:
        #expect(told["answer"] as? Double == 0.5)
        #expect(try abs(#require(told["error"] as? Double) - (0.5 - after) / after) < 1e-9)
        #expect(told["right"] as? Bool == (abs(0.5 - after) <= after / 10))
      case .change:
        let change = (after - was) / was
        let truth = change < -0.5 ? "a" : change < -0.02 ? "b" : change <= 0.02 ? "c" : "d"
        #expect(told["truth"] as? String == truth && told["right"] as? Bool == (truth == "a"))
      case .gap:
        let held = try #require(try shell.json("evaluate on=val")["loss"] as? Double)
        #expect(told["truth"] as? String == (after <= held ? "a" : "b"))
      }
    }
    #expect(kinds.isSuperset(of: ["change loss", "value loss", "value accuracy"]))
    #expect(kinds.contains("gap loss") == line.contains("val"))
  }

  @Test("Asking changes nothing of the training")
  func sameTraining() throws {
    let asked = try shell(), plain = TestShell()
    try plain.run(Self.model)
    for line in ["step 3", "fit 4 val=0.2", "step"] {
      asked.surroundings.answers = [.line("a"), .line("0.5")]
      let one = try #require(try asked.json(line)["history"] as? [String: [Double]])
      let two = try #require(try plain.json(line)["history"] as? [String: [Double]])
      #expect(one == two, "\(line)")
    }
  }

  @Test("Enter, :skip and the end of input train without a prediction", arguments: ["", ":skip", nil])
  func passes(line: String?) throws {
    let shell = try shell()
    shell.surroundings.answers = line.map { [.line($0)] } ?? []
    let json = try shell.json("fit 1")
    #expect(json["ok"] as? Bool == true && json["prediction"] == nil)
    #expect(shell.session.model.epochs == 1)
  }

  @Test("Ctrl-C, :quit and a third line that is no prediction train nothing", arguments: ["cancelled", ":quit", "zz"])
  func refuses(how: String) throws {
    let shell = try shell()
    shell.surroundings.answers = how == "cancelled" ? [.cancelled] : [.line(how), .line(how), .line(how)]
    #expect(shell.text("fit 1").contains("nothing was trained"))
    #expect(shell.session.model.epochs == 0)
  }

  @Test("What is missing is told before anything is asked")
  func missing() throws {
    let shell = TestShell()
    try shell.run("set predict on; layer dense 1")
    #expect(shell.text("fit 1").contains("no data yet"))
    #expect(question(shell) == nil)
  }

  @Test("The outcome stands under the training in words")
  func words() throws {
    var seen = Set<String>()
    for seed in 0..<12 {
      let shell = try shell(seed: seed)
      shell.surroundings.answers = [.line("wrong"), .line("a"), .line("40%")]
      let outcome = shell.text("fit 3 val=0.3").split(separator: "\n").map(String.init)
      let asked = try #require(question(shell))
      seen.insert("\(asked.kind)")
      let joined = outcome.dropFirst().joined(separator: " ")
      #expect(joined.contains(asked.kind == .value ? "you predicted 0.4, " : "you predicted a, "), "\(joined)")
      #expect(joined.contains(asked.kind == .gap ? "on those held out" : "\(asked.name) went from"), "\(joined)")
      #expect(outcome.allSatisfy { $0.count <= 80 })
      #expect(text(shell).contains("type a"))
    }
    #expect(seen.count == 3)
  }
}
