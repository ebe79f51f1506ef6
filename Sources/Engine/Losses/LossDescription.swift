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

  /// Whether the last layer's output fits.
  ///
  /// - Throws: A `Complaint` that says what would fit.
  func check(outputShape: [Int], lastActivation: Activation?) throws
  /// The mean loss of a batch of `rows` samples of `width` outputs each, the last axis of which has `columns` values; `gradient` becomes its
  /// gradient by the output.
  func evaluate(_ output: FloatBuffer, _ target: FloatBuffer, gradient: FloatBuffer, rows: Int, width: Int, columns: Int) -> Double
  /// The same mean in double precision.
  func reference(_ output: [Double], _ target: [Double], rows: Int, width: Int, columns: Int) -> Double
}

extension LossDescription {
  /// Most losses know no logits.
  public var fromLogits: Bool { false }
  /// Most losses take any output.
  public func check(outputShape: [Int], lastActivation: Activation?) throws {}

  /// The shape of one sample's target for outputs of that shape.
  public func targetShape(for output: [Int]) -> [Int] { targetKind == .index ? output.dropLast() + [1] : output }

  func isEqual(to other: any LossDescription) -> Bool { (other as? Self) == self }
}

/// What keeps probabilities from 0 and 1 before a logarithm, as Keras does.
let probabilityMargin: Float = 1e-7
