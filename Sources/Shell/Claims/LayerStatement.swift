import Deck
import Engine

/// A layer as words or code tell it, with what they claim of its output: "Conv2D f=64 k=3x3 s=2 p=same => 25x25, 18,496 parameters".
struct LayerStatement {
  enum Kind { case convolution, maxPooling, averagePooling, dense, flatten, globalPooling }

  var kind: Kind
  var line: Int
  var filters: Int?
  var window: [Int]?
  var stride: [Int]?
  /// `same`, `valid` or a number of zeros at each edge.
  var padding: String?
  var useBias: Bool?
  var units: Int?
  /// The shape that it says it reads, and how many channels or values where it says only that.
  var input: [Int]?
  var inputWidth: Int?
  /// The shape that it says it makes, and how many channels where these stand apart.
  var output: [Int]?
  var outputChannels: Int?
  /// The parameters that it says it has.
  var count: Int?

  /// Whether enough is known to compute something.
  var isComplete: Bool {
    switch kind {
    case .convolution: window != nil
    case .maxPooling, .averagePooling: true
    case .dense: units != nil
    case .flatten, .globalPooling: true
    }
  }

  /// Whether something is claimed.
  var claims: Bool { output != nil || count != nil || outputChannels != nil }
}

extension LayerStatement {
  /// What is left open and may be meant: settings that other sentences of the passage name.
  struct Surroundings {
    var strides: Set<Int> = []
    var paddings: Set<String> = []
    /// Whether a bias may be left out: only where weights or biases are spoken of.
    var mayLackBias = false
  }

  /// The outputs and counts that the layer may have for an input, the likeliest first.
  func readings(for input: [Int], _ surroundings: Surroundings) -> [LayerReading] {
    switch kind {
    case .flatten: return made(Flatten(), input)
    case .globalPooling: return made(GlobalAveragePooling2D(), input)
    case .dense:
      guard let units, (1...10_000_000).contains(units) else { return [] }
      return biases(surroundings).flatMap { made(Dense(units: units, useBias: $0), input) }
    case .maxPooling, .averagePooling:
      guard input.count == 3 else { return [] }
      return paddings(surroundings).flatMap { padding in
        strides(surroundings, from: window ?? [2, 2]).flatMap { stride in
          padded(padding, input).map { made(MaxPooling2D(size: window ?? [2, 2], stride: stride, padding: $0.padding), $0.input) } ?? []
        }
      }
    case .convolution:
      guard input.count == 3, let window, (1...1_000_000).contains(filters ?? 1) else { return [] }
      return paddings(surroundings).flatMap { padding in
        strides(surroundings, from: [1, 1]).flatMap { stride in
          biases(surroundings).flatMap { useBias in
            padded(padding, input).map {
              made(
                Conv2D(filters: filters ?? 1, kernelSize: window, stride: stride, padding: $0.padding, useBias: useBias), $0.input)
            } ?? []
          }
        }
      }
    }
  }

  private func biases(_ surroundings: Surroundings) -> [Bool] {
    useBias.map { [$0] } ?? (surroundings.mayLackBias ? [true, false] : [true])
  }

  private func strides(_ surroundings: Surroundings, from usual: [Int]) -> [[Int]] {
    if let stride { return [stride] }
    return [usual] + surroundings.strides.sorted().map { [$0, $0] }
  }

  private func paddings(_ surroundings: Surroundings) -> [String] {
    if let padding { return [padding] }
    // Old networks pad by hand and do not say how much.
    let byHand = (window?.max() ?? 0) > 5 ? (1...3).map { "\($0)" } : []
    return ["valid", "same"] + surroundings.paddings.sorted() + byHand
  }

  private func padded(_ padding: String, _ input: [Int]) -> (padding: Padding, input: [Int])? {
    if let known = Padding(rawValue: padding) { return (known, input) }
    guard let width = Int(padding), width < 1000 else { return nil }
    return (.valid, [input[0] + 2 * width, input[1] + 2 * width, input[2]])
  }

  private func made(_ layer: some LayerDescription, _ input: [Int]) -> [LayerReading] {
    guard input.isPossible, let shape = try? layer.outputShape(of: input), shape.isPossible else { return [] }
    return [LayerReading(shape: shape, count: layer.parameterSpecs(for: input).reduce(0) { $0 + $1.count }, oddity: 0, words: "")]
  }

  /// How the height of the output arises, for the sentence that says what is right.
  func formula(for input: [Int]) -> String {
    guard kind != .dense, kind != .flatten, kind != .globalPooling, input.count == 3 else { return "" }
    let window = window ?? [2, 2]
    let step = (stride ?? (kind == .convolution ? [1, 1] : window))[0]
    if padding == "same" { return "ceil(\(input[0]) / \(step))" }
    let zeros = padding.flatMap { Int($0) }.map { $0 > 0 ? " + 2 x \($0)" : "" } ?? ""
    return "floor((\(input[0])\(zeros) - \(window[0])) / \(step)) + 1"
  }
}
