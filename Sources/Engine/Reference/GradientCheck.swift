import Kernels
import Language

/// How far a parameter's gradient lies from finite differences.
public struct GradientDifference: Sendable, Equatable {
  /// The parameter.
  public let name: String
  /// How many of its values were compared.
  public let compared: Int
  /// The greatest difference between the two.
  public let greatest: Double
  /// The greatest finite difference: what the difference is to be compared with.
  public let scale: Double

  /// The greatest difference over the scale, which counts for at least 1e-4: below it Float32's rounding is all there is.
  public var relative: Double { greatest / max(scale, 1e-4) }
}

/// Compares the gradients that training uses with finite differences over the double-precision reference pass.
///
///     dJ/dw ~ (J(w + h) - J(w - h)) / 2h,   h = 1e-5
public enum GradientCheck {
  /// The differences of each trainable parameter, on the samples as one batch.
  ///
  /// - Parameter most: At most so many values of each parameter are compared, evenly spread: each costs two passes.
  public static func run(
    network: Network, settings: TrainingSettings, parameters: Parameters, samples: Samples, most: Int = 64
  ) throws -> [GradientDifference] {
    let plan = try Plan(network, batch: samples.count, settings: settings)
    try samples.check(input: plan.inputShape, output: plan.outputShape, loss: settings.loss)
    try plan.load(parameters)
    plan.gather(Array(0..<samples.count)[...], of: samples)
    let pass = Pass(rows: samples.count, isTraining: true, dropsOut: false, key: 0)
    do {
      try plan.computeOutput(pass)
      _ = plan.evaluateLoss(rows: samples.count, isWeighted: samples.weights != nil)
      try plan.computeGradients(pass)
    } catch let failure as KernelFailure {
      throw Complaint.kernelFailed(failure)
    }
    let reference = try ReferencePass(network: network, loss: settings.loss, samples: samples)
    var values = Dictionary(
      uniqueKeysWithValues: parameters.names.compactMap { name in parameters[name].map { (name, ReferenceTensor($0)) } })
    let step = 1e-5
    return try reference.specs.filter(\.spec.isTrainable).map { parameter in
      let gradient = plan.layout.slice(parameter.name, of: plan.gradients).values()
      let stride = max(1, (gradient.count + most - 1) / most)
      var greatest = 0.0, scale = 0.0, compared = 0
      for place in Swift.stride(from: 0, to: gradient.count, by: stride) {
        let old = values[parameter.name]?.values[place] ?? 0
        values[parameter.name]?.values[place] = old + step
        let above = try reference.lossValue(values)
        values[parameter.name]?.values[place] = old - step
        let below = try reference.lossValue(values)
        values[parameter.name]?.values[place] = old
        let slope = (above - below) / (2 * step)
        greatest = max(greatest, abs(slope - Double(gradient[place])))
        scale = max(scale, abs(slope))
        compared += 1
      }
      return GradientDifference(name: parameter.name, compared: compared, greatest: greatest, scale: scale)
    }
  }
}
