import Kernels
import Language

/// One slow forward pass in double precision, for finite differences alone: network, loss and penalties, batch statistics, no dropout.
struct ReferencePass {
  let network: Network
  let loss: any LossDescription
  let inputs: ReferenceTensor
  let targets: [Double]
  let weights: [Double]?
  let specs: [NamedParameter]

  init(network: Network, loss: any LossDescription, samples: Samples) throws {
    self.network = network
    self.loss = loss
    let rows = samples.count
    inputs = ReferenceTensor(shape: [rows] + (network.inputShape ?? []), values: samples.inputs.values.map(Double.init))
    targets = samples.targets.values.map(Double.init)
    weights = samples.weights?.map(Double.init)
    specs = try network.parameterSpecs()
  }

  /// The network's output.
  func output(_ parameters: [String: ReferenceTensor]) throws -> ReferenceTensor {
    var values: [ReferenceTensor] = []
    for (named, places) in zip(network.layers, network.readPlaces) {
      try Interruption.check()
      values.append(
        try named.running.reference(joining: places.map { $0 < 0 ? inputs : values[$0] }) { part in
          parameters["\(named.name).\(part)"] ?? ReferenceTensor(shape: [0], values: [])
        })
    }
    return values.last ?? inputs
  }

  /// The loss, penalties included.
  func lossValue(_ parameters: [String: ReferenceTensor]) throws -> Double {
    lossValue(of: try output(parameters), parameters)
  }

  /// The loss of an output, penalties included.
  func lossValue(of output: ReferenceTensor, _ parameters: [String: ReferenceTensor]) -> Double {
    let data = meanLoss(output)
    return specs.reduce(data) { sum, parameter in
      let values = parameters[parameter.name]?.values ?? []
      let l1 = Double(parameter.spec.l1), l2 = Double(parameter.spec.l2)
      guard parameter.spec.isTrainable, l1 != 0 || l2 != 0 else { return sum }
      return sum + values.reduce(0) { $0 + l1 * abs($1) + l2 * $1 * $1 }
    }
  }

  private func meanLoss(_ output: ReferenceTensor) -> Double {
    let rows = output.shape[0], columns = output.shape.last ?? 1
    let width = output.values.count / rows
    guard let weights else { return loss.reference(output.values, targets, rows: rows, width: width, columns: columns) }
    let targetWidth = targets.count / rows
    let losses = (0..<rows).map { row in
      weights[row]
        * loss.reference(
          Array(output.values[row * width..<(row + 1) * width]), Array(targets[row * targetWidth..<(row + 1) * targetWidth]), rows: 1,
          width: width, columns: columns)
    }
    return losses.reduce(0, +) / Double(rows)
  }
}
