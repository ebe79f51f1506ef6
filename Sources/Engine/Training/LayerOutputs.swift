import Kernels
import Language

/// What every layer gives for some samples outside training: nothing is dropped, and batch normalisation takes its moving statistics.
public struct LayerOutputs: Sendable {
  private let values: [String: Tensor]

  /// The outputs of a layer, (n, ...output shape).
  public subscript(layer: String) -> Tensor? { values[layer + ".output"] }

  /// The outputs for inputs (n, ...input shape), computed in one batch: for a few samples.
  ///
  /// - Throws: A `Complaint` when the inputs do not fit the network, or memory would not hold them.
  public init(network: Network, parameters: Parameters, inputs: Tensor) throws {
    let count = inputs.shape.first ?? 0
    guard count > 0 else { throw Complaint.noSamples }
    let plan = try Plan(network, batch: count, keepsEverything: true)
    let shape = Array(inputs.shape.dropFirst())
    guard shape == plan.inputShape else { throw Complaint.wrongInputs(got: shape, wanted: plan.inputShape) }
    try plan.load(parameters)
    plan.input.load(inputs.values)
    do {
      try plan.computeOutput(Pass(rows: count, isTraining: false, dropsOut: false, key: 0))
    } catch let failure as KernelFailure {
      throw Complaint.kernelFailed(failure)
    }
    values = Dictionary(
      uniqueKeysWithValues: plan.quantityNames.compactMap { name in plan.quantity(name, rows: count).map { (name, $0) } })
  }
}
