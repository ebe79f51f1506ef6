import Kernels
import Language

/// The share of the yes answers that are right, or of the yes targets that were found, over all outputs at the threshold 0.5.
///
///     precision = TP / (TP + FP),   recall = TP / (TP + FN)
public struct PrecisionRecall: MetricDescription {
  /// Which of the two.
  public enum Side: String, Sendable, CaseIterable {
    case precision
    case recall
  }

  /// Which of the two.
  public var side: Side
  public var name: String { side.rawValue }

  /// One of the two.
  public init(_ side: Side) { self.side = side }

  public func makeMeter(for loss: any LossDescription, outputShape: [Int]) -> any MetricMeter {
    PrecisionRecallMeter(side, ProbabilityReader(for: loss, outputShape: outputShape))
  }
}

private final class PrecisionRecallMeter: MetricMeter {
  private let side: PrecisionRecall.Side
  private let reader: ProbabilityReader
  private var hits = 0.0
  private var misses = 0.0

  init(_ side: PrecisionRecall.Side, _ reader: ProbabilityReader) {
    self.side = side
    self.reader = reader
  }

  func reset() {
    hits = 0
    misses = 0
  }

  func add(_ output: FloatBuffer, _ target: FloatBuffer, rows: Int) {
    var place = 0
    while place < rows * reader.width {
      let says = reader.probability(output, at: place) > 0.5, isTrue = reader.target(target, at: place) != 0
      if says && isTrue { hits += 1 }
      if side == .precision ? says && !isTrue : !says && isTrue { misses += 1 }
      place += 1
    }
  }

  var value: Double { hits == 0 ? 0 : hits / (hits + misses) }
}

extension PrecisionRecall {
  /// `compile ... precision` and `recall`.
  public static let declarations: [Declaration<any MetricDescription>] = Side.allCases.map { side in
    let isPrecision = side == .precision
    return Declaration<any MetricDescription>(
      side.rawValue, isPrecision ? "The share of the yes answers that are right." : "The share of the yes targets that were found.",
      formula: isPrecision ? "TP / (TP + FP)" : "TP / (TP + FN)", examples: ["compile adam bce \(side.rawValue)"],
      notes: "An output over 0.5 is a yes; all outputs are counted together."
    ) { PrecisionRecall(side) }
  }
}
