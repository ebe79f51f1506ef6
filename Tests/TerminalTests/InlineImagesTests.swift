import CEditline
import Foundation
import Testing

@testable import Terminal

/// What a terminal's answers say of the pictures that it shows.
@Suite struct InlineImagesTests {
  static let window = InlineImages.Window(columns: 80, rows: 24, width: 0, height: 0)

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var answers: String
    var environment: [String: String] = ["TERM": "xterm-256color"]
    var tmux: Tmux?
    var way: InlineImages.Way?
    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(name: "kitty", answers: "\u{1B}_Gi=31;OK\u{1B}\\\u{1B}P>|kitty(0.35.2)\u{1B}\\\u{1B}[?62;c", way: .kitty),
    Case(name: "kitty's refusal", answers: "\u{1B}_Gi=31;ENOTSUPPORTED\u{1B}\\\u{1B}[?62;4c", way: .sixel),
    Case(name: "iTerm2", answers: "\u{1B}P>|iTerm2 3.5.4\u{1B}\\\u{1B}[?65;4;6;18;22c", way: .iterm),
    Case(name: "iTerm2 over ssh", answers: "\u{1B}[?62c", environment: ["LC_TERMINAL": "iTerm2"], way: .iterm),
    Case(name: "WezTerm by its variable", answers: "\u{1B}[?65;4c", environment: ["TERM_PROGRAM": "WezTerm"], way: .iterm),
    Case(name: "foot", answers: "\u{1B}P>|foot(1.16.2)\u{1B}\\\u{1B}[?62;4;22c", way: .sixel),
    Case(name: "xterm without sixel", answers: "\u{1B}P>|XTerm(379)\u{1B}\\\u{1B}[?64;1;2;6;9;15;18;21;22c", way: nil),
    Case(name: "a class 4 terminal", answers: "\u{1B}[?4;6c", way: nil),
    Case(name: "forty-four", answers: "\u{1B}[?62;44c", way: nil),
    Case(name: "silence", answers: "", way: nil),
    Case(name: "silence of a kitty", answers: "", environment: ["TERM": "xterm-kitty"], way: .kitty),
    Case(name: "a kitty's name on another terminal", answers: "\u{1B}[?62c", environment: ["TERM": "xterm-kitty"], way: nil),
    Case(
      name: "tmux in kitty", answers: "\u{1B}[?1;2c\u{1B}_Gi=31;OK\u{1B}\\", tmux: Tmux(passesThrough: true, features: "256,RGB"),
      way: .kittyInTmux),
    Case(name: "tmux that passes sixels on", answers: "\u{1B}[?1;2;4c", tmux: Tmux(passesThrough: false, features: "sixel"), way: .sixel),
    Case(
      name: "tmux whose terminal has no sixel", answers: "\u{1B}[?1;2;4c", tmux: Tmux(passesThrough: true, features: "256,title"), way: nil),
    Case(
      name: "tmux started from iTerm2", answers: "\u{1B}[?1;2c", environment: ["LC_TERMINAL": "iTerm2"],
      tmux: Tmux(passesThrough: true, features: ""), way: nil),
  ])
  func theWayFollowsFromTheAnswers(_ item: Case) {
    let images = InlineImages(answers: item.answers, environment: item.environment, window: Self.window, tmux: item.tmux)
    #expect(images.way == item.way)
  }

  @Test(arguments: [
    (answers: "\u{1B}[6;34;17t\u{1B}[4;480;800t", window: window, width: 17, height: 34),
    ("\u{1B}[4;480;800t", window, 10, 20),
    ("", InlineImages.Window(columns: 100, rows: 50, width: 900, height: 900), 9, 18),
    ("", window, 10, 20),
    ("\u{1B}[6;0;0t", window, 10, 20),
    ("\u{1B}[6;99999;99999t", window, 10, 20),
  ])
  func theCellIsTheTerminalsThenTheWindowsThenTheUsualOne(_ answers: String, _ window: InlineImages.Window, _ width: Int, _ height: Int) {
    let images = InlineImages(answers: answers, environment: [:], window: window, tmux: nil)
    #expect((images.cellWidth, images.cellHeight) == (width, height))
  }

  @Test(arguments: [
    ("on;256,RGB,sixel\n", Tmux(passesThrough: true, features: "sixel")), ("1;", Tmux(passesThrough: true, features: "")),
    ("all;RGB", Tmux(passesThrough: true, features: "")), ("off;sixel", Tmux(passesThrough: false, features: "sixel")),
    ("0;RGB", Tmux(passesThrough: false, features: "")), (";title", Tmux(passesThrough: true, features: "")), ("no server\n", nil),
    ("", nil),
  ])
  func tmuxTellsItsOptionAndItsTerminal(_ said: String, _ tmux: Tmux?) { #expect(Tmux(said: said) == tmux) }

  @Test func whatIsSentPastTmuxHasItsEscapesDoubled() {
    #expect(Tmux.passing("\u{1B}_Ga;\u{1B}\\") == "\u{1B}Ptmux;\u{1B}\u{1B}_Ga;\u{1B}\u{1B}\\\u{1B}\\")
  }

  @Test(arguments: [
    (received: "st\u{1B}[?62;4cep\r", answers: "\u{1B}[?62;4c", keys: "step\r", found: Int32(1)),
    ("\u{1B}[A\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[6~", "\u{1B}_Gi=31;OK\u{1B}\\", "\u{1B}[A\u{1B}[6~", 2),
    ("\u{1B}[6;5~\u{1B}[6;20;10t", "\u{1B}[6;20;10t", "\u{1B}[6;5~", 0),
    ("\u{1B}P>|foot\u{1B}\\\u{1B}Pé\u{1B}_\u{1B}", "\u{1B}P>|foot\u{1B}\\", "\u{1B}Pé\u{1B}_\u{1B}", 0),
    ("\u{1B}[?62", "", "\u{1B}[?62", 0),
  ])
  func keysAreToldFromAnswers(_ received: String, _ answers: String, _ keys: String, _ found: Int32) {
    var buffer = received.utf8CString.map { $0 }
    var parted = [CChar](repeating: 0, count: 256)
    #expect(gradus_part_answers(&buffer, &parted, 256) == found)
    #expect(text(parted) == answers)
    #expect(text(buffer) == keys)
  }

  private func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// Terminals that answer, and one that does not, played by the test at the other end of a pseudo-terminal.
@Suite struct TerminalQuestionTests {
  /// kitty's question, the terminal's name, the cell, the window, the attributes: in this order, so that the last answer ends the wait.
  static let question = InlineImages.kittyQuestion + "\u{1B}[>q\u{1B}[16t\u{1B}[14t\u{1B}[c"

  @Test(arguments: [
    (answers: "\u{1B}_Gi=31;OK\u{1B}\\\u{1B}P>|kitty(0.35)\u{1B}\\\u{1B}[6;36;18t\u{1B}[?62;c", shown: "pictures kitty 18x36"),
    ("\u{1B}P>|iTerm2 3.5\u{1B}\\\u{1B}[6;30;14t\u{1B}[?65;4c", "pictures iterm 14x30"),
    ("\u{1B}[4;480;960t\u{1B}[?62;4;22c", "pictures sixel 12x20"), ("\u{1B}[?62;22c", "pictures none 10x20"),
  ])
  func theTerminalIsAskedAndItsAnswerCounts(_ answers: String, _ shown: String) throws {
    let session = try PtySession()
    try session.expect("> ")
    try session.send("pictures\r")
    try session.expect(Self.question)
    // Keys typed while the program waits are read at the next prompt.
    try session.send("st" + answers + "ep\r")
    try session.expect(shown)
    try session.expect("<step>")
  }

  @Test func aSilentTerminalCostsNoMoreThanTheTimeoutAndItsLateAnswerIsNoTyping() throws {
    let session = try PtySession()
    try session.expect("> ")
    try session.send("pictures soon\r")
    try session.expect(Self.question)
    try session.expect("pictures none 10x20")
    try session.expect("> ")
    try session.send("\u{1B}_Gi=31;OK\u{1B}\\\u{1B}P>|kitty(0.35)\u{1B}\\\u{1B}[6;36;18t\u{1B}[4;1;1t\u{1B}[?62;c")
    try session.send("step\r")
    try session.expect("<step>")
  }

  @Test(arguments: [["TERM": "dumb"], ["TERM": "linux"], ["TERM": "screen", "STY": "1.pts"], ["TERM_PROGRAM": "Apple_Terminal"]])
  func whoWouldPrintTheQuestionIsNotAskedIt(_ environment: [String: String]) throws {
    let session = try PtySession(environment: environment)
    try session.expect("> ")
    try session.send("pictures soon\r")
    #expect(try !session.expect("pictures none").contains("_G"))
  }

  @Test func behindTmuxTheQuestionGoesPastIt() throws {
    let home = try ProgramHome()
    try home.script("tmux", "echo 'on;256,RGB'")
    let session = try PtySession(
      environment: ["TERM": "tmux-256color", "TMUX": "/tmp/none,1,0", "PATH": home.folder.path + ":/usr/bin:/bin"], folder: home.folder)
    try session.expect("> ")
    try session.send("pictures\r")
    try session.expect(Tmux.passing(InlineImages.kittyQuestion) + "\u{1B}[16t\u{1B}[14t\u{1B}[c")
    try session.send("\u{1B}[?1;2c")
    try session.send("\u{1B}_Gi=31;OK\u{1B}\\")
    try session.expect("pictures kittyInTmux 10x20")
  }

  @Test func tmuxThatLetsNothingThroughIsNotAskedForMore() throws {
    let home = try ProgramHome()
    try home.script("tmux", "echo 'off;256,RGB,sixel'")
    let session = try PtySession(
      environment: ["TERM": "tmux-256color", "TMUX": "/tmp/none,1,0", "PATH": home.folder.path + ":/usr/bin:/bin"], folder: home.folder)
    try session.expect("> ")
    try session.send("pictures\r")
    #expect(try !session.expect("\u{1B}[c").contains("tmux;"))
    try session.send("\u{1B}[?1;2;4c")
    try session.expect("pictures sixel 10x20")
  }
}

extension ProgramHome {
  /// A program of a few words in this folder.
  func script(_ name: String, _ text: String) throws {
    let url = try write("#!/bin/sh\n\(text)\n", to: name)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
  }
}
