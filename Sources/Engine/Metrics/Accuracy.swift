import Kernels
import Language

/// The share of right answers.
///
/// Its form follows the loss, or, for losses on numbers, the output: binary (an output over 0.5 is a yes; over 0 with from_logits, a departure
/// from Keras), categorical (the greatest output is the answer), sparse (the same with class indices).
public struct Accuracy: MetricDescription {
  /// What counts as a right answer.
  public enum Form: String, Sendable, CaseIterable {
    case byLoss = "accuracy"
    case binary = "binary_accuracy"
    case categorical = "categorical_accuracy"
    case sparse = "sparse_categorical_accuracy"
  }

  /// The form.
  public var form: Form
  public var name: String

  /// An accuracy, under its form's name where no other is given.
  public init(_ form: Form = .byLoss, name: String? = nil) {
    self.form = form
    self.name = name ?? form.rawValue
  }

  public func makeMeter(for loss: any LossDescription, outputShape: [Int]) -> any MetricMeter {
    let columns = outputShape.last ?? 1, width = Tensor.count(of: outputShape)
    let places = width / columns
    switch resolved(for: loss, columns: columns) {
    case .binary, .byLoss:
      let threshold: Float = loss.fromLogits ? 0 : 0.5
      return MeanMeter { HitKernel.binary($0, $1, threshold: threshold, count: $2 * width) / Double(width) }
    case .categorical, .sparse:
      let sparse = resolved(for: loss, columns: columns) == .sparse
      return MeanMeter { HitKernel.categorical($0, $1, sparse: sparse, rows: $2 * places, columns: columns) / Double(places) }
    }
  }

  /// The form it takes; targets are encoded for the loss, so that an index target is always compared as one.
  public func resolved(for loss: any LossDescription, columns: Int) -> Form {
    switch loss.targetKind {
    case .index: return .sparse
    case .zeroOne: return form == .categorical && columns > 1 ? .categorical : .binary
    case .oneHot: return form == .binary ? .binary : .categorical
    case .numbers: return form == .binary || columns == 1 ? .binary : .categorical
    }
  }
}

extension Accuracy {
  /// `compile ... accuracy` and its forms.
  public static let declarations: [Declaration<any MetricDescription>] =
    Form.allCases.map { declaration($0, named: $0.rawValue) } + [declaration(.byLoss, named: "acc")]

  /// A metric reports under the name that was typed.
  private static func declaration(_ form: Form, named name: String) -> Declaration<any MetricDescription> {
    Declaration<any MetricDescription>(
      name, form.summary, formula: "right answers / answers", examples: ["compile adam \(form.example) \(name)"]
    ) { Accuracy(form, name: name) }
  }
}

extension Accuracy.Form {
  fileprivate var summary: String {
    switch self {
    case .byLoss: "The share of right answers, in the form that fits the loss: binary, categorical or sparse."
    case .binary: "The share of outputs on the right side of 0.5 (of 0 with from_logits)."
    case .categorical: "The share of samples whose greatest output is the target's class."
    case .sparse: "The same, with targets given as class indices."
    }
  }

  fileprivate var example: String {
    switch self {
    case .byLoss, .binary: "bce"
    case .categorical: "cce"
    case .sparse: "scce"
    }
  }
}
