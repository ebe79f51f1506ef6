import Foundation
import Kernels
import Language

/// The values of every parameter of a network, by name: "dense.kernel". A value: copies are independent, and cost nothing until changed.
public struct Parameters: Sendable, Equatable {
  /// The names in the network's order.
  public private(set) var names: [String]
  private var tensors: [String: Tensor]
  // Where the values still lie with the plan that made them; nil once they are here.
  private var loan: ParameterLoan?

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

  /// The parameters of a plan, which lends them out.
  init(_ loan: ParameterLoan) {
    names = loan.names
    tensors = [:]
    self.loan = loan
  }

  /// The values of a parameter.
  public subscript(name: String) -> Tensor? { loan?.tensor(name) ?? tensors[name] }

  /// The shape of a parameter, told without copying a number.
  public func shape(of name: String) -> [Int]? { loan?.shape(of: name) ?? tensors[name]?.shape }

  /// Whether these are the very values of others, never changed since they were copied; told without looking at a number.
  public func isSame(as other: Parameters) -> Bool {
    guard names == other.names else { return false }
    return names.allSatisfy { sharesValues(of: $0, with: other) }
  }

  /// Whether a parameter has the very values that it has in others, never changed since they were copied.
  public func sharesValues(of name: String, with other: Parameters) -> Bool {
    if let loan, loan === other.loan { return loan.shape(of: name) != nil }
    guard let own = held(name), let others = other.held(name) else { return false }
    return own.sharesValues(with: others)
  }

  /// Whether each parameter has equal values.
  public static func == (one: Parameters, other: Parameters) -> Bool {
    one.names == other.names && (one.isSame(as: other) || one.names.allSatisfy { one[$0] == other[$0] })
  }

  /// Whether these are the values of a loan, unchanged.
  func isLent(_ loan: ParameterLoan) -> Bool { self.loan === loan }

  // What is in memory of its own already.
  private func held(_ name: String) -> Tensor? {
    if let loan { return loan.copied(name) }
    return tensors[name]
  }

  // What is changed is no longer anybody else's.
  private mutating func settle() {
    guard let loan else { return }
    tensors = loan.settled()
    self.loan = nil
  }

  /// Adds a parameter, or replaces it whatever its shape.
  public mutating func append(_ name: String, _ tensor: Tensor) {
    settle()
    if tensors.updateValue(tensor, forKey: name) == nil { names.append(name) }
  }

  /// Replaces a parameter's values by others of the same shape.
  public mutating func set(_ name: String, to tensor: Tensor) throws {
    let old = try existing(name)
    guard old == tensor.shape else { throw Complaint.wrongShape(name, got: tensor.shape, wanted: old) }
    settle()
    tensors[name] = tensor
  }

  /// Fills a parameter with one number.
  public mutating func fill(_ name: String, with value: Float) throws {
    let shape = try existing(name)
    settle()
    tensors[name] = Tensor(shape: shape, filledWith: value)
  }

  /// Sets one value of a parameter.
  public mutating func set(_ name: String, at index: [Int], to value: Float) throws {
    let place = try offset(of: index, in: name)
    settle()
    tensors[name]?.values[place] = value
  }

  /// Where one value lies in its tensor.
  public func offset(of index: [Int], in name: String) throws -> Int {
    let shape = try existing(name)
    guard index.count == shape.count, zip(index, shape).allSatisfy({ $0 >= 0 && $0 < $1 }) else {
      throw Complaint.badIndex(name, index, shape: shape)
    }
    return zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }

  /// How many numbers there are.
  public var count: Int { names.reduce(0) { $0 + (shape(of: $1).map { Tensor.count(of: $0) } ?? 0) } }

  // The shape of a parameter that must be there.
  private func existing(_ name: String) throws -> [Int] {
    guard let shape = shape(of: name) else { throw Complaint.noParameter(name, among: names) }
    return shape
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
