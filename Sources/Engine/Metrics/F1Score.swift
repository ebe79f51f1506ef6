import Kernels
import Language

/// The harmonic mean of precision and recall, by class, averaged over the classes.
///
///     F1 = 2 precision recall / (precision + recall)
///
/// Where each output answers on its own, over 0.5 is a yes; else the greatest output of a sample is the answer.
public struct F1Score: MetricDescription {
  public var name: String

  /// The metric, under the name that was typed.
  public init(name: String = "f1_score") { self.name = name }

  public func makeMeter(for loss: any LossDescription, outputShape: [Int]) -> any MetricMeter {
    F1Meter(ProbabilityReader(for: loss, outputShape: outputShape))
  }
}

private final class F1Meter: MetricMeter {
  private let reader: ProbabilityReader
  private var hits: [Double]
  private var answers: [Double]
  private var truths: [Double]

  init(_ reader: ProbabilityReader) {
    self.reader = reader
    hits = [Double](repeating: 0, count: reader.columns)
    answers = hits
    truths = hits
  }

  func reset() {
    for column in hits.indices {
      hits[column] = 0
      answers[column] = 0
      truths[column] = 0
    }
  }

  func add(_ output: FloatBuffer, _ target: FloatBuffer, rows: Int) {
    var place = 0
    while place < rows * reader.width {
      let column = place % reader.columns
      let says =
        reader.answersAlone
        ? reader.probability(output, at: place) > 0.5 : output[place] >= output[reader.greatestPlace(output, row: place / reader.columns)]
      let share = Double(reader.target(target, at: place))
      if says { hits[column] += share }
      if says { answers[column] += 1 }
      truths[column] += share
      place += 1
    }
  }

  var value: Double {
    var sum = 0.0
    for column in hits.indices {
      let precision = hits[column] / (answers[column] + 1e-7), recall = hits[column] / (truths[column] + 1e-7)
      sum += 2 * precision * recall / (precision + recall + 1e-7)
    }
    return sum / Double(hits.count)
  }
}

extension F1Score {
  /// `compile ... f1`, under either name.
  public static let declarations: [Declaration<any MetricDescription>] = ["f1_score", "f1"].map { name in
    Declaration<any MetricDescription>(
      name, "The harmonic mean of precision and recall, averaged over the classes.",
      formula: "2 precision recall / (precision + recall)", examples: ["compile adam bce \(name)"]
    ) { F1Score(name: name) }
  }
}
