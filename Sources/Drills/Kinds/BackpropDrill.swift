import Engine

/// One step of gradient descent of a neuron with a sigmoid and half the squared error.
///
///     y = sigmoid(w x + b),   J = (y - t)² / 2,   dJ/dw = (y - t) y (1 - y) x,   w' = w - rate dJ/dw
enum BackpropDrill {
  static let kind = DrillKind("backprop", "A weight or a bias after one step of back-propagation.", seconds: 180) { random in
    let x = random.pick([-2, -1, 2, 3].map(Double.init)), w = random.tenths(-12...12), b = random.tenths(-8...8)
    let target = Double(random.integer(0...1)), rate = random.pick([0.1, 0.2, 0.5, 1])
    let asksWeight = random.integer(0...2) > 0
    let neuron = try neuron(x: x, w: w, b: b, target: target, rate: rate)
    let step = try update(neuron)
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
      solution: "So $\(name)' = \(decimal(before)) - \(decimal(rate)) \\cdot \(factor(gradient, 4)) = \(decimal(right, 4))$.",
      workings: [.update(neuron)])
  }

  /// The neuron with its only sample.
  private static func neuron(x: Double, w: Double, b: Double, target: Double, rate: Double) throws -> Computation {
    var network = try Network(inputShape: [1])
    try network.append(Dense(units: 1, activation: .sigmoid))
    return try Computation(
      network, ["dense.kernel": [w], "dense.bias": [b]], optimizer: SGD(rate: Float(rate)), loss: HalfSquaredError(), inputs: [[x]],
      targets: [[target]])
  }

  /// What the engine's update makes of the neuron.
  private static func update(_ neuron: Computation) throws -> (y: Double, w: Double, b: Double) {
    let inspection = try neuron.inspected()
    func value(_ tensor: Tensor?) -> Double { tensor.map { Double($0.values[0]) } ?? .nan }
    let after = inspection.update?.after
    return (value(inspection["dense.output"]), value(after?["dense.kernel"]), value(after?["dense.bias"]))
  }
}
