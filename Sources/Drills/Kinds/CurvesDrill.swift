import Datasets
import Engine
import Foundation

/// Reading the curves of a real run of the engine: the rate too high, too low, overfitting, or all well.
enum CurvesDrill {
  static let kind = DrillKind("curves", "What a loss curve tells: the rate too high or too low, overfitting, all well.", seconds: 40) {
    random in
    let cause = random.pick(Cause.allCases)
    // Runs that leave room for doubt are made again, so that each cause comes as often as the others.
    var drawn: [ExerciseCurve]?
    for _ in 0..<40 where drawn == nil {
      let curves = try run(cause, seed: random.next() >> 16)
      if Cause.allCases.filter({ $0.shows(in: curves) }) == [cause] { drawn = curves }
    }
    guard let curves = drawn else { return nil }
    let order = Cause.allCases.shuffled(using: &random)
    guard let place = order.firstIndex(of: cause) else { return nil }
    return Exercise(
      "These are the curves of a training, on the training set (loss) and on held-out samples (val_loss). What do they tell?",
      hint: "Does the loss fall, and how fast? Does the loss on held-out samples follow it?", answer: .option(place),
      mistakes: order.enumerated().filter { $0.offset != place }.map { Mistake(.option($0.offset), $0.element.remark) },
      options: order.map(\.words), solution: steps(cause.reading(curves) + ["So: \(cause.words)."]), curves: curves)
  }

  /// What makes a curve look as it does.
  enum Cause: CaseIterable {
    case tooHigh, tooLow, overfitting, well

    var words: String {
      switch self {
      case .tooHigh: "the learning rate is too high"
      case .tooLow: "the learning rate is too low"
      case .overfitting: "the network overfits"
      case .well: "all is well: it learns, and what it learns holds for new samples"
      }
    }

    var remark: String {
      switch self {
      case .tooHigh: "with a rate too high the loss grows or jumps up and down"
      case .tooLow: "with a rate too low the loss hardly falls at all"
      case .overfitting: "a network that overfits lowers loss while val_loss rises"
      case .well: "all would be well if both curves fell and then levelled off"
      }
    }

    /// Whether the curves show this without doubt.
    func shows(in curves: [ExerciseCurve]) -> Bool {
      let loss = curves[0].values, held = curves[1].values
      guard let first = loss.first, let last = loss.last, let lastHeld = held.last, let least = held.min() else { return false }
      switch self {
      case .tooHigh: return last > 2 * first && last < 1000 * first
      case .tooLow: return last > 0.8 * first && last < first
      case .overfitting: return last < 0.5 * first && lastHeld > 1.4 * least && lastHeld > 2 * last
      case .well: return last < 0.5 * first && lastHeld < 1.1 * least && lastHeld < 1.6 * last + 0.02
      }
    }

    func reading(_ curves: [ExerciseCurve]) -> [String] {
      let loss = curves[0].values, held = curves[1].values
      let (first, last) = (short(loss.first ?? 0), short(loss.last ?? 0))
      let least = held.min() ?? 0
      switch self {
      case .tooHigh: return ["The loss grows from \(first) to \(last): each step goes past the valley, and further up its other side."]
      case .tooLow:
        return [
          "The loss falls from \(first) to \(last) only, and goes on falling: each step is in the right direction, and far too short."
        ]
      case .overfitting:
        return [
          "The loss falls from \(first) to \(last): the network learns its samples.",
          "val_loss falls to \(short(least)) at epoch \((held.firstIndex(of: least) ?? 0) + 1) and rises to \(short(held.last ?? 0)) afterwards: "
            + "what is learned late holds for the training set only.",
        ]
      case .well:
        return ["The loss falls from \(first) to \(last).", "val_loss follows it, to \(short(held.last ?? 0)), and does not rise again."]
      }
    }
  }

  private static func short(_ value: Double) -> String { shortText(value) }

  /// Trains a network that has the trouble, and hands over its curves.
  private static func run(_ cause: Cause, seed: UInt64) throws -> [ExerciseCurve] {
    var random = RandomSource(seed: seed, stream: "curves")
    let environment = DataEnvironment(embeddedFolder: nil, currentFolder: URL(fileURLWithPath: "/"), seed: seed)
    let count: Int, noise: Float, optimizer: any OptimizerDescription, epochs: Int, units: Int
    switch cause {
    case .tooHigh: (count, noise, optimizer, epochs, units) = (120, 0.1, SGD(rate: random.uniform(0.6, 1.6)), 8, 0)
    case .tooLow: (count, noise, optimizer, epochs, units) = (120, 0.15, SGD(rate: random.uniform(0.0004, 0.001)), 20, 8)
    case .overfitting: (count, noise, optimizer, epochs, units) = (60, 0.5, Adam(rate: random.uniform(0.02, 0.04)), 60, 32)
    case .well: (count, noise, optimizer, epochs, units) = (240, 0.12, Adam(rate: random.uniform(0.015, 0.03)), 25, 16)
    }
    let options = DrawnOptions(count: count, noise: noise, seed: seed)
    let dataset = try (units == 0 ? Linear(options) as any DatasetRecipe : Moons(options)).load(environment)
    var network = try Network(inputShape: dataset.sampleShape)
    if units > 0 { try network.append(Dense(units: units, activation: .relu)) }
    if cause == .overfitting { try network.append(Dense(units: units, activation: .relu)) }
    try network.append(Dense(units: 1, activation: units == 0 ? .linear : .sigmoid))
    let loss: any LossDescription = units == 0 ? MeanSquaredError() : BinaryCrossentropy()
    let targets = try dataset.encodedTarget(units == 0 ? .numbers : .binary).values
    let held = count / 2
    func samples(_ rows: Range<Int>) throws -> Samples {
      try Samples(inputs: dataset.features.rows(Array(rows)), targets: targets.rows(Array(rows)))
    }
    let trainer = try Trainer(network: network, settings: TrainingSettings(optimizer: optimizer, loss: loss), batch: 16)
    var state = try TrainingState(network: network, seed: seed)
    let report = try trainer.fit(&state, on: samples(0..<(count - held)), validation: samples((count - held)..<count), epochs: epochs)
    return ["loss", "val_loss"].map { ExerciseCurve(name: $0, values: report.history[$0]) }
  }
}
