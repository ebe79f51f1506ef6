import Engine
import Foundation

/// The loss of a few predictions.
///
///     mse: mean((y - t)²)      bce: -mean(t ln y + (1 - t) ln(1 - y))      cce: -mean over samples of ln y of the true class
enum LossDrill {
  static let kind = DrillKind("loss", "The loss of a few predictions: mse, bce or cce.", seconds: 120) { random in
    switch random.integer(0...2) {
    case 0: try squaredError(&random)
    case 1: try binary(&random)
    default: try categorical(&random)
    }
  }

  private static func close(_ number: Double, _ remark: String) -> Mistake { Mistake(.number(number, tolerance: 0.0015), remark) }

  /// Predictions and targets for the engine: a network that gives what it is given.
  private static func working(_ loss: any LossDescription, _ predictions: [[Double]], _ targets: [[Double]]) throws -> Working {
    var network = try Network(inputShape: [predictions[0].count])
    try network.append(ActivationLayer(.linear))
    return .loss(try Computation(network, [:], loss: loss, inputs: predictions, targets: targets))
  }

  private static func list(_ numbers: [Double]) -> String { numbers.map { decimal($0) }.joined(separator: ", ") }

  private static func squaredError(_ random: inout RandomSource) throws -> Exercise {
    let count = random.integer(2...4)
    let y = (0..<count).map { _ in random.tenths(0...50) }, t = (0..<count).map { _ in Double(random.integer(0...5)) }
    let loss = MeanSquaredError().reference(y, t, rows: count, width: 1, columns: 1)
    let errors = zip(y, t).map { $0 - $1 }
    let squares = errors.map { $0 * $0 }
    let sum = squares.reduce(0, +), mean = errors.reduce(0, +) / Double(count)
    return Exercise(
      "The predictions are \(list(y)), the targets \(list(t)). What is the loss `mse`, to three decimals?",
      hint: "The mean of the squared errors: $\\frac{1}{n} \\sum (y_i - t_i)^2$.", answer: .number(loss, tolerance: 0.0015),
      mistakes: [
        close(sum, "you forgot the mean: the sum is divided by \(count)"),
        close(errors.reduce(0) { $0 + abs($1) } / Double(count), "you forgot the square: that is the mean absolute error"),
        close(loss.squareRoot(), "you took the root: that is the rmse"), close(loss / 2, "you halved it: mse has no 1/2"),
        close(mean * mean, "you squared the mean error: each error is squared first"),
      ],
      solution: "The errors are \(list(errors)); the mean of their squares is \(decimal(sum)) / \(count) = \(decimal(loss)).",
      workings: [try working(MeanSquaredError(), y.map { [$0] }, t.map { [$0] })])
  }

  private static func binary(_ random: inout RandomSource) throws -> Exercise {
    let count = random.integer(2...3)
    let y = (0..<count).map { _ in random.tenths(1...9) }, t = (0..<count).map { _ in Double(random.integer(0...1)) }
    let loss = BinaryCrossentropy().reference(y, t, rows: count, width: 1, columns: 1)
    let terms = zip(y, t).map { $1 == 1 ? -log($0) : -log(1 - $0) }
    let sum = terms.reduce(0, +)
    return Exercise(
      "A sigmoid gives \(list(y)) for samples whose targets are \(list(t)). What is the loss `bce` (natural logarithm), to three decimals?",
      hint: "A sample of class 1 costs $-\\ln y$, one of class 0 costs $-\\ln(1 - y)$; the loss is the mean.",
      answer: .number(loss, tolerance: 0.0015),
      mistakes: [
        close(sum, "you forgot the mean: the sum is divided by \(count)"),
        close(-loss, "you forgot the minus: a logarithm of a probability is negative"),
        close(
          zip(y, t).reduce(0) { $0 - ($1.1 == 1 ? log($1.0) : 0) } / Double(count),
          "you left the samples of class 0 out: they cost -ln(1 - y)"),
        close(y.reduce(0) { $0 - log($1) } / Double(count), "you took -ln y for class 0 too: there it is -ln(1 - y)"),
        close(loss / log(10), "you took the logarithm to base 10: it is the natural one"),
      ],
      solution: "So the loss is \(decimal(loss)).",
      workings: [try working(BinaryCrossentropy(), y.map { [$0] }, t.map { [$0] })])
  }

  private static func categorical(_ random: inout RandomSource) throws -> Exercise? {
    let count = random.integer(1...2)
    let rows = (0..<count).map { _ -> [Double] in
      let first = random.integer(1...6), second = random.integer(1...(9 - first))
      return [Double(first) / 10, Double(second) / 10, Double(10 - first - second) / 10].shuffled(using: &random)
    }
    let classes = (0..<count).map { _ in random.integer(0...2) }
    let targets = classes.map { place in (0..<3).map { $0 == place ? 1.0 : 0.0 } }
    let loss = CategoricalCrossentropy().reference(rows.flatMap(\.self), targets.flatMap(\.self), rows: count, width: 3, columns: 3)
    let terms = zip(rows, classes).map { -log($0[$1]) }
    let sum = terms.reduce(0, +), all = rows.flatMap(\.self).reduce(0) { $0 - log($1) }
    func text(_ row: [Double]) -> String { "(" + list(row) + ")" }
    let samples = zip(rows, targets).enumerated().map { index, pair in
      "* sample \(index + 1): softmax \(text(pair.0)), target \(text(pair.1))"
    }
    return Exercise(
      "What is the loss `cce` (natural logarithm), to three decimals?\n\n" + samples.joined(separator: "\n"),
      hint: "Only the probability of the true class counts: $-\\ln y_{true}$, the mean over the samples.",
      answer: .number(loss, tolerance: 0.0015),
      mistakes: [
        close(sum, "you forgot the mean: the sum is divided by \(count)"),
        close(-loss, "you forgot the minus: a logarithm of a probability is negative"),
        close(all / Double(count), "you added up all classes: only the true one counts, the other targets are 0"),
        close(loss / 3, "you divided by the number of classes: the mean is over samples"),
        close(zip(rows, classes).reduce(0) { $0 + 1 - $1.0[$1.1] } / Double(count), "you took 1 - y: the loss is -ln y"),
        close(loss / log(10), "you took the logarithm to base 10: it is the natural one"),
      ],
      solution: "So the loss is \(decimal(loss)).",
      workings: [try working(CategoricalCrossentropy(), rows, targets)])
  }
}
