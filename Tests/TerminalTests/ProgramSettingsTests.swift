import Foundation
import Testing

/// The config file, what `set` keeps, flags and profiles: what wins, and what is said about mistakes.
@Suite struct ProgramSettingsTests {
  private func home(config: String) throws -> ProgramHome {
    let home = try ProgramHome()
    try FileManager.default.createDirectory(at: home.folder.appendingPathComponent("config/gradus"), withIntermediateDirectories: true)
    try home.write(config, to: "config/gradus/config")
    return home
  }

  private func standing(_ outcome: ProgramHome.Outcome, _ name: String) -> [String] {
    let object = outcome.objects.last.flatMap { $0 }
    let settings = object?["settings"] as? [String: Any], origins = object?["origins"] as? [String: Any]
    return ["\(settings?[name] ?? "-")", "\(origins?[name] ?? "-")"]
  }

  @Test func aFlagWinsOverSetOverTheConfigFileOverTheDefault() throws {
    let home = try home(config: "# mine\ncolor never\nseed = 5\nbatch 64 # large\nlang=fr\n")
    #expect(try standing(home.run("--json", "-c", "set"), "plot") == ["auto", "default"])
    #expect(try standing(home.run("--json", "-c", "set"), "lang") == ["fr", "config"])
    #expect(try standing(home.run("--json", "-c", "set"), "batch") == ["64", "config"])
    #expect(try standing(home.run("--json", "-c", "set"), "seed") == ["5", "config"])
    #expect(try standing(home.run("--json", "--seed", "9", "-c", "set"), "seed") == ["9", "flag"])
    #expect(try standing(home.run("--json", "-c", "set batch 8; set"), "batch") == ["8", "session"])
    #expect(try home.run("-c", "set color always").status == 0)
    #expect(try standing(home.run("--json", "-c", "set"), "color") == ["always", "kept"])
    #expect(try standing(home.run("--json", "--color", "auto", "-c", "set"), "color") == ["auto", "flag"])
    #expect(try standing(home.run("--json", "-c", "set default color; set"), "color") == ["never", "config"])
    #expect(try standing(home.run("--json", "-c", "set"), "color") == ["never", "config"])
    // `undo` leaves nothing behind.
    #expect(try home.run("-c", "set color always; undo").status == 0)
    #expect(try standing(home.run("--json", "-c", "set"), "color") == ["never", "config"])
    // The file of a person is never written.
    #expect(try home.text(of: "config/gradus/config") == "# mine\ncolor never\nseed = 5\nbatch 64 # large\nlang=fr\n")
    let told = try home.run("-c", "set batch 7; set").output.replacing(/\s+/, with: " ")
    #expect(told.contains("(from the config file; 0 is the default)") && told.contains("(this session; 32 is the default)"), "\(told)")
  }

  @Test(arguments: [
    (line: "plto off", says: "there is no setting `plto`; did you mean `plot`?"), ("lang de", "there is no value `de`; there is en, fr"),
    ("lr 0.1", "`lr` belongs to a model"), ("retention", "`retention` needs"), ("batch 0", "1 to 1,000,000"), ("batch 8 9", "8 9"),
    ("dense.kernel 1", "there is no setting `dense.kernel`"), ("\u{1b}]0;x\u{7} 3", "there is no setting"),
  ])
  func aWrongLineIsToldWithItsNumberAndTheRestCounts(_ line: String, _ says: String) throws {
    let home = try home(config: "\n\(line)\nseed 5\n")
    let outcome = try home.run("--json", "-c", "set")
    #expect(outcome.status == 0 && standing(outcome, "seed") == ["5", "config"], "\(outcome)")
    #expect(outcome.error.hasPrefix(home.folder.path + "/config/gradus/config:2: ") && outcome.error.contains(says), "\(outcome)")
    #expect(outcome.error.split(separator: "\n").count == 1 && !outcome.error.unicodeScalars.contains("\u{1b}"), "\(outcome)")
  }

  @Test func coloursGoAndComeWithTheSetting() throws {
    let home = try ProgramHome()
    let session = try home.terminal()
    try session.send("set color always\r")
    try session.expect(";36mgradus ")
    try session.send("set color never\r")
    try session.expect("gradus > ")
    try session.send("version\r")
    #expect(try !session.expect("gradus > ").contains("36m"))
  }

  @Test func manyWrongLinesAreToldInAFew() throws {
    let outcome = try home(config: String(repeating: "nonsense 1\n", count: 400)).run("-c", "version")
    #expect(outcome.status == 0 && outcome.error.split(separator: "\n").count == 6, "\(outcome)")
    #expect(outcome.error.hasSuffix("395 more lines are wrong\n"), "\(outcome)")
  }

  @Test("A folder, a pipe or bytes in the file's place are told in one line", arguments: ["folder", "pipe", "bytes"])
  func noFile(_ kind: String) throws {
    let home = try home(config: "")
    let path = home.folder.path + "/config/gradus/config"
    try FileManager.default.removeItem(atPath: path)
    switch kind {
    case "folder": try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    case "pipe": #expect(mkfifo(path, 0o600) == 0)
    default: try Foundation.Data(repeating: 0xFE, count: 200_000).write(to: URL(fileURLWithPath: path))
    }
    let outcome = try home.run("-c", "version; set lang fr")
    #expect(outcome.status == 0 && outcome.output.hasPrefix("gradus 0.1.0\n"), "\(outcome)")
    #expect(
      outcome.error.hasPrefix("the settings in `\(path)` cannot be read: ") && outcome.error.split(separator: "\n").count == 1, "\(outcome)"
    )
  }

  @Test func profilesKeepApart() throws {
    let home = try ProgramHome()
    #expect(try home.run("--profile", "anna", "-c", "set lang fr").status == 0)
    let quiz = try home.run(["-c", "quiz n=1"], input: "\n3\n", environment: ["GRADUS_PROFILE": "anna"])
    #expect(quiz.output.contains("stored"), "\(quiz)")
    func learning(_ arguments: String...) throws -> Int? {
      try home.run(arguments + ["--json", "-c", "due"]).objects.first??["learning"] as? Int
    }
    #expect(try learning("--profile", "anna") == 1)
    #expect(try learning() == 0)
    #expect(try learning("--profile", "bob") == 0)
    #expect(try standing(home.run("--json", "-c", "set"), "lang") == ["en", "default"])
    #expect(try standing(home.run("--json", "--profile", "anna", "-c", "set"), "lang") == ["fr", "kept"])
    // The flag wins over the environment.
    #expect(
      try standing(home.run(["--json", "--profile", "bob", "-c", "set"], environment: ["GRADUS_PROFILE": "anna"]), "lang").first == "en")
    let shell = try home.terminal("--profile", "anna", prompt: "profile anna: ")
    try shell.expect("> ")
    try shell.send("data moons 40; layer dense 1\r")
    try shell.expect("moons 2-1 >")
    shell.signal(SIGKILL)
    _ = try shell.exitCode()
    #expect(try home.text(of: "state/gradus/profiles/anna/history").contains("data moons 40"))
    #expect(!FileManager.default.fileExists(atPath: home.folder.path + "/state/gradus/history"))
    // Her session is offered to nobody else.
    _ = try home.terminal()
    try home.terminal("--profile", "anna", prompt: "yes or no").send("n\r")
  }

  @Test(arguments: ["", ".", "..", "a/b", "-x", "a b", "\u{1b}[31m", String(repeating: "a", count: 65)])
  func whatCannotBeAFolderIsNoProfile(_ name: String) throws {
    let home = try ProgramHome()
    let outcome = try home.run("--profile=\(name)", "-c", "version")
    #expect(outcome.status == 2 && outcome.output.isEmpty && !outcome.error.contains("\u{1b}"), "\(outcome)")
    guard !name.isEmpty else { return }
    let environment = try home.run(["-c", "version"], environment: ["GRADUS_PROFILE": name])
    #expect(environment.status == 2 && environment.error.contains("$GRADUS_PROFILE"), "\(environment)")
  }
}
