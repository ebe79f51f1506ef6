import Datasets
import Engine
import Foundation
import Language

/// Brings back a session from its file.
@MainActor enum SessionOpening {
  /// Puts what a file holds in the place of the session's model and data.
  ///
  /// Data that cannot be made again, since their file has gone, cost the data and not the model: that is told.
  ///
  /// - Parameter opensDecks: Whether the decks that were loaded are loaded again.
  /// - Throws: A `Complaint` that says why the file is refused.
  static func open(
    _ file: URL, named name: String, into session: inout Session, _ surroundings: any Surroundings, opensDecks: Bool = false
  ) throws -> SessionFacts {
    let bytes = try DataEnvironment.readFile(file, most: .max)
    try open(bytes, named: name, into: &session, surroundings, opensDecks: opensDecks)
    if session.made.isEmpty { session.made = [ScriptLine("open \(Variables.quoted(file.path))")] }
    return SessionFacts(name, session, isSaved: false, bytes: bytes.count)
  }

  /// The same of a file's bytes.
  static func open(
    _ bytes: Foundation.Data, named name: String, into session: inout Session, _ surroundings: any Surroundings, opensDecks: Bool = false
  ) throws {
    do {
      let (head, values) = try SessionFile.read(bytes)
      try restore(head, values, into: &session, surroundings)
      if opensDecks { openDecks(head.decks ?? [], into: &session, surroundings) }
    } catch let fault as SessionFile.Fault {
      throw Complaint.session(name, fault)
    }
  }

  /// Opens decks beside those that are open; one that cannot be read any more is told of.
  private static func openDecks(_ paths: [String], into session: inout Session, _ surroundings: any Surroundings) {
    for path in paths {
      do {
        _ = try session.openDecks(at: path, surroundings)
      } catch {
        surroundings.warn(Interpreter.complaint(error))
      }
    }
  }

  private static func restore(
    _ head: SessionFile.Head, _ values: [Float], into session: inout Session, _ surroundings: any Surroundings
  ) throws {
    var made = Session()
    made.settings = session.settings
    for step in head.steps { try step.run(on: &made, surroundings, isData: false) }
    var model = made.model
    if model.network.inputShape != head.input { try model.edit { try $0.setInput(head.input) } }
    model.inputIsDeclared = head.inputIsDeclared
    if let rate = head.rate {
      model.settings?.optimizer.rate = Float(bitPattern: rate)
      try model.settings?.optimizer.checkRate()
    }
    model.state = try head.progress?.state(of: model.network, values)
    model.epochs = max(0, head.epochs)
    model.lastFit = head.lastFit.flatMap { lastFit($0, for: model.settings) }
    for curve in head.curves { model.history.append(curve.name, curve.values.map { Double(bitPattern: $0) }) }
    let data = try data(head.data, made.settings, surroundings)
    session.model = model
    session.data = data
    session.made = head.made ?? []
    for pair in head.variables ?? [] where pair.count == 2 && PlainName.isOne(pair[0]) { session.variables[pair[0]] = pair[1] }
    session.settings.batch = min(max(1, head.batch), 1_000_000)
    session.settings.seed = head.seed
    session.settings.threads = min(max(0, head.threads), 256)
    session.settings.useThreads()
  }

  /// The training that a `fit` asked for; nil where the words are none.
  private static func lastFit(_ command: String, for settings: TrainingSettings?) -> TrainingRequest? {
    guard let text = try? Lexer.commands(in: command).first, text.words[0].text == TrainingCommands.fitWords.name,
      var request = try? TrainingCommands.fitWords.parse(text.words).request(for: settings)
    else { return nil }
    request.command = command
    return request
  }

  private static func data(_ recipe: SessionFile.DataRecipe?, _ settings: Settings, _ surroundings: any Surroundings) throws
    -> DataInHand?
  {
    guard let recipe else { return nil }
    var made = Session()
    made.settings = settings
    do {
      for step in recipe.steps { try step.run(on: &made, surroundings, isData: true) }
      guard var data = made.data else { throw Complaint("their recipe is empty") }
      if (0..<1).contains(recipe.heldByFit) { data.heldByFit = recipe.heldByFit }
      if data.dataset.checksum != recipe.checksum {
        surroundings.warn(
          Complaint(
            "the data `\(recipe.name)` have changed since the session was saved", hint: "what `evaluate` tells may be another value"))
      }
      return data
    } catch {
      let reason = Interpreter.complaint(error)
      if reason == Interruption.complaint { throw reason }
      surroundings.warn(
        Complaint("the data `\(recipe.name)` cannot be made again: \(reason.what)", hint: "the model is there; `data` loads others"))
      return nil
    }
  }
}

extension Complaint {
  static func session(_ name: String, _ fault: SessionFile.Fault) -> Complaint {
    switch fault {
    case .foreign: Complaint("`\(name)` is no saved session", hint: "`save FILE` writes one; `replay FILE` runs a script")
    case .newer(let version):
      Complaint(
        "`\(name)` was saved by a newer gradus: its format is \(version), this one reads \(SessionFile.version)",
        hint: "a newer gradus opens it")
    case .damaged(let reason): Complaint("`\(name)` is damaged: \(reason)", hint: "nothing was opened; take a copy of it that is whole")
    }
  }
}
