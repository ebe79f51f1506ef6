import Deck
import Engine
import Language
import Study

/// `quiz here`: the cards about what the present model is made of.
@MainActor enum QuizScreen {
  /// The cards that ask about the layers, activations, loss, optimizer and data in hand; those whose question or topic names one first.
  ///
  /// - Throws: A `Complaint` when nothing is built, or no card is about it.
  static func cards(_ cards: [Card], _ session: Session) throws -> [Card] {
    let names = names(session)
    guard !names.isEmpty else {
      throw Complaint("nothing is built yet that `quiz here` could ask about", hint: "try `preset lenet`, or `quiz` for all cards")
    }
    let keys = Set(names.flatMap { Terms.names(of: $0, in: session) }.map(TermName.key)).filter { $0.count > 1 }
    let ranked = cards.enumerated().compactMap { place, card -> (rank: Int, place: Int, card: Card)? in
      let rank = [card.question, card.topic, String(card.answer.prefix(200))].firstIndex { holds($0, keys) }
      return rank.map { ($0, place, card) }
    }
    guard !ranked.isEmpty else {
      throw Complaint("no loaded card is about \(names.prefix(4).joined(separator: ", "))", hint: "`deck load FILE` loads more cards")
    }
    return ranked.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.card)
  }

  /// Whether up to three neighbouring words of a text make one of the keys: `BatchNormalization`, `batch norm`.
  private static func holds(_ text: String, _ keys: Set<String>) -> Bool {
    let words = TermName.folded(text)
    return words.indices.contains { start in
      (1...4).contains { length in
        start + length <= words.count && keys.contains(words[start..<start + length].joined())
      }
    }
  }

  /// The English terms of what is in hand.
  static func names(_ session: Session) -> [String] {
    var names: [String] = []
    for layer in session.model.network.layers {
      let kind = layer.layer.kind
      if !(layer.layer is ActivationLayer) { names += kinds[kind] ?? [kind] }
      if let activation = (layer.layer as? any ActivatedLayer)?.activation.name, activation != "linear" { names.append(activation) }
    }
    if let settings = session.model.settings {
      names.append(terms[settings.loss.name] ?? settings.loss.name)
      names.append(terms[settings.optimizer.name] ?? settings.optimizer.name)
      names.append("learning rate")
    }
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  /// The terms of layers whose Keras name is not the field's word.
  private static let kinds: [String: [String]] = [
    "Dense": ["dense layer"], "Conv2D": ["convolution", "kernel", "stride", "padding", "feature map"], "MaxPooling2D": ["pooling"],
    "AveragePooling2D": ["pooling"], "GlobalAveragePooling2D": ["pooling"], "GlobalMaxPooling2D": ["pooling"],
    "Conv2DTranspose": ["convolution"],
    "DepthwiseConv2D": ["convolution"], "SeparableConv2D": ["convolution"], "BatchNormalization": ["batch normalization"],
    "LayerNormalization": ["layer normalization"], "Add": ["residual connection"], "RandomFlip": ["data augmentation"],
    "RandomRotation": ["data augmentation"], "RandomTranslation": ["data augmentation"], "RandomZoom": ["data augmentation"],
    "RandomContrast": ["data augmentation"], "RandomBrightness": ["data augmentation"], "SpatialDropout2D": ["dropout"],
    "ZeroPadding2D": ["padding"], "Normalization": ["standardization"], "PReLU": ["leaky relu"], "LeakyReLU": ["leaky relu"],
  ]

  /// The terms of losses and optimizers whose names are not the field's words.
  private static let terms = [
    "binary_crossentropy": "binary cross-entropy", "categorical_crossentropy": "categorical cross-entropy",
    "sparse_categorical_crossentropy": "sparse categorical cross-entropy", "half_squared_error": "mse", "hinge": "hinge loss",
    "huber": "huber loss", "kld": "kl divergence", "sgd": "stochastic gradient descent",
  ]
}
