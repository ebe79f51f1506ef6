import Engine

/// How many numbers a layer or a network holds: the column `Param #` of a summary.
///
///     dense:  units (inputs + 1)      conv2d:  filters (k k channels + 1)      batchnorm:  4 channels, half of them trainable
enum ParamsDrill {
  static let kind = DrillKind("params", "How many parameters a layer or a network has.", seconds: 60) { random in
    switch random.integer(0...4) {
    case 0: try dense(&random)
    case 1: try convolution(&random)
    case 2: try normalization(&random)
    case 3: try multilayer(&random)
    default: try convolutional(&random)
    }
  }

  private static func count(_ number: Int, _ remark: String) -> Mistake { Mistake(exactly(number), remark) }
  private static func exactly(_ number: Int) -> ExerciseAnswer { .number(Double(number), tolerance: 0) }

  private static func dense(_ random: inout RandomSource) throws -> Exercise {
    let inputs = random.integer(2...40), units = random.pick([2, 3, 4, 5, 8, 10, 16, 20, 32, 64])
    var drawn = try DrawnNetwork(input: [inputs])
    try drawn.dense(units, random.pick([.relu, .sigmoid, .tanh]))
    return Exercise(
      "How many parameters does the dense layer have?\n\n" + commands(drawn.commands),
      hint: "A unit has a weight for each of its inputs, and a bias: units x (inputs + 1).",
      answer: exactly(drawn.network.summary.total),
      mistakes: [
        count(inputs * units, "you forgot the bias: each unit has one"),
        count(inputs * units + 1, "you counted one bias for the whole layer: each unit has its own"),
        count(inputs * units + inputs, "you counted a bias for each input: each unit has one"),
        count(inputs + units, "you added inputs and units: every unit has a weight for every input"),
      ],
      solution: "\(inputs) x \(units) = \(inputs * units) weights and \(units) biases make \(drawn.network.summary.total).",
      workings: [.counts(drawn.network, layer: nil)])
  }

  private static func convolution(_ random: inout RandomSource) throws -> Exercise {
    let size = random.pick([3, 5, 7]), channels = random.pick([2, 3, 8, 16, 32]), filters = random.pick([4, 8, 16, 32, 64])
    let side = random.pick([16, 28, 32, 64])
    var drawn = try DrawnNetwork(input: [side, side, channels])
    try drawn.convolution(filters, size, stride: random.pick([1, 2]), padding: random.pick([.same, .valid]), .relu)
    let cells = size * size
    return Exercise(
      "How many parameters does the convolution have?\n\n" + commands(drawn.commands),
      hint: "A filter has a weight for each cell of its window in each channel, and a bias: filters x (k x k x channels + 1).",
      answer: exactly(drawn.network.summary.total),
      mistakes: [
        count(filters * cells * channels, "you forgot the bias: each filter has one"),
        count(filters * (cells + 1), "you forgot the channels: a filter reaches through all \(channels) of them"),
        count(filters * cells * channels + 1, "you counted one bias for the whole layer: each filter has its own"),
        count(filters * (size * channels + 1), "you took the window for \(size) cells: it has \(size) x \(size)"),
        count(filters * channels * (cells + 1), "you counted a bias for each channel of a filter: a filter has one"),
      ],
      solution:
        "A filter looks at \(size) x \(size) x \(channels) = \(cells * channels) values, and has a bias: "
        + "\(filters) x \(cells * channels + 1) = \(drawn.network.summary.total). "
        + "Stride, padding and the size of the image do not matter, as the filter is the same everywhere.",
      workings: [.counts(drawn.network, layer: nil)])
  }

  private static func normalization(_ random: inout RandomSource) throws -> Exercise {
    let inputs = random.integer(2...9), units = random.pick([4, 8, 16, 32, 64, 128])
    var drawn = try DrawnNetwork(input: [inputs])
    try drawn.dense(units)
    try drawn.batchNormalization()
    let row = drawn.network.summary.rows[1]
    let asksAll = random.integer(0...1) == 0
    let what = asksAll ? "parameters" : "trainable parameters"
    let mistakes =
      asksAll
      ? [
        count(2 * units, "you forgot the statistics: a moving mean and a moving variance are kept for each value too"),
        count(units * (units + 1), "you counted it like a dense layer: it has four numbers for each value"),
        count(units, "you counted one number a value: there are gamma, beta, moving mean and moving variance"),
        count(3 * units, "you counted three numbers a value: there are gamma, beta, moving mean and moving variance"),
      ]
      : [
        count(4 * units, "you took the moving statistics for trainable: they only follow the batches"),
        count(units, "you counted one number a value: both gamma and beta are learned"),
        count(0, "you took gamma and beta for statistics: they are learned by gradients"),
        count(units * (units + 1), "you counted it like a dense layer: it learns two numbers for each value"),
      ]
    return Exercise(
      "How many \(what) does the batch normalization have?\n\n" + commands(drawn.commands),
      hint: "Each value has a gamma and a beta, which are learned, and a moving mean and variance, which only follow the batches.",
      answer: exactly(asksAll ? row.parameters : row.trainable), mistakes: mistakes,
      solution: asksAll
        ? "Four numbers for each of the \(units) values: \(row.parameters)."
        : "Gamma and beta are learned, 2 x \(units) = \(row.trainable); the other \(row.nonTrainable) are statistics.",
      workings: [.counts(drawn.network, layer: row.name)])
  }

  private static func multilayer(_ random: inout RandomSource) throws -> Exercise {
    let inputs = random.integer(2...12), first = random.pick([4, 8, 16]), second = random.pick([3, 4, 5, 8]), last = random.integer(1...3)
    var drawn = try DrawnNetwork(input: [inputs])
    try drawn.dense(first, .relu)
    try drawn.batchNormalization()
    try drawn.dense(second, .relu)
    try drawn.dense(last)
    let summary = drawn.network.summary
    let asksAll = random.integer(0...1) == 0
    let right = asksAll ? summary.total : summary.trainable
    let biases = first + second + last
    let other =
      asksAll
      ? count(summary.trainable, "you left the moving mean and variance out: they are parameters, though not trainable ones")
      : count(summary.total, "you took the moving statistics for trainable: half of batch normalization is not")
    return Exercise(
      "How many \(asksAll ? "" : "trainable ")parameters does this network have?\n\n" + commands(drawn.commands),
      hint: "Add up the layers: dense units x (inputs + 1), batch normalization 4 a value, of which 2 are trainable.",
      answer: exactly(right),
      mistakes: [
        count(right - biases, "you forgot the biases: each unit of a dense layer has one"), other,
        count(right - (asksAll ? 4 : 2) * first, "you left batch normalization out"),
        count(right - second * first - last * second, "you counted only the weights that see the input"),
      ],
      solution: asksAll
        ? "All of them: \(summary.rows.map { String($0.parameters) }.joined(separator: " + ")) = \(summary.total)."
        : "Without the moving statistics: \(summary.total) - \(summary.nonTrainable) = \(summary.trainable).",
      workings: [.counts(drawn.network, layer: nil)])
  }

  private static func convolutional(_ random: inout RandomSource) throws -> Exercise {
    let side = random.pick([12, 20, 28, 32, 50]), channels = random.pick([1, 3]),
      filters = [random.pick([4, 8, 16]), random.pick([8, 16, 32])]
    let units = random.pick([1, 5, 10])
    var drawn = try DrawnNetwork(input: [side, side, channels])
    try drawn.convolution(filters[0], 3, stride: 2, padding: .same, .relu)
    try drawn.convolution(filters[1], 3, stride: 2, padding: .same, .relu)
    try drawn.flatten()
    try drawn.dense(units, units == 1 ? .sigmoid : .softmax)
    let summary = drawn.network.summary
    let read = drawn.inputs[3][0]
    return Exercise(
      "How many parameters does this network have?\n\n" + commands(drawn.commands),
      hint: "The dense layer sees height x width x channels of the last convolution, flattened.",
      answer: exactly(summary.total),
      mistakes: [
        count(summary.total - filters[0] - filters[1] - units, "you forgot the biases: each filter and each unit has one"),
        count(
          filters[0] * 10 + filters[1] * 10 + units * (read + 1),
          "you forgot the channels: a filter of the second convolution reaches through all \(filters[0])"),
        count(
          summary.total - units * read + units * filters[1],
          "you gave the dense layer one input a channel: it sees \(read) values, the whole image flattened"),
        count(summary.total - summary.rows[3].parameters, "you left the dense layer out"),
      ],
      solution:
        "Each stride of 2 halves the image, rounded up: \(drawn.inputs[1].map { String($0) }.joined(separator: "x")), then "
        + "\(drawn.inputs[2].map { String($0) }.joined(separator: "x")); flattened that is \(read) values. All layers together: \(summary.total).",
      workings: [.counts(drawn.network, layer: nil)])
  }
}
