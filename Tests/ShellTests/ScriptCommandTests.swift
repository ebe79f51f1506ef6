import Foundation
import Testing

@testable import Shell

@MainActor @Suite("script, cd and ls") struct ScriptCommandTests {
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-script-\(UUID().uuidString)")
    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }
  }

  @Test(
    "A script played from nothing gives the same weights to the bit",
    arguments: [
      "data moons 60; layer dense 4 relu; layer dense 1 sigmoid; compile adam 0.01 bce accuracy; fit 3; step 2; set lr 0.1; epoch",
      "set seed 5; data iris; data split 0.3; data standardize; layer dense 4 relu; layer dense 3 softmax; compile sgd scce; fit 2 batch=16",
      "let n=6; data moons 40; repeat 2 layer dense $n relu; layer dense 1 sigmoid; compile adam bce; repeat 2 fit 1; fit 1 val=0.2",
      "data moons 40; layer dense 3; layer dense 1 sigmoid; show dense.kernel; set seed 9; compile adam bce; fit 2",
      "data moons 40; layer dense 3; undo; layer dense 5; layer dense 1 sigmoid; compile adam bce; fit 1; undo; fit 2; freeze dense; fit 1",
      "set seed 3; set dense.kernel 4; layer dense 9; reset; data moons 40; layer dense 1 sigmoid; set dense.kernel 0.5; compile adam bce; fit 1",
    ])
  func faithful(line: String) throws {
    let shell = TestShell()
    for command in line.split(separator: ";") { _ = try? shell.run(String(command)) }
    let commands = try #require(try shell.json("script")["commands"] as? [String])
    let other = TestShell()
    for command in commands { try other.run(command) }
    #expect(other.session.model.state == shell.session.model.state)
    #expect(other.session.model.network == shell.session.model.network)
    #expect(other.session.settings == shell.session.settings && other.session.variables == shell.session.variables)
    #expect(try other.json("script")["commands"] as? [String] == commands)
  }

  @Test("What failed, was undone or only looked is left out; reset leaves what decides later numbers")
  func lines() throws {
    let shell = TestShell()
    for line in [
      "let n=2", "layer dens", "layer dense 3", "undo", "summary", "set seed 4", "layer dense $n", "set dense.bias 1", "input 2", "reset",
      "input 3",
    ] { _ = try? shell.run(line) }
    #expect(try shell.json("script")["commands"] as? [String] == ["let n=2", "set seed 4", "input 3"])
    #expect(TestShell().text("script").contains("nothing has made this session yet"))
  }

  @Test("A file is written whole, not over another one; a replayed script is told command by command")
  func files() throws {
    let folder = try Folder()
    let shell = TestShell()
    shell.surroundings.files.folder = folder.url
    try shell.run("data moons 40; layer dense 1 sigmoid; script a.gradus")
    let text = try String(contentsOf: folder.url.appendingPathComponent("a.gradus"), encoding: .utf8)
    #expect(text == "# gradus \(VersionFacts.version): moons 2-1\ndata moons 40\nlayer dense 1 sigmoid\n")
    #expect(shell.text("script a.gradus").contains("there already; `overwrite=yes` replaces it, or name another file"))
    try shell.run("layer dense 2; script a.gradus overwrite=yes")
    let other = TestShell()
    other.surroundings.files.folder = folder.url
    try other.run("replay a.gradus; layer dense 4")
    #expect(
      try other.json("script")["commands"] as? [String] == ["data moons 40", "layer dense 1 sigmoid", "layer dense 2", "layer dense 4"])
    #expect(try other.json("undo 2")["undone"] as? [String] == ["layer dense 4", "replay a.gradus"])
  }

  @Test("A saved session remembers what made it, and its variables")
  func saved() throws {
    let folder = try Folder()
    let shell = TestShell()
    shell.surroundings.files.folder = folder.url
    try shell.run("let n=3; data moons 40; layer dense $n; layer dense 1 sigmoid; compile adam bce; fit 1; save a.session")
    let other = TestShell()
    other.surroundings.files.folder = folder.url
    try other.run("layer dense 7; open a.session; fit 1")
    #expect(
      try other.json("script")["commands"] as? [String] == [
        "let n=3", "data moons 40", "layer dense $n", "layer dense 1 sigmoid", "compile adam bce", "fit 1", "fit 1",
      ])
    #expect(try other.json("let")["variables"] as? [String: String] == ["n": "3"])
    #expect(try other.json("undo 2")["undone"] as? [String] == ["fit 1", "open a.session"])
    #expect(other.session.prompt.contains("?") && other.session.prompt.contains("7") || other.session.model.network.layers.count == 1)
  }

  @Test("Files that were read from several folders are found again")
  func folders() throws {
    let folder = try Folder()
    let inner = folder.url.appendingPathComponent("a b")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    try "x,t\n1,2\n2,4\n".write(to: inner.appendingPathComponent("line.csv"), atomically: true, encoding: .utf8)
    let shell = TestShell()
    shell.surroundings.files.folder = folder.url
    try shell.run("cd \"a b\"; data csv line.csv target=t; cd -; layer dense 1")
    #expect(shell.surroundings.files.folder.path == folder.url.path)
    let commands = try #require(try shell.json("script")["commands"] as? [String])
    #expect(commands == ["cd \"\(inner.path)\"", "data csv line.csv target=t", "layer dense 1"])
    let other = TestShell()
    for command in commands { try other.run(command) }
    #expect(other.session.data?.dataset.rows == 2)
  }

  @Test("cd and ls tell what is wrong, and lessons may use neither")
  func mistakes() throws {
    let folder = try Folder()
    for name in ["deck.md", "run.gradus", "b.csv", ".hidden", "esc\u{1B}[31m"] {
      try "x".write(to: folder.url.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("zoo"), withIntermediateDirectories: true)
    let shell = TestShell()
    shell.surroundings.files.folder = folder.url
    #expect(shell.text("cd zo").contains("there is no folder `zo`; did you mean `zoo`?"))
    #expect(shell.text("cd deck.md").contains("`deck.md` is a file"))
    #expect(shell.text("cd -").contains("no folder before"))
    #expect(shell.text("ls nowhere").contains("there is no folder `nowhere`"))
    let listing = shell.text("ls")
    #expect(
      listing.hasPrefix("zoo/\n") && listing.contains("cards or lesson") && listing.contains("script") && !listing.contains(".hidden"))
    #expect(!listing.contains("\u{1B}"), "a name sends nothing to the terminal")
    #expect(shell.text("ls all=yes").contains(".hidden"))
    #expect((try shell.json("cd zoo")["folder"] as? String)?.hasSuffix("/zoo") == true)
    #expect(shell.text("ls").contains("nothing in"))
    shell.surroundings.files.scratch = folder.url
    for line in ["cd /", "ls"] { #expect(shell.text(line).contains("a lesson may not run")) }
  }
}
