import Kernels

/// The rows of a feature of numbers whose cells were empty, and are filled with a mean.
public struct FeatureGap: Sendable, Equatable {
  /// The feature's place among those of the source, and its empty rows, ascending.
  let feature: Int
  let rows: [Int]
}

extension Dataset {
  /// Whether empty cells of numbers were filled with means.
  public var isFilledWithMeans: Bool { !(raw?.gaps ?? gaps).isEmpty }

  /// The data with empty cells of numbers filled with the mean over some rows alone, those in training, so that nothing of the others is told:
  ///
  ///     x[row, feature] = mean of x[r, feature] over the rows r whose cell was not empty
  ///
  /// Where all of their cells were empty, the mean over all rows stays.
  ///
  /// - Throws: A `Complaint` when a computed column is no finite number.
  public func filled(byMeansOf training: [Int]) throws -> Dataset {
    let source = raw ?? RawColumns(self)
    guard !source.gaps.isEmpty else { return self }
    var features = source.features
    let width = features.shape[1]
    for gap in source.gaps {
      let empty = Set(gap.rows)
      let known = training.filter { !empty.contains($0) }
      guard !known.isEmpty else { continue }
      let sum = known.reduce(0.0) { $0 + Double(features.values[$1 * width + gap.feature]) }
      for row in gap.rows { features.values[row * width + gap.feature] = Float(sum / Double(known.count)) }
    }
    let plain = Dataset(
      name: name, recipe: source.recipe, features: features, featureNames: derivation?.rawNames ?? featureNames, target: target,
      targetName: targetName, weights: weights, missing: source.missingByFeature.reduce(0, +), missingByFeature: source.missingByFeature,
      gaps: source.gaps, law: law)
    guard let derivation else { return plain.counting(missing) }
    return try plain.derived(by: derivation)
  }

  /// The same with a count of empty cells of its own: a column of text counts once, however many features it becomes.
  private func counting(_ missing: Int) -> Dataset {
    Dataset(
      name: name, recipe: recipe, features: features, featureNames: featureNames, target: target, targetName: targetName, weights: weights,
      missing: missing, missingByFeature: missingByFeature, gaps: gaps, law: law)
  }
}
