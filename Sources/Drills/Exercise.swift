import Engine

/// What is to be answered, or was.
public enum ExerciseAnswer: Sendable, Equatable {
  /// A number; another one within the tolerance is as good.
  case number(Double, tolerance: Double)
  /// The shape of one sample: [8, 8, 16].
  case shape([Int])
  /// One of the exercise's options, from 0.
  case option(Int)
  /// A network, known by what its summary says.
  case network(Network)

  /// Whether another answer says the same.
  public func matches(_ other: ExerciseAnswer) -> Bool {
    switch (self, other) {
    case (.number(let own, let tolerance), .number(let number, _)): abs(own - number) <= tolerance
    case (.shape(let own), .shape(let shape)): own == shape
    case (.option(let own), .option(let option)): own == option
    case (.network(let own), .network(let network)): own.saysTheSame(as: network)
    default: false
    }
  }

  /// The answer as it would be typed.
  public var text: String {
    switch self {
    case .number(let number, let tolerance): tolerance == 0 ? decimal(number, 4) : decimal(number, tolerance < 0.001 ? 4 : 3)
    case .shape(let shape): shape.map { String($0) }.joined(separator: "x")
    case .option(let index): AnswerReader.letter(index)
    case .network(let network): network.summary.rows.map { "\($0.kind) \($0.parameters)" }.joined(separator: ", ")
    }
  }
}

/// A known mistake: the answer that it leads to, and what was done.
public struct Mistake: Sendable, Equatable {
  /// The wrong answer.
  public let answer: ExerciseAnswer
  /// What led to it, said to the learner: "you forgot the bias: each unit has one".
  public let remark: String

  /// A mistake.
  public init(_ answer: ExerciseAnswer, _ remark: String) {
    self.answer = answer
    self.remark = remark
  }
}

/// A curve that an exercise is about.
public struct ExerciseCurve: Sendable, Equatable {
  /// Its name: "loss", "val_loss".
  public let name: String
  /// A value an epoch.
  public let values: [Double]
}

extension [ExerciseCurve] {
  /// A few epochs of the curves as a table in Markdown, for who cannot see a plot.
  public var table: String {
    let count = first?.values.count ?? 0
    guard count > 0 else { return "" }
    let epochs = Set((0...5).map { $0 * (count - 1) / 5 }).sorted()
    let rows = map { curve in "| \(curve.name) | " + epochs.map { shortText(curve.values[$0]) }.joined(separator: " | ") + " |" }
    return "| epoch | " + epochs.map { String($0 + 1) }.joined(separator: " | ") + " |\n|"
      + String(repeating: "---|", count: epochs.count + 1) + "\n" + rows.joined(separator: "\n")
  }
}

/// One exercise: what is asked, what is right, which mistakes are known, and how it is worked out.
public struct Exercise: Sendable {
  /// The question with its numbers, in Markdown.
  public var question: String
  /// What helps without giving it away: the formula.
  public var hint: String
  /// The right answer.
  public var answer: ExerciseAnswer
  /// At least three mistakes, none of which is right and no two of which are the same.
  public var mistakes: [Mistake]
  /// What may be chosen, in the order in which it is shown; empty where a number or a shape is asked.
  public var options: [String] = []
  /// The commands that answer it; empty where none are asked.
  public var commands: [String] = []
  /// How it is worked out, in Markdown: what the working does not say.
  public var solution: String
  /// What the engine computed, to be explained.
  public var workings: [Working]
  /// The curves of the run that the exercise is about.
  public var curves: [ExerciseCurve] = []

  /// An exercise whose mistakes are what remains of the given ones when those are left out that happen to be right, or come twice.
  init(
    _ question: String, hint: String, answer: ExerciseAnswer, mistakes: [Mistake], options: [String] = [], solution: String,
    workings: [Working] = [], curves: [ExerciseCurve] = []
  ) {
    self.question = question
    self.hint = hint
    self.answer = answer
    self.options = options
    self.solution = solution
    self.workings = workings
    self.curves = curves
    self.mistakes = mistakes.reduce(into: []) { kept, mistake in
      let isNew = !kept.contains { $0.answer.isNear(mistake.answer) }
      if isNew, !answer.isNear(mistake.answer) { kept.append(mistake) }
    }
  }

  /// The mistake that an answer shows; nil when it is none of those known.
  public func mistake(of given: ExerciseAnswer) -> Mistake? { mistakes.first { $0.answer.matches(given) } }

  /// The right answer in full: the text of an option with its letter, the commands of a network.
  public var answerText: String {
    switch answer {
    case .option(let index): "\(answer.text): \(options[index])"
    case .network: commands.joined(separator: "; ")
    case .number, .shape: answer.text
    }
  }
}

extension ExerciseAnswer {
  /// Whether two answers are too near each other to be told apart.
  fileprivate func isNear(_ other: ExerciseAnswer) -> Bool {
    guard case (.number(let own, let tolerance), .number(let number, _)) = (self, other) else { return matches(other) }
    return abs(own - number) <= 3 * tolerance
  }
}

extension Network {
  /// Whether the summaries of two networks say the same: kinds, shapes and counts of the layers in order.
  public func saysTheSame(as other: Network) -> Bool {
    let (own, its) = (summary.rows, other.summary.rows)
    return own.count == its.count
      && zip(own, its).allSatisfy {
        ($0.kind, $0.parameters, $0.trainable) == ($1.kind, $1.parameters, $1.trainable) && $0.outputShape == $1.outputShape
      }
  }
}
