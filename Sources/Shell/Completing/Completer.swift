import Datasets
import Deck
import Engine
import Language

/// Completes the word at the cursor from the declarations, and from what the session and its surroundings hold.
///
/// A press of Tab asks one or two sources: only what they need is read. The project's decks and terms are opened when a card, a topic or a term is
/// asked for, and stay open.
@MainActor public enum Completer {
  /// The ways to complete the word that ends the line.
  public static func complete(_ line: String, on session: inout Session, _ surroundings: any Surroundings) -> Completion {
    Completion.of(line, commands: Commands.outlines) { source, typed in
      candidates(of: source, typed: typed, &session, surroundings)
    }
  }

  private static func candidates(
    of source: CandidateSource, typed: String, _ session: inout Session, _ surroundings: any Surroundings
  ) -> [Candidate] {
    switch source {
    case .files, .folders: return CompletionFiles(surroundings.files).candidates(of: source, typed: typed)
    case .csvColumns, .npzArrays: return CompletionFiles(surroundings.files).contents(of: source)
    case .variables, .assignments: return variables(source, session)
    case .layers, .tensors, .parameters, .explainable, .curves, .measures, .livePlots, .summaryColumns, .sweepAxes:
      if source == .explainable { session.openTerms(surroundings.files) }
      return ModelCandidates(session: session).candidates(of: source, typed: typed)
    case .columns:
      guard let data = session.data?.dataset, data.sampleShape.count == 1 else { return [] }
      return data.featureNames.map { Candidate($0) }
    case .runs, .runData, .runModels, .runOptimizers, .runOrders, .sweeps:
      guard let store = try? surroundings.permittedRuns else { return [] }
      return RunCandidates(store: store).candidates(of: source, typed: typed)
    case .topics, .cards, .experiments:
      session.openBuiltInDecks(surroundings.files)
      return CardCandidates(library: session.library).candidates(of: source, typed: typed)
    case .lessons: return LessonCandidates.candidates(typed: typed, session, surroundings.files)
    case .lessonSteps:
      let steps = surroundings.tutor.steps(of: source.given["name"] ?? "", session, surroundings)
      return steps.enumerated().map { Candidate("\($0.offset + 1)", $0.element) }
    case .commands: return HelpCandidates.candidates(after: source.before)
    case .subjects: return HelpCandidates.subjects
    case .undoable: return steps(session.history.past.map(\.command))
    case .redoable: return steps(session.history.future.map(\.command))
    case .typedLines:
      return surroundings.typedLines.enumerated().reversed().prefix(100).map { Candidate("\($0.offset + 1)", $0.element) }
    case .all: return [Candidate("all", "every lesson")]
    case .stop: return session.recording.map { [Candidate("stop", "ends the recording into \($0)")] } ?? []
    case .classWeights: return [Candidate("balanced", "rare classes count more")]
    case .settingValues: return settingValues(source.given["setting"] ?? "", session)
    default: return []
    }
  }

  private static func variables(_ source: CandidateSource, _ session: Session) -> [Candidate] {
    session.variables.all.map { source == .variables ? Candidate("$" + $0.name, $0.value) : Candidate($0.name + "=", $0.value) }
  }

  /// How many commands one can go back or forth, each number with the last of them.
  private static func steps(_ commands: [String]) -> [Candidate] {
    commands.reversed().prefix(20).enumerated().map { Candidate("\($0.offset + 1)", $0.element) }
  }

  /// What a setting is now, and what it is in a new session.
  private static func settingValues(_ name: String, _ session: Session) -> [Candidate] {
    if name == "lr" { return session.model.settings.map { [Candidate("\($0.optimizer.rate)", "as it is")] } ?? [] }
    let now = SettingsFacts.value(of: name, in: session.settings), usual = SettingsFacts.value(of: name, in: Settings())
    guard let now, let usual else { return [] }
    return now == usual ? [Candidate(now, "as it is, and as usual")] : [Candidate(now, "as it is"), Candidate(usual, "as usual")]
  }
}

/// What `help` and `apropos` know.
private enum HelpCandidates {
  /// The words that may follow others of `help`.
  static func candidates(after words: [String]) -> [Candidate] {
    guard let first = words.first else {
      return Commands.outlines.map { Candidate($0.name, $0.summary) } + Command.Habit.allCases.map { Candidate($0.rawValue, $0.title) }
        + [Candidate("keys", "The keys of the line editor")]
    }
    guard var outline = Commands.outlines.first(where: { $0.answers(to: first) }) else { return [] }
    for word in words.dropFirst() {
      if word == "run" {
        return words.last == "run" ? outline.examples.enumerated().map { Candidate("\($0.offset + 1)", $0.element) } : []
      }
      guard let member = outline.members.first(where: { $0.answers(to: word) }) else { return [] }
      outline = member
    }
    let run = outline.examples.isEmpty ? [] : [Candidate("run", "runs an example in a scratch session")]
    return outline.members.map { Candidate($0.name, $0.summary) } + run
  }

  /// The names of commands and of the kinds declared in them.
  static let subjects = Commands.outlines.flatMap { outline in
    [Candidate(outline.name, outline.summary)] + outline.members.map { Candidate($0.name, $0.summary) }
  }
}

extension DeclarationOutline {
  /// The kinds that it takes.
  var members: [DeclarationOutline] {
    arguments.flatMap { argument -> [DeclarationOutline] in
      switch argument.form {
      case .declared(let members), .declaredList(let members): members
      default: []
      }
    }
  }
}
