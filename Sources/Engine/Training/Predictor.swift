import Kernels
import Language

/// Computes outputs outside training. It needs no compile settings.
public final class Predictor {
  private let plan: Plan

  /// A predictor that takes so many samples at once.
  public init(network: Network, batch: Int = 256) throws {
    plan = try Plan(network, batch: batch)
  }

  /// The outputs (n, ...output shape) of inputs (n, ...input shape).
  public func predict(_ parameters: Parameters, _ inputs: Tensor) throws -> Tensor {
    let count = inputs.shape.first ?? 0
    guard count > 0 else { throw Complaint.noSamples }
    let shape = Array(inputs.shape.dropFirst())
    guard shape == plan.inputShape || (shape.isEmpty && plan.inputShape == [1]) else {
      throw Complaint.wrongInputs(got: shape, wanted: plan.inputShape)
    }
    try plan.load(parameters)
    var values: [Float] = []
    values.reserveCapacity(count * plan.outputCount)
    do {
      _ = try plan.eachBatch(of: inputs) { rows in
        try plan.computeOutput(Pass(rows: rows.count, isTraining: false, dropsOut: false, key: 0))
        values += plan.output.values(count: rows.count * plan.outputCount)
        return true
      }
    } catch let failure as KernelFailure {
      throw Complaint.kernelFailed(failure)
    }
    return Tensor(shape: [count] + plan.outputShape, values: values)
  }
}
