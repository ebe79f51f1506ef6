import Foundation
import Language

extension Diagnosis {
  /// Where it began and what most probably brought it about, with what may help.
  public var advice: Complaint { Complaint("\(placeText): \(causeText)", hint: remedy) }

  private var placeText: String {
    switch place {
    case .parameter(let layer, let part) where wasBefore: "the \(part) of \(layer) was infinite or NaN before this training"
    case .parameter(let layer, let part): "it began in the \(part) of \(layer), which an update made infinite or NaN"
    case .output(let layer): "it began in the output of \(layer), whose numbers became too large"
    case .loss(let layer): "it began in the loss itself, from outputs of \(layer) that are still finite"
    }
  }

  private var causeText: String {
    switch cause {
    case .logarithm(let value): "the loss takes the logarithm of an output, and one is \(short(value))"
    case .unscaledInputs(let greatest): "probably the data are unscaled, with values up to \(short(greatest))"
    case .unscaledTargets(let greatest): "probably the targets are unscaled, with values up to \(short(greatest))"
    case .rate(let rate): "probably the learning rate \(short(rate)) is too high"
    case .largeWeights(let greatest): "the weights were too large before this training, up to \(short(greatest))"
    }
  }

  private var remedy: String {
    let advice =
      switch cause {
      case .logarithm: "end in softplus, or in another activation that gives no number below 0"
      case .unscaledInputs: "`data standardize` brings the data to mean 0 and deviation 1"
      case .unscaledTargets: "divide the targets, or lower the rate: `set lr`"
      case .rate: "lower it with `set lr`, or clip the gradients: `clipnorm=1` with the optimizer"
      case .largeWeights: "lower the rate with `set lr`"

      }
    let isParameter = if case .parameter = place { true } else { false }
    let areLarge = if case .largeWeights = cause { true } else { false }
    // A training that made no update has nothing that `undo` could take back.
    if wasBefore, isParameter || areLarge { return "`rewind` goes back to the first weights; then " + advice }
    return isParameter ? "`undo` brings back the weights before this training; then " + advice : advice
  }

  private func short(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return "\(value)" }
    let scale = pow(10, 3 - log10(abs(value)).rounded(.down))
    let text = "\(Float((value * scale).rounded() / scale))"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
