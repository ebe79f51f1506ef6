import CPty
import Foundation
import Testing

/// Standard input, output and error in every condition that a script may find them in.
@Suite struct ProgramStreamTests {
  /// Runs a line of the shell in which `$g` is the program; gives what it printed.
  private func shell(_ line: String, in home: ProgramHome, environment: [String: String] = [:]) throws -> String {
    let program = PtySession.products.appendingPathComponent("gradus").path
    let session = try PtySession(
      "/bin/bash", ["--norc", "-c", "exec 2>&1; cd '\(home.folder.path)'; \(line); echo END"],
      environment: ["g": program, "NO_COLOR": "1"].merging(environment) { $1 }, folder: home.folder)
    let shown = try session.expect("END\r\n", timeout: 60)
    return shown.replacing("\r\n", with: "\n")
  }

  @Test(arguments: [
    // Nobody reads any more: no word, and the status of SIGPIPE.
    (line: "$g -c 'summary; repeat 100 help; summary' | head -1; echo ${PIPESTATUS[0]}", shown: "Model: \"sequential\"\n141\n"),
    ("$g -c 'repeat 100 help' | true; echo ${PIPESTATUS[0]}", "141\n"),
    ("yes version | head -20000 | $g | head -1; echo ${PIPESTATUS[2]}", "gradus 0.1.0\n141\n"),
    // No room.
    ("$g -c version >/dev/full; echo $?", "standard output cannot be written: No space left on device\n1\n"),
    ("$g --json -c version >/dev/full; echo $?", "standard output cannot be written: No space left on device\n1\n"),
    ("$g -c version 2>/dev/full; echo $?", "gradus 0.1.0\n0\n"),
    // Streams that are closed.
    ("$g -c version >&-; echo $?", "standard output cannot be written: Bad file descriptor\n1\n"),
    ("$g -c 'version; foo' 2>&-; echo $?", "gradus 0.1.0\n1\n"), ("$g -c version <&-; echo $?", "gradus 0.1.0\n0\n"),
    ("$g <&-; echo $?", "0\n"), ("$g -c 'quiz n=1' <&- | tail -1", "0 cards graded\n"),
    ("$g <&- >&- 2>&-; echo $?", "0\n"), ("$g -i -c version </dev/null; echo $?", "gradus 0.1.0\n0\n"),
    ("$g </; echo $?", "0\n"),
  ])
  func everyConditionEndsWell(_ line: String, _ shown: String) throws {
    let said = try shell(line, in: ProgramHome())
    #expect(said == shown, "\(line)")
  }

  @Test("With closed streams, what is printed goes into no file of the program")
  func closedStreams() throws {
    let home = try ProgramHome()
    _ = try shell(
      "$g -c 'data moons 50; layer dense 1 sigmoid; compile adam 0.1 bce; set lang fr; save a.session; foo' <&- >/dev/null 2>&-", in: home)
    _ = try shell("$g -c 'set plot off; foo' <&- >&- 2>&-", in: home)
    let outcome = try home.run("--json", "-c", "open a.session; set; store")
    #expect(outcome.status == 0 && outcome.error.isEmpty, "\(outcome)")
    #expect(try home.text(of: "config/gradus/settings").split(separator: "\n").allSatisfy { $0.hasPrefix("set ") })
  }

  @Test(
    "What goes into a pipe or a file holds no control character, and progress goes nowhere",
    arguments: ["xterm", "dumb", "xterm-kitty", ""])
  func plainText(term: String) throws {
    let home = try ProgramHome()
    let commands =
      ProgramScriptTests.training
      + "; fit 300; summary; show dense.kernel; plot loss; draw; explain step; lesson; help; help fit; cards; stats; set; runs; foo"
    for arguments in [["-c", commands], ["--quiet", "-c", commands], ["--json", "--keep-going", "-c", commands]] {
      let outcome = try home.run(arguments, environment: ["TERM": term, "KITTY_WINDOW_ID": "1", "COLORTERM": "truecolor"])
      for text in [outcome.output, outcome.error] {
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }, "\(arguments)")
      }
      #expect(!outcome.error.contains("poch"), "\(outcome.error)")
    }
  }

  private static let version: [UInt8] = Array("\nversion\n".utf8)
  private static let million = [UInt8](repeating: 0x38, count: 1_000_000)
  private static let bytes: [(input: [UInt8], says: String)] = [
    (Array("ver\u{0}sion".utf8), "there is no command `ver␀sion`"), ([0xFF, 0xFE], "there is no command `\u{FFFD}\u{FFFD}`"),
    (Array("vers".utf8) + [0xC3], "there is no command `vers\u{FFFD}`"), (million, "there is no command `888"),
    (Array("layer dense ".utf8) + million, "units must be"), (Array("\"".utf8) + million, "nothing closes this"),
    (Array("\u{1b}]0;title\u{7}".utf8), "there is no command"),
  ]

  @Test(arguments: bytes.indices)
  func bytesThatAreNoCommandAreRefusedInAFewWords(_ index: Int) throws {
    let (input, says) = Self.bytes[index]
    let home = try ProgramHome()
    try Foundation.Data(input + Self.version).write(to: home.folder.appendingPathComponent("input.gradus"))
    let outcome = try home.run(["--keep-going", "input.gradus"])
    let said = try shell("$g --keep-going <input.gradus", in: home)
    // A file that is no UTF-8 is refused whole.
    let isText = String(validating: input, as: UTF8.self) != nil
    #expect(isText || outcome.error.hasSuffix("is not a text file; scripts are UTF-8 text\n"), "\(outcome)")
    for text in (isText ? [outcome.error + outcome.output] : []) + [said] {
      // At a terminal a long word begins a line of its own.
      let words = text.replacing("\r", with: "").replacing("\n", with: " ")
      #expect(words.contains(says) && text.contains("gradus 0.1.0") && text.utf8.count < 3_000, "\(text.prefix(2_000))")
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    }
  }

  @Test("A program drives it over pipes: each command is answered by one object before the next is sent")
  func driven() throws {
    let home = try ProgramHome()
    let program = try home.start(["--json", "--keep-going"])
    let commands = [
      "data moons 64", "layer dense 4 tanh", "layer dense 1 sigmoid", "compile adam 0.05 bce accuracy", "fit 20", "evaluate", "nonsense",
      "summary",
    ]
    for (index, command) in commands.enumerated() {
      try program.write(command + "\n")
      try program.wait(for: "\n", count: index + 1)
    }
    let outcome = try program.finished()
    #expect(outcome.status == 1 && outcome.error.isEmpty, "\(outcome)")
    let objects = outcome.objects.compactMap { $0 }
    #expect(objects.map { $0["command"] as? String } == commands)
    #expect(objects.map { $0["ok"] as? Bool } == commands.map { $0 != "nonsense" })
    #expect(((objects[4]["history"] as? [String: Any])?["loss"] as? [Double])?.count == 20)
  }

  private static let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test("The example in Python runs", .enabled(if: python != nil, "there is no Python here"))
  func example() throws {
    let home = try ProgramHome()
    let file = InstallTests.root.appendingPathComponent("Examples/drive.py").path
    let said = try shell("'\(try #require(Self.python))' -W error '\(file)' \"$g\"; echo $?", in: home)
    let lines = said.split(separator: "\n")
    #expect(lines.first == "33 parameters" && lines.count { $0.contains(" -> ") } == 3, "\(said)")
    #expect(said.hasSuffix("there is no kind `dens`; did you mean `dense`?\n0\n"), "\(said)")
  }

  @Test("SIGTERM, SIGHUP and SIGINT end a script that trains, with the status that tells which", arguments: [SIGTERM, SIGHUP, SIGINT])
  func endings(signal: Int32) throws {
    let home = try ProgramHome()
    let program = try home.start([])
    try program.write(ProgramScriptTests.training + "\nfit 1000000\nversion\n")
    try program.wait(for: "adam, rate 0.05")
    usleep(100_000)
    program.signal(signal)
    let outcome = try program.finished(timeout: 10)
    #expect(outcome.status == (signal == SIGINT ? 130 : 128 + Int(signal)) && !outcome.output.contains("gradus 0.1.0"), "\(outcome)")
    withExtendedLifetime(home) {}
  }
}
