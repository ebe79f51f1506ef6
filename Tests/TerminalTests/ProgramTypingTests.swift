import Foundation
import Testing

/// What hands expect at a prompt: earlier lines, an editor, lines that go on, keys of one's own.
@Suite(.serialized) struct ProgramTypingTests {
  private let up = "\u{1b}[A", down = "\u{1b}[B"

  @Test func upAndDownWalkThroughLinesThatBeginSo() throws {
    let home = try ProgramHome()
    let shell = try home.terminal(prompt: "gradus > ")
    for (line, answer) in [
      ("input 2", "input (None, 2)"), ("layer dense 3", "9 parameters"), ("version", "gradus"), ("layer dense 4", "in all"),
    ] {
      try shell.send(line + "\r")
      try shell.expect(answer)
      try shell.expect("> ")
    }
    // Past `version`, which does not begin so; then back again to the newer one.
    try shell.send("lay" + up + up + down + "0\r")
    try shell.expect("dense_2 (Dense)   (None, 40)")
    try shell.expect("> ")
    // Down at the end gives back what was typed.
    try shell.send("ver" + up + down + "sion\r")
    try shell.expect("gradus 0")
    try shell.expect("> ")
    try shell.send("input 7")
    try shell.send(up)
    try shell.send("\u{15}")
    try shell.send(up + up + "\r")
    try shell.expect("dense_3 (Dense)   (None, 40)")
  }

  @Test func historyListsWhatWasTypedAlsoEarlier() throws {
    let home = try ProgramHome()
    do {
      let shell = try home.terminal(prompt: "gradus > ")
      try shell.send("let alpha=1\r")
      try shell.expect("alpha = 1")
      try shell.send("quit\r")
      #expect(try shell.exitCode() == 0)
    }
    let shell = try home.terminal(prompt: "gradus > ")
    try shell.send("history\r")
    try shell.expect("1  let alpha=1\r\n2  quit\r\n3  history")
    try shell.send("history 5 with=alp\r")
    try shell.expect("1  let alpha=1")
    try shell.send("!!\r")
    try shell.expect("`!!` brings no line back here; Up or Ctrl-R do")
  }

  @Test func editRunsWhatTheEditorSaved() throws {
    let home = try ProgramHome()
    try home.write("#!/bin/sh\nsed -i 's/dense 3/dense 5/; $ a layer dense 2' \"$1\"\n", to: "change")
    try home.write("#!/bin/sh\nexit 3\n", to: "fail")
    for name in ["change", "fail"] {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: home.folder.appendingPathComponent(name).path)
    }
    let shell = try home.terminal(environment: ["EDITOR": "\(home.folder.path)/change", "VISUAL": ""], prompt: "gradus > ")
    try shell.send("input 2; layer dense 3\r")
    try shell.expect("9 parameters")
    try shell.expect("> ")
    try shell.send("edit\r")
    let screen = try shell.expect("gradus 2-3-5-2 > ")
    #expect(screen.contains("> input 2") && screen.contains("> layer dense 5") && screen.contains("> layer dense 2"), "\(screen)")
    try shell.send("history with=\"dense 2\"\r")
    try shell.expect("layer dense 2")
    try shell.send("edit 99\r")
    try shell.expect("there is no line 99; from 1 to")
    let other = try home.terminal(environment: ["EDITOR": "\(home.folder.path)/fail", "VISUAL": ""], prompt: "> ")
    try other.send("edit 1\r")
    try other.expect("`$EDITOR` names the editor to use")
    let third = try home.terminal(environment: ["EDITOR": "true", "VISUAL": ""], prompt: "> ")
    try third.send("edit 1\r")
    try third.expect("nothing was saved: nothing runs")
    #expect(try home.run("-c", "edit").error.contains("no editor can be opened here") || home.run("-c", "edit").status == 1)
  }

  @Test("edit opens a pasted block whole, without the prompts that came with it, until another line is typed")
  func editOpensAPaste() throws {
    let home = try ProgramHome()
    try home.write("#!/bin/sh\ncat \"$1\" >>\(home.folder.path)/seen\nsed -i 's/dense 3/dense 4/' \"$1\"\n", to: "change")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: home.folder.appendingPathComponent("change").path)
    let shell = try home.terminal(environment: ["EDITOR": "\(home.folder.path)/change", "VISUAL": ""], prompt: "gradus > ")
    try shell.send("\u{1b}[200~gradus > input 2\rgradus > layer dense 3\r9 parameters\rgradus > layer dense 1\r\u{1b}[201~")
    try shell.expect("gradus 2-3-1 > ")
    // What looks back, also by a short name, is no line of its own, nor is an empty one.
    for line in ["histo 1", ""] {
      try shell.send(line + "\r")
      try shell.expect("gradus 2-3-1 > ")
    }
    try shell.send("edi\r")
    try shell.expect("gradus 2-3-1-4-1 > ")
    #expect(try home.text(of: "seen") == "input 2\nlayer dense 3\nlayer dense 1\n")
    try shell.send("reset\r")
    try shell.expect("gradus > ")
    try shell.send("edit\r")
    try shell.expect("> reset\r\nan empty model")
    #expect(try home.text(of: "seen").hasSuffix("layer dense 1\nreset\n"))
  }

  @Test func aLineGoesOnAfterABackslashAQuoteAndABracket() throws {
    let home = try ProgramHome()
    let shell = try home.terminal(prompt: "gradus > ")
    try shell.send("input \\\r")
    try shell.expect("... ")
    try shell.send("2; layer dense 2\r")
    try shell.expect("6 parameters")
    try shell.expect("> ")
    try shell.send("let a=\"x\r")
    try shell.expect("... ")
    try shell.send("y\"\r")
    try shell.expect("a = x y")
    try shell.expect("> ")
    try shell.send("set dense.kernel [[1, 2],\r")
    try shell.expect("... ")
    try shell.send("[3, 4]]\r")
    try shell.expect("[3  4]")
    try shell.expect("> ")
    try shell.send("let b='\r")
    try shell.expect("... ")
    try shell.send("\u{03}")
    try shell.expect("> ")
    try shell.send("let\r")
    try shell.expect("a = x y")
  }

  @Test func theKeysAreThoseOfEditrc() throws {
    let home = try ProgramHome()
    try home.write("bind -v\n", to: ".editrc")
    let shell = try home.terminal(environment: ["HOME": home.folder.path], prompt: "gradus > ")
    // Escape, to the beginning, change a word.
    try shell.send("inptu 2\u{1b}")
    usleep(200_000)
    try shell.send("0cwinput\r")
    try shell.expect("input (None, 2)")
    try shell.expect("> ")
    try shell.send("lay\t dense 3\r")
    try shell.expect("9 parameters")
    try shell.expect("> ")
    try shell.send("help keys\r")
    try shell.expect("bound as in vi")
    try shell.expect("> ")
    try shell.send("\u{1b}")
    usleep(200_000)
    try shell.send("kk\r")
    try shell.expect("dense_1")
    let plain = try home.terminal(environment: ["HOME": "/nonexistent"], prompt: "> ")
    try plain.send("help keys\r")
    try plain.expect("bound as in Emacs")
  }

  @Test func anExampleOfThePagesRunsBesideTheSession() throws {
    let home = try ProgramHome()
    let shell = try home.terminal(prompt: "gradus > ")
    try shell.send("help layer dense run 1\r")
    try shell.expect("> layer dense 8")
    try shell.expect("gradus > ")
    try shell.send("help summary run 9\r")
    try shell.expect("has no example 9; from 1 to")
    try shell.send("help\r")
    let overview = try shell.expect("Tab completes.")
    #expect(overview.split(separator: "\r\n").count < 24, "one screen: \(overview)")
  }
}
