import Foundation
import GRDB
import Shell
import Store
import Testing

@MainActor @Suite struct ProgressDatabaseTests {
  private func file() -> URL {
    FileManager.default.temporaryDirectory.appendingPathComponent("gradus-progress-\(UUID().uuidString)").appendingPathComponent("s.db")
  }

  private var progress: LessonProgress {
    var progress = LessonProgress(lesson: "neuron", steps: 9, date: Date(timeIntervalSince1970: 1_750_000_000.25))
    progress.step = 4
    progress.solved = [2, 3]
    progress.skipped = [1]
    progress.isDone = true
    progress.log = [
      .init(step: 2, command: "layer dense 1"), .init(step: 2, command: "set dense.bias 'é'"), .init(step: 3, command: "fit 3"),
    ]
    return progress
  }

  @Test("Progress is read back by another program as it was kept")
  func roundTrip() throws {
    let file = file()
    defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
    try ReviewDatabase(file: file).keep(progress)
    #expect(try ReviewDatabase(file: file).lessons() == ["neuron": progress])
  }

  @Test("What is kept again takes the place of what was kept; what is forgotten is gone with its commands")
  func again() throws {
    let file = file()
    defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
    let store = try ReviewDatabase(file: file)
    try store.keep(progress)
    var later = progress
    later.step = 5
    later.log.removeFirst()
    try store.keep(later)
    try store.keep(LessonProgress(lesson: "other", steps: 2, date: .init(timeIntervalSince1970: 0)))
    #expect(try store.lessons()["neuron"] == later)
    try store.forget("neuron")
    try store.keep(LessonProgress(lesson: "neuron", steps: 9, date: .init(timeIntervalSince1970: 0)))
    #expect(try store.lessons()["neuron"]?.log == [] && (try store.lessons().count) == 2)
  }

  @Test("Rows that another program spoilt are passed over")
  func spoilt() throws {
    let file = file()
    defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
    let store = try ReviewDatabase(file: file)
    try store.keep(progress)
    try DatabaseQueue(path: file.path).write { database in
      try database.execute(sql: "INSERT INTO lesson VALUES ('bad', 'x', 1, '', '', 0, 0), ('worse', -3, 1, 'a b', '', 0, 0)")
      try database.execute(sql: "INSERT INTO lesson_command (lesson, step, command) VALUES ('neuron', 'x', 'y'), ('nobody', 1, 'z')")
    }
    #expect(try store.lessons() == ["neuron": progress])
  }
}
