import Foundation
import Testing

/// Pictures of the built program in terminals that the test plays.
@Suite struct ProgramPictureTests {
  static let train = "layer dense 1; data linear 64; compile sgd 0.1 mse; fit 3\r"

  @Test(arguments: [
    (answers: "\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[6;20;10t\u{1B}[?62;c", shown: "\u{1B}_Ga=T,C=1,"),
    ("\u{1B}P>|WezTerm 2024\u{1B}\\\u{1B}[?65;4c", "\u{1B}]1337;File=inline=1;"), ("\u{1B}[?62;4;22c", "\u{1B}P"),
  ])
  func aPlotIsShownAsTheTerminalCan(_ answers: String, _ shown: String) throws {
    let session = try ProgramHome().terminal()
    try session.send(ProgramPictureTests.train)
    try session.expect("3 epochs")
    try session.expect("> ")
    try session.send("plot loss\r")
    try session.expect("\u{1B}[c")
    try session.send(answers)
    try session.expect("\u{1B}7" + shown)
    try session.expect("\u{1B}8")
    try session.expect("> ")
    // The terminal is asked once.
    try session.send("plot loss\r")
    #expect(try !session.expect("\u{1B}7" + shown).contains("\u{1B}[c"))
  }

  @Test func aSilentTerminalIsGivenCharactersAndKeysTypedMeanwhileAreKept() throws {
    let session = try ProgramHome().terminal()
    try session.send(ProgramPictureTests.train)
    try session.expect("3 epochs")
    try session.expect("> ")
    try session.send("plot loss\r")
    try session.expect("\u{1B}[c")
    try session.send("vers")
    try session.expect("epoch\r\n")
    try session.send("ion\r")
    try session.expect("gradus 0.1.0")
  }

  @Test func theStartAsksNothing() throws {
    let session = try ProgramHome().terminal()
    #expect(!session.transcript.contains("\u{1B}[c") && !session.transcript.contains("_G"))
  }

  @Test func settingsDecideWhereAPictureGoes() throws {
    let session = try ProgramHome().terminal()
    try session.send(ProgramPictureTests.train)
    try session.expect("3 epochs")
    try session.expect("> ")
    try session.send("set plot ascii; plot loss\r")
    #expect(try !session.expect("epoch\r\n").contains("\u{1B}[c"))
    try session.send("set plot inline; plot loss\r")
    try session.expect("\u{1B}[c")
    try session.send("\u{1B}[?62;22c")
    try session.expect("this terminal shows no pictures among its text")
    try session.send("set plot off; plot loss\r")
    try session.expect("plots are switched off")
  }

  @Test(arguments: [["TERM": "dumb"], ["TERM": "xterm-kitty"]])
  func pipesAndDumbTerminalsAreGivenTextAlone(_ environment: [String: String]) throws {
    let home = try ProgramHome()
    let outcome = try home.run(
      "-c", "layer dense 1; data linear 64; compile sgd 0.1 mse; fit 2; plot loss; set plot inline; plot loss; data digits; plot data",
      environment: environment)
    #expect(outcome.status == 0 && !outcome.output.contains("\u{1B}") && outcome.output.contains("epoch"), "\(outcome)")
  }

  @Test func aPictureOfACardIsShownBetweenItsLines() throws {
    let home = try ProgramHome()
    // Black and white, two pixels.
    let png = try #require(
      Data(base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNg+A8AAQIBAEK+vGgAAAAASUVORK5CYII="))
    try png.write(to: home.folder.appendingPathComponent("net.png"))
    try home.write("Question : What?\nAnswer : See ![the net](net.png) and ![more](gone.png)\n", to: "words.md")
    let session = try home.terminal()
    try session.send("deck load \(home.folder.path)/words.md\r")
    try session.expect("1 card")
    try session.send("quiz\r")
    try session.expect("answer > ")
    try session.send("\r")
    try session.expect("\u{1B}[c")
    try session.send("\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62;c")
    try session.expect("\u{1B}_Ga=T,C=1,")
    try session.expect("the net")
    try session.expect("[picture: more")
  }

  @Test(arguments: [["--quiet"], ["--json"], ["-c", "data moons 50; plot data; plot data file=plot.png"], ["plot.gradus"], []])
  func nothingOfAPlotStaysInTheTemporaryFolder(_ arguments: [String]) throws {
    let home = try ProgramHome()
    let folder = home.folder.appendingPathComponent("temporary")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let environment = ["TMPDIR": folder.path]
    let lines = "data moons 50\nplot data file=\(home.folder.path)/plot.png\nset plot ascii\nplot data\n"
    try home.write(lines, to: "plot.gradus")
    if arguments.isEmpty {
      let session = try home.terminal(environment: environment)
      try session.send(lines.replacing("\n", with: "\r") + "quit\r")
      #expect(try session.exitCode() == 0)
    } else {
      let outcome = try home.run(arguments, input: arguments[0].hasPrefix("--") ? lines : "", environment: environment)
      #expect(outcome.status == 0, "\(outcome)")
    }
    #expect(FileManager.default.fileExists(atPath: home.folder.appendingPathComponent("plot.png").path))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }
}
