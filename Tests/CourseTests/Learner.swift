import Course
import Foundation
import Screen
import Shell

/// A learner in a course of some files: types lines, and everything that is shown is kept as text.
@MainActor final class Learner: Surroundings {
  var session = Session()
  /// All that was shown since the last look, as a terminal of 80 columns shows it.
  var shown = ""
  var complaints: [Complaint] = []
  let course: LessonFolder
  let now = Date(timeIntervalSince1970: 1_750_000_000)
  var answers: [Reply] = []
  var isInterrupted = false
  let renderer = ReportText()
  let plotter: any Plotter = Pictures(.init(path: "", hasDisplay: false, isTerminal: false) { nil })
  var files: FileAccess
  let memory = MemoryReviews()
  let progress: MemoryProgress
  let confinedRuns = MemoryRuns()
  let keptRuns = MemoryRuns()
  let preferences: any PreferenceStore = NoPreferences()
  var reviews: any ReviewStore { memory }
  var runs: any RunStore { keptRuns }
  var progressStore: any ProgressStore { progress }
  lazy var tutor: any Tutor = LessonGuide(renderer: renderer, plotter: plotter)
  lazy var recorder: any Recorder = LessonRecorder(renderer: renderer, plotter: plotter)
  var replayer: any Replayer { LessonPlayer(renderer: renderer) }

  /// A learner; another one's progress goes on where it was left, as after a crash.
  init(_ course: LessonFolder, progress: MemoryProgress = MemoryProgress()) {
    self.course = course
    self.progress = progress
    files = FileAccess(folder: FileManager.default.temporaryDirectory, lessons: course.url)
  }

  func ask(_ question: Question) -> Reply { answers.isEmpty ? .end : answers.removeFirst() }
  func show(_ facts: any Facts) {
    let text = CommandText(words: [], line: "", place: 0..<0)
    shown += renderer.text(of: Report(source: text, command: "", result: .success(facts)), width: 80)
  }
  func show(_ report: Report) { shown += renderer.text(of: report, width: 80) }
  func warn(_ complaint: Complaint) { complaints.append(complaint) }
  func progress(_ progress: TrainingProgress) {}

  /// Types a line and returns all that came of it.
  @discardableResult func type(_ line: String) -> String {
    shown = ""
    Interpreter.run(line, on: &session, self) { show($0) }
    return shown
  }

  /// The total of the model's parameters.
  var total: Int { session.model.network.summary.total }
}
