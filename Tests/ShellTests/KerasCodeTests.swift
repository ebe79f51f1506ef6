import Engine
import Foundation
import Testing

@testable import Shell

/// What the printed code comes to in Keras itself is checked by scripts/golden/keras_code.py, which also writes the golden texts.
@MainActor @Suite("keras: the model as Python") struct KerasCodeTests {
  nonisolated static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/keras")

  @Test("The code is the one that Keras was given", arguments: ["chain", "residual", "textbook", "augmented"])
  func golden(name: String) throws {
    let text = try String(contentsOf: KerasCodeTests.folder.appendingPathComponent("\(name).py"), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let facts = try TestShell().json(String(lines[0].dropFirst(2)) + "; keras")
    #expect(facts["code"] as? String == lines.dropFirst().joined(separator: "\n"))
  }

  @Test("Every layer that can be typed has its call")
  func layers() throws {
    for declaration in EngineDeclarations.layers {
      let example = try #require(declaration.outline.examples.first)
      let shell = TestShell()
      try shell.run(example)
      let name = try #require(shell.session.model.network.layers.last?.name)
      let facts = try shell.json("keras")
      #expect((facts["code"] as? String)?.contains("name=\"\(name)\"") == true, "\(example): \(facts)")
      #expect(facts["layers"] as? Int == shell.session.model.network.layers.count)
    }
  }

  @Test("Every optimizer and loss has its call, every metric a call or a remark")
  func training() throws {
    let outlines =
      EngineDeclarations.optimizers.map(\.outline) + EngineDeclarations.losses.map(\.outline) + EngineDeclarations.metrics.map(\.outline)
    for outline in outlines {
      let example = try #require(outline.examples.first)
      let shell = TestShell()
      try shell.run("layer dense 3; \(example)")
      let facts = try shell.json("keras")
      let code = try #require(facts["code"] as? String, "\(example): \(facts)")
      #expect(code.contains("optimizer=keras.optimizers.") && code.contains("    loss="), "\(example)")
      let remarks = facts["remarks"] as? [String] ?? []
      for metric in shell.session.model.settings?.metrics ?? [] {
        #expect(code.contains("name=\"\(metric.name)\"") || remarks.contains { $0.hasPrefix(metric.name) }, "\(example)")
      }
    }
  }

  @Test(
    "What is not said to Keras is said to the reader",
    arguments: [
      ("data iris; layer dense 3 softmax; compile adam scce precision", "precision is left out"),
      ("data iris; data standardize; layer dense 3 softmax", "standard units"),
      ("data moons 40; layer dense 1 sigmoid; compile adam bce; fit 1", "the weights are not in it"),
    ])
  func remarks(line: String, remark: String) {
    #expect(TestShell().text(line + "; keras").contains(remark))
  }

  @Test("A file is written whole, and replaced only where that is asked for")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-keras-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let shell = TestShell()
    shell.surroundings.files.folder = folder
    try shell.run("preset xor; keras a.py")
    let first = try String(contentsOf: folder.appendingPathComponent("a.py"), encoding: .utf8)
    #expect(first == (try shell.json("keras")["code"] as? String))
    try shell.run("layer dense 1")
    #expect(shell.text("keras a.py").contains("`a.py` is there already"))
    #expect(try String(contentsOf: folder.appendingPathComponent("a.py"), encoding: .utf8) == first)
    try shell.run("keras a.py overwrite=yes")
    #expect(try String(contentsOf: folder.appendingPathComponent("a.py"), encoding: .utf8) != first)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.py"])
  }

  @Test("It changes nothing and needs a model")
  func nothing() throws {
    let shell = TestShell()
    #expect(shell.text("keras").contains("no layer yet"))
    try shell.run("layer dense 2; layer dense 2; layer add dense")
    #expect(shell.text("keras").contains("input shape is not known"))
    try shell.run("input 2; keras")
    #expect(try shell.json("undo")["undone"] as? [String] == ["input 2"])
  }
}
