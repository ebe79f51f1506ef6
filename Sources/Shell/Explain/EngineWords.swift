import Engine
import Language

/// What the engine's declarations say of a layer, a loss or an optimizer.
enum EngineWords {
  private static func outline(of layer: any LayerDescription) -> DeclarationOutline? {
    let outlines = EngineDeclarations.layers.map(\.outline)
    if let layer = layer as? ActivationLayer {
      let name = layer.activation.name == "leaky_relu" ? "leakyrelu" : layer.activation.name
      return outlines.first { $0.name == name }
    }
    let kind = layer.kind.lowercased()
    return outlines.first { outline in
      ([outline.name] + outline.aliases).contains { kind == $0 || kind == words[$0] }
    }
  }

  // Typed names that are not Keras' class names in small letters.
  private static let words = [
    "batchnorm": "batchnormalization", "layernorm": "layernormalization", "globalavgpool": "globalaveragepooling2d",
    "globalmaxpool": "globalmaxpooling2d", "maxpool": "maxpooling2d", "avgpool": "averagepooling2d", "zeropadding": "zeropadding2d",
    "upsampling": "upsampling2d", "spatialdropout": "spatialdropout2d", "concat": "concatenate", "rescale": "rescaling",
    "normalize": "normalization", "flip": "randomflip", "rotate": "randomrotation", "translate": "randomtranslation", "zoom": "randomzoom",
    "contrast": "randomcontrast", "brightness": "randombrightness",
  ]

  /// What a layer does, one sentence.
  static func summary(of layer: any LayerDescription) -> String { outline(of: layer)?.summary ?? layer.kind }

  /// A layer's formula as its declaration writes it.
  static func formula(of layer: any LayerDescription) -> String { outline(of: layer)?.formula ?? "" }
}
