import Engine
import Foundation

/// An optimizer's rule as it is written, one line after the other, and what each line gives for one value of a parameter.
///
/// The optimizer itself decides the new value; these lines tell how. A test holds them to it.
struct UpdateRule {
  /// A line of the rule.
  struct Line {
    let symbol: String
    let notation: String
    let meaning: String
    let formula: String
    /// The numbers in the formula.
    let numbers: String
    let value: Double
  }

  /// What a rule works on: one value of a parameter, its gradient, and what is remembered of it.
  struct Place {
    var w: Double
    var g: Double
    /// By the slot's name, before and after.
    let before: [String: Double]
    let after: [String: Double]
    let rate: Double
    let number: Int
  }

  /// The lines for one value, the new value last.
  static func lines(_ optimizer: any OptimizerDescription, _ place: Place, clipping factor: Double?) -> [Line] {
    var place = place
    var lines: [Line] = []
    lines += clipped(optimizer.options.clipping, &place, factor)
    lines += decayed(Double(optimizer.options.weightDecay), &place)
    return lines + rule(optimizer, place)
  }

  private static func clipped(_ clipping: GradientClipping?, _ place: inout Place, _ factor: Double?) -> [Line] {
    let old = place.g
    switch clipping {
    case .value(let limit):
      place.g = min(max(old, -Double(limit)), Double(limit))
      return [
        Line(
          symbol: "g", notation: "g", meaning: "the gradient, kept within ± clipvalue", formula: "\\text{clip}(g, \\pm c)",
          numbers: "\\text{clip}(\(Figure.text(old)), \\pm \(Figure.text(Double(limit))))", value: place.g)
      ]
    case .norm, .globalNorm:
      guard let factor else { return [] }
      place.g = old * factor
      return [
        Line(
          symbol: "g", notation: "g", meaning: "the gradient, shortened to the greatest norm", formula: "g \\cdot c / \\|g\\|",
          numbers: "\(Figure.text(old)) \\cdot \(Figure.text(factor))", value: place.g)
      ]
    case nil: return []
    }
  }

  private static func decayed(_ decay: Double, _ place: inout Place) -> [Line] {
    guard decay != 0 else { return [] }
    let old = place.w
    place.w = old - place.rate * decay * old
    return [
      Line(
        symbol: "decayed", notation: "w", meaning: "the weight after weight decay", formula: "w - \\eta \\lambda w",
        numbers: "\(Figure.text(old)) - \(Figure.text(place.rate)) \\cdot \(Figure.text(decay)) \\cdot \(Figure.factor(old))",
        value: place.w)
    ]
  }

  private static func rule(_ optimizer: any OptimizerDescription, _ place: Place) -> [Line] {
    switch optimizer {
    case let optimizer as SGD: return sgd(optimizer, place)
    case let optimizer as Adam: return adam(Double(optimizer.beta1), Double(optimizer.beta2), Double(optimizer.epsilon), place)
    case let optimizer as AdamW: return adam(Double(optimizer.beta1), Double(optimizer.beta2), Double(optimizer.epsilon), place)
    case let optimizer as Adamax: return adamax(optimizer, place)
    case let optimizer as Nadam: return nadam(optimizer, place)
    case let optimizer as RMSprop: return rmsprop(optimizer, place)
    case let optimizer as Adagrad: return adagrad(optimizer, place)
    case let optimizer as Adadelta: return adadelta(optimizer, place)
    default: return []
    }
  }

  /// The last line: what is taken away from the weight, or added.
  static func new(_ place: Place, minus step: Double, formula: String, numbers: String) -> Line {
    Line(
      symbol: "new", notation: "w'", meaning: "the new value", formula: "w - \(formula)", numbers: "\(Figure.text(place.w)) - \(numbers)",
      value: place.w - step)
  }

  private static func sgd(_ optimizer: SGD, _ place: Place) -> [Line] {
    let rate = Figure.text(place.rate), g = Figure.factor(place.g)
    guard optimizer.momentum != 0 else {
      return [new(place, minus: place.rate * place.g, formula: "\\eta g", numbers: "\(rate) \\cdot \(g)")]
    }
    let mu = Double(optimizer.momentum), old = place.before["momentum"] ?? 0
    let velocity = mu * old - place.rate * place.g
    let first = Line(
      symbol: "v", notation: "v", meaning: "the velocity", formula: "\\mu v - \\eta g",
      numbers: "\(Figure.text(mu)) \\cdot \(Figure.factor(old)) - \(rate) \\cdot \(g)", value: velocity)
    if optimizer.nesterov {
      return [
        first,
        Line(
          symbol: "new", notation: "w'", meaning: "the new value, the velocity looked ahead", formula: "w + \\mu v - \\eta g",
          numbers: "\(Figure.text(place.w)) + \(Figure.text(mu)) \\cdot \(Figure.factor(velocity)) - \(rate) \\cdot \(g)",
          value: place.w + mu * velocity - place.rate * place.g),
      ]
    }
    return [
      first,
      Line(
        symbol: "new", notation: "w'", meaning: "the new value", formula: "w + v",
        numbers: "\(Figure.text(place.w)) + \(Figure.factor(velocity))", value: place.w + velocity),
    ]
  }
}
