import Kernels
import Language

/// What an optimizer remembers: for each parameter its slots ("dense.kernel/m"), and how many updates it has made.
public struct OptimizerState: Sendable, Equatable {
  /// The slots by name.
  public var slots: Parameters
  /// How many updates there were since `compile`.
  public var updates: Int

  /// Nothing remembered: after `compile`.
  public static let empty = OptimizerState(slots: Parameters(), updates: 0)

  /// A state of the given parts.
  public init(slots: Parameters, updates: Int) {
    self.slots = slots
    self.updates = updates
  }
}

/// Where a training stands, as a value: it can be kept, compared and gone back to.
public struct TrainingState: Sendable, Equatable {
  /// The parameters.
  public var parameters: Parameters
  /// What the optimizer remembers.
  public var optimizer: OptimizerState
  /// How many passes over the data are complete.
  public var epoch: Int
  /// How many samples of the present pass have been seen.
  public var position: Int
  /// How many updates have been made in all.
  public var updates: Int
  /// What decides initial values, the order of samples and dropout.
  public let seed: UInt64

  /// The start: initial parameters, nothing learned.
  public init(network: Network, seed: UInt64) throws {
    parameters = try Parameters(of: network, seed: seed)
    optimizer = .empty
    epoch = 0
    position = 0
    updates = 0
    self.seed = seed
  }

  /// A state that was kept, for the network that it was kept with.
  ///
  /// - Throws: A `Complaint` when its parameters, or what the optimizer remembers, are not those of the network.
  public init(
    of network: Network, parameters: Parameters, optimizer: OptimizerState, epoch: Int, position: Int, updates: Int, seed: UInt64
  ) throws {
    let specs = try network.parameterSpecs()
    guard specs.map(\.name) == parameters.names else { throw Complaint.otherParameters }
    for spec in specs {
      guard let shape = parameters.shape(of: spec.name), shape == spec.spec.shape else { throw Complaint.otherParameters }
    }
    for name in optimizer.slots.names {
      let parameter = name.lastIndex(of: "/").map { String(name[..<$0]) } ?? ""
      guard let shape = parameters.shape(of: parameter), shape == optimizer.slots.shape(of: name) else { throw Complaint.otherParameters }
    }
    guard epoch >= 0, position >= 0, updates >= 0, optimizer.updates >= 0 else { throw Complaint.otherParameters }
    self.parameters = parameters
    self.optimizer = optimizer
    self.epoch = epoch
    self.position = position
    self.updates = updates
    self.seed = seed
  }

  /// The state for an edited network: parameters of equal name and shape keep their values, others start anew; the optimizer forgets.
  public func adapted(to network: Network) throws -> TrainingState {
    var result = try TrainingState(network: network, seed: seed)
    for name in result.parameters.names {
      if let old = parameters[name], old.shape == result.parameters.shape(of: name) { try result.parameters.set(name, to: old) }
    }
    if result.parameters == parameters { result.optimizer = optimizer }
    result.epoch = epoch
    result.position = position
    result.updates = updates
    return result
  }

  /// The order in which an epoch takes its samples.
  static func order(seed: UInt64, epoch: Int, samples: Int, shuffle: Bool) -> [Int] {
    guard shuffle else { return Array(0..<samples) }
    var source = RandomSource(seed: seed, stream: "shuffle.\(epoch)")
    return source.permutation(of: samples)
  }

  /// What the dropout masks of an update are drawn from.
  static func dropoutKey(seed: UInt64, update: Int) -> UInt64 {
    var source = RandomSource(seed: seed &+ UInt64(truncatingIfNeeded: update) &* 0x9e37_79b9_7f4a_7c15, stream: "dropout")
    return source.next()
  }
}
