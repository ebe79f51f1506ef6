import Testing

@testable import Deck

@Suite("Tasks")
struct TaskTests {
  static let lesson = """
    What is to be reached.

    ```task
    goal: summary | total == 97
    goal:evaluate | accuracy>=0.95
    hint: summary | total == 88 | The biases | are missing:
      each unit has one.
    hint: Count | first.
    > layer dense 8 \\
    > relu
    > layer dense 1
    ```

    Question : A - B - c?
    Answer : d
    """

  @Test("hold goals, hints and a solution, in their order and with their lines")
  func parts() throws {
    let document = Document(file: "l.md", text: TaskTests.lesson)
    #expect(document.findings.isEmpty, "\(document.findings)")
    let task = try #require(document.tasks.first)
    #expect(document.blocks.count == 2 && task.line == 3)
    #expect(task.goals.map(\.text) == ["summary | total == 97", "evaluate | accuracy >= 0.95"])
    #expect(task.goals.map(\.line) == [4, 5])
    #expect(task.hints.map(\.text) == ["The biases | are missing: each unit has one.", "Count | first."])
    #expect(task.hints.map { $0.condition?.text } == ["summary | total == 88", nil])
    #expect(task.solution.map(\.command) == ["layer dense 8 relu", "layer dense 1"])
    #expect(task.solution.map(\.line) == [9, 11])
  }

  @Test(
    "Signs are told apart where one begins another",
    arguments: [
      ("a <= 3", "a", "<=", "3"), ("a<3", "a", "<", "3"), ("a != b.last", "a", "!=", "b.last"), ("a >= -1e-3", "a", ">=", "-1e-3"),
      ("a == 'x > y'", "a", "==", "'x > y'"),
    ])
  func comparisons(statement: String, path: String, sign: String, value: String) throws {
    let condition = try #require(LessonTask.Condition("summary | " + statement, line: 1))
    #expect(condition.path == path && condition.comparison.rawValue == sign && condition.value == value)
  }

  @Test(
    "What cannot be read is a finding at its line",
    arguments: [
      ("goal: summary\n> version", Finding.Kind.taskGoal, 2), ("goal: summary | total\n> version", .taskGoal, 2),
      ("goal: | total == 1\n> version", .taskGoal, 2), ("goal: summary | a b == 1\n> version", .taskGoal, 2),
      ("hint: x\n> version", .taskWithoutGoal, 1), ("goal: summary | total == 1", .taskWithoutSolution, 1),
      ("goal: summary | total == 1\nGoal summary\n> version", .taskLine, 3),
      ("goal: summary | total == 1\n> version \\", .unfinishedCommand, 3),
    ])
  func findings(body: String, kind: Finding.Kind, line: Int) {
    let findings = Document(file: "l.md", text: "```task\n\(body)\n```\n").findings
    #expect(findings.map(\.kind) == [kind] && findings.first?.line == line, "\(findings)")
  }

  @Test("In a card a task is code like any other")
  func inCard() {
    let document = Document(file: "l.md", text: "Question : a\nAnswer : b\n```task\ngoal: summary | total == 1\n```\n")
    #expect(document.tasks.isEmpty && document.cards[0].answer.contains("goal: summary"))
  }
}
