import Engine

/// The output of a neuron, or of a network of three.
///
///     z = w x + b,   y = activation(z)
enum ForwardDrill {
  static let kind = DrillKind("forward", "The output of a neuron or of a small network.", seconds: 120) { random in
    try random.integer(0...2) > 0 ? neuron(&random) : network(&random)
  }

  private static func close(_ number: Double, _ remark: String) -> Mistake { Mistake(.number(number, tolerance: 0.0015), remark) }

  private static func neuron(_ random: inout RandomSource) throws -> Exercise {
    let x = [Double(random.integer(-3...3)), random.tenths(-20...20)], w = [random.tenths(-15...15), random.tenths(-15...15)]
    let b = random.tenths(-10...10)
    let activation = random.pick([Activation.sigmoid, .relu, .tanh, .linear])
    var network = try Network(inputShape: [2])
    try network.append(Dense(units: 1, activation: activation))
    let computation = try Computation(network, ["dense.kernel": w, "dense.bias": [b]], inputs: [x], targets: [[0]])
    let y = try output(of: computation)
    let z = w[0] * x[0] + w[1] * x[1] + b
    return Exercise(
      """
      A neuron gets $x_1 = \(decimal(x[0]))$ and $x_2 = \(decimal(x[1]))$. Its weights are $w_1 = \(decimal(w[0]))$ and \
      $w_2 = \(decimal(w[1]))$, its bias is $b = \(decimal(b))$, its activation is \(activation.name). What does it give, to three decimals?
      """, hint: "$z = w_1 x_1 + w_2 x_2 + b$, then the activation: " + formula(activation) + ".",
      answer: .number(y, tolerance: 0.0015),
      // A relu makes many mistakes one: an answer of 0 tells nothing about which.
      mistakes: [
        close(applied(activation, z - b), "you forgot the bias"), close(z, "you forgot the activation: that is $z$"),
        close(applied(activation, z - 2 * b), "you subtracted the bias"),
        close(applied(activation, w[0] + w[1] + b), "you forgot the inputs: each weight is multiplied by its own"),
        close(applied(activation, w[0] * x[1] + w[1] * x[0] + b), "you took each weight with the other's input"),
        close(-y, "you lost a sign"), close(z * z, "you squared $z$"),
        close(applied(.sigmoid, z), "you applied a sigmoid: the activation is \(activation.name)"),
      ].filter { activation != .relu || $0.answer != .number(0, tolerance: 0.0015) },
      solution: "So $y = " + substituted(activation, z) + " = \(decimal(y))$.", workings: [.outputs(computation, units: [("dense", 0)])])
  }

  private static func network(_ random: inout RandomSource) throws -> Exercise? {
    let x = [Double(random.integer(-2...3)), Double(random.integer(-2...3))]
    let first = [0, 1].map { _ in [random.tenths(-10...15), random.tenths(-10...15), random.tenths(-10...10)] }
    let last = [random.tenths(-15...15), random.tenths(-15...15), random.tenths(-10...10)]
    let activation = random.pick([Activation.sigmoid, .linear])
    var network = try Network(inputShape: [2])
    try network.append(Dense(units: 2, activation: .relu))
    try network.append(Dense(units: 1, activation: activation))
    let computation = try Computation(
      network,
      [
        "dense.kernel": [first[0][0], first[1][0], first[0][1], first[1][1]], "dense.bias": [first[0][2], first[1][2]],
        "dense_1.kernel": [last[0], last[1]], "dense_1.bias": [last[2]],
      ], inputs: [x], targets: [[0]])
    let y = try output(of: computation)
    let z = first.map { $0[0] * x[0] + $0[1] * x[1] + $0[2] }
    let h = z.map { max(0, $0) }
    func end(_ hidden: [Double], bias: Double = 1) -> Double { last[0] * hidden[0] + last[1] * hidden[1] + bias * last[2] }
    let sum = end(h)
    let bare = first.map { max(0, $0[0] * x[0] + $0[1] * x[1]) }
    return Exercise(
      """
      A network gets $x_1 = \(decimal(x[0]))$ and $x_2 = \(decimal(x[1]))$. What does it give, to three decimals?

      * hidden unit 1 (relu): weights \(decimal(first[0][0])) and \(decimal(first[0][1])), bias \(decimal(first[0][2]))
      * hidden unit 2 (relu): weights \(decimal(first[1][0])) and \(decimal(first[1][1])), bias \(decimal(first[1][2]))
      * output unit (\(activation.name)): weights \(decimal(last[0])) and \(decimal(last[1])), bias \(decimal(last[2]))
      """, hint: "First both hidden units: weights times inputs, plus bias, at least 0. Then the output unit, with these as its inputs.",
      answer: .number(y, tolerance: 0.0015),
      mistakes: [
        close(applied(activation, end(z)), "you forgot the relu of the hidden units"),
        close(applied(activation, end(h, bias: 0)), "you forgot the bias of the output unit"),
        close(applied(activation, end(bare)), "you forgot the biases of the hidden units"),
        close(sum, "you forgot the activation of the output unit"),
        close(max(0, sum), "you applied a relu to the output: its activation is \(activation.name)"),
        close(applied(.sigmoid, sum), "you applied a sigmoid to the output: its activation is linear"),
        close(applied(activation, h[0] + h[1] + last[2]), "you forgot the weights of the output unit"),
      ],
      solution: "So $y = " + substituted(activation, sum) + " = \(decimal(y))$.",
      workings: [.outputs(computation, units: [("dense", 0), ("dense", 1), ("dense_1", 0)])])
  }

  /// What the engine gives for the only sample.
  private static func output(of computation: Computation) throws -> Double {
    let outputs = try Predictor(network: computation.network, batch: 1).predict(
      computation.state.parameters, computation.samples.inputs)
    return Double(outputs.values[0])
  }
}

/// An activation as mistakes apply it, in double precision; the right answers are the engine's.
func applied(_ activation: Activation, _ z: Double) -> Double { activation.reference([z])[0] }

func formula(_ activation: Activation) -> String {
  switch activation {
  case .sigmoid: "$\\sigma(z) = 1 / (1 + e^{-z})$"
  case .relu: "$\\max(0, z)$"
  case .tanh: "$\\tanh(z)$"
  default: "$z$ itself"
  }
}

/// The formula of an activation with its number in it.
func substituted(_ activation: Activation, _ z: Double) -> String {
  switch activation {
  case .sigmoid: "1 / (1 + e^{\(decimal(-z, 4))})"
  case .relu: "\\max(0, \(decimal(z, 4)))"
  case .tanh: "\\tanh(\(decimal(z, 4)))"
  default: "z"
  }
}
