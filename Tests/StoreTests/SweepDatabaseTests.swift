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
