import Course
import Foundation
import Language
import Screen
import Shell
import Study

/// No data base of Anki: its room is not seen from here; the tests of the program have it.
@MainActor final class NoCollections: NoteCollections {
  func write(_ notes: [CardNote], to file: URL, at now: Date) throws { throw Complaint("no packages here") }
  func notes(of file: URL) throws -> [CardNote] { throw Complaint("no packages here") }
}

let projectRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// Surroundings with a clock of their own, answers that are laid out beforehand, and everything shown kept.
@MainActor final class TestSurroundings: Surroundings {
  var now = Date(timeIntervalSince1970: 1_750_000_000)
  let calendar: Calendar = {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = .gmt
    return calendar
  }()
  var answers: [Reply] = []
  /// Whether somebody sits there.
  var isAttended = false
  var shown: [any Facts] = []
  var warnings: [Complaint] = []
  var moments: [TrainingProgress] = []
  /// Ctrl-C comes after so many looks at it; nil for never.
  var interruptsAfter: Int?
  let memory = MemoryReviews()
  /// What was typed, oldest first.
  var typed: [String] = []
  var typedLines: [String] { typed }
  let renderer = ReportText()
  var files = FileAccess(folder: projectRoot, lessons: projectRoot.appendingPathComponent("Lessons"))

  var isInterrupted: Bool {
    guard let left = interruptsAfter else { return false }
    interruptsAfter = max(0, left - 1)
    return left == 0
  }
  var reviews: any ReviewStore { memory }
  let confinedRuns = MemoryRuns()
  let storeKeeper: any StoreKeeper = MemoryStoreKeeper()
  let keptRuns = MemoryRuns()
  /// Why the store cannot be used; nil when it can.
  var storeFailure: Complaint?
  var runs: any RunStore {
    get throws {
      if let storeFailure { throw storeFailure }
      return keptRuns
    }
  }
  var replayer: any Replayer { LessonPlayer(renderer: renderer) }
  lazy var tutor: any Tutor = LessonGuide(renderer: renderer, plotter: plotter)
  lazy var recorder: any Recorder = LessonRecorder(renderer: renderer, plotter: plotter)
  let progress = MemoryProgress()
  var progressStore: any ProgressStore { progress }
  let plotter: any Plotter = Pictures(
    .init(path: ProcessInfo.processInfo.environment["PATH"] ?? "", hasDisplay: false, isTerminal: false) { nil })
  let exchange: CardExchange? = CardExchange(markup: CardPages(), collections: NoCollections())
  var preferences: any PreferenceStore { KeptPreferences { [self] in kept.append($0) } }
  /// The settings that were kept for later sessions.
  var kept: [String] = []

  func ask(_ question: Question) -> Reply {
    now += 5
    return answers.isEmpty ? .end : answers.removeFirst()
  }
  func show(_ facts: any Facts) { shown.append(facts) }
  func show(_ report: Report) { if case .success(let facts) = report.result { shown.append(facts) } }
  func warn(_ complaint: Complaint) { warnings.append(complaint) }
  func progress(_ progress: TrainingProgress) { moments.append(progress) }
  /// Sees how a sweep comes along.
  var eachSweepMoment: ((SweepProgress) -> Void)?
  func progress(_ progress: SweepProgress) { eachSweepMoment?(progress) }
}

/// A store without content that can be copied all the same.
@MainActor final class MemoryStoreKeeper: StoreKeeper {
  private let empty = StoreContents(file: URL(fileURLWithPath: "/nowhere.sqlite"), bytes: 0, reviews: 0, cards: 0, runs: 0)
  func contents() -> StoreContents { empty }
  func backUp(to file: URL) -> StoreContents { empty }
  func restore(from file: URL, at now: Date) -> (contents: StoreContents, former: URL) { (empty, empty.file) }
}

/// Preferences that only tell what is kept.
@MainActor final class KeptPreferences: PreferenceStore {
  private let tell: (String) -> Void
  init(_ tell: @escaping (String) -> Void) { self.tell = tell }
  func load() -> [String: String] { [:] }
  func save(_ name: String, _ value: String) { tell("\(name) \(value)") }
  func remove(_ name: String) { tell("\(name) -") }
}

/// A session with its surroundings, driven by lines.
@MainActor final class TestShell {
  var session = Session()
  let surroundings = TestSurroundings()
  var reports: [Report] = []
  /// Where its files lie, where it has a folder of its own.
  var folder: TemporaryFolder?

  /// Runs a line and returns its last report's facts; a complaint is thrown.
  @discardableResult func run(_ line: String) throws -> any Facts {
    var last: Report?
    Interpreter.run(line, on: &session, surroundings) { report in
      reports.append(report)
      last = report
    }
    guard let last else { return Notice() }
    return try last.result.get()
  }

  /// What a line prints, complaints included.
  func text(_ line: String) -> String {
    var text = ""
    Interpreter.run(line, on: &session, surroundings) { text += surroundings.renderer.text(of: $0, width: 80) }
    return text
  }

  /// What Tab would offer behind a line.
  func candidates(_ line: String) -> [Candidate] { Completer.complete(line, on: &session, surroundings).candidates }

  /// The JSON of a line's last command, read back.
  func json(_ line: String) throws -> [String: Any] {
    var last: Report?
    Interpreter.run(line, on: &session, surroundings) { last = $0 }
    let object = try JSONSerialization.jsonObject(with: Data((last?.json.text ?? "{}").utf8))
    return object as? [String: Any] ?? [:]
  }
}
