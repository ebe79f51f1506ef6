import Kernels
import Language

/// What `data describe` tells: the range and spread of every column, and how often each class occurs.
public struct DatasetDescription: Sendable, Equatable {
  /// One column of numbers.
  public struct Column: Sendable, Equatable {
    /// The column's name.
    public let name: String
    /// The least value.
    public let minimum: Float
    /// The greatest value.
    public let maximum: Float
    /// The mean of the values.
    public let mean: Float
    /// The population deviation of the values.
    public let deviation: Float
    /// How many cells of the source were missing and have been filled.
    public let missing: Int
  }

  /// One class.
  public struct ClassCount: Sendable, Equatable {
    /// The class.
    public let name: String
    /// The number of its rows.
    public let count: Int
  }

  /// The features: the columns of a table, the channels of an image.
  public let features: [Column]
  /// The target when it is a number.
  public let target: Column?
  /// The weights of the samples, where they do not count alike.
  public let weights: Column?
  /// The classes in order when the target is one.
  public let classes: [ClassCount]
}

/// One row as `data show` tells it.
public struct SampleRow: Sendable, Equatable {
  /// The row's number, from 0.
  public let row: Int
  /// The features in row-major order.
  public let features: [Float]
  /// The class, or the number as text.
  public let target: String
}

extension Dataset {
  /// The description of the given rows, of all when none are named.
  public func described(rows: [Int]? = nil) -> DatasetDescription {
    let columns = zip(featureNames, missingByFeature).map { ($0, $1) }
    let features = zip(columns, features.columnStatistics(rows: rows)).map { column, statistics in
      DatasetDescription.Column(column.0, statistics, missing: column.1)
    }
    let weights = weights.map { DatasetDescription.Column($0.name, statistics(of: $0.values, rows), missing: 0) }
    switch target {
    case .classes(let names, let indices):
      var counts = [Int](repeating: 0, count: names.count)
      for row in rows ?? Array(0..<indices.count) { counts[indices[row]] += 1 }
      return DatasetDescription(
        features: features, target: nil, weights: weights,
        classes: zip(names, counts).map { DatasetDescription.ClassCount(name: $0, count: $1) })
    case .numbers(let values):
      return DatasetDescription(
        features: features, target: DatasetDescription.Column(targetName, statistics(of: values, rows), missing: 0), weights: weights,
        classes: [])
    }
  }

  private func statistics(of values: [Float], _ rows: [Int]?) -> ColumnStatistics {
    Tensor(shape: [values.count, 1], values: values).columnStatistics(rows: rows)[0]
  }

  /// The first rows, at most `count`.
  public func firstRows(_ count: Int) -> [SampleRow] {
    let width = Tensor.count(of: sampleShape)
    return (0..<max(0, min(count, rows))).map { row in
      SampleRow(row: row, features: Array(features.values[row * width..<(row + 1) * width]), target: targetText(row))
    }
  }

  /// The target of a row in words: the name of its class, or its number.
  ///
  /// - Precondition: the row is one of the data set's.
  public func targetText(_ row: Int) -> String {
    switch target {
    case .classes(let names, let indices): names[indices[row]]
    case .numbers(let values): numberText(values[row])
    }
  }
}

extension DatasetDescription.Column {
  fileprivate init(_ name: String, _ statistics: ColumnStatistics, missing: Int) {
    self.init(
      name: name, minimum: statistics.minimum, maximum: statistics.maximum, mean: Float(statistics.mean),
      deviation: Float(statistics.deviation), missing: missing)
  }
}

extension Dataset {
  /// One sample of numbers that a user typed, in the units and columns of the source: (1, ...shape of a sample).
  ///
  /// Throws a `Complaint` with the columns' names when there are too few or too many.
  public func sample(of numbers: [Double]) throws -> Tensor {
    let shape = derivation == nil ? sampleShape : [inputNames.count]
    guard numbers.count == Tensor.count(of: shape) else { throw Complaint.sampleSize(numbers.count, shape: shape, names: inputNames) }
    return try features(of: Tensor(shape: [1] + shape, values: numbers.map(Float.init)))
  }
}
