import Deck
import Drills
import Engine
import Study

/// An exercise as a question of the quiz: its card's id is that of the skill.
public struct DrillItem: QuizItem {
  /// The skill's id, with what is asked this time and how it is worked out.
  public let card: Card
  /// An exercise.
  public let mode = AskingMode.drill
  /// The kind of exercise.
  public let kind: DrillKind
  /// What is asked.
  public let exercise: Exercise
  /// The plot that it is about; nil where there is none.
  public let plot: PlotFacts?

  /// - Parameter plotStyle: how plots are shown; where they are off, a curve is told in numbers.
  init(_ kind: DrillKind, _ exercise: Exercise, plotStyle: String) {
    self.kind = kind
    self.exercise = exercise
    plot = DrillItem.plot(of: exercise, style: plotStyle)
    let table = plot == nil && !exercise.curves.isEmpty ? "\n\n" + exercise.curves.table : ""
    card = DrillCards.card(of: kind, question: exercise.question + table, answer: exercise.solution)
  }

  /// What may be chosen; empty where a number, a shape or commands are asked.
  public var options: [String] { exercise.options }

  /// The place of the right option.
  public var rightOption: Int? { if case .option(let place) = exercise.answer { place } else { nil } }

  /// The formula; then the answer among known mistakes, or two options less.
  public var hints: [AnswerHint] {
    let formula = AnswerHint.method(exercise.hint)
    switch exercise.answer {
    case .option(let right): return [formula, .wrongOptions(AnswerHint.twoWrong(of: exercise.options.count, right: right))]
    case .network: return [formula]
    case .number, .shape:
      // Sorted, so that the place tells nothing.
      return [formula, .oneOf(([exercise.answer] + exercise.mistakes.prefix(3).map(\.answer)).map(\.text).sorted())]
    }
  }

  /// What an answer looks like.
  public var expectation: String { AnswerReader.shapeOfAnswer(to: exercise) }

  /// Whether commands are asked, over several lines.
  var asksCommands: Bool { if case .network = exercise.answer { true } else { false } }

  /// Compares with what the engine computed; Enter alone gives no answer.
  public func mark(_ typed: String) -> Mark? {
    if typed.allSatisfy(\.isWhitespace) { return Mark(.wrong) }
    return AnswerReader.read(typed, for: exercise).map { Mark(exercise.answer.matches($0) ? .right : .wrong) }
  }

  // Plot, question and options are to stand on one screen of 24 lines.
  private static let rows = 15

  private static func plot(of exercise: Exercise, style: String) -> PlotFacts? {
    guard !exercise.curves.isEmpty, style != "off" else { return nil }
    let series = exercise.curves.enumerated().map { index, curve in
      Plot.Series(
        curve.name, x: (1...max(1, curve.values.count)).map(Double.init), y: curve.values, look: index == 0 ? .line : .dashed, group: index)
    }
    let plot = Plot(x: Plot.Axis("epoch"), y: Plot.Axis("loss", scale: .automatic), series: series)
    var facts = PlotFacts(kind: "loss", plot: plot, file: nil, style: style)
    facts.rows = rows
    return facts
  }
}

/// An answer to an exercise, with what came of it.
public struct SolvedExercise: Sendable {
  /// What was asked.
  public let item: DrillItem
  /// What was typed; empty where no answer was given.
  public let typed: String
  /// Whether it is right.
  public let isRight: Bool
  /// The known mistake, said to the learner; nil when it is none.
  public let mistake: String?
  /// Why a right answer is not a good one: a hint or the time it took; nil when it is.
  public let delay: Delay?
  /// The grade.
  public let grade: Grade
  /// How the engine comes to the right answer; empty where the answer was right.
  public let workings: [any Facts]

  /// What makes a right answer a hard one.
  public enum Delay: Sendable, Hashable {
    /// A hint.
    case hint
    /// So many seconds.
    case seconds(Int)
  }

  /// Marks an answer.
  @MainActor init(_ item: DrillItem, typed: String, answer: ExerciseAnswer?, seconds: Double, wasHelped: Bool) {
    self.item = item
    self.typed = typed
    isRight = answer.map { item.exercise.answer.matches($0) } ?? false
    mistake = isRight ? nil : answer.flatMap { item.exercise.mistake(of: $0)?.remark }
    grade = item.kind.grade(isRight: isRight, seconds: seconds, wasHelped: wasHelped)
    delay = grade == .hard ? wasHelped ? .hint : .seconds(Int(seconds.rounded())) : nil
    // What the engine would not explain is worked out by the exercise's own words.
    workings = isRight ? [] : item.exercise.workings.compactMap { try? DrillWorking.facts(of: $0) }
  }
}

extension SolvedExercise {
  /// What an exercise adds to the members of an asked card.
  var json: [(String, JSONValue)] {
    [("kind", .string(item.kind.name)), ("right", .string(item.exercise.answerText)), ("mistake", .optional(mistake))]
  }
}
