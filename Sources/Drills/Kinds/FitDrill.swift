import Engine

/// Which last layer and which loss fit a task. The engine judges: a choice fits when the loss takes such targets, has no objection to the
/// layer and no doubt about its activation.
enum FitDrill {
  static let kind = DrillKind("fit", "Which last layer and which loss fit a task.", seconds: 40) { random in
    let task = task(&random)
    let choices = choices(task)
    let fitting = choices.filter { $0.fits(task) }
    guard fitting.count == 1, let right = fitting.first else { return nil }
    let others = choices.filter { !$0.fits(task) }.shuffled(using: &random).prefix(3)
    let shown = ([right] + others).shuffled(using: &random)
    guard shown.count == 4, let place = shown.firstIndex(of: right) else { return nil }
    return Exercise(
      task.words, hint: "One output a number that is asked for; what range has it, and how are the targets given?",
      answer: .option(place),
      mistakes: shown.enumerated().filter { $0.offset != place }.map { Mistake(.option($0.offset), $0.element.remark) },
      options: shown.map(\.text),
      solution: steps(
        [task.output, task.target, "So: " + right.text + "."]
          + shown.filter { $0 != right }.map { "Not " + $0.text + ": " + $0.why + "." }))
  }

  /// A task: how its targets are given, and how many classes or numbers it has.
  private struct Task {
    let words, output, target: String
    let targets: TargetKind
    let width: Int
  }

  /// A last layer and a loss.
  private struct Choice: Equatable {
    let units: Int
    let activation: Activation
    let loss: String
    let why: String

    var text: String { "`layer dense \(units)\(activation == .linear ? "" : " \(activation.name)")` with `\(loss)`" }
    var remark: String { why }

    func fits(_ task: Task) -> Bool {
      guard units == task.width, let loss = losses[self.loss], loss.targetKind == task.targets else { return false }
      // A number of any size needs an output of any size.
      if task.targets == .numbers, activation != .linear { return false }
      do { try loss.check(outputShape: [units], lastActivation: activation) } catch { return false }
      if task.targets == .oneHot || task.targets == .index, activation != .softmax { return false }
      return loss.doubt(lastActivation: activation) == nil
    }
  }

  private static let losses: [String: any LossDescription] = [
    "mse": MeanSquaredError(), "mae": MeanAbsoluteError(), "bce": BinaryCrossentropy(), "cce": CategoricalCrossentropy(),
    "scce": SparseCategoricalCrossentropy(),
  ]

  private static func task(_ random: inout RandomSource) -> Task {
    let classes = random.integer(3...10)
    switch random.integer(0...3) {
    case 0:
      let what = random.pick([
        "the price of a house", "tomorrow's temperature", "the power that a town needs", "a patient's blood pressure",
      ])
      return Task(
        words: "A network is to predict \(what). Which last layer and which loss fit?",
        output: "A number without bounds is asked for: one unit, linear.", target: "Targets are numbers: the mean squared error.",
        targets: .numbers, width: 1)
    case 1:
      let what = random.pick(["whether a mail is spam", "whether a tumour is malignant", "whether a customer leaves", "whether it rains"])
      return Task(
        words: "A network is to tell \(what): the targets are 0 or 1. Which last layer and which loss fit?",
        output: "A probability is asked for: one unit with a sigmoid.", target: "Targets are 0 or 1: binary crossentropy.",
        targets: .zeroOne, width: 1)
    case 2:
      let what = random.pick(["kinds of flowers", "kinds of animals", "topics of articles", "spoken words"])
      return Task(
        words:
          "A network is to tell \(classes) \(what) apart. The targets are in dummy form: (0, 1, 0, ...). Which last layer and which loss fit?",
        output: "A probability a class is asked for: \(classes) units with a softmax.",
        target: "Targets are one-hot rows: categorical crossentropy.", targets: .oneHot, width: classes)
    default:
      let what = random.pick(["digits on cheques", "road signs", "species of birds", "languages"])
      return Task(
        words:
          "A network is to tell \(classes) \(what) apart. The targets are indices from 0 to \(classes - 1). Which last layer and which loss fit?",
        output: "A probability a class is asked for: \(classes) units with a softmax.",
        target: "Targets are indices: sparse categorical crossentropy.", targets: .index, width: classes)
    }
  }

  private static func choices(_ task: Task) -> [Choice] {
    let n = task.width
    switch task.targets {
    case .numbers:
      return [
        Choice(units: 1, activation: .linear, loss: "mse", why: ""),
        Choice(units: 1, activation: .sigmoid, loss: "mse", why: "a sigmoid gives numbers from 0 to 1 only"),
        Choice(units: 1, activation: .linear, loss: "bce", why: "crossentropy compares probabilities, not numbers without bounds"),
        Choice(units: 1, activation: .relu, loss: "mse", why: "a relu gives no negative number, and has no gradient where it is 0"),
        Choice(units: 2, activation: .softmax, loss: "cce", why: "a softmax gives the probabilities of classes, and there are none"),
      ]
    case .zeroOne:
      return [
        Choice(units: 1, activation: .sigmoid, loss: "bce", why: ""),
        Choice(units: 1, activation: .softmax, loss: "bce", why: "a softmax over one unit is always 1"),
        Choice(units: 1, activation: .linear, loss: "bce", why: "a linear output is no probability: a sigmoid makes it one"),
        Choice(units: 1, activation: .sigmoid, loss: "cce", why: "categorical crossentropy needs a unit for each class"),
        Choice(units: 1, activation: .linear, loss: "mse", why: "the squared error is for numbers; classes are told by crossentropy"),
      ]
    case .oneHot:
      return [
        Choice(units: n, activation: .softmax, loss: "cce", why: ""),
        Choice(units: n, activation: .softmax, loss: "scce", why: "sparse crossentropy takes indices, and these targets are in dummy form"),
        Choice(units: 1, activation: .sigmoid, loss: "bce", why: "one unit tells two classes apart, and there are \(n)"),
        Choice(units: n, activation: .linear, loss: "cce", why: "linear outputs are no probabilities: a softmax makes them so"),
        Choice(units: n, activation: .softmax, loss: "mse", why: "the squared error is for numbers; classes are told by crossentropy"),
      ]
    case .index:
      return [
        Choice(units: n, activation: .softmax, loss: "scce", why: ""),
        Choice(
          units: n, activation: .softmax, loss: "cce", why: "categorical crossentropy takes the dummy form, and these targets are indices"),
        Choice(units: 1, activation: .softmax, loss: "scce", why: "a softmax over one unit is always 1: a unit for each class is needed"),
        Choice(units: n, activation: .linear, loss: "scce", why: "linear outputs are no probabilities: a softmax makes them so"),
        Choice(
          units: 1, activation: .linear, loss: "mse", why: "the order of the indices means nothing, so they are no numbers to come near to"),
      ]
    }
  }
}
