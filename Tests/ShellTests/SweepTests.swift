import Engine
import Foundation
import Language
import Testing

@testable import Shell

@MainActor @Suite("Sweeps: combinations, complaints, order, and the same numbers as alone") struct SweepTests {
  private nonisolated static let model =
    "data moons 60; layer dense 4 tanh; layer dropout 0.1; layer dense 1 sigmoid; compile adam 0.05 bce accuracy"

  private func shell(_ lines: String...) throws -> TestShell {
    let shell = TestShell()
    for line in lines.isEmpty ? [Self.model] : lines { try shell.run(line) }
    return shell
  }

  private func sweep(_ line: String, in shell: TestShell) throws -> SweepFacts { try #require(try shell.run(line) as? SweepFacts) }

  private nonisolated static let axes: [(line: String, names: [[String]])] = [
    ("lr=0.1,0.01", [["lr=0.1"], ["lr=0.01"]]), ("rate=0.1,0.2", [["rate=0.1"], ["rate=0.2"]]),
    ("lr=1e-4..1e-1:4", [["lr=0.0001"], ["lr=0.001"], ["lr=0.01"], ["lr=0.1"]]),
    ("dense.units=4..64:5", [["dense.units=4"], ["dense.units=8"], ["dense.units=16"], ["dense.units=32"], ["dense.units=64"]]),
    ("dropout.rate=0.1..0.5:3", [["dropout.rate=0.1"], ["dropout.rate=0.3"], ["dropout.rate=0.5"]]),
    ("batch=3..5:9", [["batch=3"], ["batch=4"], ["batch=5"]]),
    (
      "optimizer=sgd,adam dense.activation=relu,tanh",
      [
        ["optimizer=sgd", "dense.activation=relu"], ["optimizer=sgd", "dense.activation=tanh"],
        ["optimizer=adam", "dense.activation=relu"], ["optimizer=adam", "dense.activation=tanh"],
      ]
    ), ("class_weight=balanced,[1,5]", [["class_weight=balanced"], ["class_weight=[1,5]"]]),
    ("schedule=cosine,exponential dense.bias=no", [["schedule=cosine"], ["schedule=exponential"]]), ("seeds=3", [[]]),
    ("batch=8", [[]]), ("until=loss<0.1,accuracy>0.9", [["until=loss<0.1"], ["until=accuracy>0.9"]]),
  ]

  @Test("Axes make all their combinations, the first changing slowest", arguments: axes)
  func axes(line: String, names: [[String]]) throws {
    let facts = try sweep("sweep \(line) epochs=1", in: shell())
    let made = facts.combinations.sorted { $0.number < $1.number }.map { $0.settings.map { "\($0.name)=\($0.value)" } }
    #expect(made == names)
    #expect(facts.left == 0 && facts.combinations.allSatisfy { $0.failed == 0 })
  }

  private nonisolated static let complaints: [(line: String, words: String)] = [
    ("sweep lr", "has no values"), ("sweep resum", "did you mean `resume`?"), ("sweep lr=", "a value of `lr` is missing"),
    ("sweep lr=0.1,", "is missing"), ("sweep lr=0.1,0.1", "the value 0.1 twice"), ("sweep lr=0.1..x:3", "is no range"),
    ("sweep lr=0.1..0.2:1", "is no range"), ("sweep lr=0,1", "with lr=0: `lr` must be a number over 0"),
    ("sweep lr=fast,slow", "`lr` must be a number over 0, not `fast`"), ("sweep dense.unit=4,8", "`dense` has no `unit`"),
    ("sweep dense.unit=4,8", "did you mean `units`"), ("sweep dens.units=4,8", "did you mean `dense`"),
    ("sweep units=4,8", "`dense.units`"), ("sweep bach=4,8", "did you mean `batch`"), ("sweep dense.units=4,0", "with dense.units=0"),
    ("sweep dense_1.units=1,2", "with dense_1.units=2"), ("sweep momentum=0.5,0.9", "`momentum`"),
    ("sweep lr=0.1 lr=0.2", "given twice"), ("sweep lr=0.1,0.2 rate=0.5", "given twice"), ("sweep seed=1,2 seeds=2", "given twice"),
    ("sweep seed=-1,2", "a seed is a whole number"), ("sweep lr=0.1,0.2 by=beauty", "`beauty` is not measured here"),
    ("sweep lr=0.1,0.2 by=val_loss", "`val_loss` is not measured here"), ("sweep lr=1e-5..1:101", "these are 101 runs, more than 100"),
    ("sweep lr=1e-5..1:1000 batch=1..1000:1000 epochs=1..1000:1000 val=0.1..0.5:9", "more than a billion runs"),
    ("sweep schedule=cosine,step reduce_lr=2", "reduce_lr"), ("sweep resume", "no sweep is kept yet"), ("sweep show 3", "no sweep 3"),
    ("sweep rm 3", "no sweep 3"), ("sweep resume lr=3", "leave `lr=3` out"), ("sweep", "no sweep is kept yet"),
    ("sweep use", "no sweep is kept yet"), ("sweep optimizer=sgd,adamm", "with optimizer=adamm"), ("sweep epochs=0,1", "with epochs=0"),
  ]

  @Test("What cannot be is complained of before anything is trained, and changes nothing", arguments: complaints)
  func complaints(line: String, words: String) throws {
    let shell = try shell()
    let model = shell.session.model
    let text = shell.text(line)
    #expect(text.contains(words), "\(text)")
    #expect(shell.surroundings.keptRuns.newest(9).isEmpty && shell.surroundings.keptRuns.newestSweeps(9).isEmpty)
    #expect(shell.session.model == model)
  }

  @Test("A missing step is told", arguments: [("layer dense 1", "no data yet"), ("data moons", "no layer")])
  func steps(line: String, words: String) throws {
    #expect(try shell(line).text("sweep lr=0.1 epochs=1").contains(words))
    #expect(try shell("data moons; layer dense 1 sigmoid").text("sweep lr=0.1 epochs=1").contains("not compiled yet"))
  }

  @Test(
    "The options of a preset's layers are swept as those of layers that were typed",
    arguments: [
      ("preset xor; data xor 40; compile adam bce", "dense.units=2,4"),
      ("preset xor; data xor 40; compile adam bce", "dense.activation=relu,tanh"),
      ("preset lenet; data glyphs 20; compile adam scce", "conv2d_1.filters=2,3 dense.units=5"),
      ("preset xor; layer replace dense dense 3; data xor 40; compile adam bce", "dense.units=2,4"),
    ])
  func presets(lines: String, axes: String) throws {
    let preset = try shell(lines)
    #expect(try sweep("sweep \(axes) epochs=1", in: preset).combinations.count == 2)
    #expect(preset.text("sweep dense.unit=2").contains("`dense` has no `unit`; did you mean `units`"))
  }

  private nonisolated static let alone: [(sweep: String, values: [String], lines: String)] = [
    ("lr=0.02 batch=16 val=0.25 seed=5", [], "set seed 5; set lr 0.02; fit 3 batch=16 val=0.25"),
    ("dense.units=7 dense.activation=relu", [], "layer replace dense dense 7 relu; fit 3"),
    ("optimizer=sgd momentum=0.9 clipnorm=1", [], "compile sgd 0.05 bce accuracy momentum=0.9 clipnorm=1; fit 3"),
    (
      "loss=mse dropout.rate=0.4 schedule=cosine warmup=1", [],
      "compile adam 0.05 mse accuracy; layer replace dropout dropout 0.4; fit 3 schedule=cosine warmup=1"
    ),
    ("early_stopping=1 class_weight=[1,3] shuffle=no", [], "fit 3 early_stopping=1 class_weight=[1,3] shuffle=no"),
  ]

  @Test("A run has the numbers of the same training alone with one thread, to the bit, and `rerun` has them again", arguments: alone)
  func same(line: String, values: [String], lines: String) throws {
    let shell = try shell()
    let facts = try sweep("sweep \(line) epochs=3", in: shell)
    let number = try #require(facts.best?.outcome?.run)
    let single = try self.shell()
    defer { KernelThreads.set(KernelThreads.available) }
    try single.run("set threads 1; \(lines)")
    let run = try #require(shell.surroundings.keptRuns.run(number))
    #expect(run.history == single.surroundings.keptRuns.run(1)?.history)
    #expect(run.details.settings == single.surroundings.keptRuns.run(1)?.details.settings)
    #expect(try (shell.run("rerun \(number)") as? RerunFacts)?.difference == nil)
    let used = try #require(try shell.run("sweep use \(number)") as? RerunFacts)
    #expect(used.difference == nil && used.isTaken)
    #expect(shell.session.model.state == single.session.model.state)
    #expect(shell.session.model.network == single.session.model.network)
    // What made it is a script that makes it again: also the rate, which no `compile` says.
    let script = try #require(try shell.json("script")["commands"] as? [String])
    let replayed = TestShell()
    for line in script { try replayed.run(line) }
    #expect(replayed.session.model.state?.parameters == shell.session.model.state?.parameters, "\(script)")
  }

  @Test("Several at once have the numbers of one after the other, and the session stays as it is")
  func parallel() throws {
    let line = "sweep lr=0.3,0.1,0.01 dense.units=3,6 seeds=2 epochs=4 val=0.2"
    let shells = [try shell(), try shell()]
    defer { KernelThreads.set(KernelThreads.available) }
    let model = shells[0].session.model
    KernelThreads.set(1)
    let serial = try sweep(line, in: shells[0])
    KernelThreads.set(4)
    let parallel = try sweep(line, in: shells[1])
    #expect(KernelThreads.count == 4)
    #expect(serial.combinations.map(\.number) == parallel.combinations.map(\.number))
    for (one, other) in zip(serial.combinations.flatMap(\.runs), parallel.combinations.flatMap(\.runs)) {
      let histories = try zip([one, other], shells).map { run, shell in
        shell.surroundings.keptRuns.run(try #require(run.outcome?.run))?.history
      }
      #expect(histories[0] == histories[1] && one.seed == other.seed)
    }
    #expect(shells[0].session.model == model && shells[1].session.settings == TestShell().session.settings)
    #expect(serial.recipe.by == "val_accuracy" && serial.second == "val_loss" && serial.recipe.runs == 12)
  }

  @Test("Convolutions that run side by side have the numbers of each alone")
  func convolutions() throws {
    let model =
      "data glyphs 96 size=14; layer conv2d 3 3x3 relu; layer batchnorm; layer maxpool 2; layer flatten; layer dense 10 softmax; "
      + "compile adam 0.01 scce accuracy"
    let shell = try shell(model)
    defer { KernelThreads.set(KernelThreads.available) }
    KernelThreads.set(4)
    let facts = try sweep("sweep conv2d.filters=3,5,8,16 batch=16,32 epochs=2 val=0.25", in: shell)
    for run in facts.combinations.flatMap(\.runs) {
      let number = try #require(run.outcome?.run)
      #expect(try (shell.run("rerun \(number)") as? RerunFacts)?.difference == nil)
    }
    #expect(facts.combinations.count == 8)
  }

  private func outcome(_ values: [String: Double?], _ ended: String = "completed") -> SweepOutcome {
    var history = TrainingHistory()
    for (name, value) in values { history.append(name, [value ?? .nan]) }
    let facts = TrainingFacts(
      kind: .epochs, history: history, epochs: 1, updates: 1, seconds: 0,
      ending: ended == "completed" ? .completed : .notFinite(epoch: 1, update: 1),
      lastUpdate: nil, metCondition: nil, samples: 1, heldOut: 0)
    return SweepOutcome(facts, run: 1)
  }

  @Test("The best come first: by the mean over the seeds, then by the loss; what diverged, failed or is left comes last")
  func order() {
    let recipe = SweepRecipe(
      command: "", axes: [SweepAxis(name: "lr", values: ["1", "2", "3", "4", "5", "6", "7"])], seeds: [0, 1], epochs: 1, by: "accuracy",
      isBetterHigher: true, title: "", validates: false)
    func pair(_ a: Double, _ b: Double, loss: Double) -> [SweepOutcome] {
      [outcome(["accuracy": a, "loss": loss]), outcome(["accuracy": b, "loss": loss])]
    }
    let outcomes: [[SweepOutcome]] = [
      [outcome([:], "not_finite"), outcome([:], "not_finite")], pair(0.5, 0.9, loss: 0.3), [], pair(0.7, 0.7, loss: 0.2),
      [outcome(["accuracy": 1, "loss": 0]), outcome([:], "not_finite")], pair(0.9, 0.9, loss: 9),
      [SweepOutcome(failed: "no"), SweepOutcome(failed: "no")],
    ]
    func facts(_ recipe: SweepRecipe) -> SweepFacts {
      var sweep = KeptSweep(id: 1, began: Date(timeIntervalSince1970: 0), recipe: recipe, session: Foundation.Data())
      for (combination, pair) in outcomes.enumerated() {
        for (seed, outcome) in pair.enumerated() { sweep.outcomes[combination * 2 + seed] = outcome }
      }
      return SweepFacts(sweep, history: { _ in nil }, style: "off")
    }
    #expect(facts(recipe).combinations.map { $0.settings[0].value } == ["6", "4", "2", "5", "1", "7", "3"])
    #expect(facts(recipe).best?.place == 10 && facts(recipe).left == 2)
    #expect(facts(recipe).combinations[2].deviation("accuracy").map { abs($0 - 0.4 / 2.squareRoot()) < 1e-12 } == true)
    var lower = recipe
    (lower.by, lower.isBetterHigher) = ("loss", false)
    #expect(facts(lower).combinations.map { $0.settings[0].value } == ["4", "2", "6", "5", "1", "7", "3"])
  }

  @Test("A rate at which the loss diverges is a row that says so")
  func diverged() throws {
    let shell = try shell("data linear 64; layer dense 8; layer dense 1; compile sgd 0.01 mse")
    let text = shell.text("sweep lr=0.01,1e30 epochs=3")
    #expect(text.contains("1e30  diverged") && text.contains("the best: run 1 (lr=0.01)"), "\(text)")
    #expect(text.contains("nothing was held out"))
    let facts = try sweep("sweep", in: shell)
    #expect(facts.combinations.last?.diverged == 1 && facts.left == 0)
  }

  @Test("Ctrl-C keeps what is done; `sweep resume` makes the rest, with the same numbers")
  func resume() throws {
    let line = "sweep lr=0.3,0.1,0.03,0.01 seeds=2 epochs=60 val=0.2"
    let whole = try sweep(line, in: shell())
    let shell = try shell()
    defer { KernelThreads.set(KernelThreads.available) }
    KernelThreads.set(1)
    shell.surroundings.eachSweepMoment = { [surroundings = shell.surroundings] moment in
      if moment.outcomes.count == 3 { surroundings.interruptsAfter = 0 }
    }
    let part = try sweep(line, in: shell)
    #expect(part.left == 5 && part.trained == 3)
    #expect(shell.surroundings.keptRuns.newest(99).count == part.trained)
    #expect(shell.text("sweep").contains("`sweep resume` goes on"))
    shell.surroundings.interruptsAfter = nil
    shell.surroundings.eachSweepMoment = nil
    try shell.run("reset; data iris; layer dense 3; set seed 9")
    let session = shell.session
    let rest = try sweep("sweep resume", in: shell)
    #expect(rest.left == 0 && rest.trained == part.left && rest.id == part.id)
    #expect(shell.session.model == session.model && shell.session.settings == session.settings)
    #expect(rest.combinations.map(\.number) == whole.combinations.map(\.number))
    for (one, other) in zip(rest.combinations.flatMap(\.runs), whole.combinations.flatMap(\.runs)) {
      #expect(one.place == other.place && one.outcome?.value("val_loss") == other.outcome?.value("val_loss"))
    }
    for line in ["sweep resume", "sweep resume 1"] {
      #expect(shell.text(line).contains("nothing was left to train"))
      #expect(try sweep(line, in: shell).trained == 0)
    }
    #expect(shell.surroundings.keptRuns.newest(99).count == 8)
  }

  @Test("Runs that Ctrl-C meets in the middle are as if they had never begun")
  func interruptedRuns() throws {
    let shell = try shell()
    shell.surroundings.eachSweepMoment = { [surroundings = shell.surroundings] moment in
      if moment.running.values.contains(where: { $0.epoch > 2 }) { surroundings.interruptsAfter = 0 }
    }
    let facts = try sweep("sweep lr=0.3,0.1,0.03 epochs=1000000", in: shell)
    #expect(facts.left == 3 && facts.trained == 0 && facts.best == nil && facts.plot == nil)
    #expect(shell.surroundings.keptRuns.newest(9).isEmpty)
    #expect(shell.surroundings.keptRuns.sweep(1)?.outcomes == [:])
  }

  @Test("Epochs and held-out data are those of the last fit, else a usual number")
  func defaults() throws {
    let shell = try shell()
    #expect(try sweep("sweep lr=0.1", in: shell).recipe.epochs == 20)
    try shell.run("fit 3 val=0.25")
    let facts = try sweep("sweep lr=0.1,0.2", in: shell)
    #expect(facts.recipe.epochs == 3 && facts.recipe.validates && facts.recipe.by == "val_accuracy")
    #expect(try sweep("sweep lr=0.1,0.2 by=val_loss", in: shell).recipe.isBetterHigher == false)
    #expect(try sweep("sweep dense.l2=0.1,0.2 val=0 epochs=1", in: shell).recipe.by == "accuracy")
    #expect(try sweep("sweep lr=0.1,0.2 val=0 epochs=1", in: shell).recipe.by == "loss")
  }

  @Test("`set lr` counts where the optimizer is compiled anew; an optimizer whose rate was never given takes its own")
  func rates() throws {
    func rates(_ line: String, after lines: String) throws -> [String?] {
      let shell = try shell(lines)
      return try sweep(line, in: shell).combinations.flatMap(\.runs).sorted { $0.place < $1.place }.map { run in
        shell.surroundings.keptRuns.run(run.outcome?.run ?? 0)?.details.settings.first { $0.name == "rate" }?.value
      }
    }
    let head = "data linear 40; layer dense 1; "
    #expect(try rates("sweep momentum=0,0.5 epochs=1", after: head + "compile sgd mse; set lr 0.03") == ["0.03", "0.03"])
    #expect(try rates("sweep optimizer=sgd,adam epochs=1", after: head + "compile sgd mse; set lr 0.03") == ["0.03", "0.03"])
    #expect(try rates("sweep optimizer=sgd,adam epochs=1", after: head + "compile sgd mse") == ["0.01", "0.001"])
    #expect(try rates("sweep optimizer=sgd,adam epochs=1", after: head + "compile sgd 0.02 mse") == ["0.02", "0.02"])
    #expect(try rates("sweep optimizer=sgd,adam lr=0.5 epochs=1", after: head + "compile sgd 0.02 mse") == ["0.5", "0.5"])
  }

  @Test("What is odd about the data is told once, not with each run")
  func warnings() throws {
    let shell = try shell("data iris; layer dense 3 softmax; compile adam scce accuracy")
    try shell.run("sweep lr=0.1,0.01 seeds=2 epochs=1 val=0.2")
    #expect(shell.surroundings.warnings.count == 1)
  }

  @Test("A store that cannot be used costs no training")
  func noStore() throws {
    let shell = try shell()
    shell.surroundings.storeFailure = Complaint("the store is read-only")
    let facts = try sweep("sweep lr=0.1,0.2 epochs=2", in: shell)
    #expect(facts.combinations.allSatisfy { $0.mean("loss") != nil })
    #expect(shell.surroundings.warnings.count { $0.what.contains("the store is read-only") } == 1)
  }

  @Test("A lesson's sweep goes no further than the lesson, and its runs are numbered in their order")
  func confined() throws {
    let shell = try shell()
    let scratch = FileManager.default.temporaryDirectory
    shell.surroundings.files = shell.surroundings.files.confined(to: scratch, scratch: scratch)
    let facts = try sweep("sweep lr=0.1,0.2,0.3 dense.units=2,200 epochs=2", in: shell)
    let runs = facts.combinations.flatMap(\.runs).sorted { $0.place < $1.place }.map { $0.outcome?.run }
    #expect(runs == [1, 2, 3, 4, 5, 6])
    #expect(shell.surroundings.keptRuns.newest(9).isEmpty)
  }

  @Test("As JSON: settings, seeds, metrics, runs and the best")
  func json() throws {
    let shell = try shell()
    try shell.run("sweep lr=0.1,0.01 dense.activation=relu seeds=2 epochs=2 val=0.2")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Foundation.Data(shell.reports[shell.reports.count - 1].json.text.utf8)) as? [String: Any])
    let combinations = try #require(object["combinations"] as? [[String: Any]])
    #expect(combinations.count == 2 && (combinations[0]["settings"] as? [String: Any])?["dense.activation"] as? String == "relu")
    #expect((combinations[0]["runs"] as? [[String: Any]])?.compactMap { $0["id"] as? Int }.count == 2)
    #expect((object["best"] as? [String: Any])?["run"] is Int && object["left"] as? Int == 0)
    #expect((object["series"] as? [[String: Any]])?.count == 2)
  }

  @Test("Completion: settings of the model at hand, and their values")
  func completion() throws {
    let shell = try shell()
    func candidates(_ line: String) -> [String] {
      shell.candidates(line).map(\.text)
    }
    #expect(candidates("sweep ").contains("resume") && candidates("sweep ").contains("lr="))
    #expect(candidates("sweep dense.u") == ["dense.units="])
    #expect(candidates("sweep lr=0.1,0.2 dropout.") == ["dropout.rate="])
    #expect(candidates("sweep dense.activation=relu,ta") == ["tanh"])
    #expect(candidates("sweep optimizer=sgd,ada").contains("adam"))
  }
}
