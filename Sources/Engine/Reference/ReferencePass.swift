import Kernels
import Language

/// One slow forward pass in double precision, for finite differences alone: network, loss and penalties, batch statistics, no dropout.
struct ReferencePass {
  let network: Network
  let loss: any LossDescription
  let inputs: ReferenceTensor
  let targets: [Double]
  let specs: [NamedParameter]

  init(network: Network, loss: any LossDescription, samples: Samples) throws {
    self.network = network
    self.loss = loss
    let rows = samples.count
    inputs = ReferenceTensor(shape: [rows] + (network.inputShape ?? []), values: samples.inputs.values.map(Double.init))
    targets = samples.targets.values.map(Double.init)
    specs = try network.parameterSpecs()
  }

  /// The network's output.
  func output(_ parameters: [String: ReferenceTensor]) -> ReferenceTensor {
    network.layers.reduce(inputs) { value, named in
      named.layer.reference(value) { part in parameters["\(named.name).\(part)"] ?? ReferenceTensor(shape: [0], values: []) }
    }
  }

  /// The loss, penalties included.
  func lossValue(_ parameters: [String: ReferenceTensor]) -> Double {
    let result = output(parameters)
    let rows = result.shape[0]
    let data = loss.reference(
      result.values, targets, rows: rows, width: result.values.count / rows, columns: result.shape.last ?? 1)
    return specs.reduce(data) { sum, parameter in
      let values = parameters[parameter.name]?.values ?? []
      let l1 = Double(parameter.spec.l1), l2 = Double(parameter.spec.l2)
      guard l1 != 0 || l2 != 0 else { return sum }
      return sum + values.reduce(0) { $0 + l1 * abs($1) + l2 * $1 * $1 }
    }
  }
}
