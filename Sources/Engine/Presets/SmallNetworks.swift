import Language

/// Networks to begin with.
enum SmallNetworks {
  /// `preset xor`: two inputs, four hidden neurons, one output.
  static let xor = Declaration<NamedNetwork>(
    "xor", "Four hidden neurons: enough for xor.", formula: "2 -> 4 tanh -> 1 sigmoid", examples: ["preset xor; summary"]
  ) {
    try NamedNetwork("xor", input: [2], ["dense 4 tanh", "dense 1 sigmoid"])
  }

  /// `preset mlp`: dense layers on images of 28x28.
  static let mlp = Declaration<NamedNetwork>(
    "mlp", "Two hidden dense layers for images of 28x28.", formula: "784 -> 512 relu -> 256 relu -> 10 softmax",
    examples: ["preset mlp; summary"], Preset.classes(10)
  ) { classes in
    try NamedNetwork("mlp", input: [28, 28, 1], ["flatten", "dense 512 relu", "dense 256 relu", "dense \(classes) softmax"])
  }
}
