/// Gathers the lines of one `task` fence.
struct TaskBuilder {
  /// What a line says that is no command.
  private enum Entry {
    case goal(String, line: Int)
    case hint(String, line: Int)
  }

  private let line: Int
  private var entries: [Entry] = []
  /// The solution is read as a fence of commands is.
  private var solution: FenceBuilder
  private var isInSolution = false
  private(set) var findings: [(kind: Finding.Kind, line: Int, detail: String)] = []

  /// A builder for the fence with this info string, or nil when the fence is no task.
  init?(info: String, line: Int) {
    guard info.split(whereSeparator: \.isWhitespace).first?.lowercased() == "task",
      let solution = FenceBuilder(info: "gradus", line: line)
    else { return nil }
    self.line = line
    self.solution = solution
  }

  mutating func append(_ text: String, line: Int) {
    if text.allSatisfy(\.isWhitespace) { return }
    if text.utf8.first == UInt8(ascii: ">") || (isInSolution && solution.continues) {
      isInSolution = true
      solution.append(text, line: line)
    } else if let words = TaskBuilder.words(of: text, after: "goal") {
      isInSolution = false
      entries.append(.goal(words, line: line))
    } else if let words = TaskBuilder.words(of: text, after: "hint") {
      isInSolution = false
      entries.append(.hint(words, line: line))
    } else if text.first?.isWhitespace == true, !isInSolution, let last = entries.popLast() {
      // An indented line goes on with what stands above it.
      let more = " " + text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      switch last {
      case .goal(let words, let line): entries.append(.goal(words + more, line: line))
      case .hint(let words, let line): entries.append(.hint(words + more, line: line))
      }
    } else {
      findings.append((.taskLine, line, String(text.prefix(40))))
    }
  }

  /// The words after `goal:` or `hint:`; nil when the line does not start so.
  private static func words(of text: String, after name: String) -> String? {
    guard text.lowercased().hasPrefix(name) else { return nil }
    let rest = text.dropFirst(name.count).drop(while: \.isWhitespace)
    guard rest.first == ":" else { return nil }
    return rest.dropFirst().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The whole task, once its last line was appended.
  mutating func finished() -> LessonTask {
    var task = LessonTask(line: line)
    for entry in entries {
      switch entry {
      case .goal(let words, let line):
        if let condition = LessonTask.Condition(words, line: line) {
          task.goals.append(condition)
        } else {
          findings.append((.taskGoal, line, String(words.prefix(60))))
        }
      case .hint(let words, let line): task.hints.append(LessonTask.Hint(words, line: line))
      }
    }
    task.solution = solution.finished().steps
    for finding in solution.findings { findings.append((finding.kind, finding.line, "")) }
    if task.goals.isEmpty, !findings.contains(where: { $0.kind == .taskGoal }) { findings.append((.taskWithoutGoal, line, "")) }
    if task.solution.isEmpty { findings.append((.taskWithoutSolution, line, "")) }
    return task
  }
}

extension LessonTask.Hint {
  /// The hint `COMMAND | PATH OP VALUE | TEXT`, or a text that is always right.
  init(_ words: String, line: Int) {
    let parts = LessonTask.parts(of: words, atMost: 3)
    if parts.count == 3, !parts[0].isEmpty, !parts[2].isEmpty,
      let condition = LessonTask.Condition(command: parts[0], statement: parts[1], line: line)
    {
      self.init(condition: condition, text: parts[2], line: line)
    } else {
      self.init(text: words, line: line)
    }
  }
}
