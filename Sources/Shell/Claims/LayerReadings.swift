import Engine

/// One layer that a row of a table may stand for: what it makes of its input, and what it counts.
struct LayerReading {
  var shape: [Int]
  var count: Int
  /// How unusual its settings are; 0 for those of most networks.
  var oddity: Int
  /// The settings in a word, for the sentence that says what is right.
  var words: String
}

/// The layers that a row may stand for, made by the engine's own shapes and parameters.
///
/// A table tells neither kernel nor stride, so all usual ones are tried.
enum LayerReadings {
  /// Kinds that leave the shape as it is and count nothing.
  private static let passing: Set<String> = [
    "dropout", "activation", "relu", "leakyrelu", "elu", "softmax", "spatialdropout2d", "spatialdropout1d", "gaussiannoise",
    "gaussiandropout",
    "randomflip", "randomrotation", "randomzoom", "randomcontrast", "randombrightness", "randomtranslation", "rescaling", "inputlayer",
    "sigmoid",
    "tanh", "dropout2d", "alphadropout", "gelu",
  ]
  private static let aliases: [String: String] = [
    "linear": "dense", "fullyconnected": "dense", "fc": "dense", "batchnorm2d": "batchnormalization", "batchnorm1d": "batchnormalization",
    "batchnorm": "batchnormalization", "maxpool2d": "maxpooling2d", "avgpool2d": "averagepooling2d", "convolution2d": "conv2d",
    "maxpooling": "maxpooling2d",
    "averagepooling": "averagepooling2d", "averagepool2d": "averagepooling2d", "globalavgpool": "globalaveragepooling2d", "conv": "conv2d",
    "layernorm": "layernormalization", "convolution": "conv2d", "maxpool": "maxpooling2d", "avgpool": "averagepooling2d",
  ]
  private static let known: Set<String> = [
    "dense", "conv2d", "batchnormalization", "layernormalization", "maxpooling2d", "averagepooling2d", "globalaveragepooling2d",
    "globalmaxpooling2d",
    "flatten", "embedding", "lstm", "gru", "simplernn", "conv1d", "depthwiseconv2d", "separableconv2d", "conv2dtranspose", "zeropadding2d",
    "upsampling2d", "add", "concatenate", "reshape", "maxpooling1d", "globalmaxpooling1d", "globalaveragepooling1d", "prelu",
  ]

  /// The kind under its usual name.
  static func usual(_ kind: String) -> String { aliases[kind] ?? kind }
  /// Whether nothing is known of a kind.
  static func isUnknown(_ kind: String) -> Bool { !known.contains(usual(kind)) && !passing.contains(usual(kind)) }
  /// Whether a layer of the kind has the shape of its input.
  static func keepsShape(_ kind: String) -> Bool {
    passing.contains(usual(kind)) || ["batchnormalization", "layernormalization", "prelu"].contains(usual(kind))
  }

  /// The readings of a row for an input, which is one sample's shape; nil when the kind says nothing about it.
  static func readings(_ kind: String, input: [Int], output: [Int]?) -> [LayerReading]? {
    let kind = usual(kind)
    if passing.contains(kind) { return [LayerReading(shape: input, count: 0, oddity: 0, words: "")] }
    let last = output?.last ?? 0
    switch kind {
    case "dense":
      return last > 0 ? [true, false].flatMap { made(Dense(units: last, useBias: $0), input, $0 ? 0 : 3, $0 ? "" : "no bias") } : nil
    case "batchnormalization": return made(BatchNormalization(), input, 0, "")
    case "layernormalization": return made(LayerNormalization(), input, 0, "")
    case "flatten": return made(Flatten(), input, 0, "")
    case "globalaveragepooling2d": return made(GlobalAveragePooling2D(), input, 0, "")
    case "globalmaxpooling2d": return made(GlobalMaxPooling2D(), input, 0, "")
    case "conv2d", "separableconv2d", "conv2dtranspose", "depthwiseconv2d": return input.count == 3 ? convolutions(kind, last, input) : []
    case "maxpooling2d", "averagepooling2d": return input.count == 3 ? poolings(kind, input) : []
    case "zeropadding2d": return (1...4).flatMap { made(ZeroPadding2D(size: [$0]), input, $0, "") }
    case "upsampling2d": return (2...8).flatMap { made(UpSampling2D(size: [$0]), input, $0, "") }
    case "reshape":
      guard let output, output.reduce(1, *) == input.reduce(1, *) else { return [] }
      return [LayerReading(shape: output, count: 0, oddity: 0, words: "")]
    case "embedding", "lstm", "gru", "simplernn", "conv1d", "maxpooling1d", "globalmaxpooling1d", "globalaveragepooling1d":
      return SequenceReadings.readings(kind, input: input, output: output)
    default: return nil
    }
  }

  /// What the engine says of a layer; nothing when it does not fit.
  private static func made(_ layer: some LayerDescription, _ input: [Int], _ oddity: Int, _ words: String) -> [LayerReading] {
    guard let shape = try? layer.outputShape(of: input) else { return [] }
    let count = layer.parameterSpecs(for: input).reduce(0) { $0 + $1.count }
    return [LayerReading(shape: shape, count: count, oddity: oddity, words: words)]
  }

  private static let kernels = Array(1...11)

  private static func convolutions(_ kind: String, _ filters: Int, _ input: [Int]) -> [LayerReading] {
    guard filters > 0, filters <= 1_000_000 else { return [] }
    var readings: [LayerReading] = []
    for size in kernels {
      for stride in 1...4 {
        for padding in Padding.allCases {
          for useBias in [true, false] {
            let oddity = (size % 2 == 0 ? 4 : size > 7 ? 2 : 0) + (stride > 2 ? 3 : stride - 1) + (useBias ? 0 : 2)
            let words = "kernel \(size)x\(size), stride \(stride), padding \(padding.rawValue)"
            readings += convolution(kind, filters, size, stride, padding, useBias, input, oddity, words)
          }
        }
      }
    }
    return readings
  }

  private static func convolution(
    _ kind: String, _ filters: Int, _ size: Int, _ stride: Int, _ padding: Padding, _ useBias: Bool, _ input: [Int], _ oddity: Int,
    _ words: String
  ) -> [LayerReading] {
    switch kind {
    case "separableconv2d":
      return made(
        SeparableConv2D(filters: filters, kernelSize: [size], stride: [stride], padding: padding, useBias: useBias), input, oddity, words)
    case "conv2dtranspose":
      return made(
        Conv2DTranspose(filters: filters, kernelSize: [size], stride: [stride], padding: padding, useBias: useBias), input, oddity, words)
    case "depthwiseconv2d":
      guard let channels = input.last, filters % channels == 0 else { return [] }
      return made(
        DepthwiseConv2D(kernelSize: [size], multiplier: filters / channels, stride: [stride], padding: padding, useBias: useBias), input,
        oddity, words)
    default:
      return made(
        Conv2D(filters: filters, kernelSize: [size], stride: [stride, stride], padding: padding, useBias: useBias), input, oddity, words)
    }
  }

  private static func poolings(_ kind: String, _ input: [Int]) -> [LayerReading] {
    (2...8).flatMap { size in
      (1...size).reversed().flatMap { stride in
        Padding.allCases.flatMap { padding -> [LayerReading] in
          let oddity = size - 2 + (size - stride) + (padding == .valid ? 0 : 1)
          let words = "window \(size)x\(size), stride \(stride), padding \(padding.rawValue)"
          return kind == "maxpooling2d"
            ? made(MaxPooling2D(size: [size], stride: [stride], padding: padding), input, oddity, words)
            : made(AveragePooling2D(size: [size], stride: [stride], padding: padding), input, oddity, words)
        }
      }
    }
  }
}

/// The layers over sequences, which the engine does not run: what Keras makes and counts for them.
///
///     LSTM 4 u (n + u + 1);   GRU 3 u (n + u + 2), or + 1 without reset_after;   SimpleRNN u (n + u + 1);   Embedding words x width
private enum SequenceReadings {
  static func readings(_ kind: String, input: [Int], output: [Int]?) -> [LayerReading]? {
    guard let output, let width = output.last, let features = input.last else { return nil }
    func reading(_ shape: [Int], _ count: Int, _ oddity: Int = 0) -> LayerReading {
      LayerReading(shape: shape, count: count, oddity: oddity, words: "")
    }
    let sequence = [input.dropLast() + [width], [width]].filter { $0.count == output.count }.map { Array($0) }
    switch kind {
    case "lstm": return sequence.map { reading($0, 4 * width * (features + width + 1)) }
    case "simplernn": return sequence.map { reading($0, width * (features + width + 1)) }
    case "gru":
      return sequence.flatMap { [reading($0, 3 * width * (features + width + 2)), reading($0, 3 * width * (features + width + 1), 2)] }
    case "conv1d":
      guard input.count == 2 else { return [] }
      return (1...15).flatMap { size in
        (1...4).flatMap { stride -> [LayerReading] in
          let same = (input[0] + stride - 1) / stride
          let lengths = size <= input[0] ? [(input[0] - size) / stride + 1, same] : [same]
          return lengths.flatMap {
            [reading([$0, width], width * (size * features + 1), stride), reading([$0, width], width * size * features, stride + 2)]
          }
        }
      }
    case "maxpooling1d":
      guard input.count == 2 else { return [] }
      return (2...8).flatMap { [reading([input[0] / $0, features], 0, $0), reading([(input[0] + $0 - 1) / $0, features], 0, $0 + 1)] }
    case "globalmaxpooling1d", "globalaveragepooling1d": return [reading([features], 0)]
    default: return nil
    }
  }
}
