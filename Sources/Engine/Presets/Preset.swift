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

/// A network under the name of its preset.
public struct NamedNetwork: Sendable {
  /// The preset's name.
  public let name: String
  /// The network.
  public let network: Network
}

extension Network {
  /// Appends layers, one after the other.
  mutating func append(contentsOf layers: [any LayerDescription]) throws {
    for layer in layers { try append(layer) }
  }
}
