import Foundation
import Kernels

/// Why a loss is no longer finite: where it began, and what most probably brought it about.
public struct Diagnosis: Sendable, Equatable {
  /// Where numbers stopped being finite.
  public enum Place: Sendable, Equatable {
    /// In a layer's parameter, by an update before.
    case parameter(layer: String, part: String)
    /// In a layer's output, from finite numbers.
    case output(layer: String)
    /// In the loss itself, of finite outputs of the last layer.
    case loss(layer: String)
  }

  /// What most probably brought it about.
  public enum Cause: Sendable, Equatable {
    /// The logarithm of nothing or less: the last layer gave that number to a loss that takes logarithms.
    case logarithm(of: Double)
    /// The data reach so far from 0.
    case unscaledInputs(greatest: Double)
    /// The targets do.
    case unscaledTargets(greatest: Double)
    /// The steps are too large at this rate.
    case rate(Double)
    /// A weight was so large before this training began: an earlier one, or a hand, made it so.
    case largeWeights(greatest: Double)
  }

  /// Where it began.
  public let place: Place
  /// Why, most probably.
  public let cause: Cause
  /// Whether this training had made no update yet: what is wrong was so before.
  public var wasBefore = false

  /// The layer where it began.
  public var layer: String {
    switch place {
    case .parameter(let layer, _), .output(let layer), .loss(let layer): layer
    }
  }
}

extension Diagnosis {
  /// Looks again at a pass whose loss was not finite, with every buffer kept.
  ///
  /// - Parameter updates: How many updates this training had made before.
  static func of(
    network: Network, settings: TrainingSettings, parameters: Parameters, samples: Samples, rows: ArraySlice<Int>, key: UInt64, rate: Float,
    updates: Int
  ) throws -> Diagnosis? {
    let plan = try Plan(network, batch: rows.count, settings: settings, keepsEverything: true)
    try plan.load(parameters)
    plan.gather(rows, of: samples)
    try plan.computeOutput(Pass(rows: rows.count, isTraining: true, dropsOut: true, key: key))
    guard let last = network.layers.last?.name, let place = place(in: plan, rows: rows.count, parameters, last: last) else { return nil }

    let output = plan.output.values(count: rows.count * plan.outputCount)
    let lowest = output.min() ?? 0
    let inputs = greatest(plan.input.values(count: rows.count * samples.inputWidth))
    let targets = greatest(plan.target.values(count: rows.count * samples.targetWidth))
    let weights = parameters.names.reduce(0.0) { max($0, greatest(parameters[$1]?.values ?? [])) }
    let cause: Cause =
      if settings.loss is Poisson, lowest <= 0, case .loss = place {
        .logarithm(of: Double(lowest))
      } else if inputs > 100 {
        .unscaledInputs(greatest: inputs)
      } else if settings.loss.targetKind == .numbers, targets > 1000 {
        .unscaledTargets(greatest: targets)
      } else if updates == 0, weights > 1e6 {
        .largeWeights(greatest: weights)
      } else {
        .rate(Double(rate))
      }
    return Diagnosis(place: place, cause: cause, wasBefore: updates == 0)
  }

  private static func place(in plan: Plan, rows: Int, _ parameters: Parameters, last: String) -> Place? {
    for layer in plan.network.layers {
      for name in parameters.names where name.hasPrefix(layer.name + ".") {
        if parameters[name]?.values.contains(where: { !$0.isFinite }) == true {
          return .parameter(layer: layer.name, part: String(name.dropFirst(layer.name.count + 1)))
        }
      }
      if plan.quantity("\(layer.name).output", rows: rows)?.values.contains(where: { !$0.isFinite }) == true {
        return .output(layer: layer.name)
      }
    }
    return .loss(layer: last)
  }

  private static func greatest(_ values: [Float]) -> Double {
    values.reduce(0.0) { $1.isFinite ? max($0, abs(Double($1))) : $0 }
  }
}
