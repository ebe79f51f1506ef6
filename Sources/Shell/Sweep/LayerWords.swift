import Engine
import Language
import Threads

/// The words that made a layer, with which others like it can be made.
struct LayerWords: Sendable {
  /// The layer's name.
  let name: String
  let kind: Declaration<any LayerDescription>
  /// What follows the kind, its name and source left out.
  private(set) var words: [Word]
  private(set) var layer: any LayerDescription

  /// The words of a layer of the network; nil where no words made it.
  init?(_ layer: NamedLayer, of steps: [BuildStep]) {
    for step in steps.reversed() {
      // Equal layers have words that mean the same, so it is no matter which of them are found.
      guard let (kind, words) = LayerWords.read(step, layer.name), let made = try? kind.parse([Word(kind.name, at: 0..<0)] + words),
        made.isEqual(to: layer.layer)
      else { continue }
      (name, self.kind, self.words, self.layer) = (layer.name, kind, words, layer.layer)
      return
    }
    return nil
  }

  private static let kinds = DeclarationIndex(EngineDeclarations.layers)

  /// The kind of layer that a command makes, and the words that belong to it; of a preset those of the layer of a name.
  private static func read(_ step: BuildStep, _ name: String) -> (Declaration<any LayerDescription>, [Word])? {
    var line = step.command
    if line.hasPrefix(PresetCommand.command.declaration.name + " ") {
      guard let words = PresetWords.of(line)[name] else { return nil }
      line = "layer " + words
    }
    guard let command = try? Lexer.commands(in: line).first, command.words[0].text == "layer" else { return nil }
    var words = command.words.dropFirst().filter { !["name", "from"].contains($0.split?.name) }
    func takePlain() -> Word? { words.firstIndex { $0.split == nil }.map { words.remove(at: $0) } }
    guard var word = takePlain() else { return nil }
    if ["insert", "replace"].contains(word.text) {
      guard takePlain() != nil, let next = takePlain() else { return nil }
      word = next
    }
    return kinds[word.text].map { ($0, words) }
  }

  /// The names of what can be set.
  var options: [String] { kind.outline.arguments.map(\.name) }

  /// The same layer with another value of an option.
  ///
  /// - Throws: A `Complaint` when the value does not fit.
  func setting(_ option: String, to value: String) throws -> LayerWords {
    var copy = self
    if let place = words.firstIndex(where: { $0.split?.name == option }) ?? place(of: option) { copy.words.remove(at: place) }
    copy.words.append(LayerWords.word(option, value))
    copy.layer = try kind.parse([Word(kind.name, at: 0..<0)] + copy.words)
    return copy
  }

  /// The word that gives an option its value by where it stands: the one that means the same when it is given by name.
  private func place(of option: String) -> Int? {
    words.indices.first { index in
      guard words[index].split == nil else { return false }
      var others = words
      let word = others.remove(at: index)
      others.append(LayerWords.word(option, word.text))
      return (try? kind.parse([Word(kind.name, at: 0..<0)] + others))?.isEqual(to: layer) ?? false
    }
  }

  private static func word(_ option: String, _ value: String) -> Word { Word("\(option)=\(value)", at: 0..<0) }

  /// The command that puts the layer in the place of the one of its name.
  var command: String { (["layer", "replace", name, kind.name] + words.map(\.raw)).joined(separator: " ") }
}

/// The words that presets are made of: each is read once, for its layers are asked about one by one.
private enum PresetWords {
  private static let known = Guarded<[String: [String: String]]>([:])
  private static let presets = DeclarationIndex(Preset.declarations)

  /// The words of the layers of `preset NAME ...`, by their names.
  static func of(_ command: String) -> [String: String] {
    if let words = known.withLock({ $0[command] }) { return words }
    guard let words = try? Lexer.commands(in: command).first?.words.dropFirst(), let first = words.first,
      let preset = try? presets.exactly(first, what: "preset").parse(Array(words))
    else { return [:] }
    known.withLock { $0[command] = preset.words }
    return preset.words
  }
}
