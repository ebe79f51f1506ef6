import Foundation
import Language

/// A real data set that comes with the shell as a CSV file with a header.
protocol EmbeddedTable: DatasetRecipe {
  /// The number of samples, by which a damaged file is known.
  static var rows: Int { get }
  /// The number of features.
  static var features: Int { get }
  /// The column to be predicted.
  static var target: String { get }
}

extension EmbeddedTable {
  /// Reads the file from the folder of embedded data; throws a `Complaint` when it is missing or not the file that was shipped.
  func loadTable(_ environment: DataEnvironment) throws -> Dataset {
    let file = "\(name).csv"
    let content = try environment.embedded(file)
    let dataset: Dataset
    do {
      dataset = try CSVFile(path: file, target: Self.target, header: true).dataset(of: content, file: file, name: name, recipe: self)
    } catch let complaint as Complaint {
      throw Complaint.embeddedDamaged(file, because: complaint.what)
    }
    guard dataset.rows == Self.rows, dataset.features.shape[1] == Self.features else {
      let found = "\(dataset.rows) rows of \(dataset.features.shape[1]) features instead of \(Self.rows) of \(Self.features)"
      throw Complaint.embeddedDamaged(file, because: found)
    }
    return dataset
  }
}
