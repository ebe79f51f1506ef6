import Engine
import Language

/// `fit` and `epoch`, passes over the training data, and `step`, single updates.
enum TrainingCommands {
  /// What is typed after `fit`, without doing it.
  static let fitWords = Declaration<FitWords>(
    "fit", "Trains for some epochs.",
    examples: [
      "input 2; layer dense 4 tanh; layer dense 1 sigmoid; data moons 64; compile adam 0.05 bce accuracy; fit 3",
      "layer dense 1; data linear 64; compile sgd 0.1 mse; fit 20 batch=16 val=0.25 until loss<0.05",
      "layer dense 1; data linear 64; compile adam 0.1 mse; fit 40 val=0.25 early_stopping=5 reduce_lr=3",
      "layer dense 1; data linear 64; compile adam 0.1 mse; fit 20 schedule=cosine warmup=2",
      "layer dense 4 tanh; layer dense 1 sigmoid; data moons 64; compile adam bce accuracy; fit 5 class_weight=balanced checkpoint=best",
    ],
    notes: """
      Ctrl-C ends the training and keeps the model. val= holds the last part of the data out, as Keras does. `until` ends the training \
      when a measured value passes a bound.
      early_stopping, reduce_lr and checkpoint watch the validation loss, without held-out data the loss, or what monitor= names. \
      early_stopping and checkpoint=best bring the weights of the best epoch back; reduce_lr=3 multiplies the rate by decay (0.1) after \
      three epochs without improvement.
      schedule=cosine goes down to min_lr over the whole training; exponential and step multiply the rate by decay every so many \
      epochs, smoothly (0.95, each epoch) or at once (0.5, every 10). warmup= raises the rate from 0 over the first epochs. The rate \
      that was given stays, but for what reduce_lr takes away.
      """,
    .integer("epochs", "how many passes over the training data", in: 1...1_000_000),
    .optional(.integer("batch", "samples a mini-batch", in: 1...1_000_000)).named,
    .decimal("val", "the part of the data to hold out", .from(0, below: 1), default: 0).named,
    .boolean("shuffle", "draw a new order for every epoch", default: true),
    .optional(.word("class_weight", "`balanced`, or a weight a class as in [1, 5]", from: .classWeights)).named,
    .optional(.word("monitor", "what early_stopping, reduce_lr and checkpoint watch", from: .measures)).named,
    .optional(.integer("early_stopping", "end after so many epochs without improvement", in: 1...1_000_000)).named,
    .optional(
      .choice(
        "checkpoint", "which weights to end with", from: [("best", "those of the best epoch"), ("last", "those of the last")])
    ).named,
    .optional(.integer("reduce_lr", "lower the rate after so many epochs without improvement", in: 1...1_000_000)).named,
    .optional(
      .choice(
        "schedule", "how the rate changes",
        from: [
          ("cosine", "down half a cosine"), ("step", "at once by `decay` every so many epochs"),
          ("exponential", "smoothly by `decay` every so many epochs"),
        ])
    ).named,
    .optional(.decimal("decay", "what the rate is multiplied by", .from(0, to: 1))).named,
    .optional(.decimal("every", "the epochs from one multiplication to the next", .positive)).named,
    .decimal("warmup", "epochs in which the rate rises from 0", .notNegative, default: 0).named,
    .decimal("min_lr", "the rate does not go below it", .notNegative, default: 0).named,
    .phrase("until", "METRIC>VALUE", "ends the training early").completed(from: .measures)
  ) {
    (
      epochs: Int, batch: Int?, val: Double, shuffle: Bool, weights: String?, monitor: String?, patience: Int?, checkpoint: String?,
      reduce: Int?, schedule: String?, decay: Double?, every: Double?, warmup: Double, floor: Double, until: String
    ) in
    var request = TrainingRequest(epochs: epochs, batch: batch, held: val, shuffle: shuffle)
    request.isKept = true
    request.until = try until.isEmpty ? nil : StopCondition(until)
    request.classWeights = try weights.map { try ClassWeights($0) }
    request.options.monitor = monitor
    request.options.patience = patience
    request.options.keepsBest = checkpoint == "best"
    request.options.reduction = reduce.map { PlateauReduction(patience: $0, factor: Float(decay ?? 0.1), minimum: Float(floor)) }
    let rates = ScheduleWords(
      shape: schedule, decay: decay, every: every, warmup: warmup, floor: floor, epochs: epochs, reduces: reduce != nil)
    return FitWords(request: request, rates: rates)
  }

  static let fit = Command(
    .train, .changes,
    fitWords.map { words in
      Action { session, surroundings in
        let request = try words.request(for: session.model.settings)
        session.lastEpochs = request.epochs
        let epochs = request.epochs == 1 ? "1 epoch" : "\(grouped(request.epochs)) epochs"
        return try Forecasting.around(epochs, held: request.held, &session, surroundings) { session in
          try Training.fit(request, &session, surroundings)
        }
      }
    })

  static let epoch = Command(
    .train, [.changes, .repeats],
    Declaration<Action>(
      "epoch", "Makes passes over the training data.", examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; epoch"],
      notes: "Enter on an empty line repeats it.",
      .integer("count", "how many passes", in: 1...1_000_000, default: 1)
    ) { count in
      Action { session, surroundings in try Training.fit(TrainingRequest(epochs: count), &session, surroundings) }
    })

  static let step = Command(
    .train, [.changes, .repeats],
    Declaration<Action>(
      "step", "Updates the parameters on the next mini-batches.", examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; step 10"],
      notes: """
        It shows the loss on those samples before and after. Enter on an empty line repeats it. `set predict on` asks before it, and before \
        `fit`, what will happen.
        """,
      .integer("count", "how many updates", in: 1...1_000_000, default: 1)
    ) { count in
      Action { session, surroundings in
        try Forecasting.around(count == 1 ? "1 update" : "\(grouped(count)) updates", held: nil, &session, surroundings) { session in
          try Training.step(count, &session, surroundings)
        }
      }
    })
}

/// `until accuracy>0.95`.
struct StopCondition: Sendable, Equatable {
  let metric: String
  let isAbove: Bool
  let isInclusive: Bool
  let bound: Double

  /// Reads `NAME>NUMBER`, `NAME<NUMBER`, also with `>=` and `<=`.
  init(_ text: String) throws {
    guard let sign = text.firstIndex(where: { $0 == ">" || $0 == "<" }) else { throw Complaint.badCondition(text) }
    metric = String(text[..<sign])
    isAbove = text[sign] == ">"
    var rest = text[text.index(after: sign)...]
    isInclusive = rest.first == "="
    if isInclusive { rest.removeFirst() }
    guard !metric.isEmpty, let bound = decimal(rest) else { throw Complaint.badCondition(text) }
    self.bound = bound
  }

  func holds(for value: Double) -> Bool { isInclusive && value == bound || (isAbove ? value > bound : value < bound) }
}
