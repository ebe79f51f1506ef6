import Course
import Foundation
import Kernels
import Screen
import Shell
import Store
import Study

/// Surroundings without a terminal, a clock and a store of their own: answers are drawn, Ctrl-C comes after a number of looks at it or
/// after a moment, and everything shown is rendered.
@MainActor final class FuzzSurroundings: Surroundings {
  private(set) var now = Date(timeIntervalSince1970: 1_750_000_000)
  let calendar: Calendar = {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = .gmt
    return calendar
  }()
  private var random: Randomness
  private var looks: Int
  private let start = ContinuousClock.now
  private let width: Int
  private var asked = 0

  var files: FileAccess
  let reviews: any ReviewStore = MemoryReviews()
  let confinedRuns = MemoryRuns()
  let keptRuns = MemoryRuns()
  var runs: any RunStore { keptRuns }
  let renderer = ReportText()
  var replayer: any Replayer { LessonPlayer(renderer: renderer) }
  lazy var tutor: any Tutor = LessonGuide(renderer: renderer, plotter: plotter)
  lazy var recorder: any Recorder = LessonRecorder(renderer: renderer, plotter: plotter)
  let progressStore: any ProgressStore = MemoryProgress()
  let plotter: any Plotter = NoPlotter()
  let exchange: CardExchange? = CardExchange(markup: CardPages(), collections: AnkiCollections())
  let preferences: any PreferenceStore = NoPreferences()
  let isAttended: Bool

  init(_ place: FuzzPlace, _ random: Randomness) {
    self.random = random
    looks = self.random.one(in: 4) ? self.random.below(20) : 20 + self.random.below(2_000)
    width = 20 + self.random.below(120)
    isAttended = self.random.one(in: 2)
    files = FileAccess(folder: place.folder, lessons: place.folder.appendingPathComponent("Lessons"))
  }

  /// A command that does not look at Ctrl-C for seconds runs into the limit of an input.
  var isInterrupted: Bool {
    looks = max(0, looks - 1)
    return looks == 0 || ContinuousClock.now - start > .milliseconds(500)
  }

  private static let answers = [
    "", "1", "2", "3", "4", "a", "b", "y", "n", "yes", "no", "896", "0.5", "-1", "nan", "1e999", "sigmoid", ":hint", ":skip", ":undo",
    ":try", ":quit", ":edit", ":zzz", ":", "(None, 3)", "input 2; layer dense 3", "the gradient", "\u{1B}[2J", "½", "٣",
  ]

  func ask(_ question: Question) -> Reply {
    now += 5
    asked += 1
    // Somebody who answers for ever is no test of what comes behind.
    if asked > 40 || isInterrupted { return random.one(in: 2) ? .end : .cancelled }
    return .line(random.member(of: FuzzSurroundings.answers))
  }
  func show(_ facts: any Facts) {
    let text = CommandText(words: [Word("", at: 0..<0)], line: "", place: 0..<0)
    show(Report(source: text, command: "", result: .success(facts)))
  }
  func show(_ report: Report) {
    check(renderer.text(of: report, width: width))
    let json = report.json.text
    precondition(!json.unicodeScalars.contains { $0.value < 0x20 }, "JSON holds a control character")
    if random.one(in: 8) { precondition((try? JSONSerialization.jsonObject(with: Data(json.utf8))) != nil, "what is printed is no JSON") }
  }
  func warn(_ complaint: Complaint) {
    for line in ReportText.lines(of: complaint, in: nil) { check(line.plain) }
  }
  func progress(_ progress: TrainingProgress) {}
  func progress(_ progress: SweepProgress) {}

  /// No text may steer the terminal.
  private func check(_ text: String) {
    let steers = text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" }
    precondition(!steers, "a control character is shown")
  }
}

/// Draws nothing: gnuplot is another program.
@MainActor final class NoPlotter: Plotter {
  func write(_ plot: PlotFacts, to file: URL) throws { throw Complaint("nothing is drawn here") }
  func write(_ drawing: DrawingFacts, to file: URL) throws { throw Complaint("nothing is drawn here") }
}

/// Runs commands on a session in a folder that is as it was before each input.
@MainActor struct FuzzShell {
  private let place: FuzzPlace
  private let kept: Set<String>

  init(_ place: FuzzPlace) throws {
    self.place = place
    let lessons = place.folder.appendingPathComponent("Lessons")
    if !FileManager.default.fileExists(atPath: lessons.path) {
      try FileManager.default.copyItem(at: place.project.appendingPathComponent("Lessons"), to: lessons)
    }
    kept = Set(try FileManager.default.contentsOfDirectory(atPath: place.folder.path))
  }

  /// Runs lines until the session is larger than what is to be trained here.
  ///
  /// - Returns: Whether a command succeeded.
  @discardableResult func run(_ lines: [String], _ random: Randomness) -> Bool {
    let surroundings = FuzzSurroundings(place, random)
    var session = Session()
    session.settings.threads = 1
    KernelThreads.set(1)
    var succeeded = false
    for line in lines where FuzzShell.isSmall(session) {
      Interpreter.run(line, on: &session, surroundings, keepGoing: true) { report in
        surroundings.show(report)
        if report.complaint == nil { succeeded = true }
      }
      _ = session.prompt
      if session.wantsToLeave || surroundings.isInterrupted { break }
    }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: place.folder.path)) ?? [] where !kept.contains(name) {
      try? FileManager.default.removeItem(at: place.folder.appendingPathComponent(name))
    }
    return succeeded
  }

  /// Whether an update of the network costs little: fuzzing is no bench.
  private static func isSmall(_ session: Session) -> Bool {
    if let data = session.data, data.dataset.features.count > 2_000_000 { return false }
    let model = session.model
    guard let need = try? model.network.memoryNeed(batch: session.settings.batch, settings: model.settings) else { return true }
    return need.total < 40_000_000
  }

  /// A text whose paths stay in the folder, and whose networks and numbers are small, or extreme: what lies between costs time and memory
  /// that are rightly spent.
  static func tamed(_ text: String) -> String {
    let text = text.replacing(/alexnet|vgg16|resnet(18|50)/, with: "lenet")
    var result = ""
    var digits = 0
    var before: Character = " "
    for character in text {
      digits = character.isASCII && character.isNumber ? digits + 1 : 0
      let starts = !(before.isLetter || before.isNumber || before == "." || before == "_" || before == "-")
      switch character {
      case "~": result.append("-")
      case "/" where starts: result.append("-")
      case "." where before == ".": continue
      default: result.append(character)
      }
      before = character
    }
    return shortened(result)
  }

  /// Numbers of 4 to 8 digits lose some.
  private static func shortened(_ text: String) -> String {
    var result = ""
    var run = ""
    for character in text + "\u{0}" {
      if character.isASCII && character.isNumber {
        run.append(character)
      } else {
        result += (4...8).contains(run.count) ? String(run.prefix(2)) : run
        run = ""
        result.append(character)
      }
    }
    return String(result.dropLast())
  }
}
