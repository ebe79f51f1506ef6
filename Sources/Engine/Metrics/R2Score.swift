import Kernels
import Language

/// How much of the targets' spread the outputs explain, averaged over the outputs.
///
///     R2 = 1 - sum((y - t)²) / sum((t - mean(t))²)
///
/// 1 is perfect, 0 as good as the mean. Where the targets do not spread, it is 0, as in Keras.
public struct R2Score: MetricDescription {
  public var name: String

  /// The metric, under the name that was typed.
  public init(name: String = "r2_score") { self.name = name }

  public func makeMeter(for loss: any LossDescription, outputShape: [Int]) -> any MetricMeter {
    R2Meter(ProbabilityReader(for: loss, outputShape: outputShape))
  }
}

private final class R2Meter: MetricMeter {
  private let reader: ProbabilityReader
  private var sum: [Double]
  private var squares: [Double]
  private var errors: [Double]
  private var samples = 0

  init(_ reader: ProbabilityReader) {
    self.reader = reader
    sum = [Double](repeating: 0, count: reader.width)
    squares = sum
    errors = sum
  }

  func reset() {
    samples = 0
    for place in sum.indices {
      sum[place] = 0
      squares[place] = 0
      errors[place] = 0
    }
  }

  func add(_ output: FloatBuffer, _ target: FloatBuffer, rows: Int) {
    var place = 0
    while place < rows * reader.width {
      let column = place % reader.width, t = Double(reader.target(target, at: place)), error = Double(output[place]) - t
      sum[column] += t
      squares[column] += t * t
      errors[column] += error * error
      place += 1
    }
    samples += rows
  }

  var value: Double {
    guard samples > 0 else { return .nan }
    var total = 0.0
    for column in sum.indices {
      let spread = squares[column] - sum[column] * sum[column] / Double(samples)
      let score = 1 - errors[column] / spread
      total += score.isInfinite ? 0 : score
    }
    return total / Double(sum.count)
  }
}

extension R2Score {
  /// `compile ... r2`, under either name.
  public static let declarations: [Declaration<any MetricDescription>] = ["r2_score", "r2"].map { name in
    Declaration<any MetricDescription>(
      name, "How much of the targets' spread the outputs explain: 1 is perfect, 0 as good as the mean.",
      formula: "1 - sum((y - t)²) / sum((t - mean)²)", examples: ["compile adam mse \(name)"]
    ) { R2Score(name: name) }
  }
}
