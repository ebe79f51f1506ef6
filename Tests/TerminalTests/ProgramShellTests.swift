import Foundation
import Testing

/// The interactive shell in a real terminal.
@Suite struct ProgramShellTests {
  /// A network that trains at once.
  static let small = "input 2; layer dense 4 tanh; layer dense 1 sigmoid; data moons 64; compile adam 0.05 bce accuracy\r"

  @Test func theIssuesFirstSession() throws {
    let home = try ProgramHome()
    let session = try PtySession("gradus", environment: ["NO_COLOR": "1"], folder: home.folder)
    try session.expect("`help` lists the commands, Tab completes, Ctrl-C stops what runs, `quit` leaves\r\n")
    let lines: [(typed: String, shown: String, prompt: String)] = [
      ("input 2", "input (None, 2)", "gradus"),
      ("layer dense 8 relu", "24 parameters", "gradus 2-8"),
      ("layer batchnorm", "32 parameters", "gradus 2-8"),
      ("layer dense 4 relu", "(92 parameters in all)", "gradus 2-8-4"),
      ("layer dense 1 sigmoid", "(97 parameters in all)", "gradus 2-8-4-1"),
      ("summary", "Total params: 97 (388.00 B)", "gradus 2-8-4-1"),
      ("data moons 500", "500 samples of 2", "gradus moons 2-8-4-1"),
      ("compile adam 0.01 bce accuracy", "adam, rate 0.01", "gradus moons 2-8-4-1"),
      ("fit 30", "30 epochs", "gradus moons 2-8-4-1 e30"),
      ("evaluate", "accuracy", "gradus moons 2-8-4-1 e30"),
    ]
    try session.expect("> ")
    for line in lines {
      try session.send(line.typed + "\r")
      try session.expect(line.shown)
      try session.expect(line.prompt)
      try session.expect("> ")
    }
    try session.send("quit\r")
    #expect(try session.exitCode() == 0)
  }

  @Test(arguments: [
    (keys: "lay\tdense 8\r", shown: "24 parameters"),
    ("layer dense 8 re\t\r", "24 parameters"),
    ("deck load ./wor\t\r", "1 card,"),
  ])
  func tabCompletes(_ keys: String, _ shown: String) throws {
    let home = try ProgramHome()
    try home.write("Question : What?\nAnswer : That.\n", to: "words.md")
    let session = try home.terminal()
    try session.send("input 2\r")
    try session.expect("(None, 2)")
    try session.expect("> ")
    // The working folder is the runner's, so files are named in full.
    try session.send(keys.replacing("./", with: home.folder.path + "/"))
    try session.expect(shown)
  }

  @Test func tabListsTheLayers() throws {
    let session = try ProgramHome().terminal()
    try session.send("layer d\t")
    try session.expect("dense")
    try session.expect("dropout")
    try session.expect("layer d")
    try session.send("r\t0.5\r")
    try session.expect("dropout (Dropout)")
  }

  @Test func linesOfEarlierSessionsComeBack() throws {
    let home = try ProgramHome()
    let first = try home.terminal()
    try first.send("input 7\r")
    try first.expect("(None, 7)")
    try first.expect("> ")
    try first.send("quit\r")
    #expect(try first.exitCode() == 0)
    let second = try home.terminal()
    try second.send("\u{1b}[A\u{1b}[A\r")
    try second.expect("(None, 7)")
  }

  @Test(arguments: ["step", "epoch"])
  func enterRepeats(_ command: String) throws {
    let session = try ProgramHome().terminal()
    try session.send(ProgramShellTests.small)
    try session.expect("adam, rate")
    try session.expect("> ")
    // Before it, Enter does nothing.
    try session.send("\r")
    #expect(try !session.expect("> ").contains("loss"))
    try session.send(command + "\r")
    for _ in 0..<3 {
      try session.expect("loss")
      try session.expect("> ")
      try session.send("\r")
    }
    try session.expect("loss")
    try session.expect("> ")
    try session.send("version\r")
    try session.expect("gradus 0.1.0")
    try session.expect("> ")
    try session.send("\r")
    #expect(try !session.expect("> ").contains("loss"))
  }

  @Test func controlCEndsATrainingAndKeepsTheModel() throws {
    let session = try ProgramHome().terminal(columns: 100, rows: 40)
    try session.send(ProgramShellTests.small)
    try session.expect("adam, rate")
    try session.expect("> ")
    try session.send("fit 1000000\r")
    // A training that lasts shows its curve, in characters, and draws it in place.
    try session.expect("epoch ")
    try session.expect("loss **")
    try session.expect("\u{1b}[")
    try session.expect("loss **")
    let began = Date()
    try session.send("\u{3}")
    try session.expect("interrupted: the model is kept")
    try session.expect("gradus moons 2-4-1 e")
    try session.expect("> ")
    #expect(Date().timeIntervalSince(began) < 10)
    try session.send("evaluate\r")
    try session.expect("accuracy ")
    try session.expect("> ")
    try session.send("fit 2\r")
    try session.expect("2 epochs")
  }

  @Test(arguments: [(columns: 80, rows: 10), (25, 40)])
  func aScreenTooSmallForACurveShowsTheProgressOnly(_ columns: Int, _ rows: Int) throws {
    let session = try ProgramHome().terminal(columns: columns, rows: rows)
    try session.send(ProgramShellTests.small)
    try session.expect("rate 0.05")
    try session.expect("> ")
    try session.send("fit 1000000\r")
    try session.expect("epoch ")
    let shown = session.drain(seconds: 1.2)
    #expect(!shown.contains("***") && shown.contains("epoch "), "\(shown.suffix(300).debugDescription)")
    try session.send("\u{3}")
    try session.expect("interrupted")
  }

  @Test func controlCEndsTheRestOfTheLineToo() throws {
    let session = try ProgramHome().terminal()
    try session.send(ProgramShellTests.small)
    try session.expect("adam, rate")
    try session.expect("> ")
    try session.send("fit 1000000; version\r")
    try session.expect("epoch ")
    try session.send("\u{3}")
    try session.expect("interrupted")
    #expect(try !session.expect("> ").contains("0.1.0"))
  }

  @Test func controlCAndControlDAtThePrompt() throws {
    let session = try ProgramHome().terminal()
    try session.send("layer dens\u{3}")
    try session.expect("> ")
    try session.send("version\r")
    #expect(try !session.expect("gradus 0.1.0").contains("no kind"))
    try session.expect("> ")
    try session.send("\u{4}")
    #expect(try session.exitCode() == 0)
  }

  @Test func aComplaintPointsAtTheWord() throws {
    let session = try ProgramHome().terminal()
    try session.send("input 2; layer dens 8\r")
    let shown = try session.expect("there is no kind `dens`; did you mean `dense`?")
    let caret = try #require(shown.split(whereSeparator: \.isNewline).last)
    // The prompt `gradus > ` has nine columns, and `dens` stands in the sixteenth of what was typed.
    #expect(caret == String(repeating: " ", count: 9 + 15) + "^^^^", "\(shown.debugDescription)")
  }

  @Test(arguments: [["NO_COLOR": "1"], ["NO_COLOR": "", "TERM": "dumb"]])
  func noColourWhereNoneIsWanted(_ environment: [String: String]) throws {
    let session = try ProgramHome().terminal(environment: environment)
    try session.send("input 2; layer dense 2; summary; foo\r")
    try session.expect("there is no command")
    try session.send("quit\r")
    #expect(try session.exitCode() == 0)
    #expect(session.transcript.firstMatch(of: /\u{1b}\[[0-9;]*[1-9][0-9;]*m/) == nil, "\(session.transcript.debugDescription)")
  }

  @Test func coloursWhereTheyAre() throws {
    let session = try ProgramHome().terminal(environment: ["NO_COLOR": ""])
    try session.send("foo\r")
    try session.expect("there is no command")
    #expect(
      session.transcript.contains("\u{1b}[31m") || session.transcript.contains("\u{1b}[1;31m"), "\(session.transcript.debugDescription)")
  }

  @Test func aPasteOfATranscriptRunsOnlyItsCommands() throws {
    let session = try ProgramHome().terminal()
    let transcript = """
      gradus > input 2
      input (None, 2)
      gradus 2 > layer dense 3
      dense (Dense)   (None, 3)   9 parameters
      > summary style=short
      dense (Dense)   (None, 3)   9

      """
    try session.send("\u{1b}[200~" + transcript.replacing("\n", with: "\r") + "\u{1b}[201~")
    try session.expect("(None, 2)")
    try session.send("\r")
    try session.expect("gradus 2-3 > ")
    try session.send("version\r")
    try session.expect("gradus 0.1.0")
    #expect(!session.transcript.contains("there is no command"), "\(session.transcript.debugDescription)")
  }

  @Test func eachLineOfAPasteStandsAboveItsOutput() throws {
    let session = try ProgramHome().terminal()
    try session.send("\u{1b}[200~input 2\rlayer dens 3\r# a remark\rversion\r\u{1b}[201~")
    try session.expect("> input 2\r\ninput (None, 2)\r\n> layer dens 3\r\n        ^^^^\r\nthere is no kind `dens`")
    try session.expect("> # a remark\r\n> version\r\ngradus 0.1.0")
    // A single line that came with a prompt was not typed after the one on the screen either.
    try session.send("\u{1b}[200~> layer denes 1\r\u{1b}[201~")
    try session.expect("> layer denes 1\r\n        ^^^^^\r\n")
  }

  @Test func whatIsSaidAtATerminalBreaksBetweenWords() throws {
    let home = try ProgramHome()
    let session = try home.terminal(columns: 40, prompt: "gradus > ")
    for line in session.transcript.split(whereSeparator: \.isNewline) { #expect(line.count <= 40, "\(line)") }
    let french = try ProgramHome().terminal(environment: ["LANG": "fr_FR.UTF-8", "LC_ALL": ""], prompt: "gradus > ")
    #expect(french.transcript.split(whereSeparator: \.isNewline).count { $0.contains("`") } == 2, "\(french.transcript)")
  }

  @Test func aCommandInThePlaceOfAFileIsTold() throws {
    let outcome = try ProgramHome().run("fit", "10")
    #expect(outcome.status == 1 && outcome.error.contains("`gradus -c 'fit'` runs a command"), "\(outcome)")
  }

  @Test func aNarrowTerminalAndAResize() throws {
    let session = try ProgramHome().terminal(columns: 30, rows: 10)
    try session.send("input 2; layer dense 8; summary\r")
    try session.expect("Total params")
    try session.expect("> ")
    session.resize(columns: 100, rows: 30)
    try session.send("summary\r")
    try session.expect("Total params")
    try session.send("quit\r")
    #expect(try session.exitCode() == 0)
  }

  @Test func aHistoryThatCannotBeKeptIsSaid() throws {
    let session = try ProgramHome().terminal(environment: ["XDG_STATE_HOME": "/proc/none"])
    try session.send("version\r")
    try session.expect("gradus 0.1.0")
    try session.expect("> ")
    try session.send("quit\r")
    try session.expect("history")
    #expect(try session.exitCode() == 0)
  }

  @Test func stayingKeepsWhatRan() throws {
    let session = try ProgramHome().terminal("-i", "-c", "input 2; layer dense 3; foo")
    try session.send("summary style=short\r")
    try session.expect("(None, 3)   9")
  }
}
