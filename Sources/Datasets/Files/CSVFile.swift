import Foundation
import Kernels
import Language

/// A table in a file of comma-separated values: RFC 4180, also with semicolons or tabs, in UTF-8.
///
/// One column is the target: a column of text gives classes in the order of their code points, a column of numbers stays numbers. The
/// others are the features as `CSVFeatures` tells. Empty cells, `NA`, `N/A`, `NaN`, `null` and `?` are missing; the target must not be.
public struct CSVFile: DatasetRecipe, Equatable {
  /// How many classes a column of text may have as the target.
  static let mostClasses = 1_000

  /// The file as the user named it.
  public var path: String
  /// The target's column: its name, or its number from 1.
  public var target: String
  /// Whether the first line holds names; nil expects them, and refuses a first line of numbers alone.
  public var header: Bool?
  /// Columns that are left out, by name or number.
  public var drop: [String]
  /// The column that tells how much each sample counts, by name or number; nil where they count alike.
  public var weights: String?

  /// A file and the column to be predicted.
  public init(path: String, target: String, header: Bool? = nil, drop: [String] = [], weights: String? = nil) {
    self.path = path
    self.target = target
    self.header = header
    self.drop = drop
    self.weights = weights
  }

  /// The file's name without its ending.
  public var name: String { URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent }

  /// The command line that reads the file.
  public var description: String {
    var words = ["data", "csv", commandWord(path), "target=" + commandWord(target)]
    if let header { words.append("header=" + (header ? "yes" : "no")) }
    if !drop.isEmpty { words.append("drop=" + commandWord(drop.joined(separator: ","))) }
    if let weights { words.append("weights=" + commandWord(weights)) }
    return words.joined(separator: " ")
  }

  /// Reads the file; throws a `Complaint` with the line's number when it is damaged or a column cannot be used.
  public func load(_ environment: DataEnvironment) throws -> Dataset {
    let url = environment.file(path)
    return try dataset(of: environment.read(url), file: url.lastPathComponent, name: name, recipe: self)
  }

  /// The data set of a file's content, under the name and recipe of whoever asks for it.
  func dataset(of content: Data, file: String, name: String, recipe: any DatasetRecipe) throws -> Dataset {
    let table = try CSVTable(UTF8Text(content, file: file), header: header)
    let targetColumn = try table.column(named: target)
    let dropped = try Set(drop.map(table.column))
    guard !dropped.contains(targetColumn) else { throw Complaint.targetDropped(table.names[targetColumn]) }
    let weightsColumn = try weights.map(table.column)
    if let weightsColumn {
      guard weightsColumn != targetColumn else { throw Complaint.weightsAreTarget(table.names[weightsColumn]) }
      guard !dropped.contains(weightsColumn) else { throw Complaint.weightsDropped(table.names[weightsColumn]) }
    }
    let columns = table.names.indices.filter { $0 != targetColumn && $0 != weightsColumn && !dropped.contains($0) }
    guard !columns.isEmpty else { throw Complaint.noFeatures(table.file) }
    let target = try CSVFile.target(table, targetColumn)
    let features = try CSVFeatures(table, columns: columns)
    return Dataset(
      name: name, recipe: recipe, features: features.tensor(rows: table.rows), featureNames: features.names, target: target,
      targetName: table.names[targetColumn], weights: try weightsColumn.map { try CSVFile.weights(table, $0) }, missing: features.missing,
      missingByFeature: features.missingByFeature, gaps: features.gaps)
  }

  private static func weights(_ table: CSVTable, _ column: Int) throws -> SampleWeights {
    let values = try (0..<table.rows).map { row in
      let weight = table.withBytes(row: row, column: column) { decimalNumber($0).map { Float($0) } }
      guard let weight else {
        let place = table.place(row, column)
        if table.withBytes(row: row, column: column, CSVColumn.isMissing) { throw Complaint.weightMissing(place) }
        throw Complaint.badWeight(place, table.string(row: row, column: column))
      }
      guard weight >= 0, weight.isFinite else {
        throw Complaint.badWeight(table.place(row, column), table.string(row: row, column: column))
      }
      return weight
    }
    return try SampleWeights(name: table.names[column], values: values, in: table.file)
  }

  private static func target(_ table: CSVTable, _ column: Int) throws -> Target {
    let content = try CSVColumn(table, column, mostValues: mostClasses)
    let missing = content.missing
    let isMissing = { row in table.withBytes(row: row, column: column, CSVColumn.isMissing) }
    if missing > 0, let row = (0..<table.rows).first(where: isMissing) {
      throw Complaint.targetMissing(table.place(row, column), count: missing)
    }
    switch content {
    case .numbers(let values, _): return .numbers(values)
    case .text(let names, let indices, _): return .classes(names: names, indices: indices)
    }
  }
}

extension CSVFile {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "csv", "A table from a file of comma-separated values, one column of which is to be predicted.",
    examples: [
      "data csv Lessons/data/iris.csv target=species", "data csv Lessons/data/diabetes.csv target=progression",
      "data csv Lessons/data/iris.csv target=species weights=petal_width",
    ],
    notes: """
      Columns of numbers are features as they are, a missing cell takes the column's mean, after `data split` that of the training part; a column of text becomes one feature of \
      0 and 1 for each of its values, or a single one when there are two. A text target gives classes, sorted. Semicolons and tabs \
      separate too.
      The column of weights= is no feature: it tells how much each sample counts in the loss. Metrics count all alike, as in Keras.
      """,
    .word("file", "the file", from: .files(ending: "csv", "tsv", "txt", "data")),
    .word("target", "the column to be predicted, by name or by number from 1", from: .csvColumns).named,
    .optional(.boolean("header", "whether the first line holds the names of the columns", default: true)),
    .optional(.word("drop", "columns to leave out, separated by commas", from: CandidateSource.csvColumns.listed).named),
    .optional(.word("weights", "the column that tells how much each sample counts, by name or by number from 1", from: .csvColumns).named)
  ) { file, target, header, drop, weights in
    CSVFile(
      path: file, target: target, header: header, drop: drop.map { $0.split(separator: ",").map(String.init) } ?? [], weights: weights)
  }
}
