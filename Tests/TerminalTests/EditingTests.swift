import Foundation
import Testing

/// The editor in a real terminal, through the small program `EditorProbe`.
@Suite struct EditingTests {
  static let paste = (on: "\u{1b}[200~", off: "\u{1b}[201~")

  @Test(arguments: [
    (keys: "summary", line: "summary"),
    ("caf\u{e9} 日本", "caf\u{e9} 日本"),
    ("日本語\u{7f}\u{7f}x", "日x"),
    ("e\u{301}!", "e\u{301}!"),
    ("abc\u{1b}[D\u{1b}[DX", "aXbc"),
    ("bc\u{1b}[Ha\u{1b}[Fd", "abcd"),
    ("bc\u{1b}[1~a\u{1b}[4~d", "abcd"),
    ("xabc\u{1b}[H\u{1b}[3~", "abc"),
    ("one two\u{1b}[1;5DX", "one Xtwo"),
    ("one two\u{1b}[H\u{1b}[1;5CX", "oneX two"),
    ("one two\u{17}x", "one x"),
    ("one two\u{15}x", "x"),
    ("ab\u{1}\u{4}", "b"),
    ("ab\u{c}c", "abc"),
    ("", ""),
  ])
  func keysMakeTheLine(_ keys: String, _ line: String) throws {
    let session = try PtySession()
    try session.expect("> ")
    try session.send(keys + "\r")
    try session.expect("<\(line)>")
  }

  @Test func aLongLineWrapsAndComesWhole() throws {
    let session = try PtySession(columns: 30)
    let line = (1...40).map { "w\($0)" }.joined(separator: " ")
    try session.send(line + "\u{1b}[HA \r")
    try session.expect("<A \(line)>")
  }

  @Test func controlDLeavesAndEndsTheLine() throws {
    let session = try PtySession()
    try session.expect("> ")
    try session.send("\u{4}")
    let before = try session.expect("[end]")
    #expect(before.contains("\n") && !before.contains("^D"))
    #expect(try session.exitCode() == 0)
  }

  @Test func controlCCancelsTheLineAndLosesNoKey() throws {
    let session = try PtySession()
    try session.expect("> ")
    try session.send("rubbish\u{3}")
    let shown = try session.expect("[cancelled]")
    #expect(shown.contains("^C"))
    for count in 1...50 {
      try session.send("rubbish\u{3}line\(count)\r")
      try session.expect("<line\(count)>")
    }
  }

  @Test func aTrainingEndsAtControlCAndTheShellGoesOn() throws {
    let session = try PtySession()
    for _ in 1...3 {
      try session.send("work\r")
      try session.expect("working")
      try session.send("\u{3}")
      try session.expect("stopped")
    }
    try session.send("still here\r")
    try session.expect("<still here>")
  }

  @Test func anAnswerHasNeitherCompletionNorHistory() throws {
    let session = try PtySession()
    try session.send("answer\r")
    try session.expect("your answer: ")
    try session.send("su\t\u{1b}[A42\r")
    try session.expect("<su42>")
    try session.expect("> ")
    try session.send("answer\r")
    try session.expect("your answer: ")
    try session.send("\r")
    try session.expect("<>")
    try session.expect("> ")
    try session.send("answer\r")
    try session.expect("your answer: ")
    try session.send("half\u{3}")
    try session.expect("[cancelled]")
    try session.expect("> ")
    try session.send("history\r")
    try session.expect("history [\"answer\", \"history\"]")
  }

  @Test func aPasteOfLinesIsOneOutcomeAndItsTabsAreText() throws {
    let session = try PtySession()
    try session.expect("> ")
    try session.send("su\(Self.paste.on)m\t1\rstep\r\nlay\t2\(Self.paste.off)")
    try session.expect("{sum 1|step|lay 2}")
    try session.expect("> ")
    try session.send("a c\u{1b}[D\(Self.paste.on)b\t\u{1b}[31mé \(Self.paste.off)!\r")
    try session.expect("<a b [31mé !c>")
  }

  @Test func aLargePasteComesWhole() throws {
    let session = try PtySession()
    try session.expect("> ")
    let lines = (1...500).map { "layer dense \($0)" }
    try session.send(Self.paste.on + lines.joined(separator: "\r") + Self.paste.off)
    try session.expect("{" + lines.joined(separator: "|") + "}")
  }

  @Test func controlZStopsTheProgramAndItGoesOn() throws {
    let session = try PtySession("/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "sh$ "])
    try session.expect("sh$ ")
    try session.send(PtySession.products.appendingPathComponent("EditorProbe").path + "\r")
    try session.expect("> ")
    try session.send("half\u{1a}")
    try session.expect("Stopped")
    try session.expect("sh$ ")
    try session.send("fg\r")
    try session.expect("half")
    try session.send(" whole\r")
    try session.expect("<half whole>")
  }

  @Test func controlZWithoutAShellAboveDoesNothing() throws {
    let session = try PtySession()
    try session.expect("> ")
    try session.send("half\u{1a} whole\r")
    try session.expect("<half whole>")
  }

  @Test func anOutsideStopLosesNothing() throws {
    let session = try PtySession()
    try session.send("ha")
    try session.expect("ha")
    session.signal(SIGSTOP)
    try session.send("lf")
    session.signal(SIGCONT)
    try session.send("\r")
    try session.expect("<half>")
  }

  @Test func theNewSizeIsKnownAndTheLineIsKept() throws {
    let session = try PtySession()
    try session.expect("> ")
    try session.send("width\r")
    try session.expect("width 80")
    try session.expect("> ")
    try session.send("wid")
    try session.expect("wid")
    session.resize(columns: 40, rows: 10)
    try session.send("th\r")
    try session.expect("width 40")
  }

  @Test func aContinuedLineIsOneLineOfHistory() throws {
    let session = try PtySession()
    try session.send("layer \\\r")
    try session.expect("<layer \\>")
    try session.expect("... ")
    try session.send("dense 8\r")
    try session.expect("<dense 8>")
    try session.send("\u{1b}[A\r")
    try session.expect("<layer dense 8>")
  }
}
