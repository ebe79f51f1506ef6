import Drills
import Language

/// An answer that is made of `input` and `layer` commands, over one line or several, on a session of its own.
@MainActor struct NetworkAnswer {
  private let wanted: Int
  private var scratch = Session()
  private var lines: [String] = []

  /// An answer that is complete with as many layers as the exercise's network has.
  init(_ exercise: Exercise, settings: Settings) {
    if case .network(let network) = exercise.answer { wanted = network.layers.count } else { wanted = 0 }
    scratch.settings = settings
  }

  /// What was typed, in one line.
  var typed: String { lines.joined(separator: "; ") }

  /// The network that was built; nil when nothing was typed.
  var answer: ExerciseAnswer? { lines.isEmpty ? nil : .network(scratch.model.network) }

  /// Runs a line of the answer; a mistake in it is told, and changes nothing.
  ///
  /// - Returns: Whether the answer is complete: as many layers as were wanted, on a known input, or an empty line.
  mutating func take(_ line: String, _ surroundings: any Surroundings) -> Bool {
    if line.allSatisfy(\.isWhitespace) { return true }
    do {
      for command in try Lexer.commands(in: line) {
        let name = try Commands.index.byPrefix(command.words[0], what: "command").name
        guard NetworkAnswer.allowed.contains(name) else {
          throw Complaint("`\(name)` builds no network", hint: "the answer is `input` and `layer` lines; `:quit` leaves")
        }
      }
    } catch {
      surroundings.warn(Interpreter.complaint(error))
      return false
    }
    let isFine = Interpreter.run(line, on: &scratch, surroundings) { report in
      switch report.result {
      case .success(let facts): surroundings.show(facts)
      case .failure(let complaint): surroundings.warn(complaint)
      }
    }
    if isFine { lines.append(line) }
    let built = scratch.model.network
    return isFine && built.inputShape != nil && built.layers.count >= wanted
  }

  private static let allowed: Set<String> = ["input", "layer", "undo", "redo"]
}
