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
  public struct Difference: Sendable, Codable {
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
    /// The relative tolerance of decimals.
    public let tolerance: Double

    /// What differs, line by line.
    public var diff: OutputDiff { OutputDiff(expected: expected, actual: actual, tolerance: tolerance) }
  }

  /// What a check found.
  public struct Outcome: Sendable, Codable {
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

    /// Nothing checked yet.
    public init() {}

    /// Counts and findings of more files.
    public mutating func add(_ other: Outcome) {
      files += other.files
      commands += other.commands
      tasks += other.tasks
      differences += other.differences
      findings += other.findings
    }

    /// More to look at.
    public mutating func add(_ more: [Finding]) { findings += more }

    /// The outcome of a file that cannot be read.
    public static func unreadable(_ file: String, _ error: any Error) -> Outcome {
      var outcome = Outcome()
      outcome.files = 1
      outcome.findings = [Finding(.unreadable, file: file, line: 1, (error as? Complaint)?.what ?? "\(error)")]
      return outcome
    }

    /// The outcome of a file that could not be checked to its end.
    public static func unfinished(_ file: String, limit: Double) -> Outcome {
      var outcome = Outcome()
      outcome.files = 1
      outcome.findings = [Finding(.timeLimit, file: file, line: 1, LessonChecker.words(seconds: limit))]
      return outcome
    }
  }

  private let renderer: any ReportRenderer
  private let lessons: URL?
  private let plotter: any Plotter
  /// The seconds that a fence may take.
  private let limit: Double
  private let clock: @MainActor () -> Date
  /// When the fence that runs must have ended.
  private var deadline = Date.distantFuture

  /// A checker that compares outputs as a renderer writes them.
  ///
  /// - Parameters:
  ///   - limit: The seconds that a fence may take.
  ///   - clock: Tells the time, by which the limit is measured.
  public init(
    renderer: any ReportRenderer, plotter: any Plotter, lessons: URL?, limit: Double = LessonChecker.usualLimit,
    clock: @escaping @MainActor () -> Date = { Date() }
  ) {
    self.renderer = renderer
    self.plotter = plotter
    self.lessons = lessons
    self.limit = limit
    self.clock = clock
  }

  /// The seconds that a fence may take where nobody says another number.
  public nonisolated static let usualLimit = 60.0

  /// The lessons of the given files and folders.
  ///
  /// - Throws: A `Complaint` when one cannot be read.
  public static func documents(_ paths: [String]) throws -> [Document] {
    var documents: [Document] = []
    for path in paths {
      guard FileManager.default.fileExists(atPath: path) else { throw Complaint.noLesson(path) }
      documents += try Decks.load(path).documents
    }
    return documents
  }

  /// Checks every lesson of the given files and folders.
  ///
  /// - Throws: A `Complaint` when one cannot be read.
  public func check(_ paths: [String]) throws -> Outcome {
    let documents = try LessonChecker.documents(paths)
    var outcome = Outcome()
    for document in documents { outcome.add(try check(document)) }
    outcome.findings += LessonChecker.pairs(documents)
    return outcome
  }

  /// What is out of step between the languages of lessons.
  public static func pairs(_ documents: [Document]) -> [Finding] { LessonPairs.findings(of: documents) }

  /// Checks one lesson; `began` is called when a fence begins.
  public func check(_ document: Document, began: () -> Void = {}) throws -> Outcome {
    var outcome = Outcome()
    outcome.files = 1
    outcome.findings += (try? DeckCheck(file: document.file))?.findings ?? document.findings
    if let missing = document.missingFrontMatter {
      outcome.findings.append(Finding(.noFrontMatter, file: document.file, line: 1, missing))
    }
    if document.hasExercises { try run(document.blocks, of: document, into: &outcome, began) }
    var seen = Set<String>()
    for card in document.cards where !card.experiments.isEmpty && seen.insert(card.id).inserted {
      try run(card.experiments.map { .experiment($0) }, of: document, into: &outcome, began)
    }
    return outcome
  }

  private func run(_ blocks: [Document.Block], of document: Document, into outcome: inout Outcome, _ began: () -> Void) throws {
    let scratch = try ScratchFolder()
    defer { scratch.remove() }
    let folder = URL(fileURLWithPath: document.file).deletingLastPathComponent()
    let files = FileAccess(folder: folder, lessons: lessons).confined(to: folder, scratch: scratch.url)
    let surroundings = QuietSurroundings(files: files, renderer: renderer, plotter: plotter) { [unowned self] in clock() > deadline }
    var session = Session()
    for block in blocks {
      deadline = clock().addingTimeInterval(limit)
      switch block {
      case .prose: continue
      case .experiment(let fence):
        began()
        run(fence.steps, OutputComparison.tolerance(of: fence), on: &session, surroundings, document, &outcome)
      case .task(let task):
        began()
        let before = TaskCheck(session, surroundings).findings(before: task, in: document.file)
        run(task.solution, OutputComparison.usualTolerance, on: &session, surroundings, document, &outcome)
        let after = before.isEmpty ? TaskCheck(session, surroundings).findings(after: task, in: document.file) : []
        outcome.findings += before + after
        if before.isEmpty && after.isEmpty { outcome.tasks += 1 }
      }
      if surroundings.isInterrupted {
        // What comes behind builds on what was not finished.
        outcome.findings.append(Finding(.timeLimit, file: document.file, line: block.line, LessonChecker.words(seconds: limit)))
        return
      }
    }
  }

  nonisolated static func words(seconds: Double) -> String { seconds == 1 ? "1 second" : "\(plain(seconds)) seconds" }

  private func run(
    _ steps: [Fence.Step], _ tolerance: Double, on session: inout Session, _ surroundings: QuietSurroundings,
    _ document: Document, _ outcome: inout Outcome
  ) {
    let comparison = OutputComparison(tolerance: tolerance)
    for step in steps {
      if surroundings.isInterrupted { return }
      surroundings.printed = []
      var failed = false
      Interpreter.run(step.command, on: &session, surroundings) { report in
        surroundings.show(report)
        failed = report.complaint != nil
      }
      // What was stopped is told by its time, not by its output.
      if surroundings.isInterrupted { return }
      outcome.commands += 1
      let actual = surroundings.printed
      // `...` stands for any output of a command that works; a complaint that is meant is written out, in part at least.
      let tells = step.expected.contains { line in line.contains { $0 != "." && !$0.isWhitespace } }
      let matches = (tells || !failed) && (step.expected.isEmpty || comparison.matches(expected: step.expected, actual: actual))
      if !matches {
        outcome.differences.append(
          Difference(
            file: document.file, line: step.line, command: step.command, expected: step.expected, actual: actual,
            expectedLines: step.expectedLines, tolerance: tolerance))
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
