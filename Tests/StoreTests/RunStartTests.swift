import Foundation
import Shell
import Testing

@testable import Store

@MainActor @Suite("Notes of runs, and where they began, in the store") struct RunStartTests {
  @Test("They come back in another session, and go with their run")
  func survives() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-starts-\(UUID().uuidString).sqlite")
    defer { for ending in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: file.path + ending) } }
    let first = try ReviewDatabase(file: file)
    let details = TrainingRun.Details(
      began: Date(timeIntervalSince1970: 1_750_000_000), data: "moons", model: "2-1", recipe: "data moons", layers: [], settings: [],
      seed: 1, seconds: 1, epochs: 1, updates: 1, ended: "completed")
    let start = RunStart(command: "fit 3", session: Foundation.Data([0, 255, 10, 0]))
    let number = try first.keep(details, TrainingRun.Curves(), from: start, as: nil)
    #expect(try first.note(number, "réussi"))
    #expect(try !first.note(number + 1, "x"))
    let second = try ReviewDatabase(file: file)
    #expect(try second.start(of: number) == start && second.run(number)?.details.note == "réussi")
    #expect(try second.note(number, nil) && first.run(number)?.details == details)
    #expect(try second.remove(number) && first.start(of: number) == nil)
  }
}
