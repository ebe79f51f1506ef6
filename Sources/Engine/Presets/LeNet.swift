import Language

/// LeNet-5 as it is usually rebuilt: 61,706 parameters.
///
/// Source: LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998.
enum LeNet {
  /// `preset lenet`.
  static let declaration = Declaration<NamedNetwork>(
    "lenet", "LeNet-5 for images of 28x28: 61,706 parameters.", formula: "conv 6, pool, conv 16, pool, dense 120, 84, 10",
    examples: ["preset lenet; summary"], Preset.classes(10)
  ) { classes in
    var network = try Network(inputShape: [28, 28, 1])
    try network.append(contentsOf: [
      Conv2D(filters: 6, kernelSize: [5, 5], activation: .tanh, padding: .same), AveragePooling2D(),
      Conv2D(filters: 16, kernelSize: [5, 5], activation: .tanh), AveragePooling2D(), Flatten(), Dense(units: 120, activation: .tanh),
      Dense(units: 84, activation: .tanh), Dense(units: classes, activation: .softmax),
    ])
    return NamedNetwork(name: "lenet", network: network)
  }
}
