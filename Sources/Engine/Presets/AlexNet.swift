import Language

/// AlexNet in one column: 62,378,344 parameters.
///
/// Source: Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural networks", 2012.
enum AlexNet {
  /// `preset alexnet`.
  static let declaration = Declaration<NamedNetwork>(
    "alexnet", "AlexNet in one column for images of 227x227x3: 62,378,344 parameters.",
    formula: "conv 96, pool, conv 256, pool, conv 384, 384, 256, pool, dense 4096, 4096, 1000", examples: ["preset alexnet; summary"],
    Preset.classes(1000)
  ) { classes in
    var network = try Network(inputShape: [227, 227, 3])
    let pool = MaxPooling2D(size: [3, 3], stride: [2, 2])
    try network.append(contentsOf: [
      Conv2D(filters: 96, kernelSize: [11, 11], activation: .relu, stride: [4, 4]), pool,
      Conv2D(filters: 256, kernelSize: [5, 5], activation: .relu, padding: .same), pool,
      Conv2D(filters: 384, kernelSize: [3, 3], activation: .relu, padding: .same),
      Conv2D(filters: 384, kernelSize: [3, 3], activation: .relu, padding: .same),
      Conv2D(filters: 256, kernelSize: [3, 3], activation: .relu, padding: .same), pool, Flatten(),
      Dense(units: 4096, activation: .relu), Dropout(rate: 0.5), Dense(units: 4096, activation: .relu), Dropout(rate: 0.5),
      Dense(units: classes, activation: .softmax),
    ])
    return NamedNetwork(name: "alexnet", network: network)
  }
}
