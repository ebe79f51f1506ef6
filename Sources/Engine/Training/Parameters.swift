import Foundation
import Kernels
import Language

/// The values of every parameter of a network, by name: "dense.kernel". A value: copies are independent, and cost nothing until changed.
public struct Parameters: Sendable, Equatable {
  /// The names in the network's order.
  public private(set) var names: [String]
  private var tensors: [String: Tensor]

  /// No parameters.
  public init() {
    names = []
    tensors = [:]
  }

  /// A network's first values. Each parameter draws from a stream of its own, so that a further layer does not change the others.
  ///
  /// - Throws: A `Complaint` when shapes do not fit, or memory would not hold them.
  public init(of network: Network, seed: UInt64) throws {
    self.init()
    let specs = try network.parameterSpecs()
    try MemoryEstimate.check(bytes: specs.reduce(0) { $0 + 4 * Double($1.spec.count) })
    for parameter in specs {
      var source = RandomSource(seed: seed, stream: parameter.name)
      append(parameter.name, try parameter.spec.initializer.tensor(shape: parameter.spec.shape, from: &source))
    }
  }

  /// The values of a parameter.
  public subscript(name: String) -> Tensor? { tensors[name] }

  /// Whether these are the very values of others, never changed since they were copied; told without looking at a number.
  public func isSame(as other: Parameters) -> Bool {
    guard names == other.names else { return false }
    return names.allSatisfy { name in
      guard let own = tensors[name], let others = other.tensors[name] else { return false }
      return own.sharesValues(with: others)
    }
  }

  /// Adds a parameter, or replaces it whatever its shape.
  public mutating func append(_ name: String, _ tensor: Tensor) {
    if tensors.updateValue(tensor, forKey: name) == nil { names.append(name) }
  }

  /// Replaces a parameter's values by others of the same shape.
  public mutating func set(_ name: String, to tensor: Tensor) throws {
    let old = try existing(name)
    guard old.shape == tensor.shape else { throw Complaint.wrongShape(name, got: tensor.shape, wanted: old.shape) }
    tensors[name] = tensor
  }

  /// Fills a parameter with one number.
  public mutating func fill(_ name: String, with value: Float) throws {
    tensors[name] = Tensor(shape: try existing(name).shape, filledWith: value)
  }

  /// Sets one value of a parameter.
  public mutating func set(_ name: String, at index: [Int], to value: Float) throws {
    let place = try offset(of: index, in: name)
    tensors[name]?.values[place] = value
  }

  /// Where one value lies in its tensor.
  public func offset(of index: [Int], in name: String) throws -> Int {
    let shape = try existing(name).shape
    guard index.count == shape.count, zip(index, shape).allSatisfy({ $0 >= 0 && $0 < $1 }) else {
      throw Complaint.badIndex(name, index, shape: shape)
    }
    return zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }

  /// How many numbers there are.
  public var count: Int { tensors.values.reduce(0) { $0 + $1.count } }

  private func existing(_ name: String) throws -> Tensor {
    guard let tensor = tensors[name] else { throw Complaint.noParameter(name, among: names) }
    return tensor
  }
}

/// Refuses what would not fit into memory before anything is allocated.
enum MemoryEstimate {
  /// Refuses a plan.
  static func check(_ need: MemoryNeed) throws { try check(bytes: Double(need.total)) }

  /// Refuses so many bytes.
  static func check(bytes: Double) throws {
    let memory = Double(ProcessInfo.processInfo.physicalMemory)
    if bytes > memory { throw Complaint.tooLarge(bytes: bytes, memory: memory) }
  }
}
