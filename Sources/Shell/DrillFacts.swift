import Drills
import Foundation
import Study

/// A moment of a drill, to be shown while it runs.
public enum DrillMoment: Facts {
  /// An exercise, the how many-th, of how many; the plot that it is about, where there is one.
  case exercise(Exercise, kind: String, number: Int, of: Int, plot: PlotFacts?)
  /// What came of the answer: whether it was right, the known mistake, whether the solution is to be shown, and when the skill is due again.
  case marked(Exercise, isRight: Bool, remark: String?, grade: Grade, due: Date?, now: Date)
  /// A hint, in Markdown.
  case hint(String)
  /// What a command of the answer built.
  case built(ModelFacts)
  /// A remark on what was typed.
  case remark(String)

  /// Nothing: a drill tells its JSON at its end.
  public var json: [(String, JSONValue)] { [] }

  /// What is to be drawn with it.
  public var plot: PlotFacts? {
    if case .exercise(_, _, _, _, let plot) = self { plot } else { nil }
  }
}

/// One exercise that was answered.
public struct AnsweredExercise: Sendable {
  /// The kind.
  public let kind: String
  /// The id of the kind in the schedule.
  public let id: String
  /// What was typed.
  public let answer: String
  /// The right answer.
  public let right: String
  /// The known mistake, said to the learner; nil where it was none.
  public let mistake: String?
  /// The grade.
  public let grade: Grade
  /// When the kind is due again.
  public let due: Date?
  /// Whether it was answered rightly.
  public var isRight: Bool { grade != .again }
}

/// How a drill went.
public struct DrillFacts: Facts {
  /// The exercises in order.
  public let asked: [AnsweredExercise]
  /// Whether the person left before all were asked.
  public let hasLeft: Bool

  /// What was asked, answered and graded.
  public var json: [(String, JSONValue)] {
    [
      (
        "asked",
        .array(
          asked.map {
            .object([
              ("id", .string($0.id)), ("mode", .string("drill")), ("kind", .string($0.kind)), ("answer", .string($0.answer)),
              ("right", .string($0.right)), ("correct", .bool($0.isRight)), ("mistake", .optional($0.mistake)),
              ("grade", .integer($0.grade.rawValue)), ("due", .optional($0.due.map(timestamp))),
            ])
          })
      ), ("ended", .string(hasLeft ? "left" : "complete")),
    ]
  }
}
