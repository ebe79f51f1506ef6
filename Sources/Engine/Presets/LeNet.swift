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
    try NamedNetwork(
      "lenet", input: [28, 28, 1],
      [
        "conv2d 6 5x5 tanh padding=same", "avgpool 2", "conv2d 16 5x5 tanh", "avgpool 2", "flatten", "dense 120 tanh", "dense 84 tanh",
        "dense \(classes) softmax",
      ])
  }
}
