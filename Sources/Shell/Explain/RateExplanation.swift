import Engine
import Foundation
import Language

/// `explain lr`: the learning rate, what changed it, and what the optimizer makes of it.
@MainActor enum RateExplanation {
  static func facts(_ session: inout Session) throws -> ExplanationFacts {
    let settings = try session.compiled(), optimizer = settings.optimizer
    let rate = Double(optimizer.rate), shown = shortest(optimizer.rate)
    var quantities = [
      Quantity(symbol: "eta", notation: "\\eta", meaning: "the learning rate of the next update", formula: "", value: .number(shown))
    ]
    quantities += effective(optimizer, number: (session.model.state?.optimizer.updates ?? 0) + 1, rate: rate)
    let used = session.model.history["lr"]
    var notes = [meaning(of: optimizer)]
    if !used.isEmpty { notes.append(course(of: used)) }
    notes.append("`fit 10 schedule=cosine` lowers it over a training, `reduce_lr=3` when nothing improves; `set lr 0.01` sets it")
    let title = "\(optimizer.name): \(EngineDeclarations.optimizers.first { $0.outline.name == optimizer.name }?.outline.summary ?? "")"
    var facts = ExplanationFacts(
      subject: "lr", title: title, sections: [ExplanationFacts.Section("the next update", quantities, notes: notes)])
    facts.more = [("lr", .number(shown)), ("rates", .numbers(used))]
    return facts
  }

  /// How the rate went over the epochs.
  private static func course(of used: [Double]) -> String {
    let (first, last, pairs) = (used[0], used[used.count - 1], zip(used, used.dropFirst()))
    let (falls, rises) = (pairs.count { $1 < $0 }, pairs.count { $1 > $0 })
    let epochs = "\(used.count) \(plural(used.count, "epoch")) of `fit` so far"
    if falls + rises == 0 {
      return used.count == 1 ? "it was \(text(last)) in the one epoch of `fit` so far" : "it was \(text(last)) in all \(epochs)"
    }
    func steps(_ count: Int) -> String { count == 1 ? "at once" : "in \(count) steps" }
    let way =
      if rises == 0 {
        "it fell from \(text(first)) to \(text(last)), \(steps(falls))"
      } else if falls == 0 {
        "it rose from \(text(first)) to \(text(last)), \(steps(rises))"
      } else {
        "it was \(text(first)) in the first and \(text(last)) in the last, and between \(text(used.min() ?? first)) and \(text(used.max() ?? last))"
      }
    return "in the \(epochs) \(way): `plot lr` shows it"
  }

  private static func text(_ value: Double) -> String { plain(shortest(Float(value))) }

  private static func effective(_ optimizer: any OptimizerDescription, number: Int, rate: Double) -> [Quantity] {
    let betas: (Double, Double)? =
      (optimizer as? Adam).map { (Double($0.beta1), Double($0.beta2)) }
      ?? (optimizer as? AdamW).map { (Double($0.beta1), Double($0.beta2)) }
    var quantities: [Quantity] = []
    if let (first, second) = betas {
      let value = rate * (1 - pow(second, Double(number))).squareRoot() / (1 - pow(first, Double(number)))
      quantities.append(
        Quantity(
          symbol: "alpha", notation: "\\alpha_t", meaning: "what m / sqrt(v) is multiplied by, both uncorrected",
          formula: "\\eta \\sqrt{1 - \\beta_2^t} / (1 - \\beta_1^t)",
          numbers: "\(Figure.text(rate)) \\sqrt{1 - \(Figure.text(second))^{\(number)}} / (1 - \(Figure.text(first))^{\(number)})",
          value: .number(value)))
    }
    let momentum = Double((optimizer as? SGD)?.momentum ?? 0)
    if momentum > 0, momentum < 1 {
      quantities.append(
        Quantity(
          symbol: "eta_effective", notation: "\\eta_{\\text{eff}}", meaning: "the rate that steady gradients feel",
          formula: "\\eta / (1 - \\mu)",
          numbers: "\(Figure.text(rate)) / (1 - \(Figure.text(momentum)))", value: .number(rate / (1 - momentum))))
    }
    return quantities
  }

  private static func meaning(of optimizer: any OptimizerDescription) -> String {
    switch optimizer {
    case let optimizer as SGD where optimizer.momentum == 0: "an update goes the rate times the gradient"
    case is SGD: "an update goes the rate times the gradient, and a part of the last step"
    case is Adam, is AdamW, is Nadam, is Adamax: "an update goes about the rate itself for every weight, whatever the gradient's size"
    case is Adadelta: "steps take the size of the steps before; the rate only scales them"
    default: "an update goes the rate times the gradient over its usual size"
    }
  }
}
