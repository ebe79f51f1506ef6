import Foundation
import Testing

/// Answers that are longer than the screen, where `PAGER` names a pager.
@Suite struct ProgramPagerTests {
  /// A program in a terminal that is lower than what `help` tells.
  private func session(_ pager: String?, _ environment: [String: String] = [:], rows: Int = 12, in home: ProgramHome) throws -> PtySession {
    let pagers = pager.map { ["PAGER": $0] } ?? [:]
    return try home.terminal(environment: pagers.merging(environment) { $1 }, rows: rows, prompt: "gradus > ")
  }

  /// What `help` shows up to the next prompt.
  private func help(_ session: PtySession) throws -> [String] {
    try session.send("help\r")
    try session.expect("help\r\n")
    return try session.expect("gradus > ").replacing(/\x1b\[\?2004./, with: "").split(whereSeparator: \.isNewline).map(String.init)
  }

  @Test func aLongAnswerGoesThroughThePagerWhichMayEndEarly() throws {
    let home = try ProgramHome()
    let all = try help(session(nil, in: home))
    #expect(all.count > 12)
    let session = try session("head -3 | sed 's/^/| /'", in: home)
    let shown = try help(session)
    #expect(shown.count < 4 && shown.allSatisfy { $0.hasPrefix("| ") }, "\(shown)")
    try session.send("version\r")
    try session.expect("gradus 0.1.0\r\n")
  }

  @Test(
    arguments: [
      (pager: nil, environment: [:]), (" ", [:]), ("cat", [:]), ("echo PAGED", ["TERM": "dumb"]),
    ] as [(String?, [String: String])])
  func whereThereIsNoPagerAllIsShownAtOnce(_ pager: String?, _ environment: [String: String]) throws {
    let home = try ProgramHome()
    let shown = try help(session(pager, environment, in: home))
    #expect(shown.count > 12 && !shown.contains("PAGED"))
  }

  @Test func anAnswerThatFitsIsShownAtOnce() throws {
    let home = try ProgramHome()
    let count = try help(session(nil, in: home)).count
    // The blank lines between the habits count, and so does the prompt.
    let session = try session("echo PAGED", rows: 2 * count, in: home)
    #expect(try help(session).count == count)
    try session.send("version\r")
    #expect(try !session.expect("gradus > ").contains("PAGED"))
  }

  @Test func scriptsPastesAndFlagsAreNotPaged() throws {
    let home = try ProgramHome()
    let piped = try home.run("-c", "help", environment: ["PAGER": "echo PAGED"])
    #expect(piped.status == 0 && !piped.output.contains("PAGED") && piped.output.split(separator: "\n").count > 12)
    let session = try home.terminal("-i", "-c", "help", environment: ["PAGER": "echo PAGED"], rows: 12, prompt: "gradus > ")
    #expect(!session.transcript.contains("PAGED"))
    try session.send("\u{1b}[200~> help\r> version\r\u{1b}[201~")
    #expect(try !session.expect("gradus 0.1.0\r\n").contains("PAGED"))
    try session.expect("gradus > ")
    #expect(try help(session) == ["PAGED"])
  }

  @Test func aPagerThatIsNotThereIsToldInOneLineAndTheAnswerShown() throws {
    let home = try ProgramHome()
    let shown = try help(session("nopager -x", in: home))
    #expect(shown.first == "the pager `nopager -x` cannot be run; `PAGER` in the environment names it, `set")
    #expect(shown.count > 12 && !shown.contains { $0.contains("not found") })
    let found = try home.run("-c", "doctor", environment: ["PAGER": "nopager -x"])
    #expect(found.output.contains("`nopager` is not in PATH"), "\(found)")
  }

  @Test func theSettingSwitchesItOff() throws {
    let home = try ProgramHome()
    let session = try session("echo PAGED", in: home)
    try session.send("set pager off\r")
    try session.expect("gradus > ")
    #expect(try help(session).count > 12)
    try session.send("undo\r")
    try session.expect("gradus > ")
    #expect(try help(session) == ["PAGED"])
  }

  @Test(arguments: [(environment: [:], shown: "less: FRX"), (["LESS": "R"], "less: R"), (["LESS": ""], "less: ")])
  func lessIsToldWhatItNeeds(_ environment: [String: String], _ shown: String) throws {
    let home = try ProgramHome()
    #expect(try help(session("echo \"less: $LESS\"", environment, in: home)) == [shown])
  }

  @Test func controlCInAPagerEndsOnlyThePager() throws {
    let home = try ProgramHome()
    let session = try session("echo waiting; exec sleep 600", in: home)
    try session.send("help\r")
    try session.expect("waiting")
    try session.send("\u{3}")
    try session.expect("gradus > ")
    try session.send("version\r")
    try session.expect("gradus 0.1.0\r\n")
  }

  @Test func aControlCThatThePagerTakesStopsNothingElse() throws {
    let home = try ProgramHome()
    try home.write("trap 'echo taken; exit 0' INT; echo waiting; while :; do sleep 0.05; done\n", to: "pager")
    let session = try session("sh \(home.folder.path)/pager", in: home)
    try session.send("help; version\r")
    try session.expect("waiting")
    try session.send("\u{3}")
    try session.expect("taken")
    try session.expect("gradus 0.1.0\r\n")
  }

  @Test func aPagerThatIsKilledLeavesTheTerminalAsItWas() throws {
    let home = try ProgramHome()
    let session = try session("stty raw -echo < /dev/tty; kill -9 $$", in: home)
    // What comes after it in the line is shown before the line editor sets the terminal anew.
    try session.send("help; version\r")
    try session.expect("gradus 0.1.0\r\n")
    try session.send("version\r")
    try session.expect("version\r\n")
    try session.expect("gradus 0.1.0\r\n")
  }

  @Test func endingTheProgramEndsThePagerToo() throws {
    let home = try ProgramHome()
    let session = try session("echo waiting; exec sleep 600", in: home)
    try session.send("help\r")
    try session.expect("waiting")
    session.signal(SIGTERM)
    #expect(try session.exitCode() == 128 + Int(SIGTERM))
  }
}
