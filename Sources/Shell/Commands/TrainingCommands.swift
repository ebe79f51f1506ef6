import Engine
import Language

/// `fit` and `epoch`, passes over the training data, and `step`, single updates.
enum TrainingCommands {
  static let fit = Command(
    .train,
    Declaration<Action>(
      "fit", "Trains for some epochs.",
      examples: [
        "input 2; layer dense 4 tanh; layer dense 1 sigmoid; data moons 64; compile adam 0.05 bce accuracy; fit 3",
        "layer dense 1; data linear 64; compile sgd 0.1 mse; fit 20 batch=16 val=0.25 until loss<0.05",
      ],
      notes: """
        Ctrl-C ends the training and keeps the model. val= holds the last part of the data out, as Keras does. `until` ends the training \
        when a measured value passes a bound.
        """,
      .integer("epochs", "how many passes over the training data", in: 1...1_000_000),
      .optional(.integer("batch", "samples a mini-batch", in: 1...1_000_000)).named,
      .decimal("val", "the part of the data to hold out", .from(0, below: 1), default: 0).named,
      .boolean("shuffle", "draw a new order for every epoch", default: true),
      .phrase("until", "METRIC>VALUE", "ends the training early")
    ) { epochs, batch, val, shuffle, until in
      let condition = try until.isEmpty ? nil : StopCondition(until)
      return Action { session, surroundings in
        let request = TrainingRequest(epochs: epochs, batch: batch, held: val, shuffle: shuffle, until: condition)
        return try Training.fit(request, &session, surroundings)
      }
    })

  static let epoch = Command(
    .train, .repeats,
    Declaration<Action>(
      "epoch", "Makes passes over the training data.", examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; epoch"],
      notes: "Enter on an empty line repeats it.",
      .integer("count", "how many passes", in: 1...1_000_000, default: 1)
    ) { count in
      Action { session, surroundings in try Training.fit(TrainingRequest(epochs: count), &session, surroundings) }
    })

  static let step = Command(
    .train, .repeats,
    Declaration<Action>(
      "step", "Updates the parameters on the next mini-batches.", examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; step 10"],
      notes: "It shows the loss on those samples before and after. Enter on an empty line repeats it.",
      .integer("count", "how many updates", in: 1...1_000_000, default: 1)
    ) { count in
      Action { session, surroundings in try Training.step(count, &session, surroundings) }
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
