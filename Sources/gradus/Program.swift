import Course
import Engine
import Foundation
import Screen
import Shell
import Store
import Terminal

/// One run of the program: scripts, then perhaps the shell.
@MainActor final class Program {
  private let options: StartOptions
  private let places: Places
  private let capabilities: Capabilities
  private let surroundings: ProgramSurroundings
  private var session = Session()

  init(_ options: StartOptions) {
    self.options = options
    places = options.shared.places
    isFirstStart = ![places.history, places.preferences, options.shared.store.map { URL(fileURLWithPath: $0) } ?? places.store]
      .contains { FileManager.default.fileExists(atPath: $0.path) }
    let starting = StartSettings(places, options.shared)
    capabilities = Capabilities.current(color: Capabilities.ColorChoice(rawValue: starting.settings.color) ?? .auto)
    surroundings = ProgramSurroundings(options: options.shared, capabilities: capabilities, places: places, source: StandardInputSource())
    session.settings = starting.settings
    surroundings.plotStyle = starting.settings.plot
    surroundings.isPagerWanted = starting.settings.pager
    for fault in starting.faults { surroundings.warn(fault) }
    session.noteStart()
  }

  /// Runs, and returns the exit status.
  func run() -> Int32 {
    Interrupts.ignoreBrokenPipes()
    Interrupts.begin()
    defer { Interrupts.end() }
    var status: Int32 = 0
    let isScripted = !options.commands.isEmpty || !options.scripts.isEmpty || !options.files.isEmpty
    if isScripted {
      status = runScripts()
      if !options.stay || session.wantsToLeave { return status }
    }
    if capabilities.streams.input { return interact(afterStatus: status) }
    // A program that drives the shell asks one thing after the other, and leaves time between them.
    return max(status, run(StandardInputSource { [unowned self] in if options.shared.json { warm(after: 0) } }, named: nil))
  }

  /// Starts gnuplot on another thread, and reads there what the first look at lessons, cards and terms would have to wait for.
  private func warm(after seconds: Double) {
    let reading = session.warming(surroundings.files)
    let drawing = surroundings.plotStyle == "off" ? nil : surroundings.pictures.warming
    DispatchQueue.global(qos: .background).asyncAfter(deadline: .now() + seconds) {
      drawing?()
      reading()
    }
  }

  /// Whether nothing was kept for this person yet: no lines, no settings, no reviews.
  private let isFirstStart: Bool

  private func runScripts() -> Int32 {
    let rest: any LineSource =
      capabilities.streams.input ? EditorSource(makeEditor(history: nil), tells: surroundings.tellsMore) : StandardInputSource()
    var status: Int32 = 0
    for file in options.scripts + options.files {
      status = max(status, play(file, then: rest))
      if status != 0 && !options.shared.keepGoing || session.wantsToLeave { return status }
    }
    for text in options.commands {
      status = max(status, run(TextSource(text, then: rest), named: nil))
      if status != 0 && !options.shared.keepGoing || session.wantsToLeave { return status }
    }
    return status
  }

  /// Plays a file: a lesson through the player, a script line by line, so that what ran before a failure stays.
  private func play(_ path: String, then rest: any LineSource) -> Int32 {
    let url = URL(fileURLWithPath: path)
    do {
      if ["md", "markdown"].contains(url.pathExtension.lowercased()) {
        surroundings.source = rest
        let facts = try surroundings.replayer.replay(url, pausing: false, speed: nil, on: &session, surroundings)
        if let facts = facts as? ReplayFacts, facts.differences > 0 { return 1 }
        return Interrupts.isRequested ? 130 : 0
      }
      return run(TextSource(try Script.text(of: url), then: rest), named: url.lastPathComponent)
    } catch {
      let text = CommandText(words: [], line: "replay \(path)", place: 0..<0)
      var complaint = (error as? Complaint) ?? Complaint("\(error)")
      // `gradus fit 10` was meant as a command.
      if Commands.index[path] != nil, !FileManager.default.fileExists(atPath: url.path) {
        complaint.hint = "`gradus -c '\(path)'` runs a command, `gradus` alone starts the shell"
      }
      surroundings.show(Report(source: text, command: text.line, result: .failure(complaint)))
      return 1
    }
  }

  /// Runs the lines of a script.
  private func run(_ source: any LineSource, named name: String?) -> Int32 {
    surroundings.source = source
    var status: Int32 = 0
    while case .line(var line) = source.next(nil) {
      while Lexer.continues(line) {
        line.removeLast()
        guard case .line(let more) = source.next(nil) else { break }
        line += " " + more
      }
      let isFine = Interpreter.run(line, on: &session, surroundings, keepGoing: options.shared.keepGoing) { report in
        if report.complaint != nil, !options.shared.json, let name, let number = (source as? TextSource)?.number {
          Output.error("\(name), line \(number):\n")
        }
        surroundings.show(report)
      }
      if Interrupts.isRequested { return 130 }
      if !isFine { status = 1 }
      if !isFine && !options.shared.keepGoing || session.wantsToLeave { return status }
    }
    return status
  }

  /// What stands before the line that is typed.
  private var prompt = ""

  private func makeEditor(history: URL?) -> LineEditor {
    LineEditor(
      programName: "gradus", historyFile: history, capabilities: capabilities,
      prompt: { [unowned self] in
        let words = prompt
        return Prompt([.init(String(words.dropLast(2)), .cyan), .init("> ", .plain)])
      },
      completer: { [unowned self] line, cursor in
        let completion = Completer.complete(String(line.prefix(cursor)), on: &session, surroundings)
        return CompletionList(
          replacing: completion.replacing,
          candidates: completion.candidates.map {
            CompletionList.Candidate($0.text, summary: sanitized($0.summary), endsWord: $0.isOpen ? false : nil)
          })
      })
  }

  /// What greets a person who has never been here: three lines.
  private static func welcome(_ whose: String) -> String {
    let isFrench = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { ProcessInfo.processInfo.environment[$0] }.first { !$0.isEmpty }?
      .hasPrefix("fr")
    let ways =
      isFrench == true
      ? "`tour` takes two minutes, `lesson` lists lessons, `set lang fr` : en français"
      : "`tour` shows it in two minutes, `lesson` lists the lessons"
    return """
      gradus \(VersionFacts.version)\(whose): build a network in a few words, watch it learn, ask why, be asked
      \(ways)
      `help` lists the commands, Tab completes, Ctrl-C stops what runs, `quit` leaves

      """
  }

  /// The interactive shell.
  private func interact(afterStatus earlier: Int32) -> Int32 {
    let editor = makeEditor(history: places.history)
    let source = EditorSource(editor, tells: surroundings.tellsMore)
    surroundings.source = source
    if surroundings.tellsMore && earlier == 0 {
      let whose = places.profile.map { ", profile \($0.name)" } ?? ""
      surroundings.say(
        isFirstStart
          ? Program.welcome(whose) : "gradus \(VersionFacts.version)\(whose): `help` lists the commands, Tab completes, `quit` leaves")
      if let left = surroundings.lessonLeft {
        let name = sanitized(left.lesson)
        surroundings.say("the lesson \(name) waits at step \(left.step + 1) of \(left.steps): `lesson start \(name)` goes on")
      }
    }
    Interrupts.catchEndings()
    let keeping = SessionKeeping(surroundings, folder: places.sessions)
    if earlier == 0, !options.shared.json { keeping.offer(&session) }
    // Behind the first prompt, which waits for nothing.
    warm(after: 0.1)
    var repeated: String?
    var lastCancel: ContinuousClock.Instant?
    while !session.wantsToLeave {
      if !source.isPasting { keeping.keep(session) }
      prompt = session.prompt(due: session.settings.due ? surroundings.dueCards : 0)
      let promptWidth = prompt.count
      let reply = source.next(nil)
      guard case .line(var line) = reply else {
        if reply == .cancelled, Interrupts.ending == nil {
          // Twice within a second is meant.
          let isSecond = lastCancel.map { $0.duration(to: .now) < .seconds(1) } ?? false
          lastCancel = isSecond ? nil : .now
          guard isSecond else { continue }
          Output.out("leave gradus?\n")
          guard case .line(let answer) = source.next(.consent), ["y", "yes"].contains(answer.lowercased()) else { continue }
        }
        break
      }
      var isTyped = source.echoWidth == nil && editor.isEditing
      if line.allSatisfy(\.isWhitespace) {
        guard let again = repeated ?? (session.lesson?.awaitsEnter == true ? "next" : nil), isTyped else { continue }
        line = again
        isTyped = false
      }
      repeated = nil
      var isCancelled = false
      while Lexer.continues(line) || isTyped && Lexer.isOpen(line) {
        if Lexer.continues(line) { line.removeLast() }
        guard case .line(let more) = source.continuation() else {
          isCancelled = true
          break
        }
        line += " " + more
        isTyped = isTyped && Lexer.isOpen(line)
      }
      if isCancelled { continue }
      surroundings.linesShown = 0
      source.lang = session.settings.lang
      Interpreter.run(line, on: &session, surroundings) { report in
        surroundings.show(report, promptWidth: isTyped ? promptWidth : source.echoWidth, isAnswer: source.echoWidth == nil)
        repeated = report.complaint == nil && report.isRepeatable ? report.command : nil
      }
    }
    if let problem = editor.historyProblem { surroundings.warn(problem) }
    return keeping.end(session)
  }
}
