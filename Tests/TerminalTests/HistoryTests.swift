import Foundation
import Testing

@testable import Terminal

@Suite struct HistoryTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-history-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func permissions(_ url: URL) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int)
  }

  @Test func linesSurviveARestart() throws {
    try withFolder { folder in
      for line in ["layer dense 8", "état 日本", "état 日本", "   "] {
        let session = try PtySession(folder: folder)
        try session.send(line + "\r")
        try session.expect("<\(line)>")
        try session.expect("> ")
        try session.send("\u{4}")
        _ = try session.exitCode()
      }
      let session = try PtySession(folder: folder)
      try session.expect("> ")
      try session.send("\u{1b}[A\r")
      try session.expect("<état 日本>")
      try session.send("\u{1b}[A\u{1b}[A\r")
      try session.expect("<layer dense 8>")
      let file = folder.appendingPathComponent("state/probe/history")
      #expect(try permissions(file) == 0o600)
      #expect(try permissions(file.deletingLastPathComponent()) == 0o700)
    }
  }

  @Test func controlCEndsASearchAndTheLine() throws {
    let session = try PtySession()
    try session.send("step\r")
    try session.expect("<step>")
    try session.expect("> ")
    try session.send("\u{12}s")
    try session.expect("(search) s: step")
    try session.send("\u{3}")
    try session.expect("[cancelled]")
  }

  @Test(arguments: [
    (keys: "\u{12}dens\r", line: "layer dense 8"),
    ("\u{12}dens\u{1b}[DX\r", "layer dense X8"),
    ("\u{12}dens\u{1b}[200~!\u{1b}[201~\r", "layer dense 8!"),
    ("\u{12}s\u{12}\r", "summary é"),
    ("\u{12}s\u{12}\u{12}\u{12}\u{12}\r", "layer dense 8"),
    ("\u{12}step\u{7f}\u{7f}\u{7f}\u{7f}é\r", "summary é"),
    // Ctrl-S is a key, also in a terminal that would stop at it: the line after.
    ("\u{12}s\u{12}\u{12}\u{13}\r", "summary é"), ("\u{12}s\u{13}\r", "step 10"), ("\u{13}dens\r", "layer dense 8"),
    ("\u{12}zzz\r", ""),
    ("mine\u{12}dens\u{7}\r", "mine"),
    ("mine\u{12}zzz\r", "mine"),
  ])
  func controlRTakesKeys(_ keys: String, _ line: String) throws {
    let session = try PtySession()
    for line in ["layer dense 8", "summary é", "step 10"] {
      try session.send(line + "\r")
      try session.expect("<\(line)>")
    }
    try session.expect("> ")
    try session.send(keys)
    try session.expect("<\(line)>")
  }

  @Test func pageUpFindsLinesWithTheSameBeginning() throws {
    let session = try PtySession()
    for line in ["layer dense 8", "summary"] {
      try session.send(line + "\r")
      try session.expect("<\(line)>")
    }
    try session.expect("> ")
    try session.send("lay\u{1b}[5~\r")
    try session.expect("<layer dense 8>")
  }

  @Test func twoShellsKeepEachOthersLines() throws {
    try withFolder { folder in
      let first = try PtySession(folder: folder)
      let second = try PtySession(folder: folder)
      try first.expect("> ")
      try second.expect("> ")
      for count in 1...20 {
        try first.send("first\(count)\r")
        try second.send("second\(count)\r")
      }
      try first.expect("<first20>")
      try second.expect("<second20>")
      try first.expect("> ")
      try second.expect("> ")
      try first.send("\u{4}")
      try second.send("\u{4}")
      _ = (try first.exitCode(), try second.exitCode())
      let lines = HistoryFile(url: folder.appendingPathComponent("state/probe/history")).load()
      #expect(Set(lines) == Set((1...20).flatMap { ["first\($0)", "second\($0)"] }))
    }
  }

  @Test func aHistoryThatCannotBeWrittenIsSaidAndNothingElseBreaks() throws {
    try withFolder { folder in
      try "in the way".write(to: folder.appendingPathComponent("state"), atomically: true, encoding: .utf8)
      let session = try PtySession(folder: folder)
      try session.send("step\r\u{1b}[A\r")
      try session.expect("<step>")
      try session.expect("<step>")
      try session.expect("> ")
      try session.send("\u{4}")
      try session.expect("problem: the history cannot be written to")
    }
  }

  @Test func theFileKeepsTheNewestLinesOnly() throws {
    try withFolder { folder in
      let file = HistoryFile(url: folder.appendingPathComponent("a/b/history"), limit: 20)
      for count in 1...50 { try file.append("line \(count)") }
      #expect(file.load() == (31...50).map { "line \($0)" })
      let stored = try String(contentsOf: file.url, encoding: .utf8).split(separator: "\n")
      #expect(stored.count <= 22)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a/b").sorted() == ["history", "history.lock"])
    }
  }

  @Test func aLineBreakCannotTearALine() throws {
    try withFolder { folder in
      let file = HistoryFile(url: folder.appendingPathComponent("history"))
      try file.append("one\ntwo\u{2028}three")
      #expect(file.load() == ["one two three"])
    }
  }
}
