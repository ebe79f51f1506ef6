import Engine
import Language

/// How the count of one layer in the summary arises.
public struct ParameterCount: Sendable {
  /// The layer's name.
  public let name: String
  /// Keras' class name.
  public let kind: String
  /// The count in numbers alone, with its result: "32 x (3x3x3 + 1) = 896"; "0" for a layer without parameters.
  public let formula: String
  /// The same with what each number counts: "32 filters x (3 x 3 x 3 channels + 1 bias)"; empty without parameters.
  public let words: String
  /// All of the layer's parameters.
  public let count: Int
  /// Those that the optimizer changes.
  public let trainable: Int
  /// What is to be said beside the count.
  public let remark: String
  /// How each length of the output arises.
  public let lengths: [OutputLength]

  /// Four bytes a parameter.
  public var bytes: Int { 4 * count }
}

/// How one length of an output arises.
public struct OutputLength: Sendable, Equatable {
  /// What is counted: "height".
  public let name: String
  /// The formula with its numbers: "floor((28 - 3) / 1) + 1".
  public let formula: String
  /// The result.
  public let value: Int
}

extension ParameterCount {
  /// The count of a layer for inputs of that shape, whose output has that shape.
  init(_ named: NamedLayer, input: [Int], output: [Int], row: NetworkSummary.Row) {
    let (numbers, words) = Self.terms(named.layer, input)
    name = named.name
    kind = named.layer.kind
    count = row.parameters
    trainable = row.trainable
    formula = numbers.isEmpty ? "\(row.parameters)" : "\(numbers) = \(row.parameters)"
    self.words = words
    remark = Self.remark(named, row)
    lengths = OutputLength.of(named.layer, input: input, output: output)
  }

  private static func terms(_ layer: any LayerDescription, _ input: [Int]) -> (numbers: String, words: String) {
    let channels = input.last ?? 1
    switch layer {
    case let layer as Dense:
      return product(layer.units, "units", "\(channels)", "\(grouped(channels)) \(plural(channels, "input"))", layer.useBias)
    case let layer as Conv2D: return product(layer.filters, "filters", layer.kernelSize, channels, layer.useBias)
    case let layer as Conv2DTranspose: return product(layer.filters, "filters", layer.kernelSize, channels, layer.useBias)
    case let layer as DepthwiseConv2D:
      let window = layer.kernelSize.map { String($0) }
      return product(
        channels * layer.multiplier, "filters", window.joined(separator: "x"), window.joined(separator: " x "), layer.useBias)
    case let layer as SeparableConv2D:
      let window = layer.depthwise.kernelSize.map { String($0) }
      let (numbers, words) = product(
        layer.filters, "filters", "\(channels)", "\(grouped(channels)) \(plural(channels, "channel"))", layer.useBias)
      return (
        "\(window.joined(separator: "x"))x\(channels) + \(numbers)",
        "\(window.joined(separator: " x ")) x \(grouped(channels)) \(plural(channels, "channel")) + \(words)"
      )
    case is BatchNormalization:
      return (
        "4 x \(channels)", "4 numbers (gamma, beta, moving mean, moving variance) x \(grouped(channels)) \(plural(channels, "feature"))"
      )
    case is LayerNormalization: return ("2 x \(channels)", "2 numbers (gamma, beta) x \(grouped(channels)) \(plural(channels, "feature"))")
    case is Normalization:
      return (
        "2 x \(channels) + 1", "2 numbers (mean, variance) x \(grouped(channels)) \(plural(channels, "feature")) + 1 count of samples"
      )
    default:
      let specs = layer.parameterSpecs(for: input)
      return (
        specs.map { $0.shape.map { String($0) }.joined(separator: "x") }.joined(separator: " + "),
        specs.map { "\($0.shape.map { String($0) }.joined(separator: " x ")) \($0.part)" }.joined(separator: " + ")
      )
    }
  }

  private static func product(_ filters: Int, _ what: String, _ window: [Int], _ channels: Int, _ bias: Bool) -> (String, String) {
    let cells = window.map { String($0) }
    return product(
      filters, what, (cells + ["\(channels)"]).joined(separator: "x"),
      cells.joined(separator: " x ") + " x \(grouped(channels)) \(plural(channels, "channel"))", bias)
  }

  private static func product(_ units: Int, _ what: String, _ inner: String, _ words: String, _ bias: Bool) -> (String, String) {
    let owner = "\(grouped(units)) \(units == 1 ? String(what.dropLast()) : what)"
    return bias ? ("\(units) x (\(inner) + 1)", "\(owner) x (\(words) + 1 bias)") : ("\(units) x \(inner)", "\(owner) x \(words)")
  }

  private static func remark(_ named: NamedLayer, _ row: NetworkSummary.Row) -> String {
    if named.isFrozen, row.parameters > 0 { return "frozen: training leaves all of them as they are" }
    switch named.layer {
    case is BatchNormalization:
      return "gamma and beta learn by gradients; the moving mean and variance only follow the batches, so that half is not trainable"
    case is Normalization: return "taken from the training data once; none is trainable"
    default: return ""
    }
  }
}

func plural(_ count: Int, _ word: String) -> String { count == 1 ? word : word + "s" }

extension OutputLength {
  /// The lengths of a layer's output that a formula gives; empty where the output has the input's shape.
  static func of(_ layer: any LayerDescription, input: [Int], output: [Int]) -> [OutputLength] {
    switch layer {
    case let layer as Dense: return [OutputLength(name: "units", formula: "\(layer.units)", value: layer.units)]
    case let layer as Conv2D:
      return windows(layer.kernelSize, layer.stride, layer.dilation, layer.padding, input, output) + [channels("the filters", output)]
    case let layer as DepthwiseConv2D:
      return windows(layer.kernelSize, layer.stride, layer.dilation, layer.padding, input, output)
        + [channels("\(input[2]) x \(layer.multiplier)", output)]
    case let layer as SeparableConv2D:
      let first = layer.depthwise
      return windows(first.kernelSize, first.stride, first.dilation, first.padding, input, output) + [channels("the filters", output)]
    case let layer as Conv2DTranspose:
      let formulas = (0..<2).map { axis -> String in
        let rest = max(layer.kernelSize[axis] - layer.stride[axis], 0)
        return "\(input[axis]) x \(layer.stride[axis])" + (layer.padding == .valid && rest > 0 ? " + \(rest)" : "")
      }
      return axes(formulas, output) + [channels("the filters", output)]
    case let layer as MaxPooling2D:
      return windows(layer.size, layer.stride ?? layer.size, [1, 1], layer.padding, input, output) + [channels("as before", output)]
    case let layer as AveragePooling2D:
      return windows(layer.size, layer.stride ?? layer.size, [1, 1], layer.padding, input, output) + [channels("as before", output)]
    case let layer as ZeroPadding2D:
      return axes((0..<2).map { "\(input[$0]) + 2 x \(layer.size[$0])" }, output) + [channels("as before", output)]
    case let layer as UpSampling2D:
      return axes((0..<2).map { "\(input[$0]) x \(layer.size[$0])" }, output) + [channels("as before", output)]
    case is Flatten:
      return [OutputLength(name: "values", formula: input.map { String($0) }.joined(separator: " x "), value: output[0])]
    case is GlobalAveragePooling2D, is GlobalMaxPooling2D: return [OutputLength(name: "channels", formula: "as before", value: output[0])]
    default: return []
    }
  }

  private static func channels(_ formula: String, _ output: [Int]) -> OutputLength {
    OutputLength(name: "channels", formula: formula, value: output[2])
  }

  private static func axes(_ formulas: [String], _ output: [Int]) -> [OutputLength] {
    if formulas[0] == formulas[1] { return [OutputLength(name: "height, width", formula: formulas[0], value: output[0])] }
    return zip(["height", "width"], 0..<2).map { OutputLength(name: $0, formula: formulas[$1], value: output[$1]) }
  }

  private static func windows(
    _ size: [Int], _ stride: [Int], _ dilation: [Int], _ padding: Padding, _ input: [Int], _ output: [Int]
  ) -> [OutputLength] {
    axes(
      (0..<2).map { axis in
        // Same: what a window at every stride needs; valid: the places where a whole window lies on the image.
        if padding == .same { return "ceil(\(input[axis]) / \(stride[axis]))" }
        let reach = dilation[axis] == 1 ? "\(size[axis])" : "(\(dilation[axis]) x (\(size[axis]) - 1) + 1)"
        return "floor((\(input[axis]) - \(reach)) / \(stride[axis])) + 1"
      }, output)
  }
}
