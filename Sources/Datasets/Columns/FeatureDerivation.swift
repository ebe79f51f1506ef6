import Kernels
import Language

/// How the columns of a table come from those that were drawn or read: some stay, others are computed from them.
public struct FeatureDerivation: Sendable, Equatable {
  /// The columns that were drawn or read.
  let rawNames: [String]
  /// Those that stay, ascending.
  var kept: [Int]
  /// The computed columns, after those that stay.
  var formulas: [ColumnFormula] = []

  init(rawNames: [String]) {
    self.rawNames = rawNames
    kept = Array(rawNames.indices)
  }

  /// The names of the columns.
  var names: [String] { kept.map { rawNames[$0] } + formulas.map(\.text) }

  /// The drawn or read columns that are needed: those that stay and those that a formula uses.
  var needed: [Int] { Set(kept + formulas.flatMap(\.columns)).sorted() }

  /// Whether nothing is changed.
  var isIdentity: Bool { kept.count == rawNames.count && formulas.isEmpty }

  /// The columns that a text names: one name, names without blanks, or what `add` would read.
  func columns(in text: String) throws -> [String] {
    if names.contains(text) { return [text] }
    let words = text.split(separator: " ").map(String.init)
    if words.allSatisfy(names.contains) { return words }
    return try FormulaParser.formulas(text, columns: rawNames).map { formula in formula.column.map { rawNames[$0] } ?? formula.text }
  }

  /// The table (n, columns) from one that holds the drawn or read columns of these numbers.
  ///
  /// Throws a `Complaint` with the row when a formula gives no finite number.
  func table(from source: Tensor, columns: [Int]) throws -> Tensor {
    var places = [Int](repeating: 0, count: rawNames.count)
    for (place, column) in columns.enumerated() { places[column] = place }
    let rows = source.shape[0]
    let width = kept.count + formulas.count
    var result = Tensor(shape: [rows, width])
    for row in 0..<rows {
      let start = row * columns.count
      for (place, column) in kept.enumerated() { result.values[row * width + place] = source.values[start + places[column]] }
      for (place, formula) in formulas.enumerated() {
        let value = formula.value { source.values[start + places[$0]] }
        guard value.isFinite else {
          throw Complaint.formulaNotFinite(
            formula.text, row: row, values: formula.columns.map { (rawNames[$0], source.values[start + places[$0]]) })
        }
        result.values[row * width + kept.count + place] = value
      }
    }
    return result
  }
}

/// A recipe whose columns are changed after drawing or reading.
struct DerivedRecipe: DatasetRecipe {
  let source: any DatasetRecipe
  let derivation: FeatureDerivation

  var name: String { source.name }

  /// The lines that make the data: `data moons 500 noise=0.1 seed=0; data add x1*x2`.
  var description: String {
    var lines = [source.description]
    if !derivation.formulas.isEmpty { lines.append("data add " + derivation.formulas.map { commandWord($0.text) }.joined(separator: " ")) }
    let removed = derivation.rawNames.indices.filter { !derivation.kept.contains($0) }
    if !removed.isEmpty {
      lines.append("data remove " + removed.map { commandWord(FormulaParser.quoted(derivation.rawNames[$0])) }.joined(separator: " "))
    }
    return lines.joined(separator: "; ")
  }

  /// Throws a `Complaint` when the source cannot be loaded, or its columns are no longer those that the formulas were written for.
  func load(_ environment: DataEnvironment) throws -> Dataset {
    let loaded = try source.load(environment)
    guard loaded.featureNames == derivation.rawNames else { throw Complaint.columnsChanged(loaded.featureNames, were: derivation.rawNames) }
    return try loaded.derived(by: derivation)
  }
}

extension Dataset {
  /// The data with further columns computed from those that were drawn or read: "x1*x2 sin(x1)".
  ///
  /// Throws a `Complaint` when a formula cannot be read or computed, or such a column is there already.
  public func adding(_ formulas: String) throws -> Dataset {
    guard sampleShape.count == 1 else { throw Complaint.notATable(sampleShape) }
    var changed = derivation ?? FeatureDerivation(rawNames: featureNames)
    for formula in try FormulaParser.formulas(formulas, columns: changed.rawNames) {
      // A formula that is a column's name alone brings back one that was removed.
      if let column = formula.column {
        guard !changed.kept.contains(column) else { throw Complaint.columnIsThere(formula.text) }
        changed.kept = (changed.kept + [column]).sorted()
        continue
      }
      guard !changed.formulas.contains(formula) else { throw Complaint.columnIsThere(formula.text) }
      changed.formulas.append(formula)
    }
    return try derived(by: changed)
  }

  /// The data without some of their columns, named one after the other: "x1 x1*x2 `sepal length`".
  ///
  /// Throws a `Complaint` when there is no such column, or none would be left.
  public func removing(_ text: String) throws -> Dataset {
    guard sampleShape.count == 1 else { throw Complaint.notATable(sampleShape) }
    var changed = derivation ?? FeatureDerivation(rawNames: featureNames)
    for name in try changed.columns(in: text) {
      if let place = changed.formulas.firstIndex(where: { $0.text == name }) {
        changed.formulas.remove(at: place)
      } else if let place = changed.kept.firstIndex(where: { changed.rawNames[$0] == name }) {
        changed.kept.remove(at: place)
      } else {
        throw Complaint.formulaColumn(name, names: changed.names)
      }
      guard !changed.names.isEmpty else { throw Complaint.lastColumn(name) }
    }
    return try derived(by: changed)
  }

  /// The columns that a sample is given by, in order: those that were drawn or read, as far as they are needed.
  public var inputNames: [String] { derivation.map { derivation in derivation.needed.map { derivation.rawNames[$0] } } ?? featureNames }

  /// Whether columns were added or removed after drawing or reading.
  public var hasComputedColumns: Bool { derivation != nil }

  /// Samples as a network takes them, from the columns `inputNames`: (n, inputs) to (n, ...shape of a sample).
  ///
  /// Throws a `Complaint` when a computed column is no finite number.
  ///
  /// - Precondition: the last axis is as long as there are inputs.
  public func features(of inputs: Tensor) throws -> Tensor {
    guard let derivation else { return inputs }
    return try derivation.table(from: inputs, columns: derivation.needed)
  }

  /// The data with the columns of a derivation.
  func derived(by derivation: FeatureDerivation) throws -> Dataset {
    let source = raw ?? RawColumns(self)
    let rows = source.features.shape[0]
    let width = derivation.names.count
    guard rows * width <= DrawnOptions.mostValues else {
      throw Complaint.tooManyColumns(width, rows: rows, most: DrawnOptions.mostValues)
    }
    let table = try derivation.table(from: source.features, columns: Array(derivation.rawNames.indices))
    let missing = derivation.kept.map { source.missingByFeature[$0] }
    return Dataset(
      name: name, recipe: derivation.isIdentity ? source.recipe : DerivedRecipe(source: source.recipe, derivation: derivation),
      features: table, featureNames: derivation.names, target: target, targetName: targetName, weights: weights,
      missing: missing.reduce(0, +),
      missingByFeature: missing + [Int](repeating: 0, count: derivation.formulas.count), gaps: derivation.isIdentity ? source.gaps : [],
      law: law,
      derivation: derivation.isIdentity ? nil : derivation, raw: derivation.isIdentity ? nil : source)
  }
}

/// What a derivation starts from.
struct RawColumns: Sendable {
  let recipe: any DatasetRecipe
  let features: Tensor
  let missingByFeature: [Int]
  let gaps: [FeatureGap]

  /// Those of data as they were drawn or read.
  init(_ dataset: Dataset) {
    (recipe, features, missingByFeature, gaps) = (dataset.recipe, dataset.features, dataset.missingByFeature, dataset.gaps)
  }
}
