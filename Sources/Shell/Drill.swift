import Drills
import Engine
import Foundation
import Language
import Study

/// Asks exercises one after the other, marks each, and stores its grade before it asks the next.
@MainActor struct Drill {
  let surroundings: any Surroundings
  let schedule: DrillSchedule
  let settings: Settings
  private var random: RandomSource
  private var asked: [AnsweredExercise] = []

  init(seed: UInt64, settings: Settings, scheduler: Scheduler, _ surroundings: any Surroundings) throws {
    self.surroundings = surroundings
    self.settings = settings
    schedule = DrillSchedule(try surroundings.permittedReviews, scheduler)
    random = RandomSource(seed: seed, stream: "drill")
  }

  /// Asks so many exercises of one kind, or of all kinds in turn.
  mutating func run(_ kind: DrillKind?, count: Int) throws -> DrillFacts {
    let kinds = try kind.map { [$0] } ?? schedule.order(at: surroundings.now)
    for number in 1...count {
      let kind = kinds[(number - 1) % kinds.count]
      let exercise = try kind.exercise(&random)
      let began = surroundings.now
      surroundings.show(DrillMoment.exercise(exercise, kind: kind.name, number: number, of: count, plot: plot(exercise)))
      switch ask(exercise) {
      case .leave: return DrillFacts(asked: asked, hasLeft: true)
      case .skip: continue
      case .answer(let typed, let answer, let wasHelped):
        try mark(typed, answer, exercise, kind, wasHelped: wasHelped, since: began)
      }
    }
    return DrillFacts(asked: asked, hasLeft: false)
  }

  private enum Outcome {
    /// An answer as typed and as read; nil where the solution was asked for.
    case answer(String, ExerciseAnswer?, wasHelped: Bool)
    case skip, leave
  }

  private mutating func mark(
    _ typed: String, _ answer: ExerciseAnswer?, _ exercise: Exercise, _ kind: DrillKind, wasHelped: Bool, since began: Date
  ) throws {
    let isRight = answer.map { exercise.answer.matches($0) } ?? false
    let mistake = isRight ? nil : answer.flatMap { exercise.mistake(of: $0) }
    let now = surroundings.now
    let seconds = now.timeIntervalSince(began)
    let grade = kind.grade(isRight: isRight, seconds: seconds, wasHelped: wasHelped)
    let due = try schedule.store(grade, for: kind, at: now, seconds: seconds)
    asked.append(
      AnsweredExercise(
        kind: kind.name, id: DrillSchedule.id(of: kind), answer: typed, right: exercise.answerText, mistake: mistake?.remark, grade: grade,
        due: due))
    surroundings.show(DrillMoment.marked(exercise, isRight: isRight, remark: mistake?.remark, grade: grade, due: due, now: now))
  }

  /// Reads lines until one is an answer.
  private mutating func ask(_ exercise: Exercise) -> Outcome {
    var hints = 0
    var scratch = Session()
    scratch.settings = settings
    var typed: [String] = []
    while true {
      guard case .line(let line) = surroundings.ask(.answer) else { return .leave }
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.hasPrefix(":") {
        switch text.dropFirst().trimmingCharacters(in: .whitespaces).lowercased() {
        case "quit", "q": return .leave
        case "skip", "s": return .skip
        case "solution": return .answer("", nil, wasHelped: true)
        case "hint", "h":
          hints += 1
          surroundings.show(DrillMoment.hint(hints == 1 ? exercise.hint : candidates(exercise)))
        default:
          surroundings.show(DrillMoment.remark(":hint helps, :skip passes the exercise over, :solution shows how it is done, :quit leaves"))
        }
        continue
      }
      guard case .network(let wanted) = exercise.answer else {
        if let answer = AnswerReader.read(text, for: exercise) { return .answer(text, answer, wasHelped: hints > 0) }
        surroundings.show(DrillMoment.remark(AnswerReader.shapeOfAnswer(to: exercise)))
        continue
      }
      if text.isEmpty {
        guard !typed.isEmpty else {
          surroundings.show(DrillMoment.remark(AnswerReader.shapeOfAnswer(to: exercise)))
          continue
        }
      } else {
        typed.append(text)
        guard build(text, in: &scratch) else { continue }
      }
      let built = scratch.model.network
      // As many layers as were wanted, on a known input, are an answer; so is an empty line.
      if text.isEmpty || built.inputShape != nil && built.layers.count >= wanted.layers.count {
        return .answer(typed.joined(separator: "; "), .network(built), wasHelped: hints > 0)
      }
    }
  }

  /// Runs commands of an answer on a session of its own; false when one failed.
  private func build(_ line: String, in scratch: inout Session) -> Bool {
    let allowed: Set<String> = ["input", "layer", "undo", "redo"]
    do {
      for command in try Lexer.commands(in: line) {
        let name = try Commands.index.byPrefix(command.words[0], what: "command").name
        guard allowed.contains(name) else {
          surroundings.show(DrillMoment.remark("the answer is made of `input`, `layer`, `undo` and `redo`; :quit leaves the drill"))
          return false
        }
      }
    } catch {
      surroundings.warn(Interpreter.complaint(error))
      return false
    }
    return Interpreter.run(line, on: &scratch, surroundings) { report in
      switch report.result {
      case .success(let facts as ModelFacts): surroundings.show(DrillMoment.built(facts))
      case .success: break
      case .failure(let complaint): surroundings.warn(complaint)
      }
    }
  }

  /// The answer among known mistakes, for who asks for a second hint.
  private mutating func candidates(_ exercise: Exercise) -> String {
    switch exercise.answer {
    case .number, .shape:
      let shown = ([exercise.answer] + exercise.mistakes.prefix(3).map(\.answer)).shuffled(using: &random)
      return "It is one of: " + shown.map(\.text).joined(separator: ",   ")
    case .option, .network: return exercise.hint
    }
  }

  private func plot(_ exercise: Exercise) -> PlotFacts? {
    guard !exercise.curves.isEmpty else { return nil }
    let series = exercise.curves.enumerated().map { index, curve in
      Plot.Series(
        curve.name, x: (1...max(1, curve.values.count)).map(Double.init), y: curve.values, look: index == 0 ? .line : .dashed, group: index)
    }
    let plot = Plot(x: Plot.Axis("epoch"), y: Plot.Axis("loss", scale: .automatic), series: series)
    return PlotFacts(kind: "loss", plot: plot, file: nil, style: "ascii")
  }
}
