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
        has grown to four times the least. The loss is that of the first 512 samples in training, after each update. It suggests the rate at which the loss falls fastest. Nothing changes.
        """,
      .declared("what", "what to look for", from: [rate]),
      .optional(.word("file", "the picture to write", from: .files(ending: "png", "svg", "pdf"))).named
    ) { test, file in
      Action { session, surroundings in
        let target = try file.map { try surroundings.files.writable($0) }
        let facts = try find(test, session, surroundings, file: target?.path)
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
    examples: ["layer dense 4 tanh; layer dense 1 sigmoid; data moons 64; compile adam bce; find lr from=0.001 to=1 steps=30"],
    .decimal("from", "the first rate", .positive, default: 1e-6).named, .decimal("to", "the last rate", .positive, default: 10).named,
    .integer("steps", "how many updates", in: 10...10_000, default: 120).named
  ) { from, to, steps in
    guard from < to else {
      throw Complaint("the rate must rise: from=\(plain(from)) is not below to=\(plain(to))", hint: "such as `find lr from=1e-5 to=1`")
    }
    return RangeTest(from: from, to: to, steps: steps)
  }

  @MainActor private static func find(
    _ test: RangeTest, _ session: Session, _ surroundings: any Surroundings, file: String?
  ) throws -> PlotFacts {
    var copy = session
    let samples = try Training.training(&copy)
    let judged = try Training.sample(&copy, atMost: 512)
    var state = try copy.model.ensureState(seed: copy.settings.seed)
    let trainer = try Trainer(network: copy.model.network, settings: try copy.compiled(), batch: copy.settings.batch)
    func loss() throws -> Double { try trainer.evaluate(state.parameters, on: judged).first?.value ?? .nan }
    let start = try loss()
    var rates: [Double] = []
    var losses: [Double] = []
    for step in 0..<test.steps {
      if surroundings.isInterrupted { throw Complaint("interrupted: the model is as it was") }
      let rate = test.from * pow(test.to / test.from, Double(step) / Double(test.steps - 1))
      trainer.rate = Float(rate)
      guard case .completed = try trainer.step(&state, on: samples).ending else { break }
      let loss = try loss()
      guard loss.isFinite else { break }
      rates.append(rate)
      losses.append(loss)
      if loss > 4 * min(start, losses.min() ?? start) { break }
    }
    guard rates.count > 4 else {
      let parameters = try copy.model.ensureState(seed: copy.settings.seed).parameters
      throw parameters.areSound ? Complaint.noRange(from: test.from) : Complaint.brokenWeights()
    }
    var panel = Plot.Panel(
      x: .init("learning rate", scale: .logarithmic), y: .init("loss", scale: .automatic),
      series: [Plot.Series("loss", x: rates, y: losses)])
    let range = "\(rates.count) updates of a copy, from \(rounded(rates[0])) to \(rounded(rates[rates.count - 1]))"
    let suggestion = steepest(rates, losses, from: start)
    var remarks = ["no rate lowers the loss by a twentieth: the model may be trained already (\(range))"]
    if let suggestion {
      let shown = rounded(suggestion.rate)
      panel.series.append(Plot.Series("suggested: \(shown)", x: [suggestion.rate], y: [suggestion.loss], look: .points, group: 1))
      remarks = ["the loss falls fastest at a rate of \(shown); `set lr \(shown)` takes it (\(range))"]
    }
    var facts = PlotFacts(
      kind: "find lr", plot: Plot(title: session.title + "   range test", panels: [panel]), file: file, style: session.settings.plot)
    facts.suggestion = suggestion.flatMap { decimal(rounded($0.rate)) }
    facts.remarks = remarks
    return facts
  }

  /// The rate at which the loss falls fastest over the logarithm of the rate, before its least value, the slope taken over a few updates; nil
  /// where it hardly falls.
  private static func steepest(_ rates: [Double], _ losses: [Double], from start: Double) -> (rate: Double, loss: Double)? {
    // What comes after the first rise by a tenth of the fall is luck: a rate so large that it jumps about.
    var least = 0
    for index in losses.indices {
      if losses[index] < losses[least] { least = index }
      if losses[index] > losses[least] + max(0.1 * (start - losses[least]), 0.02 * abs(start)) { break }
    }
    guard losses[least] < start - 0.05 * abs(start) else { return nil }
    let reach = max(1, losses.count / 30)
    let inner = losses.indices.filter { $0 >= reach && $0 + reach < losses.count && $0 <= least }
    guard let best = inner.min(by: { losses[$0 + reach] - losses[$0 - reach] < losses[$1 + reach] - losses[$1 - reach] }) else {
      return nil
    }
    return (rates[best], losses[best])
  }

  /// Two digits, as one would type them.
  private static func rounded(_ rate: Double) -> String { decimal(String(format: "%.1e", rate)).map(plain) ?? plain(rate) }
}

extension Parameters {
  /// Whether all are finite, and none so large that it can only come from a training that went wrong.
  fileprivate var areSound: Bool { names.allSatisfy { self[$0]?.values.allSatisfy { abs($0) < 1e6 } ?? true } }
}

extension Complaint {
  static func brokenWeights() -> Complaint {
    Complaint("the weights are too large, or no numbers any more", hint: "`rewind` goes back to the first ones")
  }
  static func noRange(from rate: Double) -> Complaint {
    Complaint(
      "the loss is not finite from a rate of \(plain(rate)) on", hint: "begin lower with from=, or look at the data with `data describe`")
  }
}
