import Engine
import Language

/// An update to be explained: the network, all its quantities, and the sample that is followed.
struct UpdateScene {
  /// A layer at its place.
  struct Layer {
    let index: Int
    let named: NamedLayer
    /// What it reads: names of layers, "input" for the network's input.
    let sources: [String]
    let inputs: [[Int]]
    let output: [Int]
    let specs: [ParameterSpec]

    var name: String { named.name }
    var kind: any LayerDescription { named.layer }
    /// What its sum goes through; nil where it has none.
    var activation: Activation? { (kind as? any ActivatedLayer)?.activation }
    func spec(_ part: String) -> ParameterSpec? { specs.first { $0.part == part } }
  }

  let network: Network
  let settings: TrainingSettings
  let inspection: Inspection
  let update: UpdateInspection
  let layers: [Layer]
  let notation: Notation
  /// The sample of the mini-batch that is followed, from 0.
  fileprivate(set) var sample: Int
  /// Whether the update has been made already.
  let isLast: Bool
  /// The epoch whose weights came back after it.
  let restoredEpoch: Int?
  private let differences: DifferenceTable

  /// - Throws: A `Complaint` when the mini-batch has no such sample.
  init(_ record: UpdateRecord, sample: Int?, isLast: Bool) throws {
    network = record.network
    settings = record.settings
    self.isLast = isLast
    restoredEpoch = record.restoredEpoch
    inspection = try Inspection.nextUpdate(
      network: record.network, settings: record.settings, state: record.state, samples: record.samples, batch: record.batch,
      shuffle: record.shuffle, updates: true)
    guard let update = inspection.update else { throw Complaint.notCompiled() }
    self.update = update
    guard (sample ?? 0) < inspection.rows.count else { throw Complaint.sampleOutside(sample ?? 0, of: inspection.rows.count) }
    self.sample = sample ?? 0
    notation = Notation(network)
    layers = try UpdateScene.layers(of: record.network)
    differences = DifferenceTable(network, settings.loss, inspection, update.before)
  }

  private static func layers(of network: Network) throws -> [Layer] {
    let shapes = try network.shapes(), input = network.inputShape ?? [], specs = try network.parameterSpecs()
    let places = Dictionary(uniqueKeysWithValues: network.layers.enumerated().map { ($1.name, $0) })
    let connections = network.connections
    return network.layers.enumerated().map { index, named in
      let sources = connections[index].map { $0 ?? Network.inputName }
      return Layer(
        index: index, named: named, sources: sources, inputs: sources.map { name in places[name].map { shapes[$0] } ?? input },
        output: shapes[index], specs: specs.filter { $0.layer == named.name }.map(\.spec))
    }
  }

  var samples: Int { inspection.rows.count }
  var outputName: String { layers.last?.name ?? Network.inputName }
  func layer(_ name: String) -> Layer? { layers.first { $0.name == name } }
  /// The layers that read a value.
  func readers(of name: String) -> [Layer] { layers.filter { $0.sources.contains(name) } }

  /// A tensor that was kept.
  ///
  /// - Throws: A `Complaint` when there is none of that name.
  func tensor(_ name: String) throws -> Tensor {
    guard let tensor = inspection[name] else {
      throw Complaint.unknown("tensor", Word(name, at: 0..<0), among: inspection.names).withoutPlace
    }
    return tensor
  }

  /// A value of the followed sample.
  func value(_ name: String, _ place: [Int]) throws -> Double { try tensor(name)[[sample] + place] }

  /// What the followed sample's loss is multiplied by; nil where all samples count alike.
  var sampleWeight: Double? { inspection.weights.map { Double($0[sample]) } }

  /// The finite difference by a weight; nil where it would take too long, or cannot be had.
  func difference(_ parameter: String, at place: [Int]) -> Double? { differences.slope(parameter, at: place) }

  /// What becomes of a per-sample tensor for scripts: the whole batch, or the sample that was asked for.
  func ofSamples(_ tensor: Tensor, alone: Bool) -> Tensor {
    guard alone, let first = tensor.shape.first, first > 0 else { return tensor }
    let width = tensor.count / first
    return Tensor(
      shape: Array(tensor.shape.dropFirst()), values: Array(tensor.values[sample * width..<(sample + 1) * width]))
  }
}

extension UpdateScene {
  /// The same update with another sample to follow.
  ///
  /// - Precondition: the batch has it.
  func following(_ sample: Int) -> UpdateScene {
    var copy = self
    copy.sample = sample
    return copy
  }
}

/// Finite differences, each computed when it is first asked for, as long as they do not take too long.
private final class DifferenceTable {
  private let network: Network
  private let rows: Int
  private let make: () -> NumericalGradient?
  private lazy var gradient = make()
  // Multiplications that may still be spent, about a second's worth.
  private var budget = 1e8
  private var known: [String: Double?] = [:]

  init(_ network: Network, _ loss: any LossDescription, _ inspection: Inspection, _ parameters: Parameters) {
    self.network = network
    rows = inspection.rows.count
    make = { try? NumericalGradient(network: network, loss: loss, inspection: inspection, parameters: parameters) }
    budget -= NumericalGradient.cost(of: network.layers.first?.name ?? "", in: network, rows: inspection.rows.count) / 2
  }

  func slope(_ parameter: String, at place: [Int]) -> Double? {
    let key = "\(parameter)\(place)"
    if let value = known[key] { return value }
    let layer = String(parameter.prefix { $0 != "." })
    let cost = NumericalGradient.cost(of: layer, in: network, rows: rows)
    guard cost <= budget, let shape = try? network.parameterSpecs().first(where: { $0.name == parameter })?.spec.shape else { return nil }
    budget -= cost
    let value = (try? gradient?.slope(of: parameter, at: Tensor.number(of: place, in: shape))) ?? nil
    known[key] = value
    return value
  }
}

extension Complaint {
  static func sampleOutside(_ sample: Int, of count: Int) -> Complaint {
    Complaint(
      "the mini-batch has no sample \(sample)",
      hint: count == 1 ? "it has one sample: sample=0" : "it has \(count) samples, counted from 0: sample=0 to sample=\(count - 1)")
  }
}
