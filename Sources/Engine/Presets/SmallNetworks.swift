import Language

/// Networks to begin with.
enum SmallNetworks {
  /// `preset xor`: two inputs, four hidden neurons, one output.
  static let xor = Declaration<NamedNetwork>(
    "xor", "Four hidden neurons: enough for xor.", formula: "2 -> 4 tanh -> 1 sigmoid", examples: ["preset xor; summary"]
  ) {
    var network = try Network(inputShape: [2])
    try network.append(contentsOf: [Dense(units: 4, activation: .tanh), Dense(units: 1, activation: .sigmoid)])
    return NamedNetwork(name: "xor", network: network)
  }

  /// `preset mlp`: dense layers on images of 28x28.
  static let mlp = Declaration<NamedNetwork>(
    "mlp", "Two hidden dense layers for images of 28x28.", formula: "784 -> 512 relu -> 256 relu -> 10 softmax",
    examples: ["preset mlp; summary"], Preset.classes(10)
  ) { classes in
    var network = try Network(inputShape: [28, 28, 1])
    try network.append(contentsOf: [
      Flatten(), Dense(units: 512, activation: .relu), Dense(units: 256, activation: .relu), Dense(units: classes, activation: .softmax),
    ])
    return NamedNetwork(name: "mlp", network: network)
  }
}
