import Foundation
import Language
import Testing

@testable import Shell

@MainActor @Suite("The session is kept as it goes") struct SessionKeeperTests {
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-keep-\(UUID().uuidString)")
    deinit { try? FileManager.default.removeItem(at: url) }
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }
  }
  private let now = Date(timeIntervalSince1970: 1_750_000_000)

  private func shell() throws -> TestShell {
    let shell = TestShell()
    try shell.run("layer dense 3 tanh; layer dense 1; data linear 30; compile adam mse; fit 2")
    return shell
  }

  @Test("A shell that lives offers nothing to another; one that left has nothing; one that ended is offered once")
  func offers() throws {
    let folder = Folder()
    let shell = try shell()
    let first = try SessionKeeper(folder: folder.url)
    first.keep(shell.session, at: now)
    #expect(folder.names.filter { $0.hasSuffix(".session") }.count == 1)
    let second = try SessionKeeper(folder: folder.url)
    #expect(second.abandoned()?.file == nil, "the first one lives")
    second.leave(Session(), at: now)
    #expect(folder.names.filter { $0.hasSuffix(".session") }.count == 1)
    // What was trained stays, as it is at the end, and so does what stayed before it.
    try shell.run("fit 1")
    let aside = try #require(first.leave(shell.session, at: now))
    #expect(folder.names == ["last.session"])
    let other = TestShell()
    #expect(try (other.run("open \(aside.path)") as? SessionFacts)?.epochs == 3)
    let third = try SessionKeeper(folder: folder.url)
    third.keep(other.session, at: now)
    #expect(third.leave(other.session, at: now) == aside)
    #expect(folder.names == ["last.session", "previous.session"])
    let fourth = try SessionKeeper(folder: folder.url)
    #expect(fourth.abandoned()?.file == nil && fourth.leave(Session(), at: now) == nil)
  }

  @Test("Every change before a prompt is kept, and nothing is written where nothing changed")
  func changes() throws {
    let folder = Folder()
    let shell = try shell()
    let keeper = try SessionKeeper(folder: folder.url)
    func content() throws -> Foundation.Data {
      let name = try #require(folder.names.first { $0.hasSuffix(".session") })
      return try Foundation.Data(contentsOf: folder.url.appendingPathComponent(name))
    }
    keeper.keep(shell.session, at: now)
    var before = try content()
    for line in [
      "set dense.bias 2", "step", "fit 1", "set seed 8", "set lr 0.5", "data split 0.5", "layer dense 2", "undo", "let n=4",
      "deck load Lessons/en/neuron.md",
    ] {
      try shell.run(line)
      keeper.keep(shell.session, at: now)
      let after = try content()
      #expect(after != before, "\(line)")
      before = after
    }
    for line in ["summary", "evaluate", "help"] {
      try shell.run(line)
      keeper.keep(shell.session, at: now + 60)
      #expect(try content() == before, "\(line)")
    }
  }

  @Test("In the middle of a training it writes no more often than the time allows")
  func budget() throws {
    let folder = Folder()
    let shell = try shell()
    let keeper = try SessionKeeper(folder: folder.url)
    var made = 0
    let clock = ContinuousClock(), start = clock.now
    while clock.now - start < .milliseconds(300) {
      let before = made
      let isKept = keeper.keepMeanwhile(at: now) {
        made += 1
        return shell.session
      }
      #expect(isKept == (made > before))
    }
    #expect(made >= 1 && made < 200)
  }

  @Test("The first epoch of a training is kept at once, however long the disk took at the prompt before it")
  func firstEpoch() throws {
    let folder = Folder()
    var session = try shell().session
    let keeper = try SessionKeeper(folder: folder.url)
    keeper.keep(session, at: now)
    session.model.epochs += 1
    #expect(keeper.keepMeanwhile(at: now) { session })
    let file = try #require(
      try FileManager.default.contentsOfDirectory(at: folder.url, includingPropertiesForKeys: nil).first { $0.pathExtension == "session" })
    #expect(try SessionFile.read(Foundation.Data(contentsOf: file)).head.epochs == session.model.epochs)
  }

  @Test("A folder that cannot be written is told of")
  func unwritable() throws {
    let folder = Folder()
    try Foundation.Data().write(to: folder.url)
    #expect(throws: Complaint.self) { try SessionKeeper(folder: folder.url) }
  }
}
