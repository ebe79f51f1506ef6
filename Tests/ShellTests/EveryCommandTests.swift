import Engine
import Foundation
import Language
import Testing

@testable import Shell

/// What holds for every command and every kind that is declared in one.
@MainActor @Suite("Every command") struct EveryCommandTests {
  @Test("has a page: a sentence, each argument with what it means, may be and is without it, and an example where it can have one")
  func help() throws {
    #expect(DeclaredPage.all.count > 230)
    for page in DeclaredPage.all {
      let outline = page.outline
      #expect(outline.summary.hasSuffix(".") && outline.summary.first?.isLowercase == false, "\(page.name): \(outline.summary)")
      // A metric that bears the name of a loss too: its page is the loss's.
      let isLossToo =
        page.path.count == 2 && page.path[0] == "compile" && EngineDeclarations.losses.contains { $0.outline.answers(to: page.path[1]) }
      if isLossToo, EngineDeclarations.metrics.contains(where: { $0.outline.name == page.path[1] }) { continue }
      let text = words(TestShell().text("help \(page.name)"))
      #expect(text.hasPrefix(words(HelpFacts.usage(page.path, outline))), "\(page.name)")
      for argument in outline.arguments {
        let name = "\(page.name): \(argument.name)"
        #expect(!argument.summary.isEmpty && !argument.summary.hasSuffix(".") && text.contains(words(argument.summary)), "\(name)")
        if !argument.allowed.isEmpty { #expect(text.contains(words(argument.allowed)), "\(name): \(argument.allowed)") }
        if !argument.defaultText.isEmpty { #expect(text.contains("default \(argument.defaultText)"), "\(name)") }
        #expect(!argument.kind.isEmpty, "\(name)")
        switch argument.form {
        case .integer, .decimal, .boolean, .size, .choice, .declared, .declaredList, .values:
          #expect(!argument.allowed.isEmpty, "\(name)")
        default: break
        }
      }
      // What only a person in the middle of something can do has no line of its own to show.
      if !["card", "try", "hint", "record", "edit", "tour", "lesson recap", "plot retention"].contains(page.name) {
        #expect(!outline.examples.isEmpty, "\(page.name)")
      }
    }
  }

  private func words(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  /// The examples of all commands and of the kinds declared in them.
  nonisolated static let examples = Set(DeclaredPage.all.flatMap(\.outline.examples)).sorted()

  @Test("runs its examples, and tells what came of them in JSON that can be read", arguments: examples)
  func example(line: String) throws {
    let shell = TestShell.withSmallCourse()
    // What an example writes goes into a folder of its own.
    let folder = try TemporaryFolder([:])
    let writes = try Lexer.commands(in: line).contains { text in
      Commands.index[text.words[0].text].flatMap { Commands.byName[$0.name] }?.effects.contains(.writes) == true
    }
    if writes, !line.contains("Lessons/"), !line.contains("lesson") { shell.surroundings.files.folder = folder.url }
    try shell.run(line)
    #expect(!shell.reports.isEmpty)
    for report in shell.reports {
      let text = report.json.text
      #expect(text.allSatisfy { !$0.isNewline })
      let object = try #require(try JSONSerialization.jsonObject(with: Foundation.Data(text.utf8)) as? [String: Any], "\(text)")
      #expect(object["ok"] as? Bool == true)
      let command = try #require(object["command"] as? String)
      let name = String(command.prefix { $0 != " " && $0 != "?" })
      #expect(Commands.byName[name] != nil, "\(command)")
      for key in Self.keys(of: command) { #expect(object[key] != nil, "\(command): \(key)") }
    }
  }

  /// The least that the object of a command holds.
  nonisolated private static let leastKeys: [(command: String, keys: [String])] = [
    ("summary", ["layers", "total", "trainable", "non_trainable", "bytes"]), ("show", ["name", "shape", "values"]),
    ("fit", ["history", "steps", "seconds"]), ("epoch", ["history", "steps", "seconds"]), ("step", ["history", "steps", "seconds"]),
    ("evaluate", ["loss", "samples", "on"]), ("predict", ["outputs"]), ("explain step", ["quantities"]), ("explain params", ["layers"]),
    ("deck load", ["count", "different", "cards"]), ("deck list", ["count", "different", "cards"]),
    ("cards", ["count", "different", "cards"]),
    ("deck check", ["findings", "confirmed"]), ("quiz", ["asked"]), ("drill params", ["asked"]),
    ("lesson start", ["name", "step", "steps", "done"]),
    ("due", ["new", "learning", "due"]), ("stats show", ["reviews", "retention", "by_topic"]), ("plot", ["kind", "file"]),
    ("draw", ["kind", "file"]), ("runs list", ["runs"]), ("compare", ["runs", "differences", "results"]),
  ]

  private static func keys(of command: String) -> [String] {
    if ["runs", "stats"].contains(command) { return keys(of: command + (command == "runs" ? " list" : " show")) }
    if command == "explain step" || !command.hasSuffix("?") {
      return leastKeys.first { command == $0.command || command.hasPrefix($0.command + " ") }?.keys ?? []
    }
    return []
  }

  @Test("is reached by completion, and so are the names of its options and the values that are listed for them")
  func completion() {
    let shell = TestShell()
    for page in DeclaredPage.all {
      if page.path.count == 1 { #expect(shell.offers(String(page.name.dropLast())).contains(page.name), "\(page.name)") }
      var line = page.words.joined(separator: " ")
      for argument in page.outline.arguments {
        let name = "\(page.name): \(argument.name)"
        if argument.hasName {
          #expect(shell.offers("\(line) \(argument.name.dropLast())").contains(argument.name + "="), "\(name)")
          let values = shell.offers("\(line) \(argument.name)=")
          for value in argument.listedValues { #expect(values.contains(value), "\(name): \(value)") }
        }
        guard argument.placement != .named else { continue }
        if case .phrase = argument.form { #expect(shell.offers(line + " ").contains(argument.name), "\(name)") }
        let values = shell.offers(line + " ")
        for value in argument.listedValues { #expect(values.contains(value), "\(name): \(value)") }
        if argument.isRequired { line += " " + argument.sampleWords.joined(separator: " ") }
      }
    }
  }

  @Test("completes what only the session knows, each with a description where there are several")
  func sources() throws {
    let shell = try TestShell.furnished()
    let plain: [CandidateSource] = [.columns, .npzArrays]
    let data = projectRoot.appendingPathComponent("Lessons/data").path
    for page in DeclaredPage.all {
      var line = page.words.joined(separator: " ")
      for argument in page.outline.arguments {
        let isNamed = argument.placement == .named
        for source in argument.sources {
          // A table, an archive and a lesson are named before.
          let named = [CandidateSource.csvColumns: "\(data)/iris.csv", .npzArrays: "\(data)/small/digits.npz", .lessonSteps: "neuron"][
            source]
          let start = (named.map { line.replacing("nosuch", with: $0) } ?? line) + (isNamed ? " \(argument.name)=" : " ")
          let options = Set((page.outline.arguments + page.following).map { $0.name + "=" })
          let found = shell.candidates(start).filter { !options.contains($0.text) }
          #expect(!found.isEmpty, "`\(start)`: \(source.name)")
          guard found.count > 1, !plain.contains(source) else { continue }
          let bare = found.filter { $0.summary.isEmpty }.map(\.text)
          // A file of an ending that nobody knows is only a file.
          #expect(bare.isEmpty || source == .files, "`\(start)`: \(bare)")
        }
        if argument.isRequired, !isNamed { line += " " + argument.sampleWords.joined(separator: " ") }
      }
    }
  }
}

extension TestShell {
  /// The texts that Tab would offer behind a line.
  func offers(_ line: String) -> Set<String> { Set(candidates(line).map(\.text)) }

  /// A shell whose course is one lesson of the project's, with all its terms and data: what reads the course is soon done.
  static func withSmallCourse() -> TestShell {
    let shell = TestShell()
    shell.surroundings.files.lessons = smallCourse
    return shell
  }

  private static let smallCourse: URL? = {
    let manager = FileManager.default, lessons = projectRoot.appendingPathComponent("Lessons")
    let course = courseOfProcess
    do {
      for name in ["en/terms", "fr/terms", "data", "en/neuron.md", "fr/neuron.md"] {
        let copy = course.appendingPathComponent(name)
        try manager.createDirectory(at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
        if !manager.fileExists(atPath: copy.path) { try manager.copyItem(at: lessons.appendingPathComponent(name), to: copy) }
      }
      atexit { try? FileManager.default.removeItem(at: TestShell.courseOfProcess) }
      return course
    } catch { return lessons }
  }()

  nonisolated private static var courseOfProcess: URL {
    FileManager.default.temporaryDirectory.appendingPathComponent("gradus-course-\(ProcessInfo.processInfo.processIdentifier)")
  }

  /// A shell with something of everything: a network, data, runs, a sweep, variables, a past and a future.
  static func furnished() throws -> TestShell {
    let shell = TestShell()
    let folder = try TemporaryFolder(["a.csv": "", "b.md": "", "c": ""])
    try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("d"), withIntermediateDirectories: true)
    shell.folder = folder
    shell.surroundings.files.folder = folder.url
    try shell.run(
      "record nowhere.gradus; let n=8 kind=relu; data moons 40; layer dense 3 tanh; layer dense 1 sigmoid; compile adam 0.05 bce accuracy")
    try shell.run("fit 1; fit 1 val=0.25; sweep lr=0.1,0.2 epochs=1; sweep lr=0.1,0.3 epochs=1")
    try shell.run("set batch 16; set batch 8; undo 2")
    shell.surroundings.typed = ["data moons", "fit 3"]
    shell.reports = []
    return shell
  }
}
