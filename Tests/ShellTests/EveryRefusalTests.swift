import Foundation
import Language
import Testing

@testable import Shell

/// The lines that fail, made from the declarations: whatever is wrong, the answer names what would be right, and nothing changes.
@MainActor @Suite("Every refusal") struct EveryRefusalTests {
  /// The pages whose words can be read: a word that must be one of the session's is any word to them.
  nonisolated static let pages = DeclaredPage.all.filter { page in
    (try? Lexer.commands(in: page.sample)[0].words).flatMap { try? Commands.index[page.path[0]]?.parse($0) } != nil
  }

  @Test("The words that the declarations ask for can be read")
  func samples() {
    #expect(Set(DeclaredPage.all.map(\.name)).subtracting(Self.pages.map(\.name)).isEmpty)
  }

  @Test("A value that does not fit its form is told what would")
  func values() throws {
    try check { page in
      page.outline.arguments.filter(\.hasName).flatMap { argument -> [Refused] in
        argument.refusedValues.map { value, right in
          let line = argument.isRequired ? page.sample(leavingOut: argument) : page.sample
          return Refused("\(line) \(argument.name)=\(value)", [right])
        }
      }
    }
  }

  @Test("A name that is nearly one is told which")
  func names() throws {
    try check { page in
      guard !page.takesAnyWord else { return [] }
      return (page.outline.arguments + page.following).filter { $0.hasName && $0.name.count > 3 }.map { argument in
        Refused("\(page.sample) \(mistyped(argument.name))=1", ["`\(argument.name)`"])
      } + [Refused("\(page.sample) zzqqzz=1", ["usage: "])]
    }
  }

  @Test("A word that is nearly one of a list is told which")
  func members() throws {
    try check { page in
      page.outline.arguments.filter { !$0.members.isEmpty && $0.isRequired }.flatMap { argument in
        argument.members.filter { $0.name.count > 2 }.map { member in
          Refused((page.words(before: argument) + [mistyped(member.name)]).joined(separator: " "), ["`\(member.name)`"])
        }
      }
    }
  }

  @Test("What is missing is told by its name, with the usage")
  func missing() throws {
    try check { page in
      page.required.map { argument, _ in
        Refused(page.sample(upTo: argument), [argument.summary, "usage: "])
      }
    }
  }

  @Test("Whatever is there or not there, a command that fails tells the next step, which can be typed")
  func steps() throws {
    let starts = ["", "input 2; layer dense 1 sigmoid", "data moons 40", "input 2; layer dense 1 sigmoid; data moons 40"]
    // These wait for a person, or leave.
    let apart: Set = ["tour", "quit", "doctor"]
    var failures = Set<String>()
    for start in starts {
      let shell = TestShell.withSmallCourse()
      if !start.isEmpty { try shell.run(start) }
      shell.session.openBuiltInDecks(shell.surroundings.files)
      let begun = shell.session
      for page in DeclaredPage.all where !apart.contains(page.path[0]) && !page.name.hasPrefix("preset ") {
        // What a line writes goes into a folder of its own.
        let folder = try TemporaryFolder([:])
        shell.surroundings.files.folder = folder.url
        shell.session = begun
        guard let complaint = shell.refusal(of: page.sample) else { continue }
        failures.insert(page.name)
        expectRemedy(complaint, of: "after `\(start)`, `\(page.sample)`")
      }
    }
    #expect(failures.count > 60)
  }

  // MARK: -

  private struct Refused {
    let line: String
    /// What the complaint says, one of these.
    let rights: [String]
    init(_ line: String, _ rights: [String]) { (self.line, self.rights) = (line, rights) }
  }

  /// Runs the lines of every page on a session that has something of everything.
  private func check(_ lines: (DeclaredPage) -> [Refused]) throws {
    let shell = try TestShell.furnished()
    var count = 0
    for page in Self.pages {
      for refused in lines(page) {
        count += 1
        guard let complaint = shell.refusal(of: refused.line) else {
          Issue.record("`\(refused.line)` is taken")
          continue
        }
        let words = complaint.what + "; " + complaint.hint
        #expect(refused.rights.contains { words.contains($0) }, "`\(refused.line)`: \(words)")
        expectRemedy(complaint, of: "`\(refused.line)`")
      }
    }
    #expect(count > 100)
  }

  private func expectRemedy(_ complaint: Complaint, of place: String) {
    let hint = complaint.hint
    #expect(!hint.isEmpty || complaint.what.contains("must be") || complaint.what.contains("; "), "\(place): \(complaint.what)")
    for quoted in hint.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter({ $0.offset % 2 == 1 }) {
      for command in (try? Lexer.commands(in: String(quoted.element))) ?? [] {
        guard let declaration = Commands.index[command.words[0].text], command.words.count > 1 else { continue }
        let isPattern = command.words.contains { $0.text.contains(/[A-Z]{2,}/) }
        #expect(isPattern || (try? declaration.parse(command.words)) != nil, "\(place): \(complaint.what): \(quoted.element)")
      }
    }
  }
}

extension TestShell {
  /// Why a line fails; nil when it does not, or waits for an answer. A refusal that leaves anything behind is an issue.
  func refusal(of line: String) -> Complaint? {
    let before = session, runs = surroundings.keptRuns.newest(1_000).map(\.id), kept = surroundings.kept
    var refusal: Complaint?
    Interpreter.run(line, on: &session, surroundings) { refusal = $0.complaint }
    guard let refusal else { return nil }
    let changes = before.moment.differs(from: session.moment) || before.made != session.made || before.recording != session.recording
    #expect(!changes && before.lesson == session.lesson, "`\(line)` fails and changes the session")
    #expect(runs == surroundings.keptRuns.newest(1_000).map(\.id) && kept == surroundings.kept, "`\(line)` fails and keeps something")
    return refusal
  }
}

extension DeclaredPage {
  /// Whether a word that holds `=` is taken as text, or as a path or a name that may hold one.
  fileprivate var takesAnyWord: Bool {
    (outline.arguments + following).contains { argument in
      switch argument.form {
      case .word: argument.placement == .positional && !argument.isRequired
      case .declared: !argument.isRequired && argument.moreCandidates != .nothing
      case .text, .words, .numbers, .commandLine: true
      default: false
      }
    }
  }

  /// The line without an argument, which is to be given by its name.
  fileprivate func sample(leavingOut left: ArgumentDescription) -> String {
    (words + required.filter { $0.argument.name != left.name }.flatMap(\.words)).joined(separator: " ")
  }

  /// The line up to an argument, those given by name included.
  fileprivate func sample(upTo last: ArgumentDescription) -> String {
    let before = required.prefix { $0.argument.name != last.name || $0.argument.placement != last.placement }
    return (words + before.flatMap(\.words)).joined(separator: " ")
  }

  /// The words before an argument of its own.
  fileprivate func words(before argument: ArgumentDescription) -> [String] {
    words + outline.arguments.prefix { $0.name != argument.name }.filter(\.isRequired).flatMap(\.sampleWords)
  }
}
