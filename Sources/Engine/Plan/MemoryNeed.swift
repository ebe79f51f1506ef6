import Kernels
import Language

/// The bytes that a network's own buffers take while it trains, or, without settings, while it predicts. Told without allocating any.
///
/// Besides them, kernels hold some memory of their own: convolutions a copy of their kernels in the processor's layout.
public struct MemoryNeed: Sendable, Equatable {
  /// How many samples are computed at once.
  public let batch: Int
  /// The parameters.
  public let parameters: Int
  /// The loss's gradient by the parameters.
  public let gradients: Int
  /// What the optimizer remembers.
  public let optimizer: Int
  /// The batch's inputs, targets and outputs, the gradients by the outputs, and what layers keep for their way back.
  public let activations: Int

  /// All together.
  public var total: Int { parameters + gradients + optimizer + activations }
}

extension Network {
  /// What a plan of this network would hold.
  ///
  /// - Throws: A `Complaint` when shapes do not fit, or there are no layers.
  public func memoryNeed(batch: Int, settings: TrainingSettings? = nil) throws -> MemoryNeed {
    let shapes = try shapes()
    guard let inputShape, let outputShape = shapes.last else { throw Complaint.noLayers }
    let outputs = shapes.reduce(Double(Tensor.count(of: inputShape))) { $0 + Double(Tensor.count(of: $1)) } * Double(batch)
    // So much is beyond counting in whole numbers.
    if outputs > 1e16 { try MemoryEstimate.check(bytes: 4 * outputs) }
    let specs = try parameterSpecs()
    let map = MemoryMap(
      self, shapes: shapes, inputShape: inputShape, batch: batch, trains: settings != nil, sharesMemory: true)
    let places = readPlaces
    let kept = layers.indices.reduce(0) { sum, index in
      let first = places[index][0]
      return sum + layers[index].running.keptCount(for: first < 0 ? inputShape : shapes[first], trains: settings != nil)
    }
    let target = settings.map { Tensor.count(of: $0.loss.targetShape(for: outputShape)) } ?? 0
    let samples = Tensor.count(of: inputShape) + target + kept
    let trained = settings == nil ? 0 : specs.reduce(0) { $0 + ($1.spec.isTrainable ? $1.spec.count : 0) }
    return MemoryNeed(
      batch: batch, parameters: 4 * specs.reduce(0) { $0 + $1.spec.count }, gradients: 4 * trained,
      optimizer: 4 * trained * (settings?.optimizer.slotNames.count ?? 0), activations: 4 * (map.count + batch * samples))
  }
}
