import Foundation
import Testing

@testable import Shell

/// `scripts/install`, with the program that the tests have built.
@Suite struct InstallTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func install(_ arguments: String..., environment: [String: String] = [:]) throws -> (status: Int, said: String) {
    let session = try PtySession(
      InstallTests.root.appendingPathComponent("scripts/install").path, arguments,
      environment: ["GRADUS_PROGRAM": PtySession.products.appendingPathComponent("gradus").path].merging(environment) { $1 })
    let status = try session.exitCode(timeout: 60)
    return (status, session.transcript)
  }

  private func files(below folder: URL) -> [String] {
    (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []).sorted()
  }

  @Test func whatIsInstalledRunsFromAnywhereAndGoesAwayWhole() throws {
    let home = try ProgramHome()
    let prefix = home.folder.appendingPathComponent("prefix dir")
    // Something of another program stays.
    try FileManager.default.createDirectory(at: prefix.appendingPathComponent("bin"), withIntermediateDirectories: true)
    try Data().write(to: prefix.appendingPathComponent("bin/other"))
    let first = try install(prefix.path)
    #expect(first.status == 0 && first.said.contains("gradus 0.1.0 is installed in"), "\(first)")
    for path in [
      "bin/gradus", "share/gradus/Lessons/data", "share/gradus/Lessons/en/terms", "share/man/man1/gradus.1",
      "share/bash-completion/completions/gradus", "share/zsh/site-functions/_gradus", "share/fish/vendor_completions.d/gradus.fish",
    ] {
      #expect(FileManager.default.fileExists(atPath: prefix.appendingPathComponent(path).path), "\(path)")
    }
    let program = prefix.appendingPathComponent("bin/gradus").path
    let session = try PtySession(
      program, ["--color", "never", "-c", "data iris; cards neuron; set lang fr; cards neurone"], folder: home.folder)
    try session.expect("iris: 150 samples")
    try session.expect("Neurone")
    #expect(try session.exitCode() == 0)

    // The same again changes nothing, and what an earlier version brought goes.
    let before = files(below: prefix)
    try Data().write(to: prefix.appendingPathComponent("share/gradus/Lessons/old.md"))
    let list = prefix.appendingPathComponent("share/gradus/installed")
    try Data((try String(contentsOf: list, encoding: .utf8) + "share/gradus/Lessons/old.md\n").utf8).write(to: list)
    #expect(try install(prefix.path).status == 0)
    #expect(files(below: prefix) == before)

    let removed = try install("--uninstall", prefix.path)
    #expect(removed.status == 0 && files(below: prefix) == ["bin", "bin/other"], "\(removed)")
    let again = try install("--uninstall", prefix.path)
    #expect(again.status == 1 && again.said.contains("nothing is installed in"), "\(again)")
  }

  @Test func aPackageIsStagedAndABadPlaceIsSaid() throws {
    let home = try ProgramHome()
    let staged = try install("/opt/gradus", environment: ["DESTDIR": home.folder.path + "/stage"])
    #expect(staged.status == 0, "\(staged)")
    #expect(FileManager.default.isExecutableFile(atPath: home.folder.path + "/stage/opt/gradus/bin/gradus"))
    #expect(!FileManager.default.fileExists(atPath: "/opt/gradus"))
    let file = try home.write("", to: "file")
    let bad = try install(file.path + "/below")
    #expect(bad.status == 1 && bad.said.contains("cannot be made"), "\(bad)")
    let unbuilt = try install(home.folder.path + "/x", environment: ["GRADUS_PROGRAM": "/nonexistent"])
    #expect(unbuilt.status == 1 && unbuilt.said.contains("/nonexistent is no program"), "\(unbuilt)")
    #expect(try install("--nosuch").status == 2)
  }

  @Test(arguments: ["man", "bash", "zsh", "fish"])
  func whatIsGeneratedNamesEveryFlag(_ what: String) throws {
    let home = try ProgramHome()
    let outcome = try home.run("--generate", what)
    #expect(outcome.status == 0 && outcome.error.isEmpty && !outcome.output.isEmpty, "\(outcome)")
    let text = outcome.output.replacing("\\-", with: "-")
    let help = try home.run("--help").output + home.run("check", "--help").output
    let flags = Set(help.matches(of: /(?:^|, )\s*--([a-z-]+)/.anchorsMatchLineEndings()).map { String($0.1) })
    #expect(flags.count > 12)
    for flag in flags {
      #expect(text.contains(what == "fish" ? " -l \(flag) " : "--\(flag)"), "\(flag)")
    }
    for word in ["check", "lesson"] { #expect(text.contains(word)) }
    if what == "man" {
      for command in Commands.all { #expect(text.contains("\n.B \(command.declaration.outline.name)"), "\(command.declaration.name)") }
      #expect(outcome.output.utf8.allSatisfy { $0 < 0x80 })
    }
  }

  /// What looks through a generated text without running it, where it is installed.
  private static let checkers: [(what: String, tool: String, arguments: [String])] = [
    ("man", "/usr/bin/mandoc", ["-T", "lint"]), ("man", "/usr/bin/groff", ["-man", "-ww", "-z", "-Tutf8"]), ("bash", "/bin/bash", ["-n"]),
    ("zsh", "/usr/bin/zsh", ["-n"]), ("fish", "/usr/bin/fish", ["-n"]),
  ].filter { FileManager.default.isExecutableFile(atPath: $0.1) }

  @Test(arguments: checkers.indices)
  func whatIsGeneratedPassesTheToolsThatCheckIt(_ index: Int) throws {
    let (what, tool, arguments) = Self.checkers[index]
    let home = try ProgramHome()
    let file = try home.write(try home.run("--generate", what).output, to: "text")
    let session = try PtySession(tool, arguments + [file.path], folder: home.folder)
    #expect(try session.exitCode() == 0)
    #expect(session.transcript.isEmpty, "\(session.transcript)")
  }

  @Test(
    "bash completes flags, their values, subcommands and files",
    arguments: [
      (typed: "gradus --js", completed: ["--json"]), ("gradus --color ", ["always", "auto", "never"]),
      ("gradus --color=a", ["always", "auto"]),
      ("gradus ", ["a.gradus", "b c.md", "check", "new", "sub"]), ("gradus --json ch", ["check"]), ("gradus --store x ch", ["check"]),
      ("gradus check ", ["b c.md", "sub"]), ("gradus check --up", ["--update"]), ("gradus --up", []), ("gradus new ", ["lesson"]),
      ("gradus new lesson s", ["sub"]), ("gradus -c ", []), ("gradus -c 'fit 3' ", ["a.gradus", "b c.md", "check", "new", "sub"]),
      ("gradus --store ", ["a.gradus", "b c.md", "sub", "z.txt"]), ("gradus --lessons ", ["sub"]),
      ("gradus --profile ", ["anna"]), ("gradus z", ["z.txt"]), ("gradus -- ch", []), ("gradus --generate z", ["zsh"]),
    ])
  func bashCompletes(_ typed: String, _ completed: [String]) throws {
    let home = try ProgramHome()
    for name in ["here/sub", "data/gradus/profiles/anna"] {
      try FileManager.default.createDirectory(at: home.folder.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    for name in ["a.gradus", "b c.md", "z.txt"] { try home.write("", to: "here/" + name) }
    try home.write(try home.run("--generate", "bash").output, to: "completions")
    // What readline would hand over: the words, where `=` is one of its own, and the last of them under the cursor.
    let script = """
      cd '\(home.folder.path)/here' && . ../completions
      eval "typed=($(sed 's/=/ = /g' <<<"$1"))"
      [[ $1 == *' ' ]] && typed+=('')
      COMP_WORDS=("${typed[@]}") COMP_CWORD=$((${#typed[@]} - 1))
      _gradus
      printf '%s\\n' "${COMPREPLY[@]}" | sort -u | sed 's/^/<&/; s/$/>/' | tr -d '\\n'
      echo END
      """
    let session = try PtySession("/bin/bash", ["--norc", "-c", script, "bash", typed], folder: home.folder)
    let shown = try session.expect("END")
    let found = shown.split(separator: ">").map { $0.trimmingPrefix("<") }.map(String.init).filter { !$0.isEmpty }
    #expect(found == completed, "\(typed): \(session.transcript)")
  }
}
