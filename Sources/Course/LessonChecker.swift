import Deck
import Foundation
import Shell

/// Replays lessons as tests: every expected output is compared with what the command prints at 80 columns.
///
/// The lesson's fences share one session; the experiment of a card has a session of its own.
@MainActor public final class LessonChecker {
  /// The width at which outputs are compared.
  public static let width = 80

  /// One command whose output was not as expected.
  public struct Difference: Sendable {
    /// The file.
    public let file: String
    /// The command's line.
    public let line: Int
    /// The command.
    public let command: String
    /// The lesson's lines.
    public let expected: [String]
    /// What was printed.
    public let actual: [String]
    /// The lines of the file that hold the expected output, from 1.
    public let expectedLines: Range<Int>
  }

  /// What a check found.
  public struct Outcome: Sendable {
    /// The files that were checked.
    public internal(set) var files = 0
    /// The commands that ran.
    public internal(set) var commands = 0
    /// The tasks that were solved, by their own solutions.
    public internal(set) var tasks = 0
    /// The outputs that differ, in order.
    public internal(set) var differences: [Difference] = []
    /// What else the authors should look at, in order.
    public internal(set) var findings: [Finding] = []
    /// Whether every lesson works as it is written; remarks may be left.
    public var isFine: Bool { differences.isEmpty && !findings.contains { $0.kind.isFault } }
  }

  private let renderer: any ReportRenderer
  private let lessons: URL?
  private let plotter: any Plotter

  /// A checker that compares outputs as a renderer writes them.
  public init(renderer: any ReportRenderer, plotter: any Plotter, lessons: URL?) {
    self.renderer = renderer
    self.plotter = plotter
    self.lessons = lessons
  }

  /// Checks every lesson of the given files and folders.
  ///
  /// - Throws: A `Complaint` when one cannot be read.
  public func check(_ paths: [String], began: (String) -> Void = { _ in }) throws -> Outcome {
    var outcome = Outcome()
    var documents: [Document] = []
    for path in paths {
      guard FileManager.default.fileExists(atPath: path) else { throw Complaint.noLesson(path) }
      documents += try Decks.load(path).documents
    }
    for document in documents {
      began(document.file)
      outcome.files += 1
      try check(document, into: &outcome)
    }
    outcome.findings += LessonPairs.findings(of: documents)
    return outcome
  }

  private func check(_ document: Document, into outcome: inout Outcome) throws {
    outcome.findings += (try? DeckCheck(file: document.file))?.findings ?? document.findings
    if let missing = document.missingFrontMatter {
      outcome.findings.append(Finding(.noFrontMatter, file: document.file, line: 1, missing))
    }
    if document.hasExercises { try run(document.blocks, of: document, into: &outcome) }
    var seen = Set<String>()
    for card in document.cards where !card.experiments.isEmpty && seen.insert(card.id).inserted {
      try run(card.experiments.map { .experiment($0) }, of: document, into: &outcome)
    }
  }

  private func run(_ blocks: [Document.Block], of document: Document, into outcome: inout Outcome) throws {
    let scratch = try ScratchFolder()
    defer { scratch.remove() }
    let folder = URL(fileURLWithPath: document.file).deletingLastPathComponent()
    let files = FileAccess(folder: folder, lessons: lessons).confined(to: folder, scratch: scratch.url)
    let surroundings = CheckSurroundings(files: files, renderer: renderer, plotter: plotter)
    var session = Session()
    for block in blocks {
      switch block {
      case .prose: break
      case .experiment(let fence):
        run(fence.steps, OutputComparison(tolerance: OutputComparison.tolerance(of: fence)), on: &session, surroundings, document, &outcome)
      case .task(let task):
        let before = TaskCheck(session, surroundings).findings(before: task, in: document.file)
        run(task.solution, OutputComparison(), on: &session, surroundings, document, &outcome)
        let after = before.isEmpty ? TaskCheck(session, surroundings).findings(after: task, in: document.file) : []
        outcome.findings += before + after
        if before.isEmpty && after.isEmpty { outcome.tasks += 1 }
      }
    }
  }

  private func run(
    _ steps: [Fence.Step], _ comparison: OutputComparison, on session: inout Session, _ surroundings: CheckSurroundings,
    _ document: Document, _ outcome: inout Outcome
  ) {
    for step in steps {
      surroundings.printed = []
      var failed = false
      Interpreter.run(step.command, on: &session, surroundings) { report in
        surroundings.show(report)
        failed = report.complaint != nil
      }
      outcome.commands += 1
      let actual = surroundings.printed
      let matches = step.expected.isEmpty ? !failed : comparison.matches(expected: step.expected, actual: actual)
      if !matches {
        outcome.differences.append(
          Difference(
            file: document.file, line: step.line, command: step.command, expected: step.expected, actual: actual,
            expectedLines: step.expectedLines))
      }
    }
  }

  /// Writes what was printed in the place of what was expected.
  ///
  /// - Throws: A `Complaint` when a file cannot be written.
  public static func update(_ differences: [Difference]) throws {
    for (file, changes) in Dictionary(grouping: differences, by: \.file) {
      let url = URL(fileURLWithPath: file)
      var lines = LessonChecker.lines(of: try Script.contents(of: url))
      let ending = lines.first.map { String($0.drop { !$0.isNewline }) } ?? ""
      for change in changes.sorted(by: { $0.expectedLines.lowerBound > $1.expectedLines.lowerBound }) {
        let range = (change.expectedLines.lowerBound - 1)..<(change.expectedLines.upperBound - 1)
        lines.replaceSubrange(range.clamped(to: 0..<lines.count), with: change.actual.map { $0 + (ending.isEmpty ? "\n" : ending) })
      }
      do {
        try Data(lines.joined().utf8).write(to: url, options: .atomic)
      } catch {
        throw Complaint("`\(file)` cannot be written")
      }
    }
  }
}

extension LessonChecker {
  /// The lines of a text with their ends, which are LF, CR LF or CR as in a deck: every other character belongs to its line.
  private static func lines(of text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for character in text {
      line.append(character)
      guard character == "\n" || character == "\r\n" || character == "\r" else { continue }
      lines.append(line)
      line = ""
    }
    return line.isEmpty ? lines : lines + [line]
  }
}

/// The surroundings of a check: nobody answers, nothing is kept, the screen is a list of lines.
@MainActor final class CheckSurroundings: Surroundings {
  var files: FileAccess
  var printed: [String] = []
  let now = Date(timeIntervalSince1970: 1_750_000_000)
  let isInterrupted = false
  private let renderer: any ReportRenderer
  let plotter: any Plotter
  let reviews: any ReviewStore = MemoryReviews()
  let confinedRuns = MemoryRuns()
  var runs: any RunStore { confinedRuns }
  let preferences: any PreferenceStore = NoPreferences()
  var replayer: any Replayer { LessonPlayer(renderer: renderer) }

  init(files: FileAccess, renderer: any ReportRenderer, plotter: any Plotter) {
    self.files = files
    self.renderer = renderer
    self.plotter = plotter
  }

  func ask(_ question: Question) -> Reply { .end }
  func show(_ facts: any Facts) {
    let text = CommandText(words: [Word("", at: 0..<0)], line: "", place: 0..<0)
    show(Report(source: text, command: "", result: .success(facts)))
  }
  func show(_ report: Report) {
    let text = renderer.text(of: report, width: LessonChecker.width)
    guard !text.isEmpty else { return }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    printed += lines
  }
  func warn(_ complaint: Complaint) {}
  func progress(_ progress: TrainingProgress) {}
}
