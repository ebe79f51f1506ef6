import Foundation
import GRDB
import Shell
import Testing

@testable import Store

@MainActor @Suite("Runs in the store") struct RunDatabaseTests {
  private func details(_ model: String) -> TrainingRun.Details {
    TrainingRun.Details(
      began: Date(timeIntervalSince1970: 1_750_000_000), data: "moons", model: model, recipe: "data moons 60",
      layers: [.init(name: "dense", kind: "Dense", shape: "(None, 8)", parameters: 24)],
      settings: [.init(name: "rate", value: "0.05")], seed: 18_446_744_073_709_551_615, seconds: 0.25, epochs: 3, updates: 9,
      ended: "completed")
  }

  private func history(_ values: [Double]) -> TrainingRun.Curves {
    var history = TrainingRun.Curves()
    history.append("loss", values)
    history.append("val_loss", values.dropLast())
    return history
  }

  @Test("What was kept comes back in another session, to the last bit and with values that are no numbers")
  func survives() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-runs-\(UUID().uuidString).sqlite")
    defer { for ending in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: file.path + ending) } }
    let first = try ReviewDatabase(file: file)
    #expect(try first.keep(details("2-8-1"), history([0.1, 0.3, .infinity])) == 1)
    #expect(try first.keep(details("2-4-1"), history([1.0 / 3])) == 2)
    let second = try ReviewDatabase(file: file)
    #expect(try second.newest(5).map(\.id) == [1, 2] && second.newest(1).map(\.id) == [2])
    let run = try #require(try second.run(1))
    #expect(run.details == details("2-8-1") && run.history == history([0.1, 0.3, .infinity]))
    #expect(try second.run(2)?.history["val_loss"] == [])
    #expect(try second.remove(2) && !second.remove(2))
    #expect(try first.keep(details("x"), history([])) == 3, "a number is not given twice")
    // What another program wrote is left out.
    for change in ["details = 'x'", "details = x'ff'", "curve_values = 'abc'", "curve_names = x'00'", "curve_names = 'loss -1'"] {
      try DatabaseQueue(path: file.path).write { try $0.execute(sql: "UPDATE run SET \(change) WHERE id = 1") }
      _ = try second.newest(9)
    }
    #expect(try second.newest(9).allSatisfy { $0.id != 1 || $0.history.names.isEmpty })
  }
}
