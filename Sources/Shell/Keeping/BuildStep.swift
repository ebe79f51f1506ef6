import Engine
import Foundation
import Language

/// A command that made a part of the session, with what it depended on: enough to make that part again.
///
/// Descriptions are made from words, so words keep them: there is no second form of an architecture that could drift from the first.
public struct BuildStep: Sendable, Equatable, Codable {
  /// The command with its name in full.
  var command: String
  /// The seed that was in force.
  var seed: UInt64
  /// The input's shape that the network had; data may have decided it.
  var input: [Int]?
  /// The folder where its paths began.
  var folder: String

  init(_ command: String, before session: Session, _ files: FileAccess) {
    self.command = command
    seed = session.settings.seed
    input = session.model.network.inputShape
    folder = files.folder.path
  }

  /// Runs the command on a session; only what builds is run, for a file may come from anybody.
  @MainActor func run(on session: inout Session, _ surroundings: any Surroundings, isData: Bool) throws {
    let commands = try Lexer.commands(in: command)
    guard let text = commands.first, commands.count == 1, let name = text.words.first?.text,
      Commands.byName[name]?.effects.contains(.builds) == true, (name == DataCommand.command.declaration.name) == isData
    else { throw Complaint("`\(command)` builds nothing") }
    let files = surroundings.files
    let seedBefore = session.settings.seed
    defer {
      surroundings.files = files
      session.settings.seed = seedBefore
    }
    // A lesson goes on seeing its own folder.
    if !files.isConfined { surroundings.files.folder = URL(fileURLWithPath: folder, isDirectory: true) }
    session.settings.seed = seed
    if !isData, let input, session.model.network.inputShape != input { try session.model.edit { try $0.setInput(input) } }
    let report = Interpreter.run(text, on: &session, surroundings)
    if let complaint = report.complaint { throw complaint }
  }
}

extension Session {
  /// Keeps the words of a command that built something.
  mutating func note(_ step: BuildStep, made facts: any Facts) {
    switch facts {
    // What only tells of the data makes none.
    case is DataFacts: data?.steps.append(step)
    case is ModelFacts, is CompileFacts: model.steps.append(step)
    default: break
    }
  }
}
