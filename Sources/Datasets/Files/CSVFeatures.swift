import Kernels
import Language

/// The numeric features that the columns of a table become.
///
/// A column of numbers is one feature; its missing cells take the mean of the others. A column of text with two different values is one
/// feature of 0 and 1, named `sex=male` for the value that is 1; with more it is one-hot: one feature of 0 and 1 for each value. A
/// missing text is a value of its own, `missing`.
struct CSVFeatures {
  /// How many different texts a feature column may hold.
  static let mostValues = 100

  private(set) var names: [String] = []
  private(set) var missing = 0
  private(set) var missingByFeature: [Int] = []
  private(set) var gaps: [FeatureGap] = []
  private var columns: [Feature] = []

  /// One feature: its numbers, or the rows of a text column that hold one value.
  private enum Feature {
    case numbers([Float])
    case equals(value: Int, indices: [Int])
  }

  /// Reads the given columns of a table; throws a `Complaint` when one cannot be used.
  init(_ table: CSVTable, columns numbers: [Int]) throws {
    for column in numbers {
      switch try CSVColumn(table, column, mostValues: CSVFeatures.mostValues) {
      case .numbers(let values, let missing):
        guard missing < values.count else { throw Complaint.emptyColumn(table.file, table.names[column]) }
        self.missing += missing
        if missing > 0 { gaps.append(FeatureGap(feature: columns.count, rows: values.indices.filter { values[$0].isNaN })) }
        add(.numbers(missing > 0 ? filled(values) : values), table.names[column], missing)
      case .text(let values, let indices, let missing):
        self.missing += missing
        for value in (values.count == 2 ? 1..<2 : 0..<values.count) {
          add(.equals(value: value, indices: indices), "\(table.names[column])=\(values[value])", missing)
        }
      }
    }
  }

  /// The features as (rows, features).
  func tensor(rows: Int) -> Tensor {
    let width = columns.count
    let values = [Float](unsafeUninitializedCapacity: rows * width) { buffer, count in
      for (place, column) in columns.enumerated() {
        for row in 0..<rows {
          let value: Float =
            switch column {
            case .numbers(let values): values[row]
            case .equals(let value, let indices): indices[row] == value ? 1 : 0
            }
          buffer.initializeElement(at: row * width + place, to: value)
        }
      }
      count = rows * width
    }
    return Tensor(shape: [rows, width], values: values)
  }

  private mutating func add(_ feature: Feature, _ name: String, _ missing: Int) {
    columns.append(feature)
    names.append(name)
    missingByFeature.append(missing)
  }

  private func filled(_ values: [Float]) -> [Float] {
    var sum = 0.0
    var count = 0.0
    for value in values where !value.isNaN { (sum, count) = (sum + Double(value), count + 1) }
    let mean = Float(sum / count)
    return values.map { $0.isNaN ? mean : $0 }
  }
}
