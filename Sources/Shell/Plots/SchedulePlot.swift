import Engine
import Language

/// `plot schedule cosine epochs=20`: the learning rate of every update of a training to come, or of the last one.
enum SchedulePlot {
  static let kind = Declaration<PlotRecipe>(
    "schedule", "The learning rate of every update, of a schedule or of the last fit.",
    examples: [
      "plot schedule cosine epochs=20 warmup=2", "plot schedule step rate=0.1 epochs=30 decay=0.5 every=10",
      "layer dense 1; data linear 64; compile sgd 0.1 mse; fit 10 schedule=cosine; plot schedule",
    ],
    notes: "The options are those of `fit`. rate= takes the place of the rate that `compile` gave, or of 0.01.",
    .optional(
      .choice(
        "shape", "how the rate changes; that of the last fit without it",
        from: [
          ("cosine", "down half a cosine"), ("step", "at once by `decay`"), ("exponential", "smoothly by `decay`"),
          ("constant", "not at all"),
        ])),
    .optional(.decimal("rate", "the rate that the schedule begins with", .positive)).named,
    .integer("epochs", "how many epochs", in: 1...1_000_000, default: 20).named,
    .optional(.decimal("decay", "what the rate is multiplied by", .from(0, to: 1))).named,
    .optional(.decimal("every", "the epochs from one multiplication to the next", .positive)).named,
    .decimal("warmup", "epochs in which the rate rises from 0", .notNegative, default: 0).named,
    .decimal("min_lr", "the rate does not go below it", .notNegative, default: 0).named
  ) { (shape: String?, rate: Double?, epochs: Int, decay: Double?, every: Double?, warmup: Double, floor: Double) in
    PlotRecipe("schedule") { session, _ in
      if shape == nil, let last = session.model.lastSchedule { return plot(last, session.title) }
      guard shape != nil || warmup > 0 else { throw Complaint.noSchedule() }
      let words = ScheduleWords(
        shape: shape == "constant" ? nil : shape, decay: decay, every: every, warmup: warmup, floor: floor, epochs: epochs, reduces: false)
      let rate = Float(rate ?? session.model.settings.map { Double($0.optimizer.rate) } ?? 0.01)
      let schedule = try words.schedule(rate: rate) ?? LearningRateSchedule(.step(factor: 1, epochs: 1))
      let rows = try session.data?.rows(heldOut: session.data?.heldByFit ?? 0).training.count
      let batches = rows.map { ($0 + session.settings.batch - 1) / session.settings.batch } ?? 100
      return plot(PlannedRates(schedule: schedule, rate: rate, batches: batches, epochs: epochs), shape ?? "warm-up")
    }
  }

  private static func plot(_ planned: PlannedRates, _ title: String) -> Plot {
    let updates = planned.batches * planned.epochs
    let count = min(updates, 2000)
    let numbers = (0..<count).map { count == 1 ? 0 : $0 * (updates - 1) / (count - 1) }
    let rates = numbers.map { shortest(planned.schedule.rate(planned.rate, update: $0, batches: planned.batches, epochs: planned.epochs)) }
    return Plot(
      title: "\(title)   \(grouped(updates)) updates, \(grouped(planned.batches)) an epoch", x: .init("epoch"), y: .init("learning rate"),
      series: [Plot.Series("", x: numbers.map { Double($0) / Double(planned.batches) }, y: rates)])
  }
}

/// The rates that a training was to have.
struct PlannedRates: Sendable, Equatable {
  let schedule: LearningRateSchedule
  let rate: Float
  let batches: Int
  let epochs: Int
}

extension Complaint {
  static func noSchedule() -> Complaint {
    Complaint("no fit with a schedule has been made", hint: "name one: `plot schedule cosine epochs=20 warmup=2`")
  }
}
