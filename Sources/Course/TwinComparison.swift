import Deck

/// Compares the two files of one lesson: each language has the same experiments, tasks and cards in the same order.
struct TwinComparison {
  private let first: Document
  private let second: Document

  /// What is out of step between the files of one lesson, told at the second one's lines.
  static func findings(_ first: Document, _ second: Document) -> [Finding] {
    TwinComparison(first: first, second: second).findings
  }

  private init(first: Document, second: Document) {
    self.first = first
    self.second = second
  }

  private var findings: [Finding] {
    let mine = second.exercises, theirs = first.exercises
    var findings: [Finding] = []
    if let pair = zip(theirs, mine).first(where: { !$0.0.isTwin(of: $0.1) }) {
      findings.append(finding(pair.1.line, "this \(pair.1.name) is another than \(place(pair.0.line)): \(pair.0.difference(from: pair.1))"))
    } else if theirs.count > mine.count {
      let missing = theirs[mine.count]
      findings.append(finding(mine.last?.line ?? 1, "after this one the \(missing.name) of \(place(missing.line)) is missing"))
    } else if mine.count > theirs.count {
      findings.append(finding(mine[theirs.count].line, "this \(mine[theirs.count].name) is missing in `\(first.file)`"))
    }
    if first.cards.count != second.cards.count {
      let line = second.cards.first?.line ?? 1
      findings.append(finding(line, "there are \(second.cards.count) cards here and \(first.cards.count) in `\(first.file)`"))
    } else {
      for (theirs, mine) in zip(first.cards, second.cards) {
        let commands = [theirs, mine].map { $0.experiments.flatMap { $0.steps.map(\.command) } }
        guard commands[0] != commands[1] else { continue }
        findings.append(finding(mine.line, "the experiment of this card is another than \(place(theirs.line))"))
        break
      }
    }
    if Set(first.frontMatter.needs) != Set(second.frontMatter.needs) {
      findings.append(finding(1, "`needs` is another than in `\(first.file)`"))
    }
    return findings
  }

  private func place(_ line: Int) -> String { "in `\(first.file)`, line \(line)" }
  private func finding(_ line: Int, _ says: String) -> Finding { Finding(.outOfStep, file: second.file, line: line, says) }
}

extension Document {
  /// An experiment or a task of the lesson.
  fileprivate enum Exercise {
    case experiment(Fence)
    case task(LessonTask)

    var line: Int {
      switch self {
      case .experiment(let fence): fence.line
      case .task(let task): task.line
      }
    }
    var name: String {
      switch self {
      case .experiment: "experiment"
      case .task: "task"
      }
    }
    /// What must be the same: commands and tolerance; goals, conditions of hints and solution.
    private var parts: [String] {
      switch self {
      case .experiment(let fence): fence.steps.map(\.command) + fence.options.map { "\($0.key)=\($0.value)" }.sorted()
      case .task(let task):
        task.goals.map { "goal: " + $0.text } + task.hints.map { "hint: " + ($0.condition?.text ?? "") } + task.solution.map(\.command)
      }
    }
    func isTwin(of other: Exercise) -> Bool { name == other.name && parts == other.parts }

    /// The first part that differs.
    func difference(from other: Exercise) -> String {
      let mine = parts, theirs = other.parts
      for place in 0..<max(mine.count, theirs.count) {
        let left = place < mine.count ? mine[place] : "nothing", right = place < theirs.count ? theirs[place] : "nothing"
        if left != right { return "`\(left)` there, `\(right)` here" }
      }
      return "a \(name) there, a \(other.name) here"
    }
  }

  /// The experiments and tasks in order.
  fileprivate var exercises: [Exercise] {
    blocks.compactMap { block in
      switch block {
      case .prose: nil
      case .experiment(let fence): .experiment(fence)
      case .task(let task): .task(task)
      }
    }
  }
}
