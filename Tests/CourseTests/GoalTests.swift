import Foundation
import Testing

@testable import Course
@testable import Deck
@testable import Shell

@MainActor @Suite struct GoalTests {
  static let facts: JSONValue = .object([
    ("total", .integer(97)), ("share", .number(0.3)), ("name", .string("bce")), ("none", .null), ("yes", .bool(true)),
    ("shape", .array([.null, .integer(8)])), ("loss", .array([.number(0.5), .number(0.25)])),
    ("layers", .array([.object([("parameters", .integer(24))]), .object([("parameters", .integer(9))])])),
  ])

  @Test(
    "Paths lead through members, lists and their facts",
    arguments: [
      ("total", "97"), ("layers[0].parameters", "24"), ("layers[-1].parameters", "9"), ("layers.count", "2"),
      ("layers.last.parameters", "9"),
      ("shape[1]", "8"), ("loss.last", "0.25"), ("loss.max", "0.5"), ("loss.min", "0.25"), ("loss.first", "0.5"), ("nothing", nil),
      ("layers[2]", nil), ("total.count", nil), ("layers.sum", nil),
    ] as [(String, String?)])
  func paths(path: String, value: String?) throws {
    #expect(try #require(FactPath(path)).value(in: GoalTests.facts)?.text == value)
  }

  @Test("What is no path", arguments: ["", ".", "a..b", "[0]", "a[", "a[x]", "a b", "a[0]x"])
  func noPaths(path: String) { #expect(FactPath(path) == nil) }

  @Test(
    "Numbers agree to five digits, whole numbers exactly, words by their letters",
    arguments: [
      (JSONValue.integer(97), "==", JSONValue.integer(97), true), (.integer(97), "==", .integer(98), false),
      (.number(0.1 as Double + 1e-9), "==", .number(0.1), true), (.number(0.101), "==", .number(0.1), false),
      (.number(0.5), "<", .number(0.5), false), (.number(0.5), "<=", .number(0.5), true), (.number(0.4), ">", .number(0.5), false),
      (.integer(3), "!=", .integer(4), true), (.number(0), "<", .number(1e-7), true), (.number(1e-7), ">", .number(0), true),
      (.string("bce"), "==", .string("bce"), true), (.string("bce"), "!=", .string("mse"), true),
      (.string("bce"), "<", .string("mse"), false), (.bool(true), "==", .bool(true), true), (.number(.nan), "<", .integer(1), false),
      (.integer(9_007_199_254_740_993), "==", .integer(9_007_199_254_740_993), true),
    ] as [(JSONValue, String, JSONValue, Bool)])
  func comparisons(value: JSONValue, sign: String, wanted: JSONValue, holds: Bool) throws {
    #expect(GoalCheck.compares(value, try #require(LessonTask.Comparison(rawValue: sign)), wanted) == holds)
  }

  @Test(
    "Goals look at what a command tells, and change nothing",
    arguments: [
      ("summary | total == 33", "holds"), ("summary | layers[0].parameters > layers[1].parameters", "holds"),
      ("summary | total == 32", "fails 33"), ("evaluate | loss < 1", "missing"), ("summary | nothing == 1", "missing"),
      ("settings | loss == bce", "missing"), ("settings | settings.batch == 32", "holds"), ("predict 0 0 | outputs[0][0] < 1", "holds"),
      ("fit 3 | steps == 3", "unclear"), ("layer dense 2 | total == 1", "unclear"), ("nonsense | total == 1", "unclear"),
      ("summary; summary | total == 33", "unclear"), ("quit | a == 1", "unclear"), ("replay x.md | a == 1", "unclear"),
    ])
  func verdicts(goal: String, expected: String) throws {
    let learner = Learner(try LessonFolder([:]))
    learner.type("input 2; layer dense 8 relu; layer dense 1 sigmoid")
    let before = learner.session.model
    let quiet = QuietSurroundings(files: learner.files, renderer: learner.renderer, plotter: learner.plotter)
    var look = GoalCheck(learner.session, quiet)
    let said: String
    switch look.verdict(on: try #require(LessonTask.Condition(goal, line: 1))) {
    case .holds: said = "holds"
    case .fails(let value): said = "fails \(value)"
    case .missing: said = "missing"
    case .unclear: said = "unclear"
    }
    #expect(said == expected)
    #expect(learner.session.model == before)
  }

  static func lesson(_ task: String) -> String {
    "---\ntitle: T\nid: t\nlang: en\n---\nDo it.\n\n```task\n\(task)\n```\n"
  }

  @Test(
    "A check tells what is wrong with a task",
    arguments: [
      ("goal: summary | total == 9\n> input 2\n> layer dense 3", nil, 1),
      ("goal: summary | total == 8\n> input 2\n> layer dense 3", Finding.Kind.taskUnsolved, 0),
      ("goal: summary | total == 0\n> input 2", .taskSolved, 0),
      ("goal: summary | wrong.path == 1\n> input 2", .taskUnsolved, 0),
      ("goal: fit 1 | steps == 1\n> input 2", .taskUnclear, 0),
      ("goal: summary | total == 9\nhint: fit 1 | a == 1 | no\n> input 2\n> layer dense 3", .taskUnclear, 0),
      ("goal: summary | total == 9", .taskWithoutSolution, 0),
    ] as [(String, Finding.Kind?, Int)])
  func checked(task: String, kind: Finding.Kind?, solved: Int) throws {
    let outcome = try LessonFolder.outcome(of: GoalTests.lesson(task))
    if let kind { #expect(outcome.findings.contains { $0.kind == kind }, "\(outcome.findings)") } else { #expect(outcome.findings.isEmpty) }
    #expect(outcome.isFine == (kind == nil) && outcome.tasks == solved)
  }
}
