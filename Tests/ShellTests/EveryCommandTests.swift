import Foundation
import Language
import Testing

@testable import Shell

/// What holds for every command and every kind that is declared in one.
@MainActor @Suite("Every command") struct EveryCommandTests {
  /// All outlines, each with the names that lead to it.
  nonisolated static let pages: [(path: [String], outline: DeclarationOutline)] = {
    func collect(_ outline: DeclarationOutline, _ path: [String]) -> [(path: [String], outline: DeclarationOutline)] {
      let path = path + [outline.name]
      return [(path, outline)]
        + outline.arguments.flatMap { argument -> [(path: [String], outline: DeclarationOutline)] in
          switch argument.form {
          case .declared(let members), .declaredList(let members): members.flatMap { collect($0, path) }
          default: []
          }
        }
    }
    return Commands.outlines.flatMap { collect($0, []) }
  }()

  @Test("has a summary that ends with a full stop, and each of its options a summary and, where it has a range, the range in words")
  func helpIsComplete() {
    #expect(Self.pages.count > 150)
    for (path, outline) in Self.pages {
      let name = path.joined(separator: " ")
      #expect(outline.summary.hasSuffix("."), "\(name): \(outline.summary)")
      for argument in outline.arguments {
        #expect(!argument.summary.isEmpty && !argument.summary.hasSuffix("."), "\(name): \(argument.name)")
        switch argument.form {
        case .integer, .decimal, .boolean, .size, .choice, .declared, .declaredList, .values:
          #expect(!argument.allowed.isEmpty, "\(name): \(argument.name)")
        default: break
        }
      }
    }
  }

  @Test("is reached by completion, and so is each of its choices that stands first")
  func completes() {
    let shell = TestShell()
    let completer = Completer(session: shell.session, files: shell.surroundings.files)
    for outline in Commands.outlines {
      #expect(completer.complete(String(outline.name.dropLast())).candidates.map(\.text).contains(outline.name), "\(outline.name)")
      let offered = completer.complete(outline.name + " ").candidates.map(\.text)
      guard let first = outline.arguments.first(where: { $0.placement != .named }) else { continue }
      switch first.form {
      case .choice(let choices): for choice in choices { #expect(offered.contains(choice.name), "\(outline.name): \(choice.name)") }
      case .declared(let members), .declaredList(let members):
        for member in members { #expect(offered.contains(member.name), "\(outline.name): \(member.name)") }
      default: break
      }
    }
  }

  @Test("fails with a remedy, in whatever session, and the commands that the remedy names can be read")
  func remedies() throws {
    let lines = [
      "compile bce", "fit 1", "epoch", "step", "evaluate", "predict", "check", "find", "summary", "show dense.kernel", "plot loss",
      "plot boundary",
      "plot surface", "plot weights", "worst", "runs", "rerun 1", "compare 1 2", "draw", "keras", "explain step", "explain params",
      "explain loss", "undo", "redo", "freeze dense", "unfreeze dense", "try", "next", "back", "skip", "hint", "card 0", "cards", "save",
      "open",
      "data split 0.2", "data standardize", "data describe", "data head", "set lr 0.1", "set dense.kernel 1", "edit", "lesson status",
      "lesson leave", "sweep lr=0.1,0.2", "layer dense", "quiz nosuchtopic", "script nowhere.txt", "replay nowhere.md", "cd nowhere",
    ]
    let sessions = [
      "", "input 2; layer dense 1 sigmoid", "data moons 40", "input 2; layer dense 1 sigmoid; data moons 40",
    ]
    var failures = 0
    for start in sessions {
      for line in lines {
        let shell = TestShell()
        let folder = try TemporaryFolder([:])
        shell.surroundings.files.folder = folder.url
        if !start.isEmpty { try shell.run(start) }
        let before = shell.session.model.state
        var complaints: [Complaint] = []
        Interpreter.run(line, on: &shell.session, shell.surroundings) { if let complaint = $0.complaint { complaints.append(complaint) } }
        for complaint in complaints {
          failures += 1
          let place = "after `\(start)`, `\(line)`: \(complaint.what)"
          let hint = complaint.hint
          #expect(!hint.isEmpty || complaint.what.contains("usage:") || complaint.what.contains("; "), "\(place)")
          #expect(shell.session.model.state == before, "\(place)")
          for quoted in hint.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter({ $0.offset % 2 == 1 }) {
            for command in (try? Lexer.commands(in: String(quoted.element))) ?? [] {
              guard let declaration = Commands.index[command.words[0].text], command.words.count > 1 else { continue }
              let isPattern = command.words.contains { $0.text.count > 1 && $0.text == $0.text.uppercased() && $0.text.first!.isLetter }
              #expect(isPattern || (try? declaration.parse(command.words)) != nil, "\(place): \(quoted.element)")
            }
          }
        }
      }
    }
    #expect(failures > 60)
  }
}
