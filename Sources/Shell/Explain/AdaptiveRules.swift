import Engine
import Foundation

// The rules that divide gradients by their size.
extension UpdateRule {
  /// old beta + (1 - beta) new, in numbers.
  private static func average(_ beta: Double, _ old: Double, _ new: String) -> String {
    "\(Figure.text(beta)) \\cdot \(Figure.factor(old)) + \(Figure.text(1 - beta)) \\cdot \(new)"
  }

  private static func mean(_ beta: Double, _ place: Place) -> Line {
    let old = place.before["m"] ?? 0
    return Line(
      symbol: "m", notation: "m", meaning: "the mean gradient", formula: "\\beta_1 m + (1 - \\beta_1) g",
      numbers: average(beta, old, Figure.factor(place.g)), value: beta * old + (1 - beta) * place.g)
  }

  private static func squares(_ beta: Double, _ slot: String, _ letter: String, _ coefficient: String, _ place: Place) -> Line {
    let old = place.before[slot] ?? 0
    return Line(
      symbol: letter, notation: letter, meaning: "the mean squared gradient",
      formula: "\(coefficient) \(letter) + (1 - \(coefficient)) g^2", numbers: average(beta, old, "\(Figure.base(place.g))^2"),
      value: beta * old + (1 - beta) * place.g * place.g)
  }

  private static func corrected(_ line: Line, _ letter: String, _ coefficient: String, _ beta: Double, _ number: Int) -> Line {
    let value = line.value / (1 - pow(beta, Double(number)))
    return Line(
      symbol: "\(letter)_hat", notation: "\\hat{\(letter)}", meaning: "\(letter), corrected for its start at 0",
      formula: "\(letter) / (1 - \(coefficient)^t)",
      numbers: "\(Figure.text(line.value)) / (1 - \(Figure.text(beta))^{\(number)})", value: value)
  }

  static func adam(_ beta1: Double, _ beta2: Double, _ epsilon: Double, _ place: Place) -> [Line] {
    let m = mean(beta1, place), v = squares(beta2, "v", "v", "\\beta_2", place)
    let mean = corrected(m, "m", "\\beta_1", beta1, place.number), size = corrected(v, "v", "\\beta_2", beta2, place.number)
    // Keras adds epsilon to the root before its correction.
    let margin = epsilon / (1 - pow(beta2, Double(place.number))).squareRoot()
    let step = place.rate * mean.value / (size.value.squareRoot() + margin)
    let move = Line(
      symbol: "step", notation: "\\Delta", meaning: "the step, with epsilon in Keras' place",
      formula: "\\eta \\hat{m} / (\\sqrt{\\hat{v}} + \\epsilon / \\sqrt{1 - \\beta_2^t})",
      numbers:
        "\(Figure.text(place.rate)) \\cdot \(Figure.factor(mean.value)) / (\\sqrt{\(Figure.text(size.value))} + \(Figure.text(epsilon)) / \\sqrt{1 - \(Figure.text(beta2))^{\(place.number)}})",
      value: step)
    return [m, v, mean, size, move, new(place, minus: step, formula: "\\Delta", numbers: Figure.factor(step))]
  }

  static func adamax(_ optimizer: Adamax, _ place: Place) -> [Line] {
    let beta1 = Double(optimizer.beta1), beta2 = Double(optimizer.beta2), old = place.before["u"] ?? 0
    let m = mean(beta1, place), hat = corrected(m, "m", "\\beta_1", beta1, place.number)
    let greatest = max(beta2 * old, abs(place.g))
    let u = Line(
      symbol: "u", notation: "u", meaning: "the greatest gradient so far, fading", formula: "\\max(\\beta_2 u, |g|)",
      numbers: "\\max(\(Figure.text(beta2)) \\cdot \(Figure.factor(old)), \(Figure.text(abs(place.g))))", value: greatest)
    let step = place.rate * hat.value / (greatest + Double(optimizer.epsilon))
    let move = Line(
      symbol: "step", notation: "\\Delta", meaning: "the step", formula: "\\eta \\hat{m} / (u + \\epsilon)",
      numbers:
        "\(Figure.text(place.rate)) \\cdot \(Figure.factor(hat.value)) / (\(Figure.text(greatest)) + \(Figure.text(Double(optimizer.epsilon))))",
      value: step)
    return [m, u, hat, move, new(place, minus: step, formula: "\\Delta", numbers: Figure.factor(step))]
  }

  static func nadam(_ optimizer: Nadam, _ place: Place) -> [Line] {
    let beta1 = Double(optimizer.beta1), beta2 = Double(optimizer.beta2), number = Double(place.number)
    let m = mean(beta1, place), v = squares(beta2, "v", "v", "\\beta_2", place)
    let now = beta1 * (1 - 0.5 * pow(0.96, number)), next = beta1 * (1 - 0.5 * pow(0.96, number + 1))
    let product = (1...max(1, place.number)).reduce(1.0) { $0 * beta1 * (1 - 0.5 * pow(0.96, Double($1))) }
    let ahead = next * m.value / (1 - product * next) + (1 - now) * place.g / (1 - product)
    let hat = Line(
      symbol: "m_hat", notation: "\\hat{m}", meaning: "the mean gradient, one update ahead",
      formula: "u_{t+1} m / (1 - P_{t+1}) + (1 - u_t) g / (1 - P_t)",
      numbers:
        "\(Figure.text(next)) \\cdot \(Figure.factor(m.value)) / \(Figure.text(1 - product * next)) + \(Figure.text(1 - now)) \\cdot \(Figure.factor(place.g)) / \(Figure.text(1 - product))",
      value: ahead)
    let size = corrected(v, "v", "\\beta_2", beta2, place.number)
    let step = place.rate * ahead / (size.value.squareRoot() + Double(optimizer.epsilon))
    let move = Line(
      symbol: "step", notation: "\\Delta", meaning: "the step", formula: "\\eta \\hat{m} / (\\sqrt{\\hat{v}} + \\epsilon)",
      numbers:
        "\(Figure.text(place.rate)) \\cdot \(Figure.factor(ahead)) / (\\sqrt{\(Figure.text(size.value))} + \(Figure.text(Double(optimizer.epsilon))))",
      value: step)
    return [m, v, hat, size, move, new(place, minus: step, formula: "\\Delta", numbers: Figure.factor(step))]
  }

  static func rmsprop(_ optimizer: RMSprop, _ place: Place) -> [Line] {
    let rho = Double(optimizer.rho), epsilon = Double(optimizer.epsilon)
    var lines = [squares(rho, "velocity", "s", "\\rho", place)]
    var under = lines[0].value, root = "s", rootNumbers = Figure.text(under)
    if optimizer.isCentered {
      let old = place.before["average_gradient"] ?? 0
      let mean = rho * old + (1 - rho) * place.g
      lines.append(
        Line(
          symbol: "mean", notation: "\\bar{g}", meaning: "the mean gradient", formula: "\\rho \\bar{g} + (1 - \\rho) g",
          numbers: average(rho, old, Figure.factor(place.g)), value: mean))
      under -= mean * mean
      root = "s - \\bar{g}^2"
      rootNumbers += " - \(Figure.base(mean))^2"
    }
    let step = place.rate * place.g / (under + epsilon).squareRoot()
    lines.append(
      Line(
        symbol: "step", notation: "\\Delta", meaning: "the step", formula: "\\eta g / \\sqrt{\(root) + \\epsilon}",
        numbers: "\(Figure.text(place.rate)) \\cdot \(Figure.factor(place.g)) / \\sqrt{\(rootNumbers) + \(Figure.text(epsilon))}",
        value: step))
    guard optimizer.momentum > 0 else {
      return lines + [new(place, minus: step, formula: "\\Delta", numbers: Figure.factor(step))]
    }
    let momentum = Double(optimizer.momentum), old = place.before["momentum"] ?? 0
    let velocity = momentum * old + step
    lines.append(
      Line(
        symbol: "v", notation: "v", meaning: "the steps with momentum", formula: "\\mu v + \\Delta",
        numbers: "\(Figure.text(momentum)) \\cdot \(Figure.factor(old)) + \(Figure.factor(step))", value: velocity))
    return lines + [new(place, minus: velocity, formula: "v", numbers: Figure.factor(velocity))]
  }

  static func adagrad(_ optimizer: Adagrad, _ place: Place) -> [Line] {
    let old = place.before["accumulator"] ?? Double(optimizer.start), epsilon = Double(optimizer.epsilon)
    let sum = old + place.g * place.g
    let step = place.rate * place.g / (sum + epsilon).squareRoot()
    return [
      Line(
        symbol: "s", notation: "s", meaning: "the sum of squared gradients", formula: "s + g^2",
        numbers: "\(Figure.text(old)) + \(Figure.base(place.g))^2", value: sum),
      Line(
        symbol: "step", notation: "\\Delta", meaning: "the step", formula: "\\eta g / \\sqrt{s + \\epsilon}",
        numbers: "\(Figure.text(place.rate)) \\cdot \(Figure.factor(place.g)) / \\sqrt{\(Figure.text(sum)) + \(Figure.text(epsilon))}",
        value: step),
      new(place, minus: step, formula: "\\Delta", numbers: Figure.factor(step)),
    ]
  }

  static func adadelta(_ optimizer: Adadelta, _ place: Place) -> [Line] {
    let rho = Double(optimizer.rho), epsilon = Double(optimizer.epsilon), moves = place.before["accumulated_delta"] ?? 0
    let s = squares(rho, "accumulated_grad", "s", "\\rho", place)
    let step = ((moves + epsilon) / (s.value + epsilon)).squareRoot() * place.g
    return [
      s,
      Line(
        symbol: "step", notation: "\\Delta", meaning: "a step in the size of the steps before",
        formula: "\\sqrt{D + \\epsilon} / \\sqrt{s + \\epsilon} \\cdot g",
        numbers:
          "\\sqrt{\(Figure.text(moves)) + \(Figure.text(epsilon))} / \\sqrt{\(Figure.text(s.value)) + \(Figure.text(epsilon))} \\cdot \(Figure.factor(place.g))",
        value: step),
      Line(
        symbol: "D", notation: "D", meaning: "the mean squared step", formula: "\\rho D + (1 - \\rho) \\Delta^2",
        numbers: average(rho, moves, "\(Figure.base(step))^2"), value: rho * moves + (1 - rho) * step * step),
      new(
        place, minus: place.rate * step, formula: "\\eta \\Delta", numbers: "\(Figure.text(place.rate)) \\cdot \(Figure.factor(step))"),
    ]
  }
}
