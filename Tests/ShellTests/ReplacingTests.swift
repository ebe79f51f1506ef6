import Foundation
import Language
import Testing

@testable import Datasets
@testable import Shell

/// Commands that write files: what an earlier one wrote is replaced, what a person has there is not.
@MainActor @Suite("Files that are there already") struct ReplacingTests {
  nonisolated static let commands: [(start: String, command: String, file: String)] = [
    ("layer dense 1", "save", "a.session"), ("layer dense 1; data linear 8; compile sgd mse; fit 1", "runs export", "runs.csv"),
    ("layer dense 1; data linear 8; compile sgd mse; fit 1", "runs export", "runs.json"), ("", "runs export", "none.json"),
    ("", "reviews export", "reviews.csv"), ("input 2; layer dense 1", "weights save", "w.npz"),
    ("input 2; layer dense 1; layer batchnorm; layer prelu", "weights save", "w.safetensors"), ("", "deck export", "cards.tsv"),
  ]
  /// What people have under such names.
  nonisolated static let others = [
    "notes", "x,y\n1,2\n", "card_id,rating,review_datetime,review_duration\n", "{\"runs\": 3}", "front\tback\n",
    "PK\u{5}\u{6}" + String(repeating: "\0", count: 18), "SQLite format 3\0",
  ]

  private func shell(_ start: String) throws -> (TestShell, URL) {
    let shell = TestShell.withSmallCourse(), folder = try TemporaryFolder([:])
    shell.folder = folder
    shell.surroundings.files.folder = folder.url
    if !start.isEmpty { try shell.run(start) }
    return (shell, folder.url)
  }

  @Test("What the command wrote before is replaced, and so is an empty file", arguments: commands)
  func own(_ start: String, _ command: String, _ name: String) throws {
    let (shell, folder) = try shell(start)
    let file = folder.appendingPathComponent(name)
    try Data().write(to: file)
    try shell.run("\(command) \(name)")
    let first = try Data(contentsOf: file)
    try shell.run("\(command) \(name)")
    let second = try Data(contentsOf: file)
    #expect(!first.isEmpty && second.count == first.count)
  }

  @Test("Any other file stays, and the complaint tells the remedy", arguments: commands)
  func others(_ start: String, _ command: String, _ name: String) throws {
    let (shell, folder) = try shell(start)
    let file = folder.appendingPathComponent(name)
    for other in Self.others {
      try Data(other.utf8).write(to: file)
      #expect(
        throws: Complaint("`\(name)` is there already", hint: "`overwrite=yes` replaces it, or name another file").placed(
          in: try Lexer.commands(in: "\(command) \(name)")[0])
      ) { try shell.run("\(command) \(name)") }
      #expect(try Data(contentsOf: file) == Data(other.utf8))
    }
    try shell.run("\(command) \(name) overwrite=yes")
    #expect(try Data(contentsOf: file) != Data(Self.others.last!.utf8))
  }

  @Test("Runs and weights that are a person's own stay, though they begin alike; a link goes on leading to its file; a pipe stays a pipe")
  func alike() throws {
    let (shell, folder) = try shell("input 2; layer dense 1")
    for (name, content) in [
      ("a.json", #"{"runs": [1, 2], "mine": "precious"}"#), ("b.json", #"{"runs": [{"id": 1}]}"#),
      ("a.csv", "run,began,data,recipe,model,seed,epochs,updates,seconds,ended,note,My Own\r\n1\r\n"),
      ("b.csv", "run,began,data,recipe,model,seed,epochs,updates,seconds,ended,note\n1\n"),
    ] {
      try Data(content.utf8).write(to: folder.appendingPathComponent(name))
      #expect(shell.text("runs export \(name)").contains("is there already"), "\(name)")
    }
    let file = folder.appendingPathComponent("b.npz")
    try ZipWriter.write([("conv.bias.npy", Data())], to: file)
    #expect(shell.text("weights save b.npz").contains("is there already"))
    for (name, command) in [("r.csv", "reviews export"), ("w.npz", "weights save"), ("x.csv", "runs export")] {
      try Data().write(to: folder.appendingPathComponent(name))
      let link = folder.appendingPathComponent("link-" + name)
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder.appendingPathComponent(name))
      try shell.run("\(command) \(link.lastPathComponent)")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path).hasSuffix(name))
      #expect(try !Data(contentsOf: folder.appendingPathComponent(name)).isEmpty)
      let pipe = folder.appendingPathComponent("pipe-" + name)
      #expect(mkfifo(pipe.path, 0o600) == 0)
      for option in ["", " overwrite=yes"] {
        #expect(shell.text("\(command) \(pipe.lastPathComponent)\(option)").contains("is no regular file"), "\(command)")
      }
      let kind = try FileManager.default.attributesOfItem(atPath: pipe.path)[.type] as? FileAttributeType
      #expect(kind != .typeRegular)
    }
  }

  @Test("Arrays of data are no weights, whoever wrote them")
  func arrays() throws {
    let (shell, folder) = try shell("input 2; layer dense 1")
    let file = folder.appendingPathComponent("data.npz")
    for (names, isTaken) in [(["x", "y"], false), (["dense.kernel", "x"], false), (["dense.kernel", "other.bias"], true)] {
      try ZipWriter.write(names.map { ("\($0).npy", Data()) }, to: file)
      #expect(shell.text("weights save data.npz").contains("`data.npz` is there already") != isTaken, "\(names)")
    }
  }

  @Test("What no other name would mend is told first")
  func endings() throws {
    let (shell, folder) = try shell("input 2; layer dense 1")
    try Data("mine".utf8).write(to: folder.appendingPathComponent("w.zzz"))
    for command in ["weights save", "runs export", "deck export"] {
      #expect(!shell.text("\(command) w.zzz").contains("is there already"))
    }
  }

  @Test("Pictures are drawn again and again into one file")
  func pictures() throws {
    let (shell, folder) = try shell("layer dense 1; data linear 64; compile sgd 0.1 mse; fit 2")
    for line in ["plot loss file=a.svg", "draw file=a.svg", "plot loss file=a.svg"] { try shell.run(line) }
    let drawn = try Data(contentsOf: folder.appendingPathComponent("a.svg"))
    #expect(!drawn.isEmpty)
  }
}
