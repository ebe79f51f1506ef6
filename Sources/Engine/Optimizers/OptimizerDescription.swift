import Kernels

/// An optimizer: how gradients change parameters. All parameters lie in one buffer, and so do their gradients.
public protocol OptimizerDescription: Sendable, Equatable {
  /// Its name: "adam".
  var name: String { get }
  /// The learning rate.
  var rate: Float { get set }
  /// What it remembers of each parameter: "momentum".
  var slotNames: [String] { get }

  /// One update.
  ///
  /// - Parameters:
  ///   - parameters: What is changed.
  ///   - gradients: The loss's gradient by each.
  ///   - slots: What is remembered, a buffer for each of `slotNames`.
  ///   - count: How many parameters there are.
  ///   - update: The number of this update, from 1.
  func update(_ parameters: FloatBuffer, _ gradients: FloatBuffer, slots: [FloatBuffer], count: Int, update: Int)
}

extension OptimizerDescription {
  func isEqual(to other: any OptimizerDescription) -> Bool { (other as? Self) == self }
}
