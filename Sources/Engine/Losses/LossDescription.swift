import Kernels
import Language

/// How the targets are given to a loss.
public enum TargetKind: Sendable, Equatable {
  /// Numbers, one an output.
  case numbers
  /// 0 or 1 an output.
  case zeroOne
  /// A row with a 1 at the class.
  case oneHot
  /// The class's index.
  case index
}

/// A loss: what training makes small. Value and gradient stand together in one file a loss.
public protocol LossDescription: Sendable, Equatable {
  /// Its short name: "mse".
  var name: String { get }
  /// How its targets are given.
  var targetKind: TargetKind { get }
  /// Whether the outputs are logits, which have not gone through sigmoid or softmax.
  var fromLogits: Bool { get }

  /// Whether the shape of the last layer's output fits.
  ///
  /// - Throws: A `Complaint` that says what would fit.
  func check(outputShape: [Int]) throws
  /// Whether the last layer's activation fits, which is known before any shape is.
  ///
  /// - Throws: A `Complaint` that says what would fit.
  func check(lastActivation: Activation?) throws
  /// What is odd about the last layer's activation without being wrong; nil when nothing is.
  func doubt(lastActivation: Activation?) -> Complaint?
  /// Whether it can be compared with such targets, shape and kind apart.
  ///
  /// - Throws: A `Complaint` that names the first target that it cannot.
  func check(targets: [Float]) throws
  /// The mean loss of a batch, whose `gradient` becomes its gradient by the output.
  func evaluate(_ batch: LossBatch) -> Double
  /// The same mean in double precision, without weights.
  func reference(_ output: [Double], _ target: [Double], rows: Int, width: Int, columns: Int) -> Double
}

extension LossDescription {
  /// Most losses know no logits.
  public var fromLogits: Bool { false }
  /// Most losses take any output.
  public func check(outputShape: [Int]) throws {}
  /// Most losses take any activation.
  public func check(lastActivation: Activation?) throws {}

  /// Most losses take any activation.
  public func doubt(lastActivation: Activation?) -> Complaint? { nil }
  /// Most losses take any numbers; those on shares want them from 0 to 1.
  public func check(targets: [Float]) throws {
    guard targetKind == .zeroOne || targetKind == .oneHot else { return }
    if let bad = targets.first(where: { !($0 >= 0 && $0 <= 1) }) { throw Complaint.badProbability(bad, name) }
  }

  /// What is odd about an activation that gives no probabilities.
  func doubtOfProbabilities(_ last: Activation?, wanted: [Activation]) -> Complaint? {
    guard !fromLogits, let last, !wanted.contains(last) else { return nil }
    return Complaint.noProbabilities(name, last.name, wanted: wanted.map(\.name))
  }

  /// The shape of one sample's target for outputs of that shape.
  public func targetShape(for output: [Int]) -> [Int] { targetKind == .index ? output.dropLast() + [1] : output }

  func isEqual(to other: any LossDescription) -> Bool { (other as? Self) == self }
}

/// A batch as a loss sees it: `rows` samples of `width` outputs each, the last axis of which has `columns` values.
///
/// Samples may have weights. As in Keras, the loss of each is multiplied by its own, and the sum divided by the number of samples.
public struct LossBatch {
  let kernel: LossKernel
  let rows: Int
  let width: Int
  let columns: Int

  /// A batch; `gradient` is written.
  public init(
    _ output: FloatBuffer, _ target: FloatBuffer, gradient: FloatBuffer, weights: FloatBuffer? = nil, rows: Int, width: Int, columns: Int,
    kind: TargetKind
  ) {
    kernel = LossKernel(
      output, target, gradient: gradient, weights: weights, rows: rows, width: width,
      targetWidth: kind == .index ? width / columns : width)
    self.rows = rows
    self.width = width
    self.columns = columns
  }

  /// How many outputs there are.
  var count: Int { rows * width }
  /// How many rows of the last axis there are.
  var places: Int { rows * (width / columns) }
}

/// What keeps probabilities from 0 and 1 before a logarithm, as Keras does.
let probabilityMargin: Float = 1e-7
