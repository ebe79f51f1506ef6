import Engine
import Language

/// What an axis of a sweep sets, found by its name in the declarations of `fit`, `compile` and the layers.
struct SweepTarget: Sendable {
  /// Where it is set.
  enum Place: Sendable, Equatable {
    /// The learning rate.
    case rate
    /// The seed of weights, shuffles and dropout.
    case seed
    /// The optimizer or the loss, a word of its own in `compile`.
    case optimizer, loss
    /// An option of `compile`, of `fit`, of a layer.
    case compile(String), fit(String), layer(String, String)
  }

  let place: Place
  /// Whether only whole numbers fit.
  private(set) var isWhole = false

  /// What a name means for a session.
  ///
  /// - Throws: A `Complaint` with the nearest names when it means nothing there.
  init(_ axis: TypedAxis, in session: Session) throws {
    let name = axis.name
    switch name {
    case "lr", "rate": place = .rate
    case "seed": (place, isWhole) = (.seed, true)
    case "optimizer": place = .optimizer
    case "loss": place = .loss
    default:
      if let dot = name.lastIndex(of: ".") {
        let (layer, option) = (String(name[..<dot]), String(name[name.index(after: dot)...]))
        let words = try SweepTarget.layer(layer, option, of: session, at: axis.place)
        isWhole = SweepTarget.isWhole(option, in: words.kind.outline.arguments)
        place = .layer(layer, option)
      } else if SweepTarget.fitOptions.contains(where: { $0.name == name }) {
        place = .fit(name)
        isWhole = SweepTarget.isWhole(name, in: SweepTarget.fitOptions)
      } else if SweepTarget.compileOptions.contains(where: { $0.name == name }) {
        place = .compile(name)
        isWhole = SweepTarget.isWhole(name, in: SweepTarget.compileOptions)
      } else {
        throw Complaint.noTarget(
          name, among: SweepTarget.names(in: session).map(\.text), layers: session.model.network.layers, at: axis.place)
      }
    }
  }

  /// Whether losses of different values are not to be compared: another loss, or other penalties in it.
  static func changesLoss(_ place: Place) -> Bool {
    switch place {
    case .loss, .fit("class_weight"): true
    case .layer(_, let option): ["l1", "l2"].contains(option)
    default: false
    }
  }

  private static let fitOptions = TrainingCommands.fitWords.outline.arguments

  /// The options of optimizers, losses and metrics.
  private static let compileOptions: [ArgumentDescription] = {
    var options: [ArgumentDescription] = []
    for argument in CompileCommand.command.declaration.outline.arguments {
      guard case .declared(let members) = argument.form else { continue }
      for option in members.flatMap(\.arguments) where option.placement == .named && !options.contains(where: { $0.name == option.name }) {
        options.append(option)
      }
    }
    return options
  }()

  private static func isWhole(_ name: String, in arguments: [ArgumentDescription]) -> Bool {
    if case .integer = arguments.first(where: { $0.name == name })?.form { true } else { false }
  }

  private static func layer(_ name: String, _ option: String, of session: Session, at place: Range<Int>) throws -> LayerWords {
    guard let layer = session.model.network.layers.first(where: { $0.name == name }) else {
      throw Complaint.noLayerToSweep(name, option, among: session.model.network.layers, at: place)
    }
    guard let words = LayerWords(layer, of: session.model.steps) else { throw Complaint.wordlessLayer(layer, option, at: place) }
    guard words.options.contains(option) else { throw Complaint.noLayerOption(option, words, at: place) }
    return words
  }

  /// All that can be swept in a session, each with what it means.
  static func names(in session: Session) -> [Candidate] {
    let layers = session.model.network.layers.flatMap { layer in
      (LayerWords(layer, of: session.model.steps)?.kind.outline.arguments ?? []).map { Candidate("\(layer.name).\($0.name)", $0.summary) }
    }
    return [Candidate("lr", "the learning rate"), Candidate("seed", "decides initial weights, shuffles and dropout")] + layers
      + [Candidate("optimizer", "how the weights are updated"), Candidate("loss", "what is minimised")]
      + (fitOptions + compileOptions).map { Candidate($0.name, $0.summary) }
  }

  /// The completions of a word of `sweep`: a name, or after the `=` one more of its values.
  static func candidates(_ typed: String, after words: [String], in session: Session) -> [Candidate] {
    guard let equals = typed.firstIndex(of: "=") else {
      let given = Set(words.map { $0.prefix { $0 != "=" } })
      return names(in: session).filter { !given.contains($0.text[...]) }.map { Candidate($0.text + "=", $0.summary) }
    }
    let name = String(typed[..<equals])
    let head = typed[...(typed.lastIndex(of: ",") ?? equals)]
    let given = typed[typed.index(after: equals)...].split(separator: ",")
    return choices(of: name, in: session).filter { choice in !given.dropLast().contains { $0 == choice.text } }
      .map { choice in
        var candidate = Candidate(head + choice.text, choice.summary)
        candidate.isOpen = true
        return candidate
      }
  }

  /// The words that a name can be given, where there are only a few.
  private static func choices(of name: String, in session: Session) -> [Candidate] {
    switch name {
    case "optimizer": return EngineDeclarations.optimizers.map { Candidate($0.name, $0.outline.summary) }
    case "loss": return EngineDeclarations.losses.map { Candidate($0.name, $0.outline.summary) }
    default: break
    }
    var arguments = fitOptions + compileOptions
    var option = name
    if let dot = name.lastIndex(of: "."), let layer = session.model.network.layers.first(where: { $0.name == name[..<dot] }) {
      arguments = LayerWords(layer, of: session.model.steps)?.kind.outline.arguments ?? []
      option = String(name[name.index(after: dot)...])
    }
    switch arguments.first(where: { $0.name == option })?.form {
    case .choice(let choices): return choices.map { Candidate($0.name, $0.summary) }
    case .boolean: return [Candidate("yes"), Candidate("no")]
    default: return []
    }
  }
}

extension Complaint {
  static func noTarget(_ name: String, among names: [String], layers: [NamedLayer], at place: Range<Int>) -> Complaint {
    // `units=4,8` was meant for a layer.
    let options = names.filter { $0.hasSuffix("." + name) }
    let hint =
      options.isEmpty
      ? NearNames.hint(for: name, among: names) : "write whose: " + options.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    return Complaint("there is nothing called `\(name)` to sweep", at: place, hint: hint ?? "`lr`, `batch`, `LAYER.OPTION`; Tab lists all")
  }
  static func noLayerToSweep(_ name: String, _ option: String, among layers: [NamedLayer], at place: Range<Int>) -> Complaint {
    let names = layers.map(\.name)
    let known = names.isEmpty ? "the network has no layer yet" : "there is " + names.prefix(8).joined(separator: ", ")
    return Complaint("there is no layer `\(name)`", at: place, hint: NearNames.hint(for: name, among: names) ?? known)
  }
  static func wordlessLayer(_ layer: NamedLayer, _ option: String, at place: Range<Int>) -> Complaint {
    Complaint(
      "`\(layer.name)` was made by no `layer` command, so it has no `\(option)` to change", at: place,
      hint: "`layer replace \(layer.name) KIND ...` makes it anew, with words of its own")
  }
  static func noLayerOption(_ option: String, _ words: LayerWords, at place: Range<Int>) -> Complaint {
    let known = words.options.isEmpty ? "it takes no options" : "there is " + words.options.joined(separator: ", ")
    return Complaint(
      "`\(words.name)` has no `\(option)`", at: place, hint: NearNames.hint(for: option, among: words.options) ?? known)
  }
}
