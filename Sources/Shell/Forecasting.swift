import Drills
import Engine
import Foundation
import Language

/// Predict, then run: with `set predict on`, `step` and `fit` ask what will happen, and tell afterwards how near it was.
@MainActor enum Forecasting {
  /// Runs a training, asking before it where that is wanted. The text of a lesson is never asked.
  ///
  /// - Parameters:
  ///   - training: what it is in words.
  ///   - held: the part that the training will hold out; nil for what the last `fit` held out.
  static func around(
    _ training: String, held: Double?, _ session: inout Session, _ surroundings: any Surroundings,
    run: (inout Session) throws -> TrainingFacts
  ) throws -> TrainingFacts {
    guard session.settings.predict, !surroundings.files.isConfined else { return try run(&session) }
    // What will be trained on decides what is measured; the session itself learns of it when it is trained.
    var asked = session
    if let held { asked.data?.heldByFit = held }
    let before = try Training.evaluate(on: "train", &asked, surroundings)
    let hasHeld = try !(asked.data?.rows(heldOut: asked.data?.heldByFit ?? 0).heldOut.isEmpty ?? true)
    let question = question(training, before, hasHeld: hasHeld, session)
    guard let answer = try ask(question, surroundings) else { return try run(&session) }
    var facts = try run(&session)
    let after = try Training.evaluate(on: "train", &session, surroundings)
    var forecast = Forecast(question: question, answer: answer, after: after.values.first { $0.name == question.name }?.value ?? .nan)
    if question.kind == .gap { forecast.heldOut = try Training.evaluate(on: "val", &session, surroundings).values.first?.value }
    facts.forecast = forecast
    return facts
  }

  /// One question of those that fit the training; the seed and the updates made so far decide which.
  private static func question(_ training: String, _ before: EvaluationFacts, hasHeld: Bool, _ session: Session) -> ForecastQuestion {
    var random = RandomSource(seed: session.settings.seed &+ UInt64(session.model.state?.updates ?? 0), stream: "predict")
    let loss = before.values.first ?? NamedValue(name: "loss", value: .nan)
    let values = before.values.map { (ForecastQuestion.Kind.value, $0) }
    let gap = hasHeld ? [(ForecastQuestion.Kind.gap, loss)] : []
    let choices = [(ForecastQuestion.Kind.change, loss)] + values + gap
    let (kind, value) = choices[Int.random(in: 0..<choices.count, using: &random)]
    return ForecastQuestion(kind: kind, name: value.name, before: value.value, training: training, samples: before.samples)
  }

  /// Asks until there is an answer; nil when the person passes or nobody sits here.
  ///
  /// - Throws: A `Complaint` on Ctrl-C and `:quit`, and after the third line that is no prediction.
  private static func ask(_ question: ForecastQuestion, _ surroundings: any Surroundings) throws -> Forecast.Answer? {
    surroundings.show(ForecastMoment.question(question))
    for attempt in 1... {
      switch surroundings.ask(.prediction) {
      case .end: return nil
      case .cancelled: throw Complaint("nothing was trained", hint: "`set predict off` trains without a question")
      case .line(let line):
        let text = line.trimmingCharacters(in: .whitespaces)
        switch text.lowercased() {
        case "", ":skip", ":s": return nil
        case ":quit", ":q": throw Complaint("nothing was trained", hint: "`set predict off` trains without a question")
        default: break
        }
        if let answer = read(text, question) { return answer }
        let wanted = question.options == 0 ? "a number" : "a letter from a to \(AnswerReader.letter(question.options - 1))"
        guard attempt < 3 else { throw Complaint("`\(text)` is no prediction, and nothing was trained", hint: "it wanted \(wanted)") }
        surroundings.show(ForecastMoment.remark("type \(wanted); Enter alone trains without a prediction"))
      }
    }
    return nil
  }

  private static func read(_ text: String, _ question: ForecastQuestion) -> Forecast.Answer? {
    if question.options > 0 { return AnswerReader.option(text, of: question.options).map { .option($0) } }
    if text.hasSuffix("%") { return AnswerReader.number(String(text.dropLast())).map { .number($0 / 100) } }
    return AnswerReader.number(text).map { .number($0) }
  }
}
