import Language

/// What came of one command.
public struct Report: Sendable {
  /// The command as typed.
  public let source: CommandText
  /// The command as typed, its name in full; as typed where the name is unknown.
  public let command: String
  /// What it found out, or what was wrong.
  public let result: Result<any Facts, Complaint>
  /// Whether Enter on an empty line repeats it.
  public let isRepeatable: Bool

  /// A report of the given parts.
  public init(source: CommandText, command: String, result: Result<any Facts, Complaint>, isRepeatable: Bool = false) {
    self.source = source
    self.command = command
    self.result = result
    self.isRepeatable = isRepeatable
  }

  /// What was wrong; nil when the command succeeded.
  public var complaint: Complaint? {
    if case .failure(let complaint) = result { complaint } else { nil }
  }

  /// The report as the object that `--json` prints.
  public var json: JSONValue {
    switch result {
    case .success(let facts): .object([("command", .string(command)), ("ok", .bool(true))] + facts.json)
    case .failure(let complaint):
      .object([
        ("command", .string(command)), ("ok", .bool(false)),
        ("error", .object([("what", .string(complaint.what)), ("where", place(of: complaint)), ("hint", .string(complaint.hint))])),
      ])
    }
  }

  /// Whether no other command follows in the line that was typed.
  public var endsLine: Bool {
    let rest = source.line.dropFirst(source.place.upperBound).drop { $0.isWhitespace || $0 == ";" }
    return rest.isEmpty || rest.first == "#"
  }

  /// Where a complaint points: the characters of the line, from 0, and the text there.
  private func place(of complaint: Complaint) -> JSONValue {
    guard let place = complaint.place else { return .null }
    let characters = Array(source.line)
    let shown = String(characters[place.clamped(to: 0..<characters.count)])
    return .object([("start", .integer(place.lowerBound)), ("end", .integer(place.upperBound)), ("text", .string(shown))])
  }
}

/// Runs commands on a session: reads, checks what the running text may do, and keeps the session as it was when a command fails.
@MainActor public enum Interpreter {
  /// Reads a line and runs its commands in order, handing each report over; stops after one that failed, unless it is to keep going.
  ///
  /// - Returns: Whether every command succeeded.
  @discardableResult
  public static func run(
    _ line: String, on session: inout Session, _ surroundings: any Surroundings, keepGoing: Bool = false, report: (Report) -> Void
  ) -> Bool {
    let commands: [CommandText]
    do {
      commands = try Lexer.commands(in: line)
    } catch {
      let whole = CommandText(words: [Word(line, at: 0..<line.count)], line: line, place: 0..<line.count)
      report(Report(source: whole, command: line, result: .failure(complaint(error))))
      return false
    }
    var isFine = true
    for command in commands {
      let outcome = run(command, on: &session, surroundings)
      report(outcome)
      if session.recording != nil { surroundings.recorder.note(outcome, surroundings) }
      if session.lesson != nil { surroundings.tutor.watch(outcome, on: &session, surroundings) }
      if outcome.complaint != nil { isFine = false }
      if !isFine && !keepGoing || session.wantsToLeave || surroundings.isInterrupted { break }
    }
    return isFine
  }

  /// Runs a line and shows what comes of its commands, up to one that fails.
  ///
  /// - Returns: Why that one failed, which is not shown; nil when none did.
  static func refusal(of line: String, on session: inout Session, _ surroundings: any Surroundings) -> Complaint? {
    var refusal: Complaint?
    run(line, on: &session, surroundings) { report in
      if let complaint = report.complaint { refusal = complaint } else { surroundings.show(report) }
    }
    return refusal
  }

  /// Runs one command.
  public static func run(_ text: CommandText, on session: inout Session, _ surroundings: any Surroundings) -> Report {
    var name = text.words[0].text
    var isRepeatable = false
    do {
      if let help = try Help.asked(by: text) { return Report(source: text, command: help.command(text), result: .success(help)) }
      let declaration = try ForeignWords.command(of: text)
      name = declaration.name
      guard let command = Commands.byName[name] else { throw Complaint("there is no command `\(name)`") }
      isRepeatable = command.effects.contains(.repeats)
      if surroundings.files.isConfined && !command.effects.isDisjoint(with: [.runs, .leaves]) { throw Complaint.confined(name) }
      try ForeignWords.checkPipes(text)
      let meant = try session.variables.expanding(text, of: declaration.outline)
      let action = try declaration.parse(meant.words)
      // The command works on a copy: when it throws, nothing has changed.
      var draft = session
      draft.command = inFull(meant, name)
      let facts = try Interruption.asking({ surroundings.isInterrupted }) { try action.run(&draft, surroundings) }
      if command.effects.contains(.builds) {
        draft.note(BuildStep(inFull(meant, name), before: session, surroundings.files), made: facts)
      }
      if !command.effects.contains(.travels) {
        draft.note(ScriptLine(inFull(text, name), of: command, came: facts, surroundings.files), madeFrom: session)
      }
      draft.command = session.command
      session = draft
      return Report(source: text, command: inFull(text, name), result: .success(facts), isRepeatable: isRepeatable)
    } catch {
      let complaint = ForeignWords.complaint(complaint(error).placed(in: text), failed: text)
      return Report(source: text, command: inFull(text, name), result: .failure(complaint), isRepeatable: isRepeatable)
    }
  }

  private static func inFull(_ text: CommandText, _ name: String) -> String {
    let typed = text.typed
    return name + typed.dropFirst(text.words[0].raw.count)
  }

  /// Any error as a complaint; errors of the system keep their own words.
  static func complaint(_ error: any Error) -> Complaint {
    if let complaint = error as? Complaint { return complaint }
    if let complaint = (error as? any ComplaintConvertible)?.complaint { return complaint }
    return Complaint("\(error)")
  }
}

extension Complaint {
  /// The same complaint with a place, where it has none: the word, or the value given by name, that it quotes first.
  func placed(in text: CommandText) -> Complaint {
    guard place == nil else { return self }
    let parts = what.split(separator: "`", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[1].isEmpty else { return self }
    var copy = self
    for word in text.words.dropFirst() {
      // A file is told with the folder that its path starts from.
      if word.text == parts[1] || parts[1].hasSuffix("/" + word.text) { copy.place = word.place }
      if let split = word.split, split.value == parts[1] || parts[1].hasSuffix("/" + split.value) { copy.place = split.valuePlace }
      if copy.place != nil { return copy }
    }
    return self
  }
}

/// An error of facts that knows its wording as a complaint.
protocol ComplaintConvertible {
  var complaint: Complaint { get }
}
