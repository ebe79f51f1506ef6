import Kernels
import Language

/// How often samples of each class were taken for each.
public struct ConfusionMatrix: Sendable, Equatable {
  /// counts[true class][answered class]
  public let counts: [[Int]]

  /// The share of the samples that were taken for what they are.
  public var accuracy: Double {
    let right = counts.indices.reduce(0) { $0 + counts[$1][$1] }
    return Double(right) / Double(max(1, counts.reduce(0) { $0 + $1.reduce(0, +) }))
  }

  /// Outputs (n, classes), or (n, 1) of two classes, compared with targets as the loss takes them.
  ///
  /// - Throws: A `Complaint` when the loss knows no classes, or a sample has several answers.
  public init(outputs: Tensor, samples: Samples, loss: any LossDescription) throws {
    let shape = Array(outputs.shape.dropFirst()), columns = shape.last ?? 1
    let truths = try ClassIndex(samples, loss: loss, outputs: shape, what: "a confusion matrix")
    var counts = [[Int]](repeating: [Int](repeating: 0, count: truths.count), count: truths.count)
    let threshold: Float = loss.fromLogits ? 0 : 0.5
    for (row, truth) in truths.indices.enumerated() {
      let values = outputs.values[row * columns..<(row + 1) * columns]
      let answer =
        columns == 1
        ? ((values.first ?? 0) > threshold ? 1 : 0)
        : (values.indices.max { values[$0] < values[$1] } ?? values.startIndex) - values.startIndex
      counts[truth][answer] += 1
    }
    self.counts = counts
  }
}
