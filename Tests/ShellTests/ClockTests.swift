import Foundation
import Shell
import Study
import Testing

/// A clock that jumps back: what was reviewed lies in the future then.
@MainActor @Suite struct ClockTests {
  /// A shell in which two cards were graded, with its clock put back by so many days since.
  private func shell(back days: Double) throws -> TestShell {
    let shell = TestShell()
    shell.surroundings.answers = [.line(""), .line("4"), .line(""), .line("3")]
    try shell.run("quiz n=2 new=2")
    #expect(shell.surroundings.memory.states().count == 2)
    shell.surroundings.now.addTimeInterval(-days * 86_400)
    return shell
  }

  @Test("Reviews in the future are told in one line by quiz and due, and cost nothing", arguments: [1.0, 400, 20_000])
  func jumpsBack(days: Double) throws {
    let shell = try shell(back: days)
    for command in ["due", "quiz n=1"] {
      shell.surroundings.warnings = []
      shell.surroundings.answers = [.line(""), .line("3")]
      try shell.run(command)
      #expect(shell.surroundings.warnings.map(\.what) == ["2 reviews lie in the future, the last on 2025-06-15"], "\(command)")
    }
    // What only looks goes through, and the log keeps every review.
    for command in ["stats", "stats calendar", "cards", "deck list", "lesson", "drill"] { _ = try? shell.run(command) }
    #expect(shell.surroundings.memory.count() == 3)
    let due = try #require(shell.surroundings.memory.states().values.compactMap(\.due).min())
    #expect(due > shell.surroundings.now && due < shell.surroundings.now.addingTimeInterval(3600), "the new card waits for minutes")
  }

  @Test("A clock that was mended by minutes is nobody's concern")
  func minutes() throws {
    let shell = try shell(back: 0.01)
    try shell.run("due")
    #expect(shell.surroundings.warnings.isEmpty)
  }

  @Test("A review before the last one counts no days, and leaves a state that can be scheduled", arguments: Grade.allCases)
  func backwards(grade: Grade) throws {
    let now = Date(timeIntervalSince1970: 1_750_000_000)
    let scheduler = try Scheduler(hasFuzz: false)
    var state = CardState.new
    for day in [0.0, 0.01, 3, 10] { state = scheduler.review(state, grade: .good, at: now.addingTimeInterval(day * 86_400)) }
    let earlier = now.addingTimeInterval(-86_400 * 3_000)
    #expect(state.elapsedDays(at: earlier) == 0 && scheduler.retrievability(state, at: earlier) == 1)
    let after = scheduler.review(state, grade: grade, at: earlier)
    let memory = try #require(after.memory)
    #expect(memory.stability > 0 && memory.stability.isFinite && (1...10).contains(memory.difficulty))
    #expect(try #require(after.due) > earlier && after.lastReview == earlier)
  }
}
