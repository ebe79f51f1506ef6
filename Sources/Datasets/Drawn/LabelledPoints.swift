import Kernels

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

  mutating func append(_ x: Float, _ y: Float, label: Int) {
    features.append(x)
    features.append(y)
    labels.append(label)
  }

  mutating func append(_ point: ArraySlice<Float>, label: Int) {
    features.append(contentsOf: point)
    labels.append(label)
  }

  /// The data set of these points with the options' noise added, in the order of their drawing or shuffled by the seed: shuffled points
  /// have all classes in every part of the rows.
  func dataset(of recipe: any DatasetRecipe, _ options: DrawnOptions, shuffled: Bool = true) -> Dataset {
    var noisy = Tensor(shape: [labels.count, width], values: features)
    options.addNoise(to: &noisy.values)
    var indices = labels
    if shuffled {
      var order = options.source("order")
      let permutation = order.permutation(of: labels.count)
      noisy = noisy.rows(permutation)
      indices = permutation.map { labels[$0] }
    }
    return Dataset(
      name: recipe.name, recipe: recipe, features: noisy, featureNames: (1...width).map { "x\($0)" },
      target: .classes(names: (0..<classes).map(String.init), indices: indices), targetName: "class")
  }
}

extension DrawnOptions {
  /// Adds normal noise of the options' deviation to every value.
  func addNoise(to values: inout [Float]) {
    guard noise > 0 else { return }
    var source = source("noise")
    for place in values.indices { values[place] += noise * source.normal() }
  }
}

/// The i-th of `count` evenly spaced numbers from `start` to `end`, both included: start where there is only one.
func evenlySpaced(_ i: Int, of count: Int, from start: Double, to end: Double) -> Double {
  count > 1 ? start + (end - start) * Double(i) / Double(count - 1) : start
}
