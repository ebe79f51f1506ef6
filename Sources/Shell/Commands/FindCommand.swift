import Engine
import Foundation
import Language

/// `find lr`: the range test of the learning rate.
enum FindCommand {
  static let command = Command(
    .train, .writes,
    Declaration<Action>(
      "find", "Looks for a good learning rate.",
      examples: ["layer dense 4 tanh; layer dense 1 sigmoid; data moons 64; compile adam bce; find lr"],
      notes: """
        Trains a copy of the model, one mini-batch a rate, while the rate rises by the same factor from update to update, and ends when the loss \
        has grown to four times the least. The loss is smoothed. It suggests the rate at which the loss falls fastest. Nothing changes.
        """,
      .declared("what", "what to look for", from: [rate]), .optional(.word("file", "the picture to write", from: .files)).named
    ) { test, file in
      Action { session, surroundings in
        let target = try file.map { try surroundings.files.writable($0) }
        var facts = try find(test, session, surroundings, file: target?.path)
        facts.remarks.append("`set lr \(plain(facts.suggestion ?? 0))` takes it")
        if let target { try surroundings.plotter.write(facts, to: target) }
        return facts
      }
    })

  /// What the test goes through.
  struct RangeTest: Sendable {
    let from, to: Double
    let steps: Int
  }

  private static let rate = Declaration<RangeTest>(
    "lr", "The learning rate.",
    .decimal("from", "the first rate", .positive, default: 1e-6).named, .decimal("to", "the last rate", .positive, default: 10).named,
    .integer("steps", "how many updates", in: 10...10_000, default: 120).named
  ) { from, to, steps in
    guard from < to else { throw Complaint("the rate must rise: from=\(plain(from)) is not below to=\(plain(to))") }
    return RangeTest(from: from, to: to, steps: steps)
  }

  @MainActor private static func find(
    _ test: RangeTest, _ session: Session, _ surroundings: any Surroundings, file: String?
  ) throws -> PlotFacts {
    var copy = session
    let samples = try Training.training(&copy)
    var state = try copy.model.ensureState(seed: copy.settings.seed)
    let trainer = try Trainer(network: copy.model.network, settings: try copy.compiled(), batch: copy.settings.batch)
    var rates: [Double] = []
    var losses: [Double] = []
    var smooth = SmoothedLoss()
    for step in 0..<test.steps {
      if surroundings.isInterrupted { throw Complaint("interrupted: the model is as it was") }
      let rate = test.from * pow(test.to / test.from, Double(step) / Double(test.steps - 1))
      trainer.rate = Float(rate)
      let report = try trainer.step(&state, on: samples, interrupted: { surroundings.isInterrupted })
      guard case .completed = report.ending, let loss = report.updates.last?.lossBefore else { break }
      rates.append(rate)
      losses.append(smooth.add(loss))
      if smooth.hasDiverged { break }
    }
    guard rates.count > 4 else { throw Complaint.noRange(from: test.from) }
    let suggestion = steepest(rates, losses)
    var panel = Plot.Panel(
      x: .init("learning rate", scale: .logarithmic), y: .init("loss", scale: .automatic),
      series: [Plot.Series("loss, smoothed", x: rates, y: losses)])
    panel.series.append(
      Plot.Series("suggested: \(rounded(suggestion.rate))", x: [suggestion.rate], y: [suggestion.loss], look: .points, group: 1))
    var facts = PlotFacts(
      kind: "find lr", plot: Plot(title: session.title + "   range test", panels: [panel]), file: file, style: session.settings.plot)
    facts.suggestion = decimal(rounded(suggestion.rate)) ?? suggestion.rate
    facts.remarks = [
      "the loss falls fastest at a rate of \(rounded(suggestion.rate)); \(rates.count) updates of a copy, up to \(rounded(rates[rates.count - 1]))"
    ]
    return facts
  }

  /// The rate at which the loss falls fastest over the logarithm of the rate, before its least value; the slope is taken over a few updates.
  private static func steepest(_ rates: [Double], _ losses: [Double]) -> (rate: Double, loss: Double) {
    let least = losses.indices.min { losses[$0] < losses[$1] } ?? 0
    let reach = max(2, losses.count / 20)
    let inner = losses.indices.filter { $0 >= reach && $0 + reach < losses.count && $0 <= max(least, reach) }
    let best = inner.min { losses[$0 + reach] - losses[$0 - reach] < losses[$1 + reach] - losses[$1 - reach] } ?? least
    return (rates[best], losses[best])
  }

  /// Two digits, as one would type them.
  private static func rounded(_ rate: Double) -> String {
    let power = pow(10, (log10(rate)).rounded(.down) - 1)
    return plain((rate / power).rounded() * power)
  }
}

/// An exponential mean of losses, without the pull of its start: m <- 0.9 m + 0.1 J, shown as m / (1 - 0.9^n).
struct SmoothedLoss {
  private var mean = 0.0
  private var count = 0
  private var least = Double.infinity
  private var last = 0.0

  mutating func add(_ loss: Double) -> Double {
    mean = 0.9 * mean + 0.1 * loss
    count += 1
    last = mean / (1 - pow(0.9, Double(count)))
    least = min(least, last)
    return last
  }

  /// Whether it has grown to four times its least.
  var hasDiverged: Bool { count > 10 && last > 4 * least }
}

extension Complaint {
  static func noRange(from rate: Double) -> Complaint {
    Complaint(
      "the loss is not finite from a rate of \(plain(rate)) on", hint: "begin lower with from=, or look at the data with `data describe`")
  }
}
