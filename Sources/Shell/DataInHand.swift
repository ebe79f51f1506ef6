import Datasets
import Engine
import Language

/// The data of a session and their parts: what is trained on, what is held out, in which units.
public struct DataInHand: Sendable {
  /// The samples.
  public internal(set) var dataset: Dataset
  /// The split that `data split` made; nil while all rows are trained on.
  var split: RowSplit?
  /// The part that the last `fit val=` held out; it goes with that part of `split.training`.
  var heldByFit: Double = 0
  /// Whether features are given to the network in standard units.
  var isStandardized = false

  /// The commands that made them.
  var steps: [BuildStep] = []

  init(_ dataset: Dataset) { self.dataset = dataset }

  /// The rows in training and held out, when `fit` holds out a part of its own.
  ///
  /// `data split` decides where it was used, and `fit val=` takes the last part of what is left to train on.
  func rows(heldOut fraction: Double) throws -> RowSplit {
    let training = split?.training ?? Array(0..<dataset.rows)
    guard fraction > 0 else { return RowSplit(training: training, heldOut: split?.heldOut ?? []) }
    return try RowSplit.lastPart(fraction, of: training)
  }

  /// The units of the features, fitted on the rows in training; nil when features are given as they are.
  func standardization(heldOut fraction: Double) throws -> Standardization? {
    guard isStandardized else { return nil }
    return Standardization(fitting: dataset.features, rows: try rows(heldOut: fraction).training)
  }

  /// Some rows as the network and its loss take them.
  func samples(_ rows: [Int], units: Standardization?, for loss: any LossDescription) throws -> Samples {
    let targets = try dataset.encodedTarget(TargetEncoding(loss.targetKind)).values
    let isWhole = rows.count == dataset.rows
    let features = isWhole ? dataset.features : dataset.features.rows(rows)
    let weights = dataset.weights.map { weights in isWhole ? weights.values : rows.map { weights.values[$0] } }
    return try Samples(
      inputs: units?.forward(features) ?? features, targets: isWhole ? targets : targets.rows(rows), weights: weights)
  }
}

extension TargetEncoding {
  /// How a loss wants its targets.
  init(_ kind: TargetKind) {
    switch kind {
    case .numbers: self = .numbers
    case .zeroOne: self = .binary
    case .oneHot: self = .oneHot
    case .index: self = .index
    }
  }
}
