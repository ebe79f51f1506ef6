import Deck
import Foundation
import Shell

/// Looks whether the conditions of a task hold, by the facts of commands that only look.
///
/// The commands run on a copy of the session that is thrown away, where nobody answers and nothing is kept: asking changes nothing.
@MainActor struct GoalCheck {
  /// What a look found.
  enum Verdict: Equatable {
    /// The condition holds.
    case holds
    /// It does not; the value that is there instead.
    case fails(String)
    /// The command complains, or has no such fact, as things are now.
    case missing(String)
    /// The condition can never be looked up: its author should mend it.
    case unclear(String)
  }

  private let session: Session
  private let surroundings: any Surroundings
  /// A command is asked once, however many conditions look at it.
  private var answers: [String: Result<JSONValue, Complaint>] = [:]

  /// A look at a session as it is now.
  init(_ session: Session, _ surroundings: any Surroundings) {
    self.session = session
    self.surroundings = surroundings
  }

  /// Whether a condition holds.
  mutating func verdict(on condition: LessonTask.Condition) -> Verdict {
    guard let path = FactPath(condition.path) else { return .unclear("`\(condition.path)` is no path of facts") }
    if let reason = GoalCheck.whyNotAsked(condition.command) { return .unclear(reason) }
    let facts: JSONValue
    switch answer(to: condition.command) {
    case .success(let object): facts = object
    case .failure(let complaint): return .missing(complaint.what)
    }
    guard let value = path.value(in: facts), value != .null else { return .missing("`\(condition.command)` has no `\(condition.path)`") }
    let wanted = GoalCheck.wanted(condition.value, facts)
    return GoalCheck.compares(value, condition.comparison, wanted) ? .holds : .fails(value.word)
  }

  private mutating func answer(to command: String) -> Result<JSONValue, Complaint> {
    if let known = answers[command] { return known }
    var copy = session
    var result: Result<JSONValue, Complaint> = .failure(Complaint("`\(command)` is no command"))
    Interpreter.run(command, on: &copy, surroundings) { report in
      result = report.complaint.map { .failure($0) } ?? .success(report.json)
    }
    answers[command] = result
    return result
  }

  /// Why a command cannot be asked: there is none of that name, or it does more than look.
  static func whyNotAsked(_ command: String) -> String? {
    do {
      let commands = try Lexer.commands(in: command)
      guard commands.count == 1, let name = commands[0].words.first else { return "`\(command)` is not one command" }
      let declaration = try Commands.index.byPrefix(name, what: "command")
      guard let known = Commands.all.first(where: { $0.declaration.name == declaration.name }) else { return nil }
      return known.onlyLooks ? nil : "`\(declaration.name)` does more than look"
    } catch {
      return (error as? Complaint)?.what ?? "`\(command)` is no command"
    }
  }

  /// What a fact is compared with: a number, another fact, or a word, which may stand in quotes.
  private static func wanted(_ text: String, _ facts: JSONValue) -> JSONValue {
    if let whole = Int(text) { return .integer(whole) }
    if let number = decimal(text) { return .number(number) }
    if text.count >= 2, let quote = text.first, quote == text.last, quote == "\"" || quote == "'" {
      return .string(String(text.dropFirst().dropLast()))
    }
    if text == "true" || text == "false" { return .bool(text == "true") }
    return FactPath(text)?.value(in: facts) ?? .string(text)
  }

  /// Numbers are compared as numbers, everything else by its words. Whole numbers are equal when they are the same, others when they agree to five
  /// digits: the shell computes with 32 bits.
  static func compares(_ value: JSONValue, _ comparison: LessonTask.Comparison, _ wanted: JSONValue) -> Bool {
    guard let left = value.decimal, let right = wanted.decimal else {
      switch comparison {
      case .equal: return value.word == wanted.word
      case .different: return value.word != wanted.word
      default: return false
      }
    }
    let isSame: Bool
    if case .integer = value, case .integer = wanted {
      isSame = left == right
    } else {
      isSame = abs(left - right) <= 1e-6 + 1e-5 * abs(right)
    }
    switch comparison {
    case .equal: return isSame
    case .different: return !isSame
    case .atMost: return left <= right || isSame
    case .atLeast: return left >= right || isSame
    case .less: return left < right
    case .greater: return left > right
    }
  }
}
