import Engine

/// One step of gradient descent of a neuron with a sigmoid and half the squared error.
///
///     y = sigmoid(w x + b),   J = (y - t)² / 2,   dJ/dw = (y - t) y (1 - y) x,   w' = w - rate dJ/dw
enum BackpropDrill {
  static let kind = DrillKind("backprop", "A weight or a bias after one step of back-propagation.", seconds: 180) { random in
    let x = random.pick([-2, -1, 2, 3].map(Double.init)), w = random.tenths(-12...12), b = random.tenths(-8...8)
    let target = Double(random.integer(0...1)), rate = random.pick([0.1, 0.2, 0.5, 1])
    let asksWeight = random.integer(0...2) > 0
    let step = try update(x: x, w: w, b: b, target: target, rate: rate)
    let right = asksWeight ? step.w : step.b
    let before = asksWeight ? w : b
    let (z, y, error) = (w * x + b, step.y, step.y - target)
    let slope = y * (1 - y), inner = asksWeight ? x : 1
    func after(_ gradient: Double) -> Double { before - rate * gradient }
    func close(_ number: Double, _ remark: String) -> Mistake { Mistake(.number(number, tolerance: 0.0006), remark) }
    let name = asksWeight ? "w" : "b"
    var mistakes = [
      close(before + rate * error * slope * inner, "you took the sign of the update wrong: one goes against the gradient"),
      close(after(error * inner), "you forgot the derivative of the sigmoid: y (1 - y) = \(decimal(slope, 4))"),
      close(before - error * slope * inner, "you forgot the learning rate"),
      close(after(error * z * (1 - z) * inner), "you took z (1 - z): the derivative of the sigmoid is y (1 - y)"),
      close(after(y * slope * inner), "you forgot the target: dJ/dy = y - t"),
      close(error * slope * inner, "you gave the gradient: the new value is asked"),
    ]
    mistakes.insert(
      asksWeight
        ? close(after(error * slope), "you forgot the input: dz/dw = x = \(decimal(x))")
        : close(after(error * slope * x), "you multiplied by the input: dz/db = 1"), at: 2)
    let gradient = error * slope * inner
    let last = asksWeight ? " \\cdot \(factor(x))" : ""
    return Exercise(
      """
      A neuron with a sigmoid has one input $x = \(decimal(x))$, the weight $w = \(decimal(w))$ and the bias $b = \(decimal(b))$. The target is \
      $t = \(decimal(target))$, the loss $J = \\frac{1}{2} (y - t)^2$, the learning rate $\\eta = \(decimal(rate))$. What is \
      $\(name)$ after one step of gradient descent, to four decimals?
      """,
      hint: asksWeight
        ? "The chain rule: $\\frac{\\partial J}{\\partial w} = (y - t) \\cdot y (1 - y) \\cdot x$, and $w' = w - \\eta \\frac{\\partial J}{\\partial w}$."
        : "The chain rule: $\\frac{\\partial J}{\\partial b} = (y - t) \\cdot y (1 - y)$, and $b' = b - \\eta \\frac{\\partial J}{\\partial b}$.",
      answer: .number(right, tolerance: 0.0006), mistakes: mistakes,
      solution: steps([
        "$z = w x + b = \(factor(w)) \\cdot \(factor(x)) + \(factor(b)) = \(decimal(z, 4))$",
        "$y = 1 / (1 + e^{\(decimal(-z, 4))}) = \(decimal(y, 4))$",
        "$\\frac{\\partial J}{\\partial y} = y - t = \(decimal(y, 4)) - \(decimal(target)) = \(decimal(error, 4))$",
        "$\\frac{\\partial y}{\\partial z} = y (1 - y) = \(decimal(y, 4)) \\cdot \(decimal(1 - y, 4)) = \(decimal(slope, 4))$",
        asksWeight ? "$\\frac{\\partial z}{\\partial w} = x = \(decimal(x))$" : "$\\frac{\\partial z}{\\partial b} = 1$",
        "$\\frac{\\partial J}{\\partial \(name)} = \(factor(error, 4)) \\cdot \(decimal(slope, 4))\(last) = \(decimal(gradient, 4))$",
        "$\(name)' = \(decimal(before)) - \(decimal(rate)) \\cdot \(factor(gradient, 4)) = \(decimal(right, 4))$",
      ]))
  }

  /// What the engine's update makes of the neuron.
  private static func update(
    x: Double, w: Double, b: Double, target: Double, rate: Double
  ) throws -> (y: Double, w: Double, b: Double) {
    var network = try Network(inputShape: [1])
    try network.append(Dense(units: 1, activation: .sigmoid))
    var state = try TrainingState(network: network, seed: 0)
    try state.parameters.fill("dense.kernel", with: Float(w))
    try state.parameters.fill("dense.bias", with: Float(b))
    let inspection = try Inspection.nextUpdate(
      network: network, settings: TrainingSettings(optimizer: SGD(rate: Float(rate)), loss: HalfSquaredError()), state: state,
      samples: Samples(inputs: Tensor(shape: [1, 1], values: [Float(x)]), targets: Tensor(shape: [1, 1], values: [Float(target)])),
      batch: 1,
      updates: true)
    func value(_ tensor: Tensor?) -> Double { tensor.map { Double($0.values[0]) } ?? .nan }
    let after = inspection.update?.after
    return (value(inspection["dense.output"]), value(after?["dense.kernel"]), value(after?["dense.bias"]))
  }
}
