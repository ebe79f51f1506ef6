import Deck
import Shell

/// Looks at a task as its author's test: it must want something that is left to do, and its own solution must do it.
@MainActor struct TaskCheck {
  private var look: GoalCheck

  /// A check on a session as it is now.
  init(_ session: Session, _ surroundings: any Surroundings) { look = GoalCheck(session, surroundings) }

  /// What is wrong with a task before its solution runs.
  func findings(before task: LessonTask, in file: String) -> [Finding] {
    var look = look
    let verdicts = task.goals.map { look.verdict(on: $0) }
    var findings: [Finding] = []
    for condition in task.goals + task.hints.compactMap(\.condition) {
      guard case .unclear(let reason) = look.verdict(on: condition) else { continue }
      findings.append(Finding(.taskUnclear, file: file, line: condition.line, reason))
    }
    if !verdicts.isEmpty, verdicts.allSatisfy({ $0 == .holds }) { findings.append(Finding(.taskSolved, file: file, line: task.line)) }
    return findings
  }

  /// The goals that do not hold after the solution ran.
  func findings(after task: LessonTask, in file: String) -> [Finding] {
    var look = look
    return task.goals.compactMap { goal in
      switch look.verdict(on: goal) {
      case .holds: nil
      case .fails(let value): Finding(.taskUnsolved, file: file, line: goal.line, "`\(goal.text)`, and it is \(value.prefix(80))")
      case .missing(let reason), .unclear(let reason): Finding(.taskUnsolved, file: file, line: goal.line, "`\(goal.text)`: \(reason)")
      }
    }
  }
}

extension Finding.Kind {
  /// Whether a lesson with it does not work as it is written; else it is a remark.
  public var isFault: Bool {
    switch self {
    case .draft, .duplicate, .pictureOnly, .missingPicture, .noFrontMatter, .noTwin, .zeroByte, .notUTF8: false
    default: true
    }
  }
}
