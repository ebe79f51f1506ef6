import Foundation
import Testing

@testable import Shell

@MainActor @Suite("undo and redo") struct UndoTests {
  /// What a person sees of a session.
  private func sight(_ shell: TestShell) -> [String] {
    ["summary", "settings", "data describe", "set", "let", "show dense.kernel", "evaluate"].map { shell.text($0) }
  }

  @Test(
    "Whatever changes the session is taken back and made again, with the numbers as they were",
    arguments: [
      "layer dense 3", "layer remove dense", "layer replace dense dense 5 relu", "input 3", "freeze dense", "preset xor",
      "compile sgd 0.5 mse", "fit 2", "step 3", "epoch", "rewind", "set dense.kernel 0.5", "set lr 0.3", "reset",
      "data iris", "data split 0.3", "data standardize", "data add x1*x2", "fit 1 val=0.2",
      "set batch 7", "set seed 9", "set lang fr", "set plot off", "set new_per_day 3", "let n=8", "let a=1 b=2",
      "repeat 2 fit 1", "repeat 3 \"layer insert 1 dense 2\"",
    ])
  func everything(line: String) throws {
    let shell = TestShell()
    try shell.run("data moons 60; layer dense 4 relu; layer dense 1 sigmoid; compile adam 0.01 bce accuracy; fit 1; let c=3")
    let before = sight(shell)
    try shell.run(line)
    let after = sight(shell)
    #expect(after != before)
    #expect(try shell.json("undo")["undone"] as? [String] == [line])
    #expect(sight(shell) == before)
    #expect(try shell.json("redo")["redone"] as? [String] == [line])
    #expect(sight(shell) == after)
    try shell.run("undo")
    #expect(sight(shell) == before)
    try shell.run("undo 5")
    #expect(try shell.json("summary")["total"] as? Int == 0 || shell.session.model.network.layers.count < 2)
  }

  @Test(
    "What only looks is no step",
    arguments: ["summary", "show dense.kernel", "evaluate", "explain step", "predict 1 2", "data show 3", "set", "let", "help", "runs"])
  func looks(line: String) throws {
    let shell = TestShell()
    try shell.run("data moons 60; layer dense 4 relu; layer dense 1 sigmoid; compile adam 0.01 bce accuracy")
    try shell.run(line)
    #expect(try shell.json("undo")["undone"] as? [String] == ["compile adam 0.01 bce accuracy"])
  }

  @Test("A new change ends what could be made again; a failed command is no step; settings that are kept go back too")
  func turns() throws {
    let shell = TestShell()
    #expect(shell.text("undo").contains("nothing to undo"))
    try shell.run("layer dense 2; undo; layer dense 3")
    #expect(shell.text("redo").contains("nothing to redo"))
    #expect(throws: (any Error).self) { try shell.run("layer dense 0") }
    try shell.run("set lang fr")
    try shell.run("undo")
    #expect(shell.surroundings.kept == ["lang fr", "lang -"])
    #expect(try shell.json("undo 9")["undone"] as? [String] == ["layer dense 3"])
    #expect(try shell.json("redo 9")["redone"] as? [String] == ["layer dense 3", "set lang fr"])
  }

  @Test("The oldest steps go where the weights of all are more than the budget; the newest stays whatever it holds")
  func budget() throws {
    let shell = TestShell()
    try shell.run("input 100; layer dense 100; show dense.bias")
    var history = SessionHistory()
    for value in 1...20 {
      let before = shell.session.moment
      try shell.run("set dense.kernel \(value)")
      history.note(before, before: "\(value)", now: shell.session.moment, budget: 100_000)
      #expect(history.past.count == min(value, 2), "each holds 40,000 bytes of its own")
    }
    #expect(history.past.map(\.command) == ["19", "20"])
    history.note(shell.session.moment, before: "21", now: Session().moment, budget: 0)
    #expect(history.past.map(\.command) == ["21"])
  }

  @Test("A hundred looks and edits of a preset that was never trained cost no weights")
  func cheap() throws {
    let shell = TestShell()
    try shell.run("preset vgg16")
    for _ in 1...5 { try shell.run("layer dense 10; undo") }
    #expect(try shell.json("undo")["undone"] as? [String] == ["preset vgg16"])
  }
}
