import Language

/// A network that has a name: built at once, without weights.
public enum Preset {
  /// Every preset, one line a member; each is declared in a file of its own.
  public static let declarations: [Declaration<NamedNetwork>] = [
    SmallNetworks.xor, SmallNetworks.mlp, LeNet.declaration, AlexNet.declaration, VGG16.declaration, ResNet18.declaration,
    ResNet50.declaration,
  ]

  /// The argument `classes` of a preset that tells classes apart.
  static func classes(_ count: Int) -> Argument<Int> {
    .integer("classes", "how many classes it tells apart", in: 2...1_000_000, default: count).named
  }
}

/// A network under the name of its preset, made of words as a person would type them after `layer`: so that each of its layers can be made
/// anew with other options.
public struct NamedNetwork: Sendable {
  /// The preset's name.
  public let name: String
  /// The network.
  public private(set) var network: Network
  /// The words that made each layer, by its name: `conv2d 6 5x5 tanh padding=same`.
  public private(set) var words: [String: String] = [:]

  private static let kinds = DeclarationIndex(EngineDeclarations.layers)

  /// A network of layers that follow each other.
  ///
  /// - Throws: A `Complaint` when the words make no layer, or one that does not fit.
  init(_ name: String, input: [Int], _ layers: [String] = []) throws {
    self.name = name
    network = try Network(inputShape: input)
    for layer in layers { try append(layer) }
  }

  /// Appends a layer.
  mutating func append(_ layer: String, from source: String? = nil) throws {
    guard let command = try Lexer.commands(in: layer).first else { return }
    let made = try network.append(try Self.kinds.exactly(command.words[0], what: "kind").parse(command.words), from: source)
    words[made.name] = layer
  }
}
