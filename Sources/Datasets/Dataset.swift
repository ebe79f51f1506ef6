import Kernels

/// Samples with their features and their targets, in the order in which they were drawn or read.
///
/// `features` has the shape (n, f) for tables and points and (n, height, width, channels) for images. The parts of it (a split, a batch)
/// are named by row numbers, so that a data set is never changed.
public struct Dataset: Sendable {
  /// The name that the user gave: `moons`, `iris`, or the file's name.
  public let name: String
  /// How to draw or to read it again.
  public let recipe: any DatasetRecipe
  /// The inputs, one sample a row: (n, ...shape of a sample).
  public let features: Tensor
  /// The names of the last axis of `features`: the columns of a table, the channels of an image.
  public let featureNames: [String]
  /// What is to be predicted, one value a row.
  public let target: Target
  /// The name of the target's column.
  public let targetName: String
  /// How much each sample counts in the loss; nil where they count alike.
  public let weights: SampleWeights?
  /// How many cells of the source's feature columns were empty and have been filled.
  public let missing: Int
  /// Of how many cells of each feature the same is true; all 0 for drawn and embedded data.
  public let missingByFeature: [Int]
  /// The cells of features of numbers that were empty, a feature of the source each; empty where none were.
  let gaps: [FeatureGap]
  /// The law that drew the data, with its numbers, where there is one: "y = 0.71 x1 - 0.32 + noise".
  public let law: String?
  /// How the columns come from those that were drawn or read; nil where they are those.
  let derivation: FeatureDerivation?
  /// What was drawn or read; nil where it is `features`.
  let raw: RawColumns?

  /// A data set of the given parts.
  ///
  /// - Precondition: features and target have the same number of rows, and the last axis of the features is as long as its names.
  public init(
    name: String, recipe: any DatasetRecipe, features: Tensor, featureNames: [String], target: Target, targetName: String,
    weights: SampleWeights? = nil, missing: Int = 0, missingByFeature: [Int]? = nil, gaps: [FeatureGap] = [], law: String? = nil
  ) {
    self.init(
      name: name, recipe: recipe, features: features, featureNames: featureNames, target: target, targetName: targetName,
      weights: weights, missing: missing, missingByFeature: missingByFeature, gaps: gaps, law: law, derivation: nil, raw: nil)
  }

  init(
    name: String, recipe: any DatasetRecipe, features: Tensor, featureNames: [String], target: Target, targetName: String,
    weights: SampleWeights?, missing: Int, missingByFeature: [Int]?, gaps: [FeatureGap], law: String?, derivation: FeatureDerivation?,
    raw: RawColumns?
  ) {
    precondition(features.shape.count > 1 && features.shape[0] == target.count, "features and target differ in their rows")
    precondition(weights.map { $0.values.count == target.count } ?? true, "weights and target differ in their rows")
    precondition(features.shape.last == featureNames.count, "\(featureNames.count) names for the shape \(features.shape)")
    self.name = name
    self.recipe = recipe
    self.features = features
    self.featureNames = featureNames
    self.target = target
    self.targetName = targetName
    self.weights = weights
    self.missing = missing
    self.missingByFeature = missingByFeature ?? [Int](repeating: 0, count: featureNames.count)
    self.gaps = gaps
    self.law = law
    self.derivation = derivation
    self.raw = raw
  }

  /// The number of samples.
  public var rows: Int { features.shape[0] }

  /// The shape of one sample, which a model's input must have.
  public var sampleShape: [Int] { Array(features.shape.dropFirst()) }

  /// The names of the classes in order, empty where the target is a number.
  public var classNames: [String] { target.classNames }
}
