import Foundation
import Language
import Testing

@testable import Shell

@MainActor @Suite("Runs: notes, filters, exports, and trained again") struct RerunTests {
  private static let model = "layer dense 4 tanh; layer dropout 0.2; layer dense 1 sigmoid; data moons 60; compile adam 0.05 bce accuracy"

  private func shell(_ lines: String...) throws -> TestShell {
    let shell = TestShell()
    for line in [Self.model] + lines { try shell.run(line) }
    return shell
  }

  @Test("A fit that is stopped is kept, with what it began with", arguments: ["", "; set live loss,boundary"]) func stopped(live: String)
    throws
  {
    // The weights are drawn before: whether the seed makes them again is asked when the run is kept.
    let shell = try shell("show dense.kernel" + live)
    shell.surroundings.interruptsAfter = 200
    try shell.run("fit 1000")
    #expect(shell.surroundings.warnings.isEmpty)
    shell.surroundings.interruptsAfter = nil
    let run = try #require(shell.surroundings.keptRuns.newest(1).first)
    #expect((1..<1000).contains(run.details.epochs) && shell.surroundings.keptRuns.start(of: run.id) != nil)
  }

  @Test(
    "A run that is trained again has the same numbers to the bit, whatever the session has become",
    arguments: [
      ["fit 3"], ["set seed 7; rewind; data moons 50 noise=0.3; fit 2 batch=7 val=0.2 schedule=cosine"],
      ["fit 2", "set dense.kernel 0.25", "fit 3 early_stopping=1"], ["step 3", "set lr 0.2", "fit 2 shuffle=no"],
      ["epoch", "freeze dense", "data split 0.3", "data standardize", "fit 2 class_weight=balanced"],
    ])
  func same(lines: [String]) throws {
    let shell = try shell()
    for line in lines { try shell.run(line) }
    let number = shell.surroundings.keptRuns.newest(1)[0].id
    try shell.run("set seed 99; reset; data iris; layer dense 3")
    let session = shell.session
    let facts = try #require(try shell.run("rerun \(number)") as? RerunFacts)
    #expect(facts.difference == nil)
    #expect(facts.training.history == shell.surroundings.keptRuns.run(number)?.history)
    #expect(facts.training.run == number + 1)
    #expect(shell.session.model == session.model && shell.session.settings == session.settings)
    #expect(shell.session.data?.dataset.name == "iris")
    #expect(try (shell.run("rerun \(number + 1)") as? RerunFacts)?.difference == nil)
  }

  @Test("A training that was stopped on the way does not say that its numbers are the same")
  func stoppedAgain() throws {
    let shell = try shell("fit 40")
    for looks in [30, 120] {
      shell.surroundings.interruptsAfter = looks
      let facts = try #require(try shell.run("rerun 1") as? RerunFacts)
      #expect(facts.compared < 40 && facts.epochs == 40 && facts.difference == nil && facts.isSame == nil)
      #expect(facts.json.contains { $0.0 == "same" && $0.1 == .null })
    }
    shell.surroundings.interruptsAfter = nil
    #expect(try (shell.run("rerun 1") as? RerunFacts)?.isSame == true)
  }

  @Test(
    "A list says when it leaves runs out", arguments: [("runs list 2", true), ("runs list 4", false), ("runs list 2 data=moons", true)])
  func more(line: String, isMore: Bool) throws {
    let shell = try shell("fit 1", "fit 1", "fit 1", "fit 1")
    #expect(try shell.json(line)["more"] as? Bool == isMore)
    #expect(shell.text(line).contains("there are more") == isMore)
  }

  @Test("A run whose numbers cannot come again is told of")
  func different() throws {
    let shell = try shell("fit 2")
    let runs = shell.surroundings.keptRuns
    let run = runs.newest(1)[0]
    let start = try #require(runs.start(of: run.id))
    func rerun(_ command: String) throws -> any Facts {
      try shell.run("rerun \(runs.keep(run.details, run.history, from: RunStart(command: command, session: start.session), as: nil))")
    }
    let facts = try #require(try rerun("fit 2 batch=5") as? RerunFacts)
    #expect(facts.difference?.curve == "loss" && facts.difference?.epoch == 1)
    for command in ["quit", "save x", ""] {
      #expect(throws: Complaint.self, "\(command)") { try rerun(command) }
    }
    #expect(throws: Complaint.self) { try shell.run("rerun 77") }
  }

  @Test("Filters and sorting")
  func selection() throws {
    let shell = try shell(
      "fit 1", "set lr 0.5; fit 2", "compile sgd 0.1 bce", "fit 3", "data circles 40", "fit 4", "runs note 2 \"too fast\""
    )
    func ids(_ line: String) throws -> [Int] { (try shell.run(line) as? RunListFacts)?.runs.map(\.id) ?? [] }
    let cases: [(String, [Int])] = [
      ("runs", [1, 2, 3, 4]), ("runs list 2", [3, 4]), ("runs list data=moons", [1, 2, 3]), ("runs list optimizer=sgd", [3, 4]),
      ("runs list note=FAST", [2]), ("runs list sort=-epochs", [4, 3, 2, 1]), ("runs list 1 sort=-rate", [2]),
      ("runs list data=moons optimizer=sgd", [3]), ("runs list data=iris", []), ("runs list sort=-run", [4, 3, 2, 1]),
    ]
    for (line, wanted) in cases { #expect(try ids(line) == wanted, "\(line)") }
    #expect(try Set(ids("runs list sort=accuracy").suffix(2)) == [3, 4], "what has no such value comes last")
    #expect(throws: Complaint.self) { try shell.run("runs list sort=beauty") }
    #expect(throws: Complaint.self) { try shell.run("runs note 9 x") }
    try shell.run("runs note 2")
    #expect(try ids("runs list note=fast").isEmpty)
  }

  @Test("Exports hold every run, and text that would break a table is quoted")
  func export() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-export-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let shell = try shell("fit 1", "fit 2 val=0.5", "runs note 1 '=1+1, \"two\"'")
    shell.surroundings.files.folder = folder
    try shell.run("runs export a.csv; runs export a.json")
    let rows = try String(contentsOf: folder.appendingPathComponent("a.csv"), encoding: .utf8).components(separatedBy: "\r\n")
    #expect(rows.count == 4 && rows[0].hasPrefix("run,began,data,") && rows[0].hasSuffix("val_loss,val_accuracy"))
    #expect(rows[1].contains("\"'=1+1, \"\"two\"\"\""))
    let bytes = try Foundation.Data(contentsOf: folder.appendingPathComponent("a.json"))
    let json = try JSONSerialization.jsonObject(with: bytes) as? [String: Any]
    #expect((json?["runs"] as? [[String: Any]])?.map { $0["id"] as? Int } == [1, 2])
    for line in ["runs export a.txt", "runs export none/a.csv"] { #expect(throws: Complaint.self, "\(line)") { try shell.run(line) } }
  }
}
