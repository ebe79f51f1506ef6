import Datasets

/// The data in hand.
public struct DataFacts: Facts {
  /// The data set's name.
  public let name: String
  /// How many samples there are.
  public let rows: Int
  /// The shape of a sample.
  public let shape: [Int]
  /// The classes and their sizes; empty where the target is a number.
  public let classes: [DatasetDescription.ClassCount]
  /// The names of the features.
  public let columns: [String]
  /// The target's name.
  public let target: String
  /// The name of the weights, where samples do not count alike.
  public let weights: String?
  /// Empty cells that were filled.
  public let missing: Int
  /// Whether empty cells of numbers were filled with means: those of the training part where `data split` has been, else of all rows.
  public let isFilledWithMeans: Bool
  /// Samples in training and held out.
  public let training: Int
  /// Samples held out.
  public let heldOut: Int
  /// Whether features are given in standard units.
  public let isStandardized: Bool
  /// Whether only the parts are news: the samples and classes have been told.
  public let isSplit: Bool
  /// The law that drew the data, where there is one.
  public let law: String?

  init(_ data: DataInHand, isSplit: Bool = false) {
    self.isSplit = isSplit
    let dataset = data.dataset
    name = dataset.name
    rows = dataset.rows
    shape = dataset.sampleShape
    classes = dataset.described(rows: nil).classes
    columns = dataset.featureNames
    target = dataset.targetName
    weights = dataset.weights?.name
    missing = dataset.missing
    isFilledWithMeans = dataset.isFilledWithMeans
    training = data.split?.training.count ?? dataset.rows
    heldOut = data.split?.heldOut.count ?? 0
    isStandardized = data.isStandardized
    law = dataset.law
  }

  /// Name, rows, shape, classes, columns, missing cells, and the parts.
  public var json: [(String, JSONValue)] {
    [
      ("name", .string(name)), ("rows", .integer(rows)), ("shape", .integers(shape)), ("classes", .strings(classes.map(\.name))),
      ("columns", .strings(columns)), ("target", .string(target)), ("weights", weights.map { .string($0) } ?? .null),
      ("missing", .integer(missing)), ("training", .integer(training)),
      ("held_out", .integer(heldOut)), ("standardized", .bool(isStandardized)),
    ]
  }
}

/// The first samples.
public struct SamplesFacts: Facts {
  /// The samples.
  public let rows: [SampleRow]
  /// The names of the features.
  public let featureNames: [String]
  /// The shape of a sample.
  public let shape: [Int]
  /// The target's name.
  public let targetName: String

  /// The samples, each with its features and target.
  public var json: [(String, JSONValue)] {
    [
      ("columns", .strings(featureNames)), ("target", .string(targetName)),
      (
        "samples",
        .array(
          rows.map {
            .object([("row", .integer($0.row)), ("features", .nested($0.features[...], shape: shape)), ("target", .string($0.target))])
          })
      ),
    ]
  }
}

/// The range of each feature and the size of each class.
public struct DescriptionFacts: Facts {
  /// The data in hand.
  public let data: DataFacts
  /// Ranges and sizes.
  public let description: DatasetDescription

  /// The data's facts, then each column's.
  public var json: [(String, JSONValue)] {
    data.json + [
      ("features", .array(description.features.map(DescriptionFacts.json))),
      ("target_range", description.target.map(DescriptionFacts.json) ?? .null),
      ("weights_range", description.weights.map(DescriptionFacts.json) ?? .null),
      ("class_counts", .object(description.classes.map { ($0.name, .integer($0.count)) })),
    ]
  }

  private static func json(_ column: DatasetDescription.Column) -> JSONValue {
    .object([
      ("name", .string(column.name)), ("min", .number(Double(column.minimum))), ("max", .number(Double(column.maximum))),
      ("mean", .number(Double(column.mean))), ("deviation", .number(Double(column.deviation))), ("missing", .integer(column.missing)),
    ])
  }
}
