import Shell

/// Draws what is asked before a training, and how near the prediction was.
enum ForecastText {
  static func lines(of moment: ForecastMoment, on canvas: Canvas) -> [StyledText] {
    switch moment {
    case .question(let question):
      let options = options(of: question).enumerated().map { StyledText("  \(letter($0))  \($1)") }
      return StyledText(words(of: question), Style(bold: true)).wrapped(to: canvas.width) + options
    case .remark(let text): return StyledText(sanitized(text), Style(.warning)).wrapped(to: canvas.width)
    }
  }

  private static func words(of question: ForecastQuestion) -> String {
    let samples = question.samples == 1 ? "the sample" : "the \(grouped(question.samples)) samples"
    let now = "\(sanitized(question.name)) on \(samples) to train on is \(compact(question.before))."
    return switch question.kind {
    case .change: "\(now) After \(question.training) it will"
    case .value: "\(now) What will it be after \(question.training)?"
    case .gap: "\(now) After \(question.training), where will it be lower?"
    }
  }

  private static func options(of question: ForecastQuestion) -> [String] {
    switch question.kind {
    case .change:
      ["be less than half of that", "be lower, but not by half", "hardly change: by 2 % at most", "be higher"]
    case .value: []
    case .gap: ["on the samples to train on", "on those held out"]
    }
  }

  private static func letter(_ place: Int) -> String { QuizChoice.letters[place % QuizChoice.letters.count] }

  /// What was predicted beside what came of it.
  static func outcome(of forecast: Forecast) -> StyledText {
    let question = forecast.question, name = sanitized(question.name)
    let course = "\(name) went from \(compact(question.before)) to \(compact(forecast.after))"
    let style = Style(forecast.isRight ? .good : .warning)
    switch forecast.answer {
    case .number(let number):
      guard let error = forecast.error else { return StyledText("you predicted \(compact(number)): \(name) is no number any more", style) }
      let size = abs(error) < 0.005 ? "just right" : "\(percent(error)) too \(error < 0 ? "low" : "high")"
      return StyledText("you predicted \(compact(number)), \(size)", style) + StyledText(": \(course)", .muted)
    case .option(let option):
      let said = "you predicted \(letter(option)), " + (forecast.isRight ? "rightly" : "but it is \(forecast.truth.map(letter) ?? "")")
      let what =
        forecast.heldOut.map { "loss is \(compact(forecast.after)) on the samples trained on, \(compact($0)) on those held out" }
        ?? (forecast.after.isFinite ? course + share(forecast.change) : "\(name) is no number any more")
      return StyledText(said, style) + StyledText(": \(what)", .muted)
    }
  }

  private static func share(_ change: Double) -> String {
    guard change.isFinite, abs(change) < 10 else { return "" }
    return ", \(change < 0 ? "down" : "up") \(percent(change))"
  }

  /// A share without its sign: whole percents, of a small one two digits; what is many times as much is far off.
  private static func percent(_ share: Double) -> String {
    let percents = abs(share) * 100
    if percents >= 1000 { return "far" }
    return percents < 9.5 ? "\(compact(percents, digits: 2)) %" : "\(Int(percents.rounded())) %"
  }
}
