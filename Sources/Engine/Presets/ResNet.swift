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
    var builder = try ResidualBuilder("resnet18", useBias: false, normalization: "batchnorm momentum=0.9 epsilon=1e-5")
    try builder.begin()
    for (stage, filters) in [64, 128, 256, 512].enumerated() {
      for block in 0..<2 {
        let stride = stage > 0 && block == 0 ? 2 : 1
        let input = builder.last
        try builder.convolve(filters, 3, stride: stride)
        try builder.convolve(filters, 3, relu: false)
        try builder.join(input, filters: stride == 2 ? filters : nil, stride: stride)
      }
    }
    return try builder.end(classes)
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
    var builder = try ResidualBuilder("resnet50", useBias: true, normalization: "batchnorm epsilon=1.001e-5")
    try builder.begin()
    for (stage, (filters, blocks)) in [(64, 3), (128, 4), (256, 6), (512, 3)].enumerated() {
      for block in 0..<blocks {
        let stride = stage > 0 && block == 0 ? 2 : 1
        let input = builder.last
        try builder.convolve(filters, 1, stride: stride)
        try builder.convolve(filters, 3)
        try builder.convolve(4 * filters, 1, relu: false)
        try builder.join(input, filters: block == 0 ? 4 * filters : nil, stride: stride)
      }
    }
    return try builder.end(classes)
  }
}

/// Puts a residual network together.
private struct ResidualBuilder {
  private var made: NamedNetwork
  /// What a convolution has besides filters, size and stride.
  private let convolution: String
  private let normalization: String

  init(_ name: String, useBias: Bool, normalization: String) throws {
    made = try NamedNetwork(name, input: [224, 224, 3])
    convolution = useBias ? "init=he_normal" : "bias=no init=he_normal"
    self.normalization = normalization
  }

  /// The name of the last layer.
  var last: String { made.network.layers.last?.name ?? Network.inputName }

  mutating func begin() throws {
    for layer in ["zeropadding 3", "conv2d 64 7x7 stride=2 \(convolution)", normalization, "relu", "zeropadding 1", "maxpool 3 stride=2"] {
      try made.append(layer)
    }
  }

  /// A convolution and its normalisation, then a relu where one is wanted.
  mutating func convolve(_ filters: Int, _ size: Int, stride: Int = 1, relu: Bool = true, from source: String? = nil) throws {
    // A stride needs the same zeros on either side, which `same` does not put.
    let pads = stride > 1 && size > 1
    if pads { try made.append("zeropadding 1", from: source) }
    try made.append(
      "conv2d \(filters) \(size)x\(size) \(stride > 1 ? "stride=\(stride)" : "padding=same") \(convolution)", from: pads ? nil : source)
    try made.append(normalization)
    if relu { try made.append("relu") }
  }

  /// Adds a block's input to its output: itself, or, with a number of filters, through a 1x1 convolution.
  mutating func join(_ input: String, filters: Int?, stride: Int) throws {
    var other = input
    if let filters {
      other = last
      try convolve(filters, 1, stride: stride, relu: false, from: input)
    }
    try made.append("add \(other)")
    try made.append("relu")
  }

  mutating func end(_ classes: Int) throws -> NamedNetwork {
    try made.append("globalavgpool")
    try made.append("dense \(classes) softmax")
    return made
  }
}
