import Foundation
import Kernels

/// What a training leaves behind of its way: after some of its epochs the size of each layer's gradient and, for small networks, the parameters.
///
/// Memory is bounded: when there are too many moments every other one is dropped, and from then on only every other epoch is kept.
public struct TrainingTrace: Sendable, Equatable {
  /// What is kept of an epoch.
  public struct Moment: Sendable, Equatable {
    /// How many epochs were done.
    public let epoch: Int
    /// For each layer the root of the mean square of the gradient by its trainable parameters, on the epoch's last mini-batch; empty before
    /// the first update.
    public let gradients: [Float]
    /// All parameters in the plan's order; empty where they are too many.
    let parameters: [Float]
  }

  /// The layers that have trainable parameters.
  public let layers: [String]
  /// The moments in order.
  public private(set) var moments: [Moment] = []
  private let ranges: [String: Range<Int>]
  private let count: Int
  private var stride = 1

  /// The most moments, and the most numbers of parameters that all of them hold.
  static let mostMoments = 600
  static let mostNumbers = 3_000_000

  init(_ plan: Plan) {
    var layers: [String] = []
    var ranges: [String: Range<Int>] = [:]
    for (parameter, range) in plan.layout.entries {
      ranges[parameter.name] = range
      let layer = String(parameter.name.prefix { $0 != "." })
      if parameter.spec.isTrainable, !layers.contains(layer) { layers.append(layer) }
    }
    self.layers = layers
    self.ranges = ranges
    count = plan.layout.count
  }

  /// Whether parameters are kept.
  public var keepsParameters: Bool { count * 64 <= TrainingTrace.mostNumbers }

  /// Whether the moment after that epoch is to be kept.
  public func wants(_ epoch: Int) -> Bool { epoch % stride == 0 && (moments.last.map { epoch > $0.epoch } ?? true) }

  /// The values that one number of a parameter went through, with their epochs; empty where they were not kept.
  public func path(of name: String, at offset: Int) -> [(epoch: Int, value: Float)] {
    guard let range = ranges[name], offset < range.count else { return [] }
    return moments.filter { !$0.parameters.isEmpty }.map { ($0.epoch, $0.parameters[range.lowerBound + offset]) }
  }

  mutating func append(_ moment: Moment) {
    moments.append(moment)
    let most = keepsParameters ? min(TrainingTrace.mostMoments, TrainingTrace.mostNumbers / max(count, 1)) : TrainingTrace.mostMoments
    guard moments.count > most else { return }
    stride *= 2
    moments = moments.filter { $0.epoch % stride == 0 }
  }

  /// Whether it is of the same parameters.
  func isLike(_ other: TrainingTrace) -> Bool { ranges == other.ranges && layers == other.layers }
}

extension Trainer {
  /// The trace of a training that goes on, or a new one that begins at these parameters.
  public func trace(after old: TrainingTrace?, epochs: Int, _ parameters: Parameters) -> TrainingTrace {
    var trace = TrainingTrace(plan)
    if let old, epochs > 0, old.isLike(trace) { return old }
    guard trace.keepsParameters else { return trace }
    var values = [Float](repeating: 0, count: plan.layout.count)
    for (parameter, range) in plan.layout.entries {
      if let tensor = parameters[parameter.name], tensor.count == range.count { values.replaceSubrange(range, with: tensor.values) }
    }
    trace.append(TrainingTrace.Moment(epoch: epochs, gradients: [], parameters: values))
    return trace
  }

  /// Notes how things stand after an epoch; to be called while `fit` tells of it. Costs a pass over the gradients, when it is wanted at all.
  public func note(epoch: Int, in trace: inout TrainingTrace) {
    guard trace.wants(epoch) else { return }
    var squares = [Double](repeating: 0, count: trace.layers.count)
    var counts = [Int](repeating: 0, count: trace.layers.count)
    for (parameter, range) in plan.layout.entries where parameter.spec.isTrainable {
      guard let layer = trace.layers.firstIndex(of: String(parameter.name.prefix { $0 != "." })) else { continue }
      let norm = NormKernel.norm(of: FloatBuffer(range, of: plan.gradients), count: range.count)
      squares[layer] += norm * norm
      counts[layer] += range.count
    }
    trace.append(
      TrainingTrace.Moment(
        epoch: epoch, gradients: zip(squares, counts).map { Float(($0 / Double(max($1, 1))).squareRoot()) },
        parameters: trace.keepsParameters ? plan.parameters.values() : []))
  }

  /// The parameters as they are now, while `fit` tells of an epoch.
  public func parametersNow() throws -> Parameters { try plan.currentParameters() }
}
