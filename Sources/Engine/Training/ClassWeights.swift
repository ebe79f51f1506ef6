import Kernels
import Language

/// How much the samples of each class count.
public enum ClassWeights: Sendable, Equatable {
  /// Every class counts alike in all: a sample of class c counts n / (classes n_c).
  case balanced
  /// One weight a class, in the classes' order.
  case given([Float])

  /// The samples, weighted by their classes.
  ///
  /// - Parameter outputs: The shape of one sample's output, by which the classes are counted.
  /// - Throws: A `Complaint` when the samples have weights already, the loss knows no classes, or there are more or fewer than weights.
  public func weigh(_ samples: Samples, for loss: any LossDescription, outputs: [Int]) throws -> Samples {
    guard samples.weights == nil else { throw Complaint.weighedTwice }
    let classes = try ClassIndex(samples, loss: loss, outputs: outputs)
    let weights: [Float]
    switch self {
    case .balanced:
      var counts = [Int](repeating: 0, count: classes.count)
      for index in classes.indices { counts[index] += 1 }
      let present = counts.count { $0 > 0 }
      weights = counts.map { $0 == 0 ? 0 : Float(samples.count) / Float(present * $0) }
    case .given(let values):
      guard values.count == classes.count else { throw Complaint.wrongClassWeights(values.count, classes: classes.count) }
      weights = values
    }
    return try Samples(inputs: samples.inputs, targets: samples.targets, weights: classes.indices.map { weights[$0] })
  }
}

/// The class of each sample, by its target.
struct ClassIndex {
  /// The class of each sample, from 0.
  let indices: [Int]
  /// How many classes there are.
  let count: Int

  /// - Parameter what: What needs the classes, for a complaint.
  init(_ samples: Samples, loss: any LossDescription, outputs: [Int], what: String = "class weights") throws {
    let columns = outputs.last ?? 1, targets = samples.targets.values
    guard loss.targetKind != .numbers else { throw Complaint.noClasses(for: what, loss.name) }
    guard Tensor.count(of: outputs) == columns, loss.targetKind != .zeroOne || columns == 1 else {
      throw Complaint.severalAnswers(for: what, Tensor.count(of: outputs))
    }
    switch loss.targetKind {
    case .index, .numbers:
      indices = targets.map { Int($0) }
      count = columns
    case .zeroOne:
      indices = targets.map { $0 > 0.5 ? 1 : 0 }
      count = 2
    case .oneHot:
      indices = (0..<samples.count).map { row in
        let range = row * columns..<(row + 1) * columns
        return (range.max { targets[$0] < targets[$1] } ?? range.lowerBound) - range.lowerBound
      }
      count = columns
    }
  }
}
