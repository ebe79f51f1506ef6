import Foundation
import Language

/// A command that made a part of the session, as a script has it.
public struct ScriptLine: Sendable, Equatable, Codable {
  /// The command with its name in full.
  var command: String
  /// The folder where its paths began; nil for a command that reads no file.
  var folder: String?
  /// What is to be said of it; nil for nothing.
  var remark: String?

  init(_ command: String, folder: String? = nil) {
    self.command = command
    self.folder = folder
  }

  init(_ words: String, of command: Command, came facts: any Facts, _ files: FileAccess) {
    self.init(words, folder: command.effects.contains(.reads) ? files.folder.path : nil)
    if let training = facts as? TrainingFacts, case .interrupted = training.ending {
      remark = "was stopped after \(training.updates) updates; here it goes on to its end"
    }
  }

  /// The lines that build a session's data and model from nothing, and then train.
  static func lines(of session: Session, then training: String) -> [ScriptLine] {
    var seed: UInt64 = 0
    func seeded(_ wanted: UInt64) -> [ScriptLine] {
      defer { seed = wanted }
      return wanted == seed ? [] : [ScriptLine("set seed \(wanted)")]
    }
    var lines = ["set batch \(session.settings.batch)", "set threads \(session.settings.threads)"].map { ScriptLine($0) }
    for step in (session.data?.steps ?? []) + session.model.steps {
      lines += seeded(step.seed) + [ScriptLine(step.command, folder: step.command.hasPrefix("data ") ? step.folder : nil)]
    }
    // `set lr`, a plateau or a sweep may have left another rate than `compile` gave.
    if let rate = session.model.settings?.optimizer.rate, !isGiven(rate, by: session.model.steps) {
      lines.append(ScriptLine("set lr \(plain(shortest(rate)))"))
    }
    return lines + seeded(session.settings.seed) + [ScriptLine(training)]
  }

  /// Whether the last `compile` says the rate itself.
  private static func isGiven(_ rate: Float, by steps: [BuildStep]) -> Bool {
    guard let step = steps.last(where: { $0.command.hasPrefix("compile") }), let words = try? Lexer.commands(in: step.command).first?.words
    else { return true }
    return words.contains { decimal($0.split?.name == "rate" ? $0.split?.value ?? "" : $0.text).map { Float($0) } == rate }
  }

  /// The lines of a script; where a file was read from another folder than the one before, `cd` goes there.
  static func text(of lines: [ScriptLine], startingIn folder: String) -> [String] {
    var place = folder
    return lines.flatMap { line -> [String] in
      var words = line.command
      if let remark = line.remark { words += "   # \(remark)" }
      guard let wanted = line.folder, wanted != place else { return [words] }
      place = wanted
      return ["cd \(Variables.quoted(wanted))", words]
    }
  }
}
