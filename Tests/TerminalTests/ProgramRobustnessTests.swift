import Foundation
import GRDB
import Testing

/// Full disks, folders that cannot be written, strange environments and terminals: a clear line each, and the rest works.
@Suite struct ProgramRobustnessTests {
  private static let session = ProgramScriptTests.training + "; fit 2; fit 2; evaluate; version"

  @Test("A file in the place of a folder: what would be kept there is told in a line, and everything else works")
  func folders() throws {
    let home = try ProgramHome()
    for name in ["config", "state", "data"] { try home.write("", to: name) }
    let outcome = try home.run("--keep-going", "-c", "set lang fr; lesson; \(Self.session); due; quiz n=1; stats; store")
    #expect(outcome.status == 1 && outcome.output.contains("gradus 0.1.0") && outcome.output.contains("lang        fr"), "\(outcome)")
    let lines = outcome.error.split(separator: "\n")
    #expect(lines.count { $0.contains("it holds for this session only: the setting cannot be kept in") } == 1, "\(outcome)")
    #expect(lines.count { $0.contains("this fit is not kept among the runs: the store") } == 1, "told once")
    #expect(lines.count { $0.contains("progress in lessons lasts for this session only: the store") } == 1, "told once")
    #expect(lines.count { $0.hasPrefix("the store `\(home.folder.path)/data/gradus/gradus.sqlite` cannot be used") } == 4, "\(outcome)")
    #expect(lines.count == 7, "\(outcome)")
    let shell = try home.terminal()
    #expect(shell.transcript.contains("the session is not kept as it goes in"), "\(shell.transcript)")
    try shell.send("version\r")
    try shell.expect("gradus 0.1.0")
    try shell.expect("> ")
    try shell.send("quit\r")
    try shell.expect("history")
    #expect(try shell.exitCode() == 0)
  }

  @Test("Files that may not grow are a full disk: each command says so, nothing is left half written", arguments: [0, 4, 40])
  func fullDisk(kilobytes: Int) throws {
    let home = try ProgramHome()
    let program = PtySession.products.appendingPathComponent("gradus").path
    let commands = [
      "set lang fr", "data moons 5000", "layer dense 100 relu", "layer dense 100 relu", "layer dense 1 sigmoid", "compile adam 0.01 bce",
      "fit 1",
      "save a.session", "plot loss file=p.png", "draw file=d.svg", "due", "version",
    ]
    let script =
      "cd '\(home.folder.path)'; ulimit -f \(kilobytes); '\(program)' --keep-going -c \"$1\" 2>&1 | cat; echo status ${PIPESTATUS[0]}"
    let session = try PtySession("/bin/bash", ["--norc", "-c", script, "bash", commands.joined(separator: "; ")], folder: home.folder)
    let said = try session.expect("status", timeout: 60).replacing("\r\n", with: "\n")
    try session.expect("1")
    #expect(said.contains("gradus 0.1.0\n") && said.contains("1 epoch "), "\(said)")
    #expect(said.contains("`\(home.folder.path)/a.session` cannot be written: "), "\(said)")
    #expect(said.contains("the store `") && said.contains("cannot be used: "), "\(said)")
    let left = try FileManager.default.contentsOfDirectory(atPath: home.folder.path).filter {
      $0 != "config" && $0 != "data" && $0 != "state"
    }
    for name in left {
      // A picture that is there is whole.
      let bytes = try #require(FileManager.default.contents(atPath: home.folder.path + "/" + name))
      #expect(
        ["p.png", "d.svg"].contains(name) && bytes.suffix(20).range(of: Foundation.Data((name == "p.png" ? "IEND" : "</svg>").utf8)) != nil,
        "\(name)")
    }
  }

  @Test("A home that is unset, empty, relative or not there", arguments: [nil, "", "relative", "/proc/none"] as [String?])
  func homes(_ path: String?) throws {
    let home = try ProgramHome()
    let program = PtySession.products.appendingPathComponent("gradus").path
    // The account's own home takes the place of one that is none; it must not be written to here.
    let value = path.map { "HOME='\($0)'" } ?? "-u HOME"
    let session = try PtySession(
      "/bin/sh",
      [
        "-c",
        "cd '\(home.folder.path)'; env -u XDG_CONFIG_HOME -u XDG_STATE_HOME -u XDG_DATA_HOME \(value) '\(program)' -c 'version; data iris'; echo status $?",
      ],
      folder: home.folder)
    try session.expect("gradus 0.1.0")
    try session.expect("150 samples")
    try session.expect("status 0")
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.folder.path).isEmpty)
    guard path == "/proc/none" else { return }
    let outcome = try home.run(
      ["--keep-going", "-c", "set lang fr; due; version"],
      environment: ["HOME": "/proc/none", "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": "", "XDG_DATA_HOME": "relative"])
    #expect(outcome.output.hasSuffix("gradus 0.1.0\n") && outcome.error.contains("/proc/none/.config/gradus/settings"), "\(outcome)")
    #expect(outcome.error.contains("the store `/proc/none/.local/share/gradus/gradus.sqlite` cannot be used"), "\(outcome)")
  }

  @Test(
    "Whatever the locale says or does not say, words and numbers are the same",
    arguments: ["", "C", "POSIX", "nonsense", "fr_FR.UTF-8", "de_DE"])
  func locales(_ name: String) throws {
    let home = try ProgramHome()
    let commands = Self.session + "; cards neuron; plot loss"
    let usual = try home.run("-c", commands)
    for variables in [["LC_ALL": name, "LANG": name], ["LC_ALL": "", "LC_NUMERIC": name, "LANG": ""]] {
      let outcome = try home.run(["-c", commands], environment: variables)
      #expect(outcome.status == 0 && outcome.error == usual.error, "\(outcome)")
      #expect(outcome.output.replacing(/[0-9.]+ (ms|s)\n/, with: "") == usual.output.replacing(/[0-9.]+ (ms|s)\n/, with: ""))
    }
    let shell = try home.terminal(environment: ["LC_ALL": name, "LANG": name])
    try shell.send("input 2; layer dense 3\r")
    try shell.expect("9 parameters")
    try shell.send("quit\r")
    #expect(try shell.exitCode() == 0)
  }

  @Test(
    "The shell works in terminals of every size and kind, also while they change",
    arguments: [(20, 10), (20, 3), (10, 5), (1, 1), (0, 0), (400, 200)], ["xterm", "dumb", "", "unknown-terminal"])
  func terminals(_ size: (columns: Int, rows: Int), _ term: String) throws {
    let home = try ProgramHome()
    let shell = try PtySession(
      "gradus", environment: ["NO_COLOR": "1", "TERM": term], columns: size.columns, rows: size.rows, folder: home.folder)
    try shell.expect(">")
    for line in [
      "input 2; layer dense 3", "data moons 40; layer dense 1 sigmoid; compile adam 0.1 bce; fit 2", "summary; plot loss", "help fit",
    ] {
      try shell.send(line + "\r")
    }
    try shell.send("fit 1000000\r")
    _ = shell.drain(seconds: 0.6)
    for (columns, rows) in [(7, 3), (0, 0), (1, 1), (120, 40)] {
      shell.resize(columns: columns, rows: rows)
      _ = shell.drain(seconds: 0.1)
    }
    try shell.send("\u{3}")
    try shell.expect("inter")
    try shell.expect(">")
    try shell.send("version\r")
    try shell.expect("0.1.0")
    try shell.send("quit\r")
    #expect(try shell.exitCode() == 0)
    if term == "dumb" || term.isEmpty { #expect(!shell.transcript.contains("\u{1b}"), "\(shell.transcript.debugDescription)") }
  }

  @Test("A terminal that is closed in the middle of a training keeps the session", arguments: [false, true])
  func hangup(trains: Bool) throws {
    let home = try ProgramHome()
    do {
      let shell = try home.terminal()
      try shell.send("set live off; data moons 4000; layer dense 4 relu; layer dense 1 sigmoid; compile adam 0.01 bce\r")
      try shell.expect("rate 0.01")
      try shell.expect("> ")
      if trains {
        try shell.send("fit 1000000\r")
        _ = shell.drain(seconds: 0.5)
      }
      shell.close()
      #expect(try shell.exitCode() == 128 + Int(SIGHUP))
    }
    let next = try home.terminal(prompt: "yes or no")
    try next.send("y\r")
    try next.expect("opened what was kept")
    if trains { try next.expect("epochs") }
    try next.expect("moons 2-4-1")
  }

  @Test(
    "A store of a newer version, or one that is damaged, is told of and left as it is; the shell goes on without it",
    arguments: ["newer", "damaged", "short"])
  func stores(_ kind: String) throws {
    let home = try ProgramHome()
    let file = home.folder.appendingPathComponent("data/gradus/gradus.sqlite")
    _ = try home.run(["-c", "quiz n=1"], input: "\n3\n")
    if kind == "newer" {
      let queue = try DatabaseQueue(path: file.path)
      try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of the future')") }
      try queue.close()
    } else {
      for ending in ["-wal", "-shm"] { unlink(file.path + ending) }
      let bytes =
        kind == "short"
        ? Foundation.Data(try Foundation.Data(contentsOf: file).prefix(3_000)) : Foundation.Data(repeating: 0x67, count: 9_000)
      try bytes.write(to: file)
    }
    let before = try Foundation.Data(contentsOf: file)
    let outcome = try home.run(
      "--keep-going", "-c", "\(Self.session); lesson start neuron; next; due; quiz n=1; runs; store backup copy.sqlite")
    #expect(outcome.status == 1 && outcome.output.contains("gradus 0.1.0") && outcome.output.contains("step 2 of"), "\(outcome)")
    #expect(
      outcome.error.contains("the store `\(file.path)` cannot be used: \(kind == "newer" ? "a newer gradus wrote it" : "it is damaged")"),
      "\(outcome)")
    #expect(outcome.error.split(separator: "\n").count == 6, "\(outcome)")
    let shell = try home.terminal()
    try shell.send("version\r")
    try shell.expect("gradus 0.1.0")
    try shell.send("quit\r")
    #expect(try shell.exitCode() == 0)
    #expect(try Foundation.Data(contentsOf: file) == before)
  }
}
