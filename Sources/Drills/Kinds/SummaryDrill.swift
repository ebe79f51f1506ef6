import Engine

/// Reading a summary backwards: what the network's input was, or the commands that build it.
///
///     inputs = parameters / units - 1      channels = (parameters / filters - 1) / (k k)
enum SummaryDrill {
  static let kind = DrillKind("summary", "The input size behind a summary, or the summary rebuilt with commands.", seconds: 120) { random in
    switch random.integer(0...2) {
    case 0: try inputs(&random)
    case 1: try channels(&random)
    default: try rebuild(&random)
    }
  }

  private static func count(_ number: Int, _ remark: String) -> Mistake { Mistake(.number(Double(number), tolerance: 0), remark) }

  /// The network of the deck's cards: dense, perhaps batch normalization, dense, dense.
  private static func perceptron(_ random: inout RandomSource) throws -> DrawnNetwork {
    var drawn = try DrawnNetwork(input: [random.integer(2...12)])
    try drawn.dense(random.pick([6, 8, 10, 12, 16]), .relu)
    if random.integer(0...2) > 0 { try drawn.batchNormalization() } else if random.integer(0...1) == 0 { try drawn.dropout(0.2) }
    try drawn.dense(random.pick([3, 4, 5]), .relu)
    try drawn.dense(random.pick([1, 2]))
    return drawn
  }

  private static func inputs(_ random: inout RandomSource) throws -> Exercise {
    let drawn = try perceptron(&random)
    let row = drawn.network.summary.rows[0]
    let (parameters, units) = (row.parameters, row.outputShape?.last.flatMap(\.self) ?? 1)
    let right = drawn.network.inputShape?[0] ?? 0
    return Exercise(
      "How many inputs does this network have?\n\n" + DrawnNetwork.listing(drawn.network.summary),
      hint: "The first layer's count is units x (inputs + 1).", answer: .number(Double(right), tolerance: 0),
      mistakes: [
        count(right + 1, "you forgot the bias: one of each unit's \(right + 1) parameters is no weight"),
        count(units, "you gave the units of the first layer: the inputs stand in its count of parameters"),
        count(parameters - units, "you gave all weights: they are divided among \(units) units"),
        count(parameters, "you gave the parameters of the first layer"),
        count(right * units + 1, "you counted one bias for the whole layer: each unit has its own"),
      ],
      solution: steps([
        "`\(row.name)` has \(units) units and \(parameters) parameters: \(units) x (inputs + 1) = \(parameters).",
        "Inputs + 1 = \(parameters) / \(units) = \(right + 1).", "So there are \(right) inputs.",
      ]), workings: [.counts(drawn.network, layer: row.name)])
  }

  private static func channels(_ random: inout RandomSource) throws -> Exercise {
    let size = random.pick([3, 5]), side = random.pick([28, 32, 64, 100]), right = random.pick([1, 2, 3, 4, 6])
    let filters = random.pick([8, 16, 32])
    var drawn = try DrawnNetwork(input: [side, side, right])
    try drawn.convolution(filters, size, stride: 2, padding: .same, .relu)
    try drawn.flatten()
    try drawn.dense(random.pick([1, 10]))
    let row = drawn.network.summary.rows[0]
    let each = row.parameters / filters
    return Exercise(
      "The convolution has a window of \(size)x\(size). How many channels do the images have that this network takes?\n\n"
        + DrawnNetwork.listing(drawn.network.summary), hint: "The convolution's count is filters x (k x k x channels + 1).",
      answer: .number(Double(right), tolerance: 0),
      mistakes: [
        count(filters, "you gave the filters: those are the channels of the output"),
        count(each, "you gave the parameters of one filter: they are \(size) x \(size) a channel, and a bias"),
        count(each - 1, "you gave the weights of one filter: they are \(size) x \(size) a channel"),
        count((each - 1) / size, "you divided by \(size): the window has \(size) x \(size) cells"),
      ],
      solution: steps([
        "`\(row.name)` has \(filters) filters and \(row.parameters) parameters: \(row.parameters) / \(filters) = \(each) a filter.",
        "One of them is the bias: \(each - 1) weights.",
        "The window has \(size) x \(size) = \(size * size) cells: "
          + "\(each - 1) / \(size * size) = \(right).",
      ]), workings: [.counts(drawn.network, layer: row.name)])
  }

  private static func rebuild(_ random: inout RandomSource) throws -> Exercise? {
    let drawn = try perceptron(&random)
    let network = drawn.network
    let inputs = network.inputShape?[0] ?? 0, units = network.summary.rows.compactMap { $0.outputShape?.last.flatMap(\.self) }
    func changed(_ remark: String, _ change: (inout Network) throws -> Void) throws -> Mistake {
      var copy = network
      try change(&copy)
      return Mistake(.network(copy), remark)
    }
    let last = network.layers.count
    let mistakes = [
      try changed("you took the bias for an input: the first layer has \(inputs) weights a unit, and a bias") {
        try $0.setInput([inputs + 1])
      },
      try changed(last == 4 ? "you forgot the layer \(network.summary.rows[1].kind)" : "you forgot the second layer") {
        try $0.remove(.number(2))
      },
      try changed("you forgot the last layer") { try $0.remove(.number(last)) },
      try changed("you gave the first layer another size: it has \(units[0]) units") {
        try $0.replace(.number(1), with: Dense(units: units[0] + 1))
      },
      try changed("you forgot the biases of the last layer") {
        try $0.replace(.number(last), with: Dense(units: units[units.count - 1], useBias: false))
      },
    ]
    // An activation leaves no trace in the table, so the solution names none.
    let built = drawn.commands.map { $0.replacing(" relu", with: "") }
    var exercise = Exercise(
      "Rebuild this summary with `input` and `layer` commands.\n\n" + DrawnNetwork.listing(network.summary),
      hint: "The input first: the first layer's count is units x (inputs + 1). Activations do not show in a summary.",
      answer: .network(network), mistakes: mistakes,
      solution: "The input: \(network.summary.rows[0].parameters) = \(units[0]) x (inputs + 1), so there are \(inputs). "
        + "These commands build it:"
        + "\n\n" + commands(built), workings: [.counts(network, layer: nil)])
    exercise.commands = built
    return exercise
  }
}
