import Kernels
import Language

/// The area under the curve of the rate of true against that of false yes answers, as the threshold goes from 1 to 0.
///
///     the sum over 200 thresholds of (x_i - x_{i+1}) (y_i + y_{i+1}) / 2,   x = FP / (FP + TN),   y = TP / (TP + FN)
///
/// 0.5 is chance, 1 a perfect order. Thresholds and sum are those of Keras; all outputs are counted together.
public struct AreaUnderCurve: MetricDescription {
  /// The metric.
  public init() {}

  public var name: String { "auc" }

  public func makeMeter(for loss: any LossDescription, outputShape: [Int]) -> any MetricMeter {
    AreaMeter(ProbabilityReader(for: loss, outputShape: outputShape))
  }
}

private final class AreaMeter: MetricMeter {
  private static let thresholds = 200
  private let reader: ProbabilityReader
  // How many outputs lie between a threshold and the next.
  private var positives = [Double](repeating: 0, count: AreaMeter.thresholds)
  private var negatives = [Double](repeating: 0, count: AreaMeter.thresholds)

  init(_ reader: ProbabilityReader) { self.reader = reader }

  func reset() {
    for index in positives.indices {
      positives[index] = 0
      negatives[index] = 0
    }
  }

  func add(_ output: FloatBuffer, _ target: FloatBuffer, rows: Int) {
    var place = 0
    while place < rows * reader.width {
      let p = min(max(reader.probability(output, at: place), 0), 1), share = Double(reader.target(target, at: place))
      // An output that is not a number counts as a no.
      let bucket = p.isNaN ? 0 : max(0, Int((p * Float(AreaMeter.thresholds - 1)).rounded(.up)) - 1)
      positives[bucket] += share
      negatives[bucket] += 1 - share
      place += 1
    }
  }

  var value: Double {
    let all = (positives: positives.reduce(0, +), negatives: negatives.reduce(0, +))
    var area = 0.0, x = 0.0, y = 0.0, truths = 0.0, errors = 0.0
    for index in positives.indices.reversed() {
      truths += positives[index]
      errors += negatives[index]
      let nextX = all.negatives == 0 ? 0 : errors / all.negatives, nextY = all.positives == 0 ? 0 : truths / all.positives
      // The last bucket only begins the curve.
      if index < positives.count - 1 { area += (nextX - x) * (y + nextY) / 2 }
      (x, y) = (nextX, nextY)
    }
    return area
  }
}

extension AreaUnderCurve {
  /// `compile ... auc`.
  public static let declaration = Declaration<any MetricDescription>(
    "auc", "The area under the curve of true against false yes answers: 0.5 is chance, 1 a perfect order.",
    formula: "sum of (x_i - x_{i+1}) (y_i + y_{i+1}) / 2 over 200 thresholds", examples: ["compile adam bce auc"]
  ) { AreaUnderCurve() }
}
