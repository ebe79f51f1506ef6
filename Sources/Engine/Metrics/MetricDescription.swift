import Kernels

/// A metric: a number that judges outputs beside the loss.
public protocol MetricDescription: Sendable, Equatable {
  /// The name under which it is shown: what was typed.
  var name: String { get }
  /// Whether greater is better.
  var isBetterHigher: Bool { get }
  /// What measures it, made once for a plan.
  func makeMeter(for loss: any LossDescription, outputShape: [Int]) -> any MetricMeter
}

extension MetricDescription {
  /// Most metrics are shares of something good.
  public var isBetterHigher: Bool { true }

  func isEqual(to other: any MetricDescription) -> Bool { (other as? Self) == self }
}

/// A metric at work: fed batch by batch, read at the end. It allocates nothing once it is made.
public protocol MetricMeter: AnyObject {
  /// Forgets what it has seen.
  func reset()
  /// Takes in a batch of `rows` samples.
  func add(_ output: FloatBuffer, _ target: FloatBuffer, rows: Int)
  /// The metric over everything since the last reset.
  var value: Double { get }
}

/// A meter for metrics that are a mean over samples.
final class MeanMeter: MetricMeter {
  private let sum: (FloatBuffer, FloatBuffer, Int) -> Double
  private var total = 0.0
  private var samples = 0

  /// - Parameter sum: The sum over the samples of a batch of what is to be averaged.
  init(_ sum: @escaping (FloatBuffer, FloatBuffer, Int) -> Double) { self.sum = sum }

  func reset() {
    total = 0
    samples = 0
  }

  func add(_ output: FloatBuffer, _ target: FloatBuffer, rows: Int) {
    total += sum(output, target, rows)
    samples += rows
  }

  var value: Double { samples == 0 ? .nan : total / Double(samples) }
}
