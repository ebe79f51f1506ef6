import Foundation
import Kernels
import Language
import Testing

@testable import Engine

/// Nested lists of numbers, of any depth.
enum Nested: Decodable {
  case number(Double)
  case list([Nested])

  init(from decoder: any Decoder) throws {
    if var list = try? decoder.unkeyedContainer() {
      var members: [Nested] = []
      while !list.isAtEnd { members.append(try list.decode(Nested.self)) }
      self = .list(members)
    } else {
      self = .number(try decoder.singleValueContainer().decode(Double.self))
    }
  }

  var shape: [Int] {
    switch self {
    case .number: []
    case .list(let members): [members.count] + (members.first?.shape ?? [])
    }
  }

  var values: [Float] {
    switch self {
    case .number(let value): [Float(value)]
    case .list(let members): members.flatMap(\.values)
    }
  }

  var tensor: Tensor { Tensor(shape: shape, values: values) }
}

/// The numbers that Keras 3 gave; `scripts/golden` made them.
struct GoldenRun: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let input_shape: [Int]
  let layers: [GoldenLayer]
  let compile: GoldenCompile
  let class_weight: [Float]?
  let batch: Int
  let epochs: Int
  let compare: String
  let x: Nested
  let y: Nested
  let initial: [String: Nested]
  let final: [String: Nested]
  let predictions: Nested
  let loss: [Double]
  let accuracy: [Double]?

  var testDescription: String { name }

  static let all: [GoldenRun] = golden("runs", as: [String: GoldenList<GoldenRun>].self)["runs"]?.members ?? []
}

struct GoldenLayer: Decodable, Sendable {
  let kind: String
  let name: String?
  let units: Int?
  let activation: String?
  let bias: Bool?
  let l1: Float?
  let l2: Float?
  let max_norm: Float?
  let rate: Float?
  let momentum: Float?
  let epsilon: Float?
  let slope: Float?
  let size: [Int]?
  let stride: [Int]?
  let padding: String?
  let dilation: [Int]?
  let multiplier: Int?
  let scale: Float?
  let offset: Float?
  /// The layer that it reads besides the last one, and the one that it reads instead.
  let other: String?
  let from: String?

  private var function: Activation { Activation.named(activation ?? "linear") ?? .linear }
  private var edges: Padding { Padding(rawValue: padding ?? "valid") ?? .valid }

  var layer: (any LayerDescription)? {
    switch kind {
    case "dense":
      Dense(
        units: units ?? 0, activation: Activation.named(activation ?? "linear") ?? .linear, useBias: bias ?? true, l1: l1 ?? 0, l2: l2 ?? 0,
        maxNorm: max_norm ?? 0)
    case "batchnorm": BatchNormalization(momentum: momentum ?? 0.99, epsilon: epsilon ?? 0.001)
    case "dropout": Dropout(rate: rate ?? 0)
    case "flatten": Flatten()
    case "conv2d":
      Conv2D(
        filters: units ?? 0, kernelSize: size ?? [], activation: function, stride: stride ?? [1], padding: edges, dilation: dilation ?? [1],
        useBias: bias ?? true)
    case "depthwiseconv2d":
      DepthwiseConv2D(
        kernelSize: size ?? [], activation: function, multiplier: multiplier ?? 1, stride: stride ?? [1], padding: edges,
        dilation: dilation ?? [1], useBias: bias ?? true)
    case "separableconv2d":
      SeparableConv2D(
        filters: units ?? 0, kernelSize: size ?? [], activation: function, stride: stride ?? [1], padding: edges, useBias: bias ?? true)
    case "conv2dtranspose":
      Conv2DTranspose(
        filters: units ?? 0, kernelSize: size ?? [], activation: function, stride: stride ?? [1], padding: edges, useBias: bias ?? true)
    case "maxpool": MaxPooling2D(size: size ?? [2], stride: stride, padding: edges)
    case "avgpool": AveragePooling2D(size: size ?? [2], stride: stride, padding: edges)
    case "globalavgpool": GlobalAveragePooling2D()
    case "globalmaxpool": GlobalMaxPooling2D()
    case "zeropadding": ZeroPadding2D(size: size ?? [1])
    case "upsampling": UpSampling2D(size: size ?? [2])
    case "reshape": Reshape(target: size ?? [])
    case "layernorm": LayerNormalization(epsilon: epsilon ?? 0.001)
    case "prelu": PReLU()
    case "rescale": Rescaling(scale: scale ?? 1, offset: offset ?? 0)
    case "normalize": Normalization()
    case "add": Add(other ?? "")
    case "concat": Concatenate(other ?? "")
    case "leakyrelu": ActivationLayer(.leakyReLU(slope: slope ?? 0.3))
    default: Activation.named(kind).map { ActivationLayer($0) }
    }
  }
}

extension GoldenLayer {
  /// The layer without its penalty, as Keras' gradients of an output are.
  var unpenalised: (any LayerDescription)? {
    guard var dense = layer as? Dense else { return layer }
    dense.l1 = 0
    dense.l2 = 0
    return dense
  }
}

/// A JSON member that is a word, a number or a truth value.
enum Scalar: Decodable, Sendable, CustomStringConvertible {
  case word(String)
  case number(Double)
  case truth(Bool)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .truth(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else {
      self = .word(try container.decode(String.self))
    }
  }

  /// As it is typed.
  var description: String {
    switch self {
    case .word(let text): text
    case .number(let value): value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : "\(value)"
    case .truth(let value): value ? "yes" : "no"
    }
  }
}

/// The settings of a run under the names of the command language, by which they are read.
struct GoldenCompile: Decodable, Sendable {
  let members: [String: Scalar]

  init(from decoder: any Decoder) throws { members = try decoder.singleValueContainer().decode([String: Scalar].self) }

  func optimizerDescription() throws -> any OptimizerDescription {
    let rate = members["rate"].map { " \($0)" } ?? ""
    return try typed("\(members["optimizer"]?.description ?? "")\(rate)\(options)", EngineDeclarations.optimizers)
  }

  func lossDescription() throws -> any LossDescription { try goldenLoss(members["loss"]?.description ?? "", members) }

  private var options: String {
    members.filter { !["optimizer", "rate", "loss", "from_logits", "label_smoothing"].contains($0.key) }.map { " \($0.key)=\($0.value)" }
      .sorted().joined()
  }
}

/// A loss by its name and the options that it knows.
func goldenLoss(_ name: String, _ options: [String: Scalar]) throws -> any LossDescription {
  let known = DeclarationIndex(EngineDeclarations.losses)[name]?.outline.optionNames ?? []
  let words = options.filter { known.contains($0.key) }.map { " \($0.key)=\($0.value)" }.sorted().joined()
  return try typed(name + words, EngineDeclarations.losses)
}

/// What a line of the command language makes.
func typed<Product>(_ line: String, _ declarations: [Declaration<Product>]) throws -> Product {
  let words = try #require(try Lexer.commands(in: line).first).words
  return try DeclarationIndex(declarations).exactly(words[0], what: "word").parse(words)
}

struct GoldenLayerCase: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let layer: GoldenLayer
  let training: Bool?
  let x: Nested
  let weights: [String: Nested]
  let g: Nested
  let output: Nested
  let input_gradient: Nested
  let gradients: [String: Nested]
  let penalty: Double?
  let updated: [String: Nested]?

  var testDescription: String { name }
}

struct GoldenLossCase: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let loss: String
  let options: [String: Scalar]
  let weights: [Float]?
  let y: Nested
  let p: Nested
  let value: Double
  let gradient: Nested

  var testDescription: String { name }
}

struct GoldenOptimizerCase: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let compile: GoldenCompile
  let w: [Float]
  let gradients: [[Float]]
  let values: [[Float]]

  var testDescription: String { name }
}

struct GoldenParts: Decodable, Sendable {
  let layers: [GoldenLayerCase]
  let losses: [GoldenLossCase]
  let optimizers: [GoldenOptimizerCase]

  static let all: GoldenParts = golden("layers", as: GoldenParts.self)
}

/// A list beside members of other kinds ("versions"), which count as empty.
struct GoldenList<Member: Decodable>: Decodable {
  let members: [Member]

  init(from decoder: any Decoder) throws {
    guard var list = try? decoder.unkeyedContainer() else {
      members = []
      return
    }
    var members: [Member] = []
    while !list.isAtEnd { members.append(try list.decode(Member.self)) }
    self.members = members
  }
}

func golden<Content: Decodable>(_ name: String, as type: Content.Type) -> Content {
  guard let url = Bundle.module.url(forResource: "Golden/\(name)", withExtension: "json") else { fatalError("no Golden/\(name).json") }
  do {
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
  } catch {
    fatalError("Golden/\(name).json: \(error)")
  }
}

/// The greatest |a - b| / (tolerance + tolerance |b|): at most 1 where two lists agree.
func greatestExcess(_ a: [Float], _ b: [Float], tolerance: Float) -> Float {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { worst, pair in
    let excess = abs(pair.0 - pair.1) / (tolerance + tolerance * abs(pair.1))
    return excess.isNaN ? .infinity : max(worst, excess)
  }
}
