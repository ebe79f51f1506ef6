import Foundation
import Kernels

/// An optimizer's pass over the parameters of a plan.
struct UpdatePass {
  let parameters: FloatBuffer
  let gradients: FloatBuffer
  let slots: [FloatBuffer]
  let optimizer: any OptimizerDescription
  /// The number of the update, from 1.
  let number: Int
  let rate: Float
  /// What the gradients are multiplied by.
  let scale: Float
  /// How many parameters there are.
  let count: Int

  /// So many parameters are changed between two looks whether to go on: some 10 ms.
  static let atOnce = 1 << 23

  /// Changes some of the parameters; each one's rule asks for none of the others.
  func apply(_ range: Range<Int>) {
    let isWhole = range.count == count
    optimizer.apply(
      ParameterUpdate(
        isWhole ? parameters : FloatBuffer(range, of: parameters), isWhole ? gradients : FloatBuffer(range, of: gradients),
        slots: isWhole ? slots : slots.map { FloatBuffer(range, of: $0) }, count: range.count, number: number, rate: rate,
        options: optimizer.options, scale: scale))
  }

  /// What follows once all are changed.
  static func finish(_ normLimits: [NormLimit], _ steps: [any LayerStep]) {
    var index = 0
    while index < normLimits.count {
      normLimits[index].apply()
      index += 1
    }
    index = 0
    while index < steps.count {
      steps[index].commit()
      index += 1
    }
  }
}

/// The rest of an update whose pass over very many parameters a person did not wait for: it is made before anybody looks at the parameters.
/// It holds the memory that it needs, not the plan.
final class OwedUpdate: @unchecked Sendable {
  // Guarded by the lock; nil once it is made.
  private var rest: (() -> Void)?
  private let lock = NSLock()

  init(_ pass: UpdatePass, from done: Int, _ normLimits: [NormLimit], _ steps: [any LayerStep]) {
    rest = {
      pass.apply(done..<pass.count)
      UpdatePass.finish(normLimits, steps)
    }
  }

  /// Makes what is left of it.
  func settle() {
    lock.withLock {
      rest?()
      rest = nil
    }
  }
}
