import Course
import Engine
import Foundation
import Screen
import Shell
import Terminal

/// `gradus check`: replays lessons as tests.
@MainActor enum CheckProgram {
  static func run(_ options: CheckOptions) -> Int32 {
    Interrupts.ignoreBrokenPipes()
    let capabilities = Capabilities.current(color: options.shared.color ?? .auto)
    let lessons = Places().lessons(told: options.shared.lessons)
    let checker = LessonChecker(renderer: ReportText(), plotter: Pictures(capabilities), lessons: lessons, limit: options.limit)
    if options.worker {
      // What runs in parallel takes one kernel thread each.
      KernelThreads.set(1)
      CheckWorkers.serve(checker)
      return 0
    }
    let outcome: LessonChecker.Outcome
    do {
      outcome = try check(checker, options, lessons)
    } catch {
      let complaint = (error as? Complaint) ?? Complaint("\(error)")
      if options.shared.json {
        let text = CommandText(words: [], line: "check", place: 0..<0)
        Output.out(Report(source: text, command: "check", result: .failure(complaint)).json.text + "\n")
      } else {
        Output.error(ReportText.lines(of: complaint, in: nil).rendered(capabilities.colorsError ? .ansi : .plain))
      }
      return 1
    }
    options.shared.json ? Output.out(json(of: outcome).text + "\n") : tell(outcome, options, capabilities)
    guard !outcome.differences.isEmpty, options.update else { return outcome.isFine ? 0 : 1 }
    return consents(options, capabilities) ? rewrite(outcome, capabilities) : 1
  }

  /// Checks one lesson here, several in processes beside this one.
  private static func check(_ checker: LessonChecker, _ options: CheckOptions, _ lessons: URL?) throws -> LessonChecker.Outcome {
    let documents = try LessonChecker.documents(options.paths)
    let cores = ProcessInfo.processInfo.activeProcessorCount
    var outcome = LessonChecker.Outcome()
    if documents.count > 1 && cores > 1 {
      let arguments = ["--limit", "\(options.limit)"] + (lessons.map { ["--lessons", $0.path] } ?? [])
      let parts = CheckWorkers.outcomes(of: documents.map(\.file), at: cores, limit: options.limit, arguments: arguments)
      for (part, document) in zip(parts, documents) { outcome.add(try part ?? checker.check(document)) }
    } else {
      for document in documents { outcome.add(try checker.check(document)) }
    }
    outcome.add(LessonChecker.pairs(documents))
    return outcome
  }

  private static func tell(_ outcome: LessonChecker.Outcome, _ options: CheckOptions, _ capabilities: Capabilities) {
    var lines: [StyledText] = []
    for difference in outcome.differences {
      lines.append(StyledText("\(sanitized(difference.file)):\(difference.line): \(sanitized(difference.command))", Style(bold: true)))
      lines += difference.diff.lines.map { line in
        switch line {
        case .same(let text): StyledText("  " + sanitized(text), .muted)
        case .expected(let text): StyledText("- " + sanitized(text), Style(.bad))
        case .printed(let text): StyledText("+ " + sanitized(text), Style(.good))
        }
      }
    }
    for finding in outcome.findings {
      let words = finding.kind.isFault ? finding.says : "remark: " + finding.says
      lines.append(StyledText("\(sanitized(finding.file)):\(finding.line): \(sanitized(words))", Style(bold: true)))
      lines.append(StyledText("  " + sanitized(finding.right), .muted))
    }
    let files = outcome.files == 1 ? "1 file" : "\(outcome.files) files"
    let commands = outcome.commands == 1 ? "1 command" : "\(outcome.commands) commands"
    let tasks = outcome.tasks == 0 ? "" : outcome.tasks == 1 ? ", 1 task" : ", \(outcome.tasks) tasks"
    let faults = outcome.findings.filter(\.kind.isFault).count
    var verdict = outcome.differences.isEmpty ? "all as expected" : "\(outcome.differences.count) not as expected"
    if faults > 0 { verdict += ", \(faults) \(faults == 1 ? "complaint" : "complaints")" }
    if !options.shared.quiet || !outcome.isFine { lines.append(StyledText("\(files), \(commands)\(tasks): \(verdict)")) }
    Output.out(lines.rendered(capabilities.colorsOutput ? .ansi : .plain))
  }

  private static func json(of outcome: LessonChecker.Outcome) -> JSONValue {
    .object([
      ("command", .string("check")), ("ok", .bool(outcome.isFine)), ("files", .integer(outcome.files)),
      ("commands", .integer(outcome.commands)), ("tasks", .integer(outcome.tasks)),
      (
        "differences",
        .array(
          outcome.differences.map {
            .object([
              ("file", .string($0.file)), ("line", .integer($0.line)), ("command", .string($0.command)),
              ("expected", .strings($0.expected)),
              ("actual", .strings($0.actual)),
            ])
          })
      ),
      ("findings", .array(outcome.findings.map(\.json))),
    ])
  }

  private static func consents(_ options: CheckOptions, _ capabilities: Capabilities) -> Bool {
    if options.yes { return true }
    guard capabilities.streams.input else {
      Output.error("nothing is rewritten: --yes does so without asking\n")
      return false
    }
    Output.error("rewrite the expected outputs? [y/N] ")
    return readLine()?.lowercased().hasPrefix("y") == true
  }

  private static func rewrite(_ outcome: LessonChecker.Outcome, _ capabilities: Capabilities) -> Int32 {
    do {
      try LessonChecker.update(outcome.differences)
      Output.error("rewritten\n")
      return outcome.findings.contains { $0.kind.isFault } ? 1 : 0
    } catch {
      Output.error(ReportText.lines(of: (error as? Complaint) ?? Complaint("\(error)"), in: nil).rendered(.plain))
      return 1
    }
  }
}
