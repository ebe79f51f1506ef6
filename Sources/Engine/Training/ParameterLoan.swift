import Foundation
import Kernels

/// Values that a plan hands out without copying them: half a gigabyte would keep a person waiting at the prompt who may never look at it.
///
/// They are copied one by one when somebody looks, and all of them before the plan changes what is lent. The memory outlives the plan.
final class ParameterLoan: @unchecked Sendable {
  /// A parameter and where it lies.
  struct Entry {
    let name: String
    let shape: [Int]
    let buffer: FloatBuffer
  }

  /// The names in the order of the network.
  let names: [String]
  private let shapes: [String: [Int]]
  // Guarded by the lock; empty once everything is copied.
  private var buffers: [String: FloatBuffer]
  private var copies: [String: Tensor] = [:]
  private let lock = NSLock()

  // What has to be done before they are what they are lent as.
  private let owed: OwedUpdate?

  init(_ entries: [Entry], owed: OwedUpdate? = nil) {
    self.owed = owed
    names = entries.map(\.name)
    shapes = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.shape) })
    buffers = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.buffer) })
  }

  /// The shape of a parameter.
  func shape(of name: String) -> [Int]? { shapes[name] }

  /// The values of a parameter, copied when they are first asked for.
  func tensor(_ name: String) -> Tensor? { lock.withLock { copy(name) } }

  /// The values of a parameter that are copied already.
  func copied(_ name: String) -> Tensor? { lock.withLock { copies[name] } }

  /// All values; the plan's memory is not needed any more.
  @discardableResult
  func settled() -> [String: Tensor] {
    lock.withLock {
      for name in names { _ = copy(name) }
      return copies
    }
  }

  private func copy(_ name: String) -> Tensor? {
    if let copy = copies[name] { return copy }
    owed?.settle()
    guard let buffer = buffers.removeValue(forKey: name), let shape = shapes[name] else { return nil }
    let tensor = Tensor(shape: shape, values: buffer.values())
    copies[name] = tensor
    return tensor
  }
}
