import Kernels
import Language

/// Points with a class each while they are being drawn.
struct LabelledPoints {
  private var features: [Float] = []
  private var labels: [Int] = []
  private let width: Int
  private let classes: Int

  init(capacity: Int, features width: Int = 2, classes: Int = 2) {
    self.width = width
    self.classes = classes
    features.reserveCapacity(capacity * width)
    labels.reserveCapacity(capacity)
  }

  /// Adds a point; throws when the person stops the drawing.
  mutating func append(_ x: Float, _ y: Float, label: Int) throws {
    try Interruption.check(every: 65_536, at: labels.count)
    features.append(x)
    features.append(y)
    labels.append(label)
  }

  /// Adds a point; throws when the person stops the drawing.
  mutating func append(_ point: ArraySlice<Float>, label: Int) throws {
    try Interruption.check(every: 1024, at: labels.count)
    features.append(contentsOf: point)
    labels.append(label)
  }

  /// The data set of these points with the options' noise added, in the order of their drawing or shuffled by the seed: shuffled points
  /// have all classes in every part of the rows.
  func dataset(of recipe: any DatasetRecipe, _ options: DrawnOptions, shuffled: Bool = true) throws -> Dataset {
    var noisy = Tensor(shape: [labels.count, width], values: features)
    try options.addNoise(to: &noisy.values)
    var indices = labels
    if shuffled {
      var order = options.source("order")
      let permutation = order.permutation(of: labels.count)
      try Interruption.check()
      noisy = noisy.rows(permutation)
      try Interruption.check()
      indices = permutation.map { labels[$0] }
    }
    return Dataset(
      name: recipe.name, recipe: recipe, features: noisy, featureNames: (1...width).map { "x\($0)" },
      target: .classes(names: (0..<classes).map(String.init), indices: indices), targetName: "class")
  }
}

extension DrawnOptions {
  /// Adds normal noise of the options' deviation to every value; throws when the person stops the drawing.
  func addNoise(to values: inout [Float]) throws {
    guard noise > 0 else { return }
    var source = source("noise")
    for place in values.indices {
      try Interruption.check(every: 65_536, at: place)
      values[place] += noise * source.normal()
    }
  }
}

/// The i-th of `count` evenly spaced numbers from `start` to `end`, both included: start where there is only one.
func evenlySpaced(_ i: Int, of count: Int, from start: Double, to end: Double) -> Double {
  count > 1 ? start + (end - start) * Double(i) / Double(count - 1) : start
}
