import Engine
import Foundation
import Language

/// Makes the runs of a sweep: copies of a session, each with its own values.
@MainActor struct SweepMaker {
  /// A run that is ready to be trained.
  struct Member {
    let place: Int
    /// The session that it begins with; `fit`'s words are its command.
    var session: Session
    let words: FitWords
  }

  private let base: Session
  private let targets: [SweepTarget.Place]
  private let layers: [String: LayerWords]
  private let recipe: SweepRecipe

  /// A maker for the session that a sweep begins with.
  init(_ session: Session, _ recipe: SweepRecipe, _ targets: [SweepTarget.Place]) {
    var base = session
    base.forgetHistory()
    // Each run begins with weights of its own seed.
    let network = base.model.network, settings = base.model.settings, steps = base.model.steps
    let isDeclared = base.model.inputIsDeclared
    base.model = Model()
    (base.model.network, base.model.settings, base.model.steps, base.model.inputIsDeclared) = (network, settings, steps, isDeclared)
    base.isApart = true
    base.settings.threads = 1
    base.settings.predict = false
    self.base = base
    self.recipe = recipe
    self.targets = targets
    layers = Dictionary(
      network.layers.compactMap { layer in LayerWords(layer, of: steps).map { (layer.name, $0) } }, uniquingKeysWith: { first, _ in first })
  }

  /// The run at a place.
  ///
  /// - Throws: A `Complaint` when its values make no network, or none that can be trained.
  func member(_ place: Int, _ surroundings: any Surroundings) throws -> Member {
    let (combination, seed) = recipe.member(place)
    var session = base
    session.settings.seed = seed
    var changed: [String: LayerWords] = [:]
    var compile: [(SweepTarget.Place, String)] = []
    var options: [(name: String, value: String)] = []
    var rate: Float?
    for (target, (name, value)) in zip(targets, recipe.values(of: combination)) {
      switch target {
      case .seed: break
      case .rate: rate = try SweepMaker.rate(value, name)
      case .optimizer, .loss, .compile: compile.append((target, value))
      case .fit(let option): options.append((option, value))
      case .layer(let layer, let option):
        guard let words = changed[layer] ?? layers[layer] else { throw Complaint("there is no layer `\(layer)`") }
        changed[layer] = try words.setting(option, to: value)
      }
    }
    // In the network's order: what follows a layer reads it.
    for layer in base.model.network.layers {
      if let words = changed[layer.name] { try run(words.command, on: &session, surroundings) }
    }
    if !compile.isEmpty { try recompile(compile, &session, surroundings) }
    if let rate { session.model.settings?.optimizer.rate = rate }
    try session.model.settings?.optimizer.checkRate()
    session.forgetHistory()
    session.command = command(options)
    guard let text = try Lexer.commands(in: session.command).first else { throw Complaint("`\(session.command)` trains nothing") }
    return Member(place: place, session: session, words: try TrainingCommands.fitWords.parse(text.words))
  }

  /// The `fit` of a run.
  private func command(_ options: [(name: String, value: String)]) -> String {
    let epochs = options.last { $0.name == "epochs" }?.value ?? "\(base.lastEpochs ?? SweepMaker.usualEpochs)"
    var words = ["fit", epochs] + options.filter { $0.name != "epochs" }.map { "\($0.name)=\($0.value)" }
    // What the last training held out is held out again.
    if let held = base.data?.heldByFit, held > 0, !options.contains(where: { $0.name == "val" }) { words.append("val=\(plain(held))") }
    return words.joined(separator: " ")
  }

  /// The epochs of a run where neither the sweep nor a `fit` before it said a number.
  static let usualEpochs = 20

  private static func rate(_ text: String, _ name: String) throws -> Float {
    guard let value = decimal(text), Float(value) > 0, Float(value).isFinite else {
      throw Complaint("`\(name)` must be a number over 0, not `\(text)`")
    }
    return Float(value)
  }

  private func run(_ command: String, on session: inout Session, _ surroundings: any Surroundings) throws {
    guard let text = try Lexer.commands(in: command).first else { return }
    let report = Interpreter.run(text, on: &session, surroundings)
    if var complaint = report.complaint {
      complaint.place = nil
      throw complaint
    }
  }

  /// Compiles as the session was, but for some words.
  private func recompile(
    _ changes: [(SweepTarget.Place, String)], _ session: inout Session, _ surroundings: any Surroundings
  ) throws {
    guard let step = base.model.steps.last(where: { $0.command.hasPrefix("compile") }), let settings = base.model.settings,
      let command = try Lexer.commands(in: step.command).first
    else { throw Complaint.notCompiled() }
    var words = command.words.map(\.raw)
    let optimizers = DeclarationIndex(EngineDeclarations.optimizers), losses = DeclarationIndex(EngineDeclarations.losses)
    for (place, value) in changes {
      let option: String
      let index: Int?
      switch place {
      case .optimizer: (option, index) = ("optimizer", command.words.firstIndex { optimizers[$0.text] != nil })
      case .loss: (option, index) = ("loss", command.words.firstIndex { losses[$0.text] != nil })
      case .compile(let name): (option, index) = (name, nil)
      default: continue
      }
      if let index {
        words[index] = value
      } else if let index = command.words.firstIndex(where: { $0.split?.name == option }) {
        words[index] = "\(option)=\(value)"
      } else {
        words.append("\(option)=\(value)")
      }
    }
    try run(words.joined(separator: " "), on: &session, surroundings)
    // `set lr` since then counts; the rate of an optimizer that was given none is its own.
    let isGiven = command.words.contains { decimal($0.text) != nil || $0.split?.name == "rate" }
    let isOwn = !isGiven && settings.optimizer.rate == optimizers[settings.optimizer.name]?.standardRate
    if !isOwn { session.model.settings?.optimizer.rate = settings.optimizer.rate }
  }
}

extension Declaration<any OptimizerDescription> {
  /// The rate that it takes where none is given.
  fileprivate var standardRate: Float? { (try? parse([Word(name, at: 0..<0)]))?.rate }
}
