import Engine

/// How often the parameters are updated: once a mini-batch, the last and smaller one included.
///
///     updates of an epoch = ceil(N / B)
enum UpdatesDrill {
  static let kind = DrillKind("updates", "How many updates an epoch, and a training, makes.", seconds: 30) { random in
    let batch = random.pick([8, 16, 20, 32, 50, 64, 100])
    let isWhole = random.integer(0...4) == 0
    let samples = isWhole ? batch * random.integer(3...12) : random.integer(3 * batch...12 * batch)
    let epochs = random.pick([1, 1, 5, 10, 20, 50])
    let each = try measured(samples: samples, batch: batch)
    let right = each * epochs
    let rounded = samples / batch
    let question =
      "A training set has \(samples) samples, and a mini-batch holds \(batch). "
      + (epochs == 1
        ? "How many times are the parameters updated in one epoch?" : "How many times are the parameters updated in \(epochs) epochs?")
    func count(_ number: Double, _ remark: String) -> Mistake { Mistake(.number(number, tolerance: 0), remark) }
    let quotient = (Double(samples) / Double(batch) * 10_000).rounded() / 10_000
    return Exercise(
      question, hint: "There is an update for each mini-batch, also for a last one that is not full: $\\lceil N / B \\rceil$ an epoch.",
      answer: .number(Double(right), tolerance: 0),
      mistakes: [
        count(Double(rounded * epochs), "you dropped the last mini-batch: the \(samples - rounded * batch) samples left over make one too"),
        count(quotient * Double(epochs), "you did not round up: a part of a mini-batch is a whole update"),
        count(Double((rounded + 1) * epochs), "you added a mini-batch: \(samples) is a multiple of \(batch), nothing is left over"),
        count(Double(samples * epochs), "you counted an update a sample: there is one a mini-batch"),
        count(Double(each), "you counted one epoch: there are \(epochs)"),
        count(Double(batch * epochs), "you gave the size of a mini-batch: how many of them does an epoch have?"),
        count(Double(epochs), "you counted an update an epoch: there is one a mini-batch"),
      ],
      solution: steps([
        "An epoch has $\\lceil N / B \\rceil$ mini-batches: \(samples) / \(batch) = \(decimal(quotient, 4)), rounded up \(each).",
        isWhole
          ? "Nothing is left over: each mini-batch is full." : "The last mini-batch holds \(samples - (each - 1) * batch) samples.",
        "Each is one update: \(each) an epoch, in \(plural(epochs, "epoch")) \(each) x \(epochs) = \(right).",
      ]))
  }

  /// How many updates the engine makes in an epoch.
  private static func measured(samples: Int, batch: Int) throws -> Int {
    var network = try Network(inputShape: [1])
    try network.append(Dense(units: 1))
    let trainer = try Trainer(
      network: network, settings: TrainingSettings(optimizer: SGD(rate: 0.01), loss: MeanSquaredError()), batch: batch)
    var state = try TrainingState(network: network, seed: 0)
    let zeros = Tensor(shape: [samples, 1])
    return try trainer.fit(&state, on: try Samples(inputs: zeros, targets: zeros), epochs: 1).updates
  }
}
