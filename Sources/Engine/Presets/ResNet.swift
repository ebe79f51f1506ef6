import Language

// Residual networks: He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2015.

/// ResNet-18 with two 3x3 convolutions a block and no biases before normalisations: 11,699,112 parameters, 11,689,512 trainable.
enum ResNet18 {
  /// `preset resnet18`.
  static let declaration = Declaration<NamedNetwork>(
    "resnet18", "ResNet-18 for images of 224x224x3: 11,699,112 parameters, 11,689,512 of them trainable.",
    formula: "conv 64, pool, 8 blocks of two 3x3 convolutions with a shortcut, dense 1000", examples: ["preset resnet18; summary"],
    Preset.classes(1000)
  ) { classes in
    var builder = try ResidualBuilder(useBias: false, normalization: BatchNormalization(momentum: 0.9, epsilon: 1e-5))
    try builder.begin()
    for (stage, filters) in [64, 128, 256, 512].enumerated() {
      for block in 0..<2 {
        let stride = stage > 0 && block == 0 ? 2 : 1
        let input = builder.last
        try builder.convolve(filters, 3, stride: stride)
        try builder.convolve(filters, 3, activation: nil)
        try builder.join(input, filters: stride == 2 ? filters : nil, stride: stride)
      }
    }
    return NamedNetwork(name: "resnet18", network: try builder.end(classes))
  }
}

/// ResNet-50 as Keras builds it, with biases and the stride in a block's first convolution: 25,636,712 parameters, 25,583,592 trainable.
enum ResNet50 {
  /// `preset resnet50`.
  static let declaration = Declaration<NamedNetwork>(
    "resnet50", "ResNet-50 for images of 224x224x3: 25,636,712 parameters, 25,583,592 of them trainable.",
    formula: "conv 64, pool, 16 blocks of 1x1, 3x3 and 1x1 convolutions with a shortcut, dense 1000",
    examples: ["preset resnet50; summary style=short"], Preset.classes(1000)
  ) { classes in
    var builder = try ResidualBuilder(useBias: true, normalization: BatchNormalization(epsilon: 1.001e-5))
    try builder.begin()
    for (stage, (filters, blocks)) in [(64, 3), (128, 4), (256, 6), (512, 3)].enumerated() {
      for block in 0..<blocks {
        let stride = stage > 0 && block == 0 ? 2 : 1
        let input = builder.last
        try builder.convolve(filters, 1, stride: stride)
        try builder.convolve(filters, 3)
        try builder.convolve(4 * filters, 1, activation: nil)
        try builder.join(input, filters: block == 0 ? 4 * filters : nil, stride: stride)
      }
    }
    return NamedNetwork(name: "resnet50", network: try builder.end(classes))
  }
}

/// Puts a residual network together.
private struct ResidualBuilder {
  var network: Network
  let useBias: Bool
  let normalization: BatchNormalization

  init(useBias: Bool, normalization: BatchNormalization) throws {
    network = try Network(inputShape: [224, 224, 3])
    self.useBias = useBias
    self.normalization = normalization
  }

  /// The name of the last layer.
  var last: String { network.layers.last?.name ?? Network.inputName }

  mutating func begin() throws {
    try network.append(ZeroPadding2D(size: [3, 3]))
    try network.append(contentsOf: [
      Conv2D(filters: 64, kernelSize: [7, 7], stride: [2, 2], useBias: useBias, initializer: .heNormal), normalization,
      ActivationLayer(.relu), ZeroPadding2D(), MaxPooling2D(size: [3, 3], stride: [2, 2]),
    ])
  }

  /// A convolution and its normalisation, then an activation where one is given.
  mutating func convolve(_ filters: Int, _ size: Int, stride: Int = 1, activation: Activation? = .relu, from source: String? = nil) throws {
    // A stride needs the same zeros on either side, which `same` does not put.
    if stride > 1, size > 1 { try network.append(ZeroPadding2D(), from: source) }
    try network.append(
      Conv2D(
        filters: filters, kernelSize: [size, size], stride: [stride, stride], padding: stride > 1 ? .valid : .same, useBias: useBias,
        initializer: .heNormal),
      from: stride > 1 && size > 1 ? nil : source)
    try network.append(normalization)
    if let activation { try network.append(ActivationLayer(activation)) }
  }

  /// Adds a block's input to its output: itself, or, with a number of filters, through a 1x1 convolution.
  mutating func join(_ input: String, filters: Int?, stride: Int) throws {
    guard let filters else {
      try network.append(contentsOf: [Add(input), ActivationLayer(.relu)])
      return
    }
    let main = last
    try convolve(filters, 1, stride: stride, activation: nil, from: input)
    try network.append(contentsOf: [Add(main), ActivationLayer(.relu)])
  }

  mutating func end(_ classes: Int) throws -> Network {
    try network.append(contentsOf: [GlobalAveragePooling2D(), Dense(units: classes, activation: .softmax)])
    return network
  }
}
