import Foundation
import Shell

/// The surroundings of a check, and of all that runs quietly: nobody answers, nothing is kept, the screen is a list of lines.
@MainActor final class QuietSurroundings: Surroundings {
  var files: FileAccess
  var printed: [String] = []
  let now = Date(timeIntervalSince1970: 1_750_000_000)
  var isInterrupted: Bool { interrupts() }
  private let interrupts: @MainActor () -> Bool
  private let renderer: any ReportRenderer
  let plotter: any Plotter
  let reviews: any ReviewStore = MemoryReviews()
  let confinedRuns = MemoryRuns()
  var runs: any RunStore { confinedRuns }
  let preferences: any PreferenceStore = NoPreferences()
  let tutor: any Tutor = NoTutor()
  var recorder: any Recorder { LessonRecorder(renderer: renderer, plotter: plotter) }
  let progressStore: any ProgressStore = MemoryProgress()
  var replayer: any Replayer { LessonPlayer(renderer: renderer) }

  init(
    files: FileAccess, renderer: any ReportRenderer, plotter: any Plotter, interrupts: @escaping @MainActor () -> Bool = { false }
  ) {
    self.files = files
    self.interrupts = interrupts
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
