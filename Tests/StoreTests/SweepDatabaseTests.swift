import Foundation
import GRDB
import Testing

@testable import Shell
@testable import Store

@MainActor @Suite("Sweeps in the store") struct SweepDatabaseTests {
  private func file() -> URL {
    FileManager.default.temporaryDirectory.appendingPathComponent("gradus-sweeps-\(UUID().uuidString).sqlite")
  }

  private func remove(_ file: URL) {
    for ending in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: file.path + ending) }
  }

  private let recipe = SweepRecipe(
    command: "sweep lr=0.1,0.01", axes: [SweepAxis(name: "lr", values: ["0.1", "0.01"])], seeds: [3, 4], epochs: 7, by: "val_accuracy",
    isBetterHigher: true, title: "moons 2-1", validates: true)

  @Test("A sweep and its outcomes come back in another session, in order, and go when they are forgotten")
  func survives() throws {
    let file = file()
    defer { remove(file) }
    let first = try ReviewDatabase(file: file)
    let began = Date(timeIntervalSince1970: 1_750_000_000)
    let session = Foundation.Data([0, 255, 10])
    let number = try first.keep(recipe, session: session, began: began)
    let outcome = SweepOutcome(failed: "no memory")
    try first.keep(outcome, at: 2, of: number)
    try first.keep(outcome, at: 99, of: number)
    try first.keep(outcome, at: 0, of: number + 5)
    let second = try ReviewDatabase(file: file)
    let kept = KeptSweep(id: number, began: began, recipe: recipe, session: session, outcomes: [2: outcome])
    #expect(try second.sweep(number) == kept && kept.left == 3)
    let next = try second.keep(recipe, session: session, began: began)
    #expect(try first.newestSweeps(5).map(\.id) == [number, next] && first.newestSweeps(1).map(\.id) == [next])
    #expect(try first.removeSweep(number) && second.sweep(number) == nil && !second.removeSweep(number))
    #expect(try first.keep(recipe, session: session, began: began) > next, "no number is given twice")
  }

  @Test("A run of a sweep and what came of it are one write: both are there, or neither")
  func together() throws {
    let file = file()
    defer { remove(file) }
    let store = try ReviewDatabase(file: file)
    let began = Date(timeIntervalSince1970: 1_750_000_000)
    let sweep = try store.keep(recipe, session: Foundation.Data(), began: began)
    let details = TrainingRun.Details(
      began: began, data: "moons", model: "2-1", recipe: "", layers: [], settings: [], seed: 3, seconds: 1, epochs: 7, updates: 7,
      ended: "completed")
    let part = SweepPart(of: sweep, at: 1, SweepOutcome(failed: "x"))
    let run = try store.keep(details, TrainingRun.Curves(), from: RunStart(command: "fit 7", session: Foundation.Data([1])), as: part)
    #expect(try store.sweep(sweep)?.outcomes[1]?.run == run && store.start(of: run)?.command == "fit 7")
    // Where the second write of the transaction fails, as on a full disk, the first one has not happened.
    try store.queue.write { database in
      try database.execute(sql: "CREATE TRIGGER full BEFORE INSERT ON sweep_outcome BEGIN SELECT RAISE(ABORT, 'full'); END")
    }
    #expect(throws: Complaint.self) {
      try store.keep(details, TrainingRun.Curves(), from: nil, as: SweepPart(of: sweep, at: 2, part.outcome))
    }
    #expect(try store.newest(9).map(\.id) == [run] && store.sweep(sweep)?.outcomes.keys.sorted() == [1])
  }

  @Test(
    "What another program wrote and cannot be is passed over",
    arguments: ["", "{}", "[1]", #"{"command":"","axes":[],"seeds":[],"by":"loss","isBetterHigher":false,"title":"","validates":false}"#])
  func damaged(words: String) throws {
    let file = file()
    defer { remove(file) }
    let store = try ReviewDatabase(file: file)
    let number = try store.keep(recipe, session: Foundation.Data(), began: Date(timeIntervalSince1970: 0))
    try store.keep(SweepOutcome(failed: "x"), at: 0, of: number)
    try store.queue.write { database in try database.execute(sql: "UPDATE sweep_outcome SET outcome = ?", arguments: [words]) }
    #expect(try store.sweep(number)?.outcomes == [:])
    try store.queue.write { database in try database.execute(sql: "UPDATE sweep SET recipe = ?", arguments: [words]) }
    #expect(try store.sweep(number) == nil && store.newestSweeps(9).isEmpty)
  }
}
