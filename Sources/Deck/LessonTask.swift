/// A `task` fence: something that the learner is to reach, on any way.
///
///     ```task
///     goal: summary | total == 97
///     hint: summary | total == 88 | The biases are missing.
///     hint: Count the first layer first.
///     > layer dense 8 relu
///     ```
public struct LessonTask: Sendable, Hashable {
  /// A statement about the facts of a command that only looks.
  public struct Condition: Sendable, Hashable {
    /// The command.
    public var command: String
    /// Where its facts are looked up: `layers[0].parameters`.
    public var path: String
    /// How both sides are compared.
    public var comparison: Comparison
    /// A number, a word, or another path.
    public var value: String
    /// The line, from 1.
    public var line: Int

    /// A statement of the given parts.
    public init(command: String, path: String, comparison: Comparison, value: String, line: Int) {
      self.command = command
      self.path = path
      self.comparison = comparison
      self.value = value
      self.line = line
    }

    /// The statement as one writes it.
    public var text: String { "\(command) | \(path) \(comparison.rawValue) \(value)" }
  }

  /// How a fact is compared with a value.
  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    /// Equal.
    case equal = "=="
    /// Not equal.
    case different = "!="
    /// At most.
    case atMost = "<="
    /// At least.
    case atLeast = ">="
    /// Less.
    case less = "<"
    /// Greater.
    case greater = ">"
  }

  /// A hint: with a condition it is given when that holds, else in turn.
  public struct Hint: Sendable, Hashable {
    /// When the hint fits; nil for always.
    public var condition: Condition?
    /// The hint in Markdown.
    public var text: String
    /// The line, from 1.
    public var line: Int

    /// A hint of the given words.
    public init(condition: Condition? = nil, text: String, line: Int) {
      self.condition = condition
      self.text = text
      self.line = line
    }
  }

  /// The line of the opening fence in the file, from 1.
  public var line: Int
  /// What must hold, all of it.
  public var goals: [Condition]
  /// The hints in order.
  public var hints: [Hint]
  /// One solution.
  public var solution: [Fence.Step]

  /// A task of the given parts.
  public init(line: Int, goals: [Condition] = [], hints: [Hint] = [], solution: [Fence.Step] = []) {
    self.line = line
    self.goals = goals
    self.hints = hints
    self.solution = solution
  }
}

extension LessonTask.Condition {
  /// The statement `COMMAND | PATH OP VALUE`; nil when the text is none.
  init?(_ text: String, line: Int) {
    let parts = LessonTask.parts(of: text, atMost: 2)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    self.init(command: parts[0], statement: parts[1], line: line)
  }

  /// The statement `PATH OP VALUE` about a command.
  init?(command: String, statement: String, line: Int) {
    // The first sign that stands there counts; of two at one place the longer one.
    let found = LessonTask.Comparison.allCases.compactMap { sign in statement.range(of: sign.rawValue).map { (sign, $0) } }
    guard
      let (sign, place) = found.min(by: {
        ($0.1.lowerBound, $1.0.rawValue.count) < ($1.1.lowerBound, $0.0.rawValue.count)
      })
    else { return nil }
    let path = statement[..<place.lowerBound].trimmed, value = statement[place.upperBound...].trimmed
    guard !path.isEmpty, !path.contains(where: \.isWhitespace), !value.isEmpty else { return nil }
    self.init(command: command, path: path, comparison: sign, value: value, line: line)
  }
}

extension LessonTask {
  /// The parts of a line between ` | `, the last one with all that is left.
  static func parts(of text: String, atMost count: Int) -> [String] {
    var parts: [String] = []
    var rest = text[...]
    while parts.count + 1 < count, let bar = rest.range(of: " | ") {
      parts.append(rest[..<bar.lowerBound].trimmed)
      rest = rest[bar.upperBound...]
    }
    return parts + [rest.trimmed]
  }
}

extension Substring {
  fileprivate var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
