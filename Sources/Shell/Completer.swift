import Foundation

/// Completes the word at the cursor from the declarations and from what the session holds.
public struct Completer: Sendable {
  private let session: Session
  private let folder: URL
  private let lessonsFolder: URL?

  /// A completer for a session; files are looked for from a folder.
  @MainActor public init(session: Session, files: FileAccess) {
    var session = session
    session.openBuiltInDecks(files)
    self.session = session
    folder = files.folder
    lessonsFolder = files.lessons
  }

  /// The ways to complete the word that ends the line.
  public func complete(_ line: String) -> Completion {
    Completion.of(line, commands: Commands.outlines) { source, typed in candidates(of: source, typed: typed) }
  }

  private func candidates(of source: CandidateSource, typed: String) -> [Candidate] {
    switch source {
    case .files: return files(typed)
    case .variables: return session.variables.all.map { Candidate((typed.hasPrefix("$") ? "$" : "") + $0.name, $0.value) }
    case .layers: return session.model.network.layers.map { Candidate($0.name) }
    case .parameters: return parameters
    case .tensors:
      return parameters + session.model.network.layers.flatMap { [Candidate("\($0.name).output"), Candidate("\($0.name).gradient")] }
    case .explainable:
      return ExplainCommand.candidates(after: source.before, typed: typed, in: session, tensors: candidates(of: .tensors, typed: typed))
    case .sweepAxes: return SweepTarget.candidates(typed, in: session)
    case .curves: return session.model.history.names.filter { !$0.hasPrefix("val_") }.map { Candidate($0) }
    case .livePlots: return (["on", "off"] + LivePlots.kinds).map { Candidate($0) }
    case .topics: return session.library.topics.map { Candidate($0.name, "\($0.cards.count) cards") }.filter { !$0.text.isEmpty }
    case .columns:
      return (session.data?.dataset).map { data in data.sampleShape.count == 1 ? data.featureNames.map { Candidate($0) } : [] } ?? []
    case .lessons: return lessons
    case .cards:
      return session.library.differentCards.map {
        Candidate($0.id, $0.question.split(whereSeparator: \.isNewline).first.map(String.init) ?? "")
      }
    case .summaryColumns:
      let before = typed.lastIndex(of: ",").map { typed[...$0] } ?? ""
      return SummaryFacts.Column.allCases.map { Candidate(before + $0.rawValue) }
    case .commands:
      return Commands.outlines.map { Candidate($0.name, $0.summary) } + Command.Habit.allCases.map { Candidate($0.rawValue, $0.title) }
    default: return []
    }
  }

  /// The lessons by the names of their files, which are the names of lessons.
  private var lessons: [Candidate] {
    guard let lessonsFolder else { return [] }
    let names = [lessonsFolder.appendingPathComponent(session.settings.lang), lessonsFolder].flatMap {
      (try? FileManager.default.contentsOfDirectory(atPath: $0.path)) ?? []
    }
    return Set(names.filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") && $0 != "README.md" }.map { String($0.dropLast(3)) }).sorted()
      .map { Candidate($0) }
  }

  private var parameters: [Candidate] {
    ((try? session.model.network.parameterSpecs()) ?? []).map { Candidate($0.name) }
  }

  /// The files and folders that begin so; a folder ends in a slash.
  private func files(_ typed: String) -> [Candidate] {
    let slash = typed.lastIndex(of: "/")
    let head = slash.map { String(typed[...$0]) } ?? ""
    let start = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
    let expanded = FileAccess.expandingHome(head)
    let base = head.isEmpty ? folder : URL(fileURLWithPath: expanded, relativeTo: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: base.path)) ?? []
    return names.sorted().filter { $0.hasPrefix(start) && ($0.first != "." || start.first == ".") && !$0.contains(where: \.isWhitespace) }
      .map { name in
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: base.appendingPathComponent(name).path, isDirectory: &isFolder)
        return Candidate(head + name + (isFolder.boolValue ? "/" : ""))
      }
  }
}
