import Kernels
import Language

/// An optimizer: how gradients change parameters. All parameters lie in one buffer, and so do their gradients.
public protocol OptimizerDescription: Sendable, Equatable {
  /// Its name: "adam".
  var name: String { get }
  /// The learning rate.
  var rate: Float { get set }
  /// Weight decay and clipping, which go before its rule.
  var options: UpdateOptions { get }
  /// What it remembers of each parameter: "momentum".
  var slotNames: [String] { get }
  /// What it remembers before the first update.
  var slotStart: Float { get }

  /// One update, in one pass.
  func apply(_ update: ParameterUpdate)
}

extension OptimizerDescription {
  /// Most optimizers begin with no memory.
  public var slotStart: Float { 0 }

  func isEqual(to other: any OptimizerDescription) -> Bool { (other as? Self) == self }
}

/// One update of all parameters: what an optimizer's rule works on.
public struct ParameterUpdate {
  /// Parameters and gradients, with what comes before the rule.
  public let kernel: UpdateKernel
  /// What is remembered, a buffer for each of the optimizer's `slotNames`.
  public let slots: [FloatBuffer]
  /// The learning rate of this update.
  public let rate: Float
  /// The number of this update, from 1.
  public let number: Int

  /// An update of the first `count` parameters.
  ///
  /// - Parameter scale: What the gradients are multiplied by, to clip their norm.
  public init(
    _ parameters: FloatBuffer, _ gradients: FloatBuffer, slots: [FloatBuffer], count: Int, number: Int, rate: Float, options: UpdateOptions,
    scale: Float = 1
  ) {
    let treatment = GradientTreatment(
      scale: scale, limit: options.clipping?.valueLimit ?? .infinity, decay: options.weightDecay * rate)
    kernel = UpdateKernel(parameters, gradients, count: count, treatment: treatment)
    self.slots = slots
    self.rate = rate
    self.number = number
  }
}
