import Engine
import Language
import Screen
import Testing

@testable import Shell

@MainActor @Suite("Runs: every fit is kept, shown and compared") struct RunsTests {
  private static let model = "input 2; layer dense 4 tanh; layer dense 1 sigmoid; data moons 60; compile adam 0.05 bce accuracy"

  private func shell(_ lines: String...) throws -> TestShell {
    let shell = TestShell()
    for line in [Self.model] + lines { try shell.run(line) }
    return shell
  }

  @Test("A fit is kept with its settings, curves, seed and time; steps and epochs are not")
  func kept() throws {
    let shell = try shell("set seed 3", "fit 3 batch=16 val=0.2 early_stopping=9", "step 2", "epoch", "fit 2 schedule=cosine")
    let runs = shell.surroundings.keptRuns.newest(10)
    #expect(runs.map(\.id) == [1, 2])
    let first = try #require(runs.first)
    #expect(first.history["loss"].count == 3 && first.history["val_accuracy"].count == 3)
    #expect(first.details.seed == 3 && first.details.epochs == 3 && first.details.updates == 9 && first.details.ended == "completed")
    #expect(first.details.layers.map(\.parameters) == [12, 5] && first.details.data == "moons")
    let settings = Dictionary(uniqueKeysWithValues: first.details.settings.map { ($0.name, $0.value) })
    #expect(
      settings == [
        "optimizer": "adam", "rate": "0.05", "loss": "bce", "metrics": "accuracy", "epochs": "3", "batch": "16", "val": "0.2",
        "early_stopping": "9",
      ])
    #expect(runs[1].details.settings.contains(TrainingRun.Setting(name: "schedule", value: "cosine")))
  }

  @Test("A store that cannot be used costs no training and is told of once, and again after it could be used")
  func unusable() throws {
    let shell = try shell(), failure = Complaint("the disk is full")
    shell.surroundings.storeFailure = failure
    for _ in 0..<3 { #expect(try shell.json("fit 1")["run"] == nil) }
    #expect(shell.session.model.epochs == 3)
    #expect(shell.surroundings.warnings.map(\.what) == ["this fit is not kept among the runs: the disk is full"])
    shell.surroundings.storeFailure = nil
    #expect(try shell.json("fit 1")["run"] as? Int == 1)
    shell.surroundings.storeFailure = failure
    try shell.run("fit 1; fit 1")
    #expect(shell.surroundings.warnings.count == 2)
  }

  @Test("The list, one run and a forgotten one")
  func shown() throws {
    let shell = try shell("fit 2", "fit 3")
    let list = try #require(try shell.run("runs") as? RunListFacts)
    #expect(list.runs.map(\.id) == [1, 2])
    #expect((try shell.run("runs list 1") as? RunListFacts)?.runs.map(\.id) == [2])
    #expect((try shell.run("runs show 2") as? RunFacts)?.run.details.epochs == 3)
    try shell.run("runs rm 1")
    #expect((try shell.run("runs") as? RunListFacts)?.runs.map(\.id) == [2])
    #expect(throws: Complaint.self) { try shell.run("runs show 1") }
    #expect(throws: Complaint.self) { try shell.run("runs rm 1") }
    try shell.run("fit 1")
    #expect((try shell.run("runs") as? RunListFacts)?.runs.map(\.id) == [2, 3], "a number is not given twice")
  }

  @Test("Two runs side by side: what differs, and nothing else")
  func compared() throws {
    let shell = try shell("fit 2", "set lr 0.01", "layer insert 2 dense 3 relu", "fit 2 batch=20")
    let facts = try #require(try shell.run("compare 1 2") as? CompareFacts)
    #expect(facts.differences.map(\.name) == ["model", "rate", "batch", "layer 2", "layer 3"])
    #expect(facts.differences.first { $0.name == "rate" }?.values == ["0.05", "0.01"])
    #expect(facts.differences.last?.values == [nil, "Dense (None, 1) 4"])
    #expect(facts.plot.plot.panels.first?.series.map(\.name) == ["loss of run 1", "loss of run 2"])
    #expect((try shell.run("compare 1 1") as? CompareFacts)?.differences == [])
    for (line, says) in [("compare 1 9", "no run 9"), ("compare 1 2 recall", "recall"), ("compare 1", "second")] {
      let complaint = #expect(throws: Complaint.self) { try shell.run(line) }
      #expect(complaint?.what.contains(says) == true || complaint?.hint.contains(says) == true, "\(line): \(String(describing: complaint))")
    }
  }

  @Test("Curves of several runs lie over each other")
  func overlaid() throws {
    let shell = try shell("fit 2", "fit 3 val=0.2")
    let facts = try #require(try shell.run("plot loss runs=1,2") as? PlotFacts)
    #expect(facts.plot.panels.first?.series.map(\.name) == ["loss of run 1", "loss of run 2", "val_loss of run 2"])
    #expect(throws: Complaint.self) { try shell.run("plot loss runs=1,7") }
  }

  @Test("What is printed fits the page")
  func printed() throws {
    let shell = try shell("fit 2", "set lr 0.01", "fit 2")
    for line in ["runs", "runs show 2", "compare 1 2"] {
      try shell.run(line)
      let report = try #require(shell.reports.last)
      for width in [40, 80, 120] {
        let text = ReportText().text(of: report, width: width)
        #expect(!text.isEmpty && text.split(separator: "\n").allSatisfy { $0.count <= width }, "\(line) at \(width)")
      }
    }
  }
}
