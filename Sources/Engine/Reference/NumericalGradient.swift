import Kernels

/// Finite differences of one mini-batch's loss by single parameters, over the reference pass in double precision.
///
///     dJ/dw ~ (J(w + h) - J(w - h)) / 2h,   h = 1e-5 max(1, |w|)
///
/// What an inspection drew by chance is taken as it was: masks of dropout and noise. Only the layers from the parameter's own on are computed
/// again.
public struct NumericalGradient {
  // What chance did to a layer's input.
  private enum Chance {
    case mask([Double], perChannel: Bool)
    case shift([Double])
    case output([Double])
  }

  private let pass: ReferencePass
  private let specs: [String: NamedParameter]
  private let places: [String: Int]
  private let chances: [Int: Chance]
  private var parameters: [String: ReferenceTensor]
  private var outputs: [ReferenceTensor] = []

  /// The differences around the parameters of an inspected update.
  ///
  /// - Throws: A `Complaint` when a value is not finite.
  public init(network: Network, loss: any LossDescription, inspection: Inspection, parameters: Parameters) throws {
    let input = inspection["input.output"] ?? Tensor(shape: [0], values: [])
    let rows = inspection.rows.count
    let samples = try Samples(
      inputs: input, targets: Tensor(shape: [rows, inspection.targets.count / max(rows, 1)], values: inspection.targets.values),
      weights: inspection.weights)
    pass = try ReferencePass(network: network, loss: loss, samples: samples)
    specs = Dictionary(uniqueKeysWithValues: pass.specs.map { ($0.name, $0) })
    places = Dictionary(uniqueKeysWithValues: network.layers.enumerated().map { ($1.name, $0) })
    self.parameters = Dictionary(
      uniqueKeysWithValues: parameters.names.compactMap { name in parameters[name].map { (name, ReferenceTensor($0)) } })
    var chances: [Int: Chance] = [:]
    for (index, named) in network.layers.enumerated() {
      chances[index] = Self.chance(named.layer, named.name, network.connections[index][0] ?? Network.inputName, inspection)
    }
    self.chances = chances
    outputs = try values(self.parameters, from: 0)
  }

  /// The difference by one value of a parameter; nil where the layers after it draw by chance what cannot be drawn again.
  public mutating func slope(of name: String, at place: Int) throws -> Double? {
    guard let parameter = specs[name], let first = places[parameter.layer], let old = parameters[name]?.values[place] else { return nil }
    for (index, chance) in chances where index > first {
      if case .output = chance { return nil }
    }
    // In proportion to a large weight, which a fixed step would not change.
    let step = 1e-5 * max(1, abs(old))
    parameters[name]?.values[place] = old + step
    let above = try loss(from: first)
    parameters[name]?.values[place] = old - step
    let below = try loss(from: first)
    parameters[name]?.values[place] = old
    return (above - below) / (2 * step)
  }

  /// About how many multiplications one difference by a parameter of a layer takes.
  public static func cost(of layer: String, in network: Network, rows: Int) -> Double {
    guard let shapes = try? network.shapes(), let specs = try? network.parameterSpecs(),
      let first = network.layers.firstIndex(where: { $0.name == layer })
    else { return .infinity }
    let sums = network.layers.indices.dropFirst(first).map { index in
      let pixels = shapes[index].dropLast().reduce(1, *), values = Tensor.count(of: shapes[index])
      let own = specs.filter { $0.layer == network.layers[index].name }.reduce(0) { $0 + $1.spec.count }
      return Double(own) * Double(pixels) + 10 * Double(values)
    }
    return 2 * Double(rows) * sums.reduce(0, +)
  }

  private func loss(from first: Int) throws -> Double {
    pass.lossValue(of: try values(parameters, from: first).last ?? pass.inputs, parameters)
  }

  private func values(_ parameters: [String: ReferenceTensor], from first: Int) throws -> [ReferenceTensor] {
    var values = Array(outputs.prefix(first))
    for (index, named) in pass.network.layers.enumerated().dropFirst(first) {
      let inputs = pass.network.readPlaces[index].map { $0 < 0 ? pass.inputs : values[$0] }
      let output = try named.running.reference(joining: inputs) { part in
        parameters["\(named.name).\(part)"] ?? ReferenceTensor(shape: [0], values: [])
      }
      values.append(applied(chances[index], to: output))
    }
    return values
  }

  private func applied(_ chance: Chance?, to value: ReferenceTensor) -> ReferenceTensor {
    var result = value
    switch chance {
    case .mask(let mask, let perChannel):
      let channels = value.shape.last ?? 1, width = value.values.count / max(value.shape[0], 1)
      for place in value.values.indices {
        result.values[place] *= mask[perChannel ? place / width * channels + place % channels : place]
      }
    case .shift(let shift): result.values = zip(value.values, shift).map { $0 + $1 }
    case .output(let values): result.values = values
    case nil: break
    }
    return result
  }

  private static func chance(_ layer: any LayerDescription, _ name: String, _ source: String, _ inspection: Inspection) -> Chance? {
    func values(_ name: String) -> [Double]? { inspection[name]?.values.map(Double.init) }
    switch layer {
    case let layer as Dropout where layer.rate > 0: return values("\(name).mask").map { .mask($0, perChannel: false) }
    case let layer as SpatialDropout2D where layer.rate > 0: return values("\(name).mask").map { .mask($0, perChannel: true) }
    case is GaussianNoise:
      guard let after = values("\(name).output"), let before = values("\(source).output") else { return nil }
      return .shift(zip(after, before).map { $0 - $1 })
    case is any WarpingLayer, is any ToningLayer: return values("\(name).output").map { .output($0) }
    default: return nil
    }
  }
}
